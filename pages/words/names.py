"""What readers call columns, dimensions and their coded values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from types import MappingProxyType

from metrics.model import Language, Text
from pages.words.text import in_all, say, say_or, texts

UNKNOWN = "(unknown)"
# Dimensions whose values are another one's: a department is one, whoever asked, owned or answered.
SAME_VALUES = {
    "owner_department": "department",
    "requesting_department": "department",
    "requester_department": "department",
    "respondent_department": "department",
    "root_cause_department": "department",
    "acquisition_channel": "marketing_channel",
    "respondent_segment": "customer_segment",
}
# The keys of columns' names, those that say more about a column first.
_OF_COLUMNS = ("field.", "column.", "dimension.")
_FLAGS = {"true": "value.yes", "false": "value.no"}


def dimension(code: str, language: Language) -> str:
    """The name of a dimension, e.g. `sales_channel` or `product.brand`; an unnamed one keeps its code."""
    return say_or(f"dimension.{code}", language, code)


def column(code: str, language: Language) -> str:
    """The name of a table's column; one without a name keeps its code."""
    for prefix in _OF_COLUMNS:
        if said := say_or(f"{prefix}{code}", language, ""):
            return said
    return code


@cache
def columns() -> Mapping[str, Text]:
    """Every column that has a name, with its name in the three scripts."""
    codes = {key.partition(".")[2] for key in texts() if key.startswith(_OF_COLUMNS)}
    return MappingProxyType({code: in_all(partial(column, code)) for code in codes})


def value(of: str, code: str | bool | None, language: Language) -> str:
    """The name of a value of a dimension; free values stand as the files bring them, flags are yes or no."""
    if code is None or code == UNKNOWN:
        return say("value.unknown", language)
    written = str(code).lower() if isinstance(code, bool) else code
    if written in _FLAGS:
        return say(_FLAGS[written], language)
    named = SAME_VALUES.get(of, of)
    if written == "":
        return say_or(f"value.{named}.none", language, say("value.none", language))
    return say_or(f"value.{named}.{written}", language, written)
