"""Make an answer whole: every bucket a row, 0 where files cover the days, null where they do not."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from metrics import spans
from metrics.model import Fact
from metrics.periods import Period, bucket_start, buckets
from metrics.policy import Viewer
from metrics.query import Query
from metrics.reading import Reading, snapshot_window
from metrics.values import is_small_group_rule

PERIOD = "period"
_COUNTED = ("additive", "distinct_count")


def complete(found: pl.DataFrame, query: Query, readings: Iterable[Reading], viewer: Viewer) -> pl.DataFrame:
    """The rows of an answer, sorted by key, from the rows that the engine found.

    A series has every bucket of the period for every group that was found; KPIs become Float64.
    """
    held = list(readings)
    keys = [*([PERIOD] if query.grain else []), *query.by]
    rows = found.lazy()
    if query.grain:
        rows = _spine(rows, query).join(rows, on=keys, how="left", nulls_equal=True)
    rows = rows.select(*keys, *(_value(query, reading, viewer) for reading in held))
    return (rows.sort(keys, nulls_last=True) if keys else rows).collect()


def empty(query: Query) -> pl.DataFrame:
    """What an engine would find where no KPI can be read: no group, or the one row that nothing splits."""
    keys: dict[str, pl.DataType] = {PERIOD: pl.Date()} if query.grain else {}
    keys |= {name: pl.String() for name in query.by}
    return pl.DataFrame(schema=keys) if keys else pl.DataFrame({"": [None]})


def _spine(rows: pl.LazyFrame, query: Query) -> pl.LazyFrame:
    assert query.grain is not None
    starts = [bucket_start(part.first, query.grain) for part in buckets(query.period, query.grain)]
    spine = pl.LazyFrame({PERIOD: starts}, schema={PERIOD: pl.Date})
    return spine.join(rows.select(query.by).unique(), how="cross") if query.by else spine


def _value(query: Query, reading: Reading, viewer: Viewer) -> pl.Expr:
    kpi = reading.kpi
    if reading.availability.state == "no_data":
        return pl.lit(None, pl.Float64).alias(kpi.id)
    value = pl.col(kpi.id).cast(pl.Float64)
    if kpi.additivity in _COUNTED and not is_small_group_rule(kpi, query, viewer):
        value = value.fill_null(0.0)
    if query.grain is None:
        return value.alias(kpi.id)
    return pl.when(pl.col(PERIOD).is_in(_covered(query, reading))).then(value).alias(kpi.id)


def _covered(query: Query, reading: Reading) -> list[object]:
    assert query.grain is not None
    return [
        bucket_start(part.first, query.grain)
        for part in buckets(query.period, query.grain)
        if all(_touches(simple, fact, part) for simple in reading.simple for fact in simple.kpi.facts)
    ]


def _touches(reading: Reading, fact: Fact, part: Period) -> bool:
    window = snapshot_window(fact, Period(part.last, part.last)) if fact.snapshot == "last" else part
    return bool(spans.intersect(reading.plans[fact].covered, (spans.days(window.first, window.last),)))
