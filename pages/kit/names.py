"""What readers call dimensions and their coded values."""

from __future__ import annotations

from metrics.model import Language
from pages.kit.text import say, say_or

UNKNOWN = "(unknown)"


def dimension(code: str, language: Language) -> str:
    """The name of a dimension, e.g. `sales_channel` or `product.brand`; an unnamed one keeps its code."""
    return say_or(f"dimension.{code}", language, code)


def value(of: str, code: str | None, language: Language) -> str:
    """The name of a value of a dimension; free values stand as the files bring them."""
    if code is None or code == UNKNOWN:
        return say("value.unknown", language)
    return say_or(f"value.{of}.{code}", language, code) if code else say("value.none", language)
