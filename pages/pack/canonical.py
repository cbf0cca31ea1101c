"""The one way a pack's content is written down, so that equal content has equal bytes and equal hashes."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from pydantic import TypeAdapter

from pages.pack.content import Content


@cache
def _adapter() -> TypeAdapter[Content]:
    return TypeAdapter(Content)


def written(content: Content) -> str:
    """Canonical JSON: keys sorted, no blanks, days and moments in ISO, decimals as text, floats to their last digit.

    Raises ValueError for a number that is not finite.
    """
    return _dumped(_adapter().dump_python(content, mode="json"))


def read(text: str) -> Content:
    """The content that `written` wrote, equal in every field. Raises pydantic.ValidationError."""
    return _adapter().validate_json(text)


def numbers_of(content: Content) -> str:
    """Canonical JSON of the numbers alone: value, comparisons, target, light and line of each card."""
    names = ("value", "previous", "last_year", "target", "light", "line", "period")
    cards = _adapter().dump_python(content, mode="json", include={"cards"})["cards"]
    return _dumped({card["kpi"]: {name: card[name] for name in names} for card in cards})


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
