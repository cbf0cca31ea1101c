"""Day by day and week by week: a festival meets last year's festival, an ordinary day the same weekday."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import polars as pl

from metrics.engine import Engine
from metrics.periods import DAY, WEEK, Period, bucket_start

YEAR_BACK = DAY * 364
# Between a year back by weekdays (364 days) and one by dates across a leap day (366).
YEAR_SHIFTS = range(364, 367)
# Moving feasts wander: Chinese New Year by up to 20 days, Easter by up to 34.
FARTHEST_MOVE = DAY * 40
# dim_date calls the days around a festival's own day by its name and this.
RUN = "_run"
MOST_OF_A_WEEK = 4
MOST_WEEKS_ASIDE = 9
CALENDAR = {
    "date": pl.Date,
    "shopping_festival": pl.String,
    "holiday_name": pl.String,
    "is_public_holiday": pl.Boolean,
    "is_makeup_workday": pl.Boolean,
}


def read_calendar(engine: Engine, first: date, last: date) -> pl.DataFrame:
    """The calendar of these days, both included.

    Returns:
        Shape (days known, 5): date, shopping_festival, holiday_name, is_public_holiday, is_makeup_workday,
        by date; null where the day is ordinary, no rows where the engine holds no calendar.
    """
    if not engine.has_column("dim_date", "shopping_festival"):
        return pl.DataFrame(schema=CALENDAR)
    relation = engine.relation("dim_date", frozenset(CALENDAR), last)
    sql = f"select {', '.join(CALENDAR)} from {relation} as d where date >= $first and date <= $last order by date"
    return pl.DataFrame(engine.query(sql, {"first": first, "last": last}), schema=CALENDAR)


def read_festivals(engine: Engine, period: Period) -> dict[date, str]:
    """The shopping festival of each festival day of the period and a year before it.

    Some weeks more are read at both ends, because festivals move and ordinary days step aside.
    """
    return _named(_around(engine, period), _filled("shopping_festival"))


def read_special_days(engine: Engine, period: Period) -> dict[date, str]:
    """The shopping festival, else the public holiday, of each such day; see `read_festivals`."""
    holiday = pl.when(pl.col("is_public_holiday")).then(_filled("holiday_name"))
    return _named(_around(engine, period), pl.coalesce(_filled("shopping_festival"), holiday))


def _around(engine: Engine, period: Period) -> pl.DataFrame:
    return read_calendar(engine, period.first - YEAR_BACK - WEEK * 15, period.last + FARTHEST_MOVE)


def _filled(column: str) -> pl.Expr:
    return pl.col(column).replace("", None)


def _named(calendar: pl.DataFrame, name: pl.Expr) -> dict[date, str]:
    return dict(calendar.select("date", name.alias("name")).drop_nulls().iter_rows())


def is_year_back(period: Period, comparison: Period) -> bool:
    """Whether the comparison is the same period a year before, by weekdays or by dates."""
    return (period.first - comparison.first).days in YEAR_SHIFTS


def aligned_days(period: Period, comparison: Period, festivals: Mapping[date, str]) -> pl.DataFrame:
    """Which day of the comparison each day of the period meets.

    With last year, days meet the same weekday 364 days earlier; but the day of a festival meets that day of
    last year's festival and the days around it (`double_11_run`) those as far from it, even outside
    `comparison`; an ordinary day that would meet a festival meets the same weekday some weeks beside it. With
    any other comparison the first day meets the first, and so on.

    Args:
        festivals: the name of each festival day of both years, see `read_special_days`.

    Returns:
        Shape (period.days, 2): day, comparison_day; comparison_day is null where a shorter comparison has ended.
    """
    days = [period.first + DAY * i for i in range(period.days)]
    met: list[date | None]
    if is_year_back(period, comparison):
        met = [*_partners(days, _occurrences(festivals))]
    else:
        found = [comparison.first + DAY * i for i in range(period.days)]
        met = [day if day <= comparison.last else None for day in found]
    return pl.DataFrame({"day": days, "comparison_day": met}, schema={"day": pl.Date, "comparison_day": pl.Date})


def aligned_weeks(period: Period, festivals: Mapping[date, str]) -> pl.DataFrame:
    """Which week of last year each week of the period meets: the festival's, else the one 52 weeks back.

    A week is a festival's when the festival's own day lies in it, or most of its days belong to it; where two
    festivals share a week the longer one counts.

    Returns:
        Shape (weeks touched, 2): week, comparison_week, both Mondays.
    """
    first = bucket_start(period.first, "week")
    weeks = [first + WEEK * i for i in range((period.last - first).days // 7 + 1)]
    met = _partners(weeks, [_by_week(one) for one in _occurrences(festivals)])
    return pl.DataFrame({"week": weeks, "comparison_week": met}, schema={"week": pl.Date, "comparison_week": pl.Date})


@dataclass(frozen=True)
class _Occurrence:
    """One year's festival: its days (or weeks), and the one that meets its like of another year."""

    name: str
    anchor: date
    units: frozenset[date]


def _occurrences(festivals: Mapping[date, str]) -> list[_Occurrence]:
    """The festivals, the shortest first; days of one name at most a week apart belong together."""
    days: dict[str, list[date]] = {}
    for day, name in sorted(festivals.items()):
        days.setdefault(name.removesuffix(RUN), []).append(day)
    found = []
    for name, held in days.items():
        breaks = [0, *(i for i in range(1, len(held)) if held[i] - held[i - 1] > WEEK), len(held)]
        for start, end in pairwise(breaks):
            part = held[start:end]
            own = [day for day in part if festivals[day] == name]
            found.append(_Occurrence(name, own[0] if own else part[-1], frozenset(part)))
    return sorted(found, key=lambda one: (len(one.units), one.anchor))


def _by_week(festival: _Occurrence) -> _Occurrence:
    anchor = bucket_start(festival.anchor, "week")
    days = Counter(bucket_start(day, "week") for day in festival.units)
    most = frozenset(week for week, count in days.items() if count >= MOST_OF_A_WEEK)
    return _Occurrence(festival.name, anchor, most | {anchor})


def _partners(starts: list[date], festivals: list[_Occurrence]) -> list[date]:
    meets: dict[date, date] = {}
    for one in festivals:
        expected = one.anchor - YEAR_BACK
        like = [o for o in festivals if o.name == one.name and abs(o.anchor - expected) <= FARTHEST_MOVE]
        if like:
            other = min(like, key=lambda o: abs(o.anchor - expected))
            back = one.anchor - other.anchor
            meets |= {unit: unit - back for unit in one.units if unit - back in other.units}
    taken = {unit for one in festivals for unit in one.units}
    return [meets[start] if start in meets else _ordinary(start - YEAR_BACK, taken) for start in starts]


def _ordinary(day: date, taken: set[date]) -> date:
    """The day itself, or the nearest one some whole weeks away (earlier first) that is no festival."""
    for weeks in range(MOST_WEEKS_ASIDE):
        for candidate in (day - WEEK * weeks, day + WEEK * weeks):
            if candidate not in taken:
                return candidate
    return day
