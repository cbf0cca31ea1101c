"""What a period or a number is compared with, and whether the difference is worth a colour."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from metrics.festivals import YEAR_BACK, aligned_days, aligned_weeks
from metrics.model import Kpi, Target
from metrics.periods import DAY, WEEK, Period, month_end, months_later

__all__ = ["Change", "aligned_days", "change", "distance_to_band", "last_year", "previous"]

NO_FESTIVALS: Mapping[date, str] = MappingProxyType({})
MATERIAL_SHARE = 0.005
MATERIAL_POINTS = 0.15
# Differences of decimals carry binary dust: 0.35 - 0.20 is 0.1499999…, and would miss the threshold.
DIGITS = 9


@dataclass(frozen=True)
class Change:
    """From one value to another.

    Attributes:
        absolute: value minus before, in the KPI's unit.
        relative: absolute as a share of before's size (0.1 = 10 % up); null where before is 0, or for scores,
            whose zero means nothing.
        points: absolute again where the unit is percent or score, else null.
        material: worth a colour: from 0.15 points, or 0.5 % where there are no points.
        good: whether it is the wanted direction (for a band: nearer to it); null when nothing says so.
    """

    absolute: float | None
    relative: float | None
    points: float | None
    material: bool
    good: bool | None


NO_CHANGE_KNOWN = Change(None, None, None, False, None)


def previous(period: Period) -> Period:
    """The period just before: as many whole months before whole months, to date before to date, else as long.

    "To date" begins on the first of a month or year and ends inside it: 1 to 15 November meets 1 to 15
    October, and 1 January to 15 November the same days of the year before. Other whole ISO weeks meet
    whole ISO weeks.
    """
    if period.is_whole_months:
        return _months_moved(period, _months(period))
    if period.is_whole_weeks:
        return _moved(period, period.days)
    if _is_to_date(period) and _months(period) == 1:
        return _months_moved(period, 1)
    if _is_to_date(period) and period.first.month == 1 and period.last.year == period.first.year:
        return _months_moved(period, 12)
    return _moved(period, period.days)


def last_year(period: Period, festivals: Mapping[date, str] = NO_FESTIVALS) -> Period:
    """The same period a year earlier: whole months with whole months, to date with to date, else weekdays.

    A period that begins on the first of a month keeps its dates (29 February becomes the 28th); every other
    one, a single day and whole ISO weeks move by 364 days and so keep their weekdays, in years of 53 weeks too.
    With `festivals` (see `metrics.festivals.read_festivals`) a single ISO week of a festival meets the week of
    that festival.
    """
    if period.is_whole_weeks and period.days == WEEK.days and festivals:
        met: date = aligned_weeks(period, festivals)["comparison_week"].item()
        return Period(met, met + DAY * 6)
    if period.is_whole_months or (_is_to_date(period) and not period.is_whole_weeks):
        return _months_moved(period, 12)
    return _moved(period, YEAR_BACK.days)


def change(value: float | None, before: float | None, kpi: Kpi, target: Target | None = None) -> Change:
    """How a KPI changed; everything is None when one of the two values is missing or not finite.

    `target` gives the band of a KPI that wants to stay inside one; without it the catalogue's band counts.
    """
    if value is None or before is None or not (math.isfinite(value) and math.isfinite(before)):
        return NO_CHANGE_KNOWN
    absolute = value - before
    has_points = kpi.unit in ("percent", "score")
    relative = absolute / abs(before) if before and kpi.unit != "score" else None
    if has_points:
        material = round(abs(absolute), DIGITS) >= MATERIAL_POINTS
    elif relative is None:
        material = absolute != 0
    else:
        material = round(abs(relative), DIGITS) >= MATERIAL_SHARE
    points = absolute if has_points else None
    return Change(absolute, relative, points, material, _is_good(value, before, kpi, target or kpi.default_target))


def distance_to_band(value: float, low: float | None, high: float | None) -> float:
    """How far the value lies outside the band, in its unit; 0 inside. A missing limit is open."""
    if low is not None and value < low:
        return low - value
    return value - high if high is not None and value > high else 0.0


def _is_good(value: float, before: float, kpi: Kpi, target: Target | None) -> bool | None:
    if value == before:
        return None
    if kpi.direction != "band":
        return (value > before) == (kpi.direction == "higher")
    if target is None or (target.low is None and target.high is None):
        return None
    now = distance_to_band(value, target.low, target.high)
    then = distance_to_band(before, target.low, target.high)
    return None if now == then else now < then


def _is_to_date(period: Period) -> bool:
    return period.first.day == 1 and period.days > 1


def _months(period: Period) -> int:
    return (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1


def _moved(period: Period, days: int) -> Period:
    return Period(period.first - DAY * days, period.last - DAY * days)


def _months_moved(period: Period, months: int) -> Period:
    last = months_later(period.last, -months)
    if period.is_whole_months:
        last = month_end(last)
    return Period(months_later(period.first, -months), last)
