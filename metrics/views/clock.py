"""Hours of the week: how often each comes in a period, and what happens in one of them on average."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

import polars as pl

WEEKDAYS, HOURS = range(1, 8), range(24)


def weekday_sql(day: str) -> str:
    """The ISO weekday (1 = Monday) of a day."""
    # Engines disagree on what isodow and dayofweek mean, not on how many days have passed since a Monday.
    return f"date_diff('day', cast('1970-01-05' as date), {day}) % 7 + 1"


def averages(found: pl.DataFrame, covered: Collection[date], counts: Sequence[str]) -> pl.DataFrame:
    """Counts by weekday and hour as averages over the days that files cover.

    A weekday counts as often as files cover it, so that five Mondays and four Tuesdays compare fairly and missing
    days do not make an hour quieter.

    Args:
        found: weekday (ISO), hour and the counts; an hour in which nothing happened has no row.

    Returns:
        Shape (168, counts + 3), by weekday and hour: weekday, hour (0 to 23), each count (average an hour; 0:
        covered, nothing happened; null: no such day is covered), days (how many such days are covered).
    """
    times = Counter(day.isoweekday() for day in covered)
    week = pl.DataFrame(
        [(weekday, hour, times[weekday]) for weekday in WEEKDAYS for hour in HOURS],
        schema={"weekday": pl.Int64, "hour": pl.Int64, "days": pl.Int64},
        orient="row",
    )
    often = pl.when(pl.col("days") > 0).then("days")
    return (
        week.join(found.cast(pl.Int64), on=["weekday", "hour"], how="left")
        .select("weekday", "hour", *((pl.col(name).fill_null(0) / often).alias(name) for name in counts), "days")
        .sort("weekday", "hour")
    )
