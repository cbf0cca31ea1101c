"""One KPI through time, beside what it is compared with: festival with festival, weekday with weekday."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from metrics.ask import ask
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.model import Kpi
from metrics.periods import Grain, Period, bucket_end, bucket_start, buckets, grain_for
from metrics.policy import Viewer
from metrics.query import Filter
from metrics.targets import target_values
from metrics.views.marks import marks
from metrics.views.meetings import PAIRS, meetings
from metrics.views.scope import Scope

_VALUES = ("period", "value", "comparison_period", "comparison", "target")
_MARKS = ("festival", "holiday", "is_young", "is_whole")


def trend(
    engine: Engine, kpi: str, scope: Scope, viewer: Viewer, catalogue: Catalogue, grain: Grain | None = None
) -> pl.DataFrame:
    """A KPI by bucket, with comparison, target and the days that explain it.

    Buckets are compared one by one: a day with last year's same weekday, but Double 11 with Double 11 and
    Chinese New Year with Chinese New Year even where they lie outside `scope.comparison`; a week with the
    week 52 weeks earlier or the festival's; a month with the month. With the period before, the first
    meets the first. The compared values therefore need not add up to the total of the comparison.

    Args:
        grain: the buckets; without it what fits the length of the period.

    Returns:
        Shape (buckets, 9), by period, the KPI in its own unit:
        period (date, the first day of the bucket: a Monday or the first of a month also where the period
        begins later), value (null: no data), comparison_period (date, null: meets nothing), comparison
        (null: no data), target (additive KPIs: the bucket's share of a longer one; null: none), festival and
        holiday (text, at most one each; null on ordinary days; the days around a festival carry its name),
        is_young (still growing, see Kpi.matures_after_days), is_whole (false where the period cuts the bucket
        short).

    Raises:
        UnknownName, NotSplittable, NotAllowed: as `ask`.
    """
    chosen = grain or grain_for(scope.period)
    with engine.reading() as reader:
        answer = ask(reader, scope.query(kpi, grain=chosen), viewer, catalogue)
        facts = _facts(reader, catalogue.kpi(kpi), scope.period, chosen, scope.filters, answer.as_of)
        compared = _compared(reader, kpi, scope, viewer, catalogue, chosen)
        labels = marks(reader, scope.period, chosen)
    joined = answer.rows.rename({kpi: "value"})
    for beside in (facts, compared, labels):
        joined = joined.join(beside, on="period", how="left")
    return joined.select(*_VALUES, *_MARKS).sort("period")


def _facts(
    engine: Engine, kpi: Kpi, period: Period, grain: Grain, filters: tuple[Filter, ...], as_of: date
) -> pl.DataFrame:
    parts = buckets(period, grain)
    grown_until = as_of - timedelta(days=kpi.matures_after_days or 0)
    whole = [Period(bucket_start(part.first, grain), bucket_end(part.first, grain)) for part in parts]
    return pl.DataFrame(
        {
            "period": [bucket.first for bucket in whole],
            "target": target_values(engine, kpi, parts, filters),
            "is_young": [kpi.matures_after_days is not None and part.last > grown_until for part in parts],
            "is_whole": [part == bucket for part, bucket in zip(parts, whole, strict=True)],
        },
        schema_overrides={"target": pl.Float64},
    )


def _compared(
    engine: Engine, kpi: str, scope: Scope, viewer: Viewer, catalogue: Catalogue, grain: Grain
) -> pl.DataFrame:
    found = [pl.DataFrame(schema={**PAIRS, "comparison": pl.Float64})]
    for meeting in meetings(engine, scope.period, scope.comparison, grain) if scope.comparison else ():
        values = ask(engine, scope.query(kpi, grain=grain, period=meeting.asked), viewer, catalogue).rows
        known = values.select(pl.col("period").alias("comparison_period"), pl.col(kpi).alias("comparison"))
        found.append(meeting.pairs.join(known, on="comparison_period", how="left"))
    return pl.concat(found)
