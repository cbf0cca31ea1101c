"""Everything beyond the largest, added up under one name."""

from __future__ import annotations

import polars as pl

REST = "(other)"


def total(*columns: str) -> pl.Expr:
    """The sum of each column; null, not 0, where all of a group is null."""
    summed = pl.col(columns)
    return pl.when(summed.count() > 0).then(summed.sum())
