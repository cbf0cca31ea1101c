"""Numbers of orders that a spreadsheet rounded: what is left tells several orders apart no more."""

from __future__ import annotations

import polars as pl

# "2.87E+18", also behind a prefix of ours.
SCIENTIFIC = r"(?:^|[^\d.])\d(?:\.\d+)?[eE]\+\d{2}$"
LONG = r"^\d{16,19}$"
# Spreadsheets keep fifteen digits; a chance likeness of a few numbers proves nothing.
KEPT_DIGITS, FEWEST, LOOKED_AT = 15, 5, 200


def is_rounded(texts: pl.Series) -> pl.Series:
    """Where a text is no number of its own any more (True or False): `2.87E+18`, and `2871234567890120000` or what
    floating point makes of it, where all the long numbers of the column look so.
    """
    # Most columns hold neither, which is told without a pattern.
    found = texts.str.contains("+", literal=True).fill_null(False)
    found = found & texts.str.contains(SCIENTIFIC).fill_null(False) if found.any() else found
    is_long = texts.str.len_bytes().is_between(KEPT_DIGITS + 1, 19).fill_null(False)
    is_long = is_long & texts.str.contains(LONG).fill_null(False) if is_long.any() else is_long
    numbers = texts.filter(is_long).head(LOOKED_AT)
    if numbers.n_unique() >= FEWEST and all(_keeps_fifteen_digits(text) for text in numbers):
        return found | is_long
    return found


def _keeps_fifteen_digits(text: str) -> bool:
    number, unit = int(text), 10 ** (len(text) - KEPT_DIGITS)
    near = (number + unit // 2) // unit * unit
    return number == near or number == int(float(near))
