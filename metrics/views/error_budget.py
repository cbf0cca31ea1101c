"""How fast each service uses up the failures it may have: 28 days of error budget."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.periods import Period
from metrics.policy import Viewer
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, covered_days, select

TABLE = "fact_service_health"
DAYS = 28
_COLUMNS = ("valid_events", "good_events", "allowed_bad_events")
_SCHEMA = pl.Schema({"service": pl.String, "day": pl.Date, "remaining": pl.Float64, "availability": pl.Float64})


def error_budget(engine: Engine, scope: Scope, viewer: Viewer, most: int = 4) -> pl.DataFrame:
    """What is left of each service's error budget at the end of each of 28 days, the last of them the period's.

    The budget are the bad requests that the service's objective (SLO) allows in these days; see Beyer et al., Site
    Reliability Engineering, chapter 3. The last value is the KPI `error_budget_remaining` of the 28 days.

    Args:
        most: how many services, those with the least budget left.

    Returns:
        Shape (services x 28, 4), the service with the least left first, then by day: service, day, remaining
        (percent of the budget; below 0 it is overspent; null on a day that no file covers), availability (percent of
        the valid requests of all 28 days, the same in each row). A service whose files carry no objective, or that may
        have no bad request at all, is absent.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    last = min(scope.period.last, scope.as_of or scope.period.last)
    window = Period(last - timedelta(days=DAYS - 1), last)
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        health = admitted(reader, scope, viewer, coverage, TABLE, (*_COLUMNS, "service"), "date", period=window)
        if health.availability.state == "no_data":
            return pl.DataFrame(schema=_SCHEMA)
        sql = """
            select service, date as day, cast(sum(allowed_bad_events) as double) as allowed,
                cast(sum(valid_events - good_events) as double) as bad,
                cast(sum(good_events) as double) as good, cast(sum(valid_events) as double) as valid
            from health
            where valid_events is not null and good_events is not null and allowed_bad_events is not null
            group by service, date
        """
        used = select(reader, sql, {"health": health})
        covered = covered_days(coverage, TABLE, _COLUMNS, window.first, window.last)
    days = pl.DataFrame({"day": pl.date_range(window.first, window.last, eager=True)})
    return _burnt(used, days.with_columns(pl.col("day").is_in(list(covered)).alias("is_covered")), most)


def _burnt(used: pl.DataFrame, days: pl.DataFrame, most: int) -> pl.DataFrame:
    budgets = (
        used.group_by("service").agg(pl.col("allowed", "bad", "good", "valid").sum()).filter(pl.col("allowed") > 0)
    )
    left = 1 - pl.col("bad") / pl.col("allowed")
    availability = 100 * pl.col("good") / pl.when(pl.col("valid") > 0).then("valid")
    worst = budgets.sort(left, "service").head(most)
    named = worst.select("service", pl.col("allowed").alias("budget"), availability.alias("availability"))
    burnt = pl.col("bad").fill_null(0.0).cum_sum().over("service")
    remaining = 100 * (1 - burnt / pl.col("budget"))
    each = used.select("service", "day", "bad").cast({"service": pl.String, "day": pl.Date})
    return (
        named.join(days, how="cross", maintain_order="left_right")
        .join(each, on=["service", "day"], how="left", maintain_order="left")
        .with_columns(remaining.alias("remaining"))
        .with_columns(pl.when("is_covered").then("remaining").alias("remaining"))
        .select(*_SCHEMA)
        .cast(_SCHEMA)
    )
