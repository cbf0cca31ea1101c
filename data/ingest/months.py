"""Months as ledgers write them: `2026-11`, `202611`, `Nov 2026`, `2026年11月`."""

from __future__ import annotations

import polars as pl

# The day that stands for a month is its last.
COLUMNS = frozenset({"month_end", "period_end"})
NUMBERS = r"^((?:19|20)\d{2})\s?[-/.年]?\s?(\d{2}|\d)\s?月?$"
NAMES = r"^([A-Za-z]{3,9})[-\s.,]+((?:19|20)\d{2})$"


def as_days(texts: pl.Series) -> pl.Series:
    """A month without a day as the text of its first day; other texts as they are."""
    numbered = texts.str.replace(NUMBERS, "$1-$2-1")
    return numbered.str.replace(NAMES, "1 $1 $2")
