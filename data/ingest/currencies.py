"""The currency that a file states beside its amounts: `Cost (EUR)` as a header, `€12` or `USD 12` as a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from babel.numbers import list_currencies

from data.ingest.layout import Layout, normal

# Signs that stand for one currency only; $ and ¥ stand for several.
SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "฿": "THB", "US$": "USD", "NT$": "TWD", "HK$": "HKD",
         "A$": "AUD", "C$": "CAD", "S$": "SGD", "R$": "BRL", "RM": "MYR", "RMB": "CNY", "人民币": "CNY"}  # fmt: skip
IN_HEADER = re.compile(r"\(([A-Z]{3})\)\s*$")
ANY = "(currency)"
NOT_A_SIGN = re.compile(r"[\d.,\s()%+\-–−'’]")


def places_of(names: Iterable[str]) -> Mapping[str, str]:
    """The headers of a file by their normal form; `Cost (EUR)` is also found as `Cost (currency)`."""
    listed = tuple(names)
    stated = {normal(IN_HEADER.sub(ANY, name)): name for name in reversed(listed) if _in_header(name)}
    return stated | {normal(name): name for name in reversed(listed)}


def stated_currency(layout: Layout, headers: Iterable[str]) -> str | None:
    """The one currency that these headers of amounts, or the first cells below them, state; None where they state none
    or several."""
    places = [at for at, name in enumerate(layout.names) if name in set(headers)]
    seen = {code for at in places if (code := _in_header(layout.names[at]))}
    cells = (row[at] for row in layout.sample for at in places if at < len(row))
    seen |= {code for cell in cells if (code := _in_cell(cell))}
    return seen.pop() if len(seen) == 1 else None


def _in_header(name: str) -> str | None:
    found = IN_HEADER.search(name)
    return found[1] if found and found[1] in _codes() else None


def _in_cell(cell: str) -> str | None:
    sign = NOT_A_SIGN.sub("", cell)
    return SIGNS.get(sign) or (sign if sign in _codes() else None)


@cache
def _codes() -> frozenset[str]:
    return frozenset(list_currencies())
