"""Which part of a company moved a number most: how much each value of a dimension adds to the change."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from metrics.ask import Answer, ask
from metrics.engine import Engine
from metrics.errors import MetricError
from metrics.load import Catalogue
from metrics.model import Kpi
from metrics.periods import Period
from metrics.policy import Viewer
from metrics.query import Query

_TOP, _BOTTOM = "top_of_it", "bottom_of_it"
_ADDED_UP = ("additive", "semi_additive", "distinct_count")


@dataclass(frozen=True)
class Segment:
    """A value of a dimension, and what it adds to the change, in the KPI's unit."""

    dimension: str
    value: str
    amount: float


def largest_segment(
    engine: Engine, kpi: Kpi, now: Period, then: Period, viewer: Viewer, catalogue: Catalogue
) -> Segment | None:
    """The segment that adds most to the change from `then` to `now`, in the direction of the change.

    The first of the KPI's dimensions that splits it into at least two values counts: it is the one its owner named
    first. Segments that must be hidden from the viewer are left out. None for percentiles, composites and numbers
    that depend on the length of the period, whose parts do not add up, and where no dimension answers.
    """
    if not _adds_up(kpi):
        return None
    for dimension in kpi.dimensions:
        try:
            parts = contributions(engine, kpi, dimension, now, then, viewer, catalogue)
        except MetricError:
            # A dimension that this viewer or these files do not allow; the next one may do.
            continue
        if parts.height >= 2:
            is_up = float(parts["amount"].sum()) >= 0
            best = parts.sort("amount", dimension, descending=[is_up, False]).row(0, named=True)
            return Segment(dimension, best[dimension], best["amount"])
    return None


def contributions(
    engine: Engine, kpi: Kpi, dimension: str, now: Period, then: Period, viewer: Viewer, catalogue: Catalogue
) -> pl.DataFrame:
    """What each value of a dimension adds to the change; shape (values, [dimension, amount]), amounts never null.

    Amounts and counts add their own difference. A rate R = N ÷ D adds (n - R₀ d) ÷ D now less the same then, which
    sums to R - R₀ over all values. Raises MetricError.
    """
    parts = {kpi.id: kpi}
    if kpi.denominator is not None:
        parts |= {_TOP: _alone(kpi, _TOP), _BOTTOM: _alone(kpi, _BOTTOM)}
    known = replace(catalogue, kpis={**catalogue.kpis, **parts})

    def asked(period: Period) -> Answer:
        return ask(engine, Query(tuple(parts), period, by=(dimension,)), viewer, known)

    both = asked(now).rows.join(asked(then).rows, on=dimension, how="full", coalesce=True, suffix="_then")
    if kpi.denominator is None:
        amount = pl.col(kpi.id).fill_null(0) - pl.col(f"{kpi.id}_then").fill_null(0)
    else:
        # A segment that is hidden from the viewer has no value of its own, and must not be named.
        both = both.filter(pl.col(kpi.id).is_not_null() | pl.col(f"{kpi.id}_then").is_not_null())
        before = pl.col(f"{_TOP}_then").sum() / pl.col(f"{_BOTTOM}_then").sum()
        amount = kpi.multiplier * (_excess("", before) - _excess("_then", before))
    found = both.select(pl.col(dimension), amount=amount)
    return found.filter(pl.col("amount").is_finite() & pl.col(dimension).is_not_null())


def _adds_up(kpi: Kpi) -> bool:
    if kpi.composite or kpi.period_factor != "none" or kpi.numerator is None:
        return False
    return kpi.additivity in _ADDED_UP if kpi.denominator is None else kpi.additivity == "ratio"


def _excess(suffix: str, before: pl.Expr) -> pl.Expr:
    top, bottom = (pl.col(f"{name}{suffix}") for name in (_TOP, _BOTTOM))
    return (top.fill_null(0) - before * bottom.fill_null(0)) / bottom.sum()


def _alone(kpi: Kpi, name: str) -> Kpi:
    """The numerator or the denominator as a number of its own."""
    fact = kpi.numerator if name == _TOP else kpi.denominator
    return replace(
        kpi, id=name, numerator=fact, denominator=None, multiplier=1.0, valid_when=None, sample=None, min_sample=None
    )
