"""How software reaches production: the four measures of DORA, and how much of it is rework."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import polars as pl

from metrics.ask import ask
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.festivals import read_calendar
from metrics.load import Catalogue
from metrics.periods import LONGEST_BY_WEEK, WEEK, Grain, Period, bucket_start, buckets
from metrics.policy import Viewer
from metrics.views.percentiles import bucket_sql
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

TABLE, DAY = "fact_deployment", "deployed_date"
RATES = ("change_lead_time_p50", "change_fail_rate", "failed_deployment_recovery_p50")
FEWEST_WEEKS = 12
_COUNT = "deployment_frequency"


def deliveries(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """Deployments and how they went, by week, of at least the twelve weeks up to the period's end; long ones by month.

    A day or two of releases say nothing, so the view reaches back where the period is shorter. Fast and slow weeks
    compare only per working day: Monday to Friday without public holidays, and the days worked in exchange.

    Returns:
        Shape (buckets, 6), by period: period (date, the first day of the bucket), a_working_day (deployments each
        working day so far; null: no file, or no working day yet), change_lead_time_p50 (hours), change_fail_rate
        (percent), failed_deployment_recovery_p50 (hours), rework_rate (percent of deployments that a production
        incident made necessary). A median or rate is null in a bucket without such deployments.

    Raises:
        NotAllowed: as `ask`. NotSplittable: a filter that deployments do not carry.
    """
    last = scope.period.last
    period = Period(min(scope.period.first, bucket_start(last, "week") - WEEK * (FEWEST_WEEKS - 1)), last)
    grain: Grain = "week" if period.days <= LONGEST_BY_WEEK else "month"
    wide = replace(scope, period=period)
    with engine.reading() as reader:
        answer = ask(reader, wide.query(_COUNT, *RATES, grain=grain), viewer, catalogue)
        working = _working_days(reader, Period(period.first, max(period.first, min(last, answer.as_of))), grain)
        rework = _rework(reader, wide, viewer, grain)
    each = pl.col(_COUNT) / pl.when(pl.col("working") > 0).then("working")
    return (
        answer.rows.join(working, on="period", how="left")
        .join(rework, on="period", how="left")
        .select("period", each.alias("a_working_day"), *RATES, "rework_rate")
        .sort("period")
    )


def _working_days(engine: Engine, period: Period, grain: Grain) -> pl.DataFrame:
    """Shape (buckets, 2): period, working (days)."""
    calendar = read_calendar(engine, period.first, period.last)
    holidays = set(calendar.filter("is_public_holiday")["date"])
    exchanged = set(calendar.filter("is_makeup_workday")["date"])

    def count(part: Period) -> int:
        days = [part.first + timedelta(days=place) for place in range(part.days)]
        return sum((day.isoweekday() < 6 and day not in holidays) or day in exchanged for day in days)

    parts = buckets(period, grain)
    rows = [(bucket_start(part.first, grain), count(part)) for part in parts]
    return pl.DataFrame(rows, schema={"period": pl.Date, "working": pl.Int64}, orient="row")


def _rework(engine: Engine, scope: Scope, viewer: Viewer, grain: Grain) -> pl.DataFrame:
    held = admitted(engine, scope, viewer, Coverage.read(engine), TABLE, ("is_rework",), DAY, grain=grain)
    shape = pl.Schema({"period": pl.Date, "rework_rate": pl.Float64})
    if held.availability.state == "no_data":
        return pl.DataFrame(schema=shape)
    sql = f"""
        select {bucket_sql(DAY, grain)} as period,
            100 * count(case when is_rework then 1 end) / count(is_rework) as rework_rate
        from deployments group by 1
    """
    return select(engine, sql, {"deployments": held}).cast(shape)
