"""Everything beyond the largest, added up under one name."""

from __future__ import annotations

import polars as pl

from metrics.model import Kpi

REST = "(other)"
_ADDS_UP = ("additive", "semi_additive")


def adds_up(kpi: Kpi) -> bool:
    """Whether the values of a KPI add up over a dimension, and so have shares and a rest."""
    return kpi.additivity in _ADDS_UP


def total(*columns: str) -> pl.Expr:
    """The sum of each column; null, not 0, where all of a group is null."""
    summed = pl.col(columns)
    return pl.when(summed.count() > 0).then(summed.sum())
