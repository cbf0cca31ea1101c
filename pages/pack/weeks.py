"""Weeks by their names: `2026-W46`, which begins on Monday or, where the company says so, on the Sunday before."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from metrics.errors import MetricError
from metrics.model import Text
from metrics.periods import DAY, Period

WeekStart = Literal["monday", "sunday"]
_NAME = re.compile(r"(\d{4})-W(\d{2})")


class NoSuchWeek(MetricError):
    """What was written names no week."""

    text = Text(
        "'{name}' is no week. Write it as year and ISO week, for example 2026-W46.",
        "“{name}”不是有效的周。请写成年份加 ISO 周，例如 2026-W46。",
        "「{name}」不是有效的週。請寫成年份加 ISO 週，例如 2026-W46。",
    )


def week_days(name: str, start: WeekStart = "monday") -> Period:
    """The seven days of a week. Raises NoSuchWeek."""
    found = _NAME.fullmatch(name)
    try:
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        monday = None
    if monday is None:
        raise NoSuchWeek(name=name)
    first = monday if start == "monday" else monday - DAY
    return Period(first, first + DAY * 6)


def is_week(name: str) -> bool:
    """Whether a name is that of a week."""
    try:
        week_days(name)
    except NoSuchWeek:
        return False
    return True


def week_name(day: date, start: WeekStart = "monday") -> str:
    """The name of the week that a day lies in."""
    year, week, _ = (day if start == "monday" else day + DAY).isocalendar()
    return f"{year}-W{week:02}"


def last_whole_week(reach: date, start: WeekStart = "monday") -> str:
    """The last week that has ended by a day (that day included)."""
    name = week_name(reach, start)
    return name if week_days(name, start).last == reach else week_name(reach - DAY * 7, start)
