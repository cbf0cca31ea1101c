"""Days, weeks and months as people name them; a week is an ISO week (Monday to Sunday)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from metrics.errors import MetricError, UnknownName
from metrics.model import Text

Grain = Literal["day", "week", "month"]
PeriodName = Literal["7d", "28d", "90d", "last_week", "this_month", "last_month", "this_year", "last_year"]

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
LONGEST_BY_DAY = 92
LONGEST_BY_WEEK = 400


class ReversedPeriod(MetricError):
    """A period whose last day lies before its first."""

    text = Text(
        "The period ends on {last}, before it begins on {first}. Exchange the two days.",
        "时间段的结束日 {last} 早于开始日 {first},请对调这两天。",
        "期間的結束日 {last} 早於開始日 {first},請對調這兩天。",
    )


@dataclass(frozen=True, order=True)
class Period:
    """From the first day to the last, both included. Raises ReversedPeriod."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ReversedPeriod(first=self.first, last=self.last)

    @property
    def start(self) -> date:
        """The first day: `start <= day`."""
        return self.first

    @property
    def end(self) -> date:
        """The day after the last: `day < end`."""
        return self.last + DAY

    @property
    def days(self) -> int:
        """How many days the period has, at least 1."""
        return (self.last - self.first).days + 1

    @property
    def is_whole_weeks(self) -> bool:
        """Whether it runs from a Monday to a Sunday."""
        return self.first.isoweekday() == 1 and self.last.isoweekday() == 7

    @property
    def is_whole_months(self) -> bool:
        """Whether it runs from the first of a month to the last of a month."""
        return self.first.day == 1 and self.last == month_end(self.last)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def grain_for(period: Period) -> Grain:
    """The bucket that keeps a line readable: days up to 92 of them, weeks up to 400 days, else months."""
    if period.days <= LONGEST_BY_DAY:
        return "day"
    return "week" if period.days <= LONGEST_BY_WEEK else "month"


def bucket_start(day: date, grain: Grain) -> date:
    """The first day of the day's bucket: itself, its Monday, or the first of its month."""
    if grain == "day":
        return day
    return day - DAY * (day.isoweekday() - 1) if grain == "week" else day.replace(day=1)


def bucket_end(day: date, grain: Grain) -> date:
    """The last day of the day's bucket: itself, its Sunday, or the last of its month."""
    if grain == "day":
        return day
    return bucket_start(day, grain) + DAY * 6 if grain == "week" else month_end(day)


def buckets(period: Period, grain: Grain) -> tuple[Period, ...]:
    """The buckets that the period touches, in order, cut off at its ends (so the outer ones may be short)."""
    found = []
    day = period.first
    while day <= period.last:
        last = bucket_end(day, grain)
        found.append(Period(day, min(last, period.last)))
        day = last + DAY
    return tuple(found)


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_later(day: date, months: int) -> date:
    """The same day some months later (earlier when negative), or that month's last day when it has none."""
    count = day.year * 12 + day.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def named_period(name: PeriodName, as_of: date) -> Period:
    """The period people mean by a name, given the last day the data reach to.

    `7d`, `28d` and `90d` end on that day, `this_month` and `this_year` run up to it; `last_week`,
    `last_month` and `last_year` are the last ones that were complete by its end, so that on Monday morning,
    with data to Sunday, last week is the week that has just ended. Raises UnknownName.
    """
    if name in ("7d", "28d", "90d"):
        return Period(as_of - DAY * (int(name[:-1]) - 1), as_of)
    if name == "this_month":
        return Period(as_of.replace(day=1), as_of)
    if name == "this_year":
        return Period(date(as_of.year, 1, 1), as_of)
    next_day = as_of + DAY
    if name == "last_week":
        monday = bucket_start(next_day, "week")
        return Period(monday - WEEK, monday - DAY)
    if name == "last_month":
        last = next_day.replace(day=1) - DAY
        return Period(last.replace(day=1), last)
    if name == "last_year":
        return Period(date(next_day.year - 1, 1, 1), date(next_day.year - 1, 12, 31))
    raise UnknownName(Text("period", "时间段", "期間"), name, get_args(PeriodName))
