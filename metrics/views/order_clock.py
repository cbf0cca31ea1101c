"""When people order: weekdays by hours of the day, in the company's time zone."""

from __future__ import annotations

from collections import Counter

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.policy import Viewer
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, covered_days, select

WEEKDAYS, HOURS = range(1, 8), range(24)
_COLUMNS = ("created_at", "is_paid")


def order_clock(engine: Engine, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """How many orders come in each hour of the week, on average over the period.

    Orders are those that were paid, by the hour they were placed; a weekday counts as often as files cover
    it, so that five Mondays and four Tuesdays compare fairly and missing days do not make an hour quieter.

    Returns:
        Shape (168, 4), by weekday and hour: weekday (ISO, 1 = Monday), hour (0 to 23), orders (average per
        such hour; 0: covered, nobody ordered; null: no such day is covered), days (how many such days are).

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        orders = admitted(reader, scope, viewer, coverage, "fact_order", _COLUMNS, "order_date")
        # Engines disagree on what isodow and dayofweek mean, not on how many days have passed since a Monday.
        sql = """
            select weekday, hour, count(*) as found
            from (
                select date_diff('day', cast('1970-01-05' as date), order_date) % 7 + 1 as weekday,
                    extract(hour from created_at) as hour
                from orders where is_paid and created_at is not null
            ) as placed
            group by weekday, hour
        """
        found = pl.DataFrame(schema=dict.fromkeys(("weekday", "hour", "found"), pl.Int64))
        if orders.availability.state != "no_data":
            found = select(reader, sql, {"orders": orders}).cast(pl.Int64)
        last = min(scope.period.last, scope.as_of or scope.period.last)
        covered = covered_days(coverage, "fact_order", _COLUMNS, scope.period.first, last)
    times = Counter(day.isoweekday() for day in covered)
    week = pl.DataFrame(
        [(weekday, hour, times[weekday]) for weekday in WEEKDAYS for hour in HOURS],
        schema={"weekday": pl.Int64, "hour": pl.Int64, "days": pl.Int64},
        orient="row",
    )
    average = pl.col("found").fill_null(0) / pl.when(pl.col("days") > 0).then("days")
    return (
        week.join(found, on=["weekday", "hour"], how="left")
        .select("weekday", "hour", average.alias("orders"), "days")
        .sort("weekday", "hour")
    )
