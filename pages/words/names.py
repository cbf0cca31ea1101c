"""What readers call columns, dimensions and their coded values."""

from __future__ import annotations

from metrics.model import Language
from pages.words.text import say, say_or

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
_FLAGS = {"true": "value.yes", "false": "value.no"}


def dimension(code: str, language: Language) -> str:
    """The name of a dimension, e.g. `sales_channel` or `product.brand`; an unnamed one keeps its code."""
    return say_or(f"dimension.{code}", language, code)


def column(code: str, language: Language) -> str:
    """The name of a table's column; one without a name keeps its code."""
    for prefix in ("field", "column", "dimension"):
        if said := say_or(f"{prefix}.{code}", language, ""):
            return said
    return code


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
