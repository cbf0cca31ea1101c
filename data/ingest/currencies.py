"""The currency that a file states beside its amounts: `Cost (EUR)` as a header, `€12` or `USD 12` as a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

import polars as pl
from babel.numbers import list_currencies

from data.ingest.layout import Layout, normal

# Signs that stand for one currency only; $ and ¥ stand for several.
SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "฿": "THB", "US$": "USD", "NT$": "TWD", "HK$": "HKD",
         "A$": "AUD", "C$": "CAD", "S$": "SGD", "R$": "BRL", "RM": "MYR", "RMB": "CNY", "人民币": "CNY"}  # fmt: skip
# Signs of several currencies: beside others they can only be told where the company's own is one of them.
SHARED = {"$": ("USD", "AUD", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD"), "¥": ("CNY", "JPY"), "￥": ("CNY", "JPY")}
IN_HEADER = re.compile(r"\(([A-Z]{3})\)\s*$")
ANY = "(currency)"
A_SIGN = r"[^\d.,\s()%+\-–−'’]"
NOT_A_SIGN = re.compile(r"[\d.,\s()%+\-–−'’]")


def places_of(names: Iterable[str]) -> Mapping[str, str]:
    """The headers of a file by their normal form; `Cost (EUR)` is also found as `Cost (currency)`."""
    listed = tuple(names)
    stated = {normal(IN_HEADER.sub(ANY, name)): name for name in reversed(listed) if _in_header(name)}
    return stated | {normal(name): name for name in reversed(listed)}


def stated_currencies(layout: Layout, headers: Iterable[str]) -> tuple[str, ...]:
    """The currencies that these headers of amounts and the first cells below them state, sorted."""
    places = [at for at, name in enumerate(layout.names) if name in set(headers)]
    seen = {code for at in places if (code := _in_header(layout.names[at]))}
    cells = (row[at] for row in layout.sample for at in places if at < len(row))
    seen |= {code for cell in cells if (code := _in_cell(cell))}
    return tuple(sorted(seen))


def said_in(header: str, texts: pl.Series, *, is_plain: bool) -> pl.Series | None:
    """For each cell of a column of amounts the currency that it or the header states; None where none states any.

    `is_plain` says that the cells are known to hold digits only.
    """
    of_column = _in_header(header)
    if is_plain or not texts.str.contains(A_SIGN).any():
        return pl.select(pl.when(texts.is_not_null()).then(pl.lit(of_column))).to_series() if of_column else None
    signs = signs_of(texts)
    known = {sign: code for sign in signs.unique().drop_nulls() if (code := _in_cell(sign))}
    if not (known or of_column):
        return None
    said = signs.replace_strict(known, default=None, return_dtype=pl.String)
    return said.fill_null(of_column).set(texts.is_null(), None) if of_column else said


def signs_of(texts: pl.Series) -> pl.Series:
    """What stands in cells beside their digits; '' where nothing does."""
    return texts.str.replace_all(NOT_A_SIGN.pattern, "")


def _in_header(name: str) -> str | None:
    found = IN_HEADER.search(name)
    return found[1] if found and found[1] in _codes() else None


def _in_cell(cell: str) -> str | None:
    sign = NOT_A_SIGN.sub("", cell)
    return SIGNS.get(sign) or (sign if sign in _codes() else None)


@cache
def _codes() -> frozenset[str]:
    return frozenset(list_currencies())
