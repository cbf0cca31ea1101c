"""Which bucket of a series meets which bucket of the comparison."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from metrics.engine import Engine
from metrics.festivals import (
    YEAR_BACK,
    aligned_days,
    aligned_weeks,
    is_year_back,
    read_festivals,
    read_special_days,
)
from metrics.periods import WEEK, Grain, Period, bucket_end, bucket_start, buckets, month_end, months_later

PAIRS = {"period": pl.Date, "comparison_period": pl.Date}
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Meeting:
    """Buckets and the buckets they meet (`pairs`: period, comparison_period), all found by asking for `asked`."""

    asked: Period
    pairs: pl.DataFrame


def meetings(engine: Engine, period: Period, comparison: Period, grain: Grain) -> list[Meeting]:
    """Pair the buckets of a period with those of a comparison; each bucket is in one meeting at most.

    Where the comparison is last year, days meet as in `aligned_days` (festivals and public holidays) and weeks
    as in `aligned_weeks` (festivals). Other weeks, and months, are moved by whole ones, as far as the comparison
    lies away and no nearer; those that the period cuts short meet equally short ones.
    """
    is_last_year = is_year_back(period, comparison)
    if grain == "day":
        return _days(engine, period, comparison, is_last_year)
    if grain == "week":
        return _festival_weeks(engine, period) if is_last_year else [_weeks(period, comparison)]
    return [_months(period, comparison, is_last_year)]


def _days(engine: Engine, period: Period, comparison: Period, is_last_year: bool) -> list[Meeting]:
    festivals = read_special_days(engine, period) if is_last_year else {}
    pairs = aligned_days(period, comparison, festivals).select(
        period=pl.col("day"), comparison_period=pl.col("comparison_day")
    )
    met = pairs["comparison_period"].drop_nulls().to_list()
    return [Meeting(Period(min(met), max(met)), pairs)]


def _weeks(period: Period, comparison: Period) -> Meeting:
    back = -((comparison.first - period.first) // WEEK) * WEEK
    starts = [bucket_start(part.first, "week") for part in buckets(period, "week")]
    pairs = pl.DataFrame({"period": starts, "comparison_period": [start - back for start in starts]}, schema=PAIRS)
    return Meeting(Period(period.first - back, period.last - back), pairs)


def _festival_weeks(engine: Engine, period: Period) -> list[Meeting]:
    pairs = aligned_weeks(period, read_festivals(engine, period)).select(
        period=pl.col("week"), comparison_period=pl.col("comparison_week")
    )
    plain = pl.col("period") - YEAR_BACK
    whole = [part.first for part in buckets(period, "week") if part.is_whole_weeks]
    is_moved = (pl.col("comparison_period") != plain) & pl.col("period").is_in(whole)
    moved = pairs.filter(is_moved)
    found = [
        Meeting(
            Period(period.first - YEAR_BACK, period.last - YEAR_BACK),
            pairs.filter(~is_moved).with_columns(comparison_period=plain),
        )
    ]
    if not moved.is_empty():
        weeks = moved["comparison_period"].to_list()
        found.append(Meeting(Period(min(weeks), bucket_end(max(weeks), "week")), moved))
    return found


def _months(period: Period, comparison: Period, is_last_year: bool) -> Meeting:
    back = (period.first.year - comparison.first.year) * 12 + period.first.month - comparison.first.month
    if is_last_year:
        back = MONTHS_A_YEAR
    elif comparison.last < period.first <= months_later(period.last, -back):
        back += 1
    last = months_later(period.last, -back)
    if period.last == month_end(period.last):
        last = month_end(last)
    starts = [bucket_start(part.first, "month") for part in buckets(period, "month")]
    met = [months_later(start, -back) for start in starts]
    pairs = pl.DataFrame({"period": starts, "comparison_period": met}, schema=PAIRS)
    return Meeting(Period(months_later(period.first, -back), last), pairs)
