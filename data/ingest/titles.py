"""The days a report speaks for, read from the lines above its header."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = r"(?P<month_name>[A-Za-z]{3,9})\.?"
DAYS = (
    re.compile(r"(?P<year>(?:19|20)\d{2})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})\s{MONTH},?\s(?P<year>(?:19|20)\d{{2}})"),
    re.compile(rf"{MONTH}\s(?P<day>\d{{1,2}}),?\s(?P<year>(?:19|20)\d{{2}})"),
)
START = re.compile(r"(start date|from|开始日期|起始日期|開始日期)\s*[:：]", re.IGNORECASE)
AS_AT = re.compile(r"(as at|截至|截止到)", re.IGNORECASE)
WHOLE_MONTH = re.compile(r"期间\s*[:：]\s*(?P<year>(?:19|20)\d{2})\s?[-/.年]\s?第?(?P<month>\d{1,2})\s?[月期]?\s*$")
# A whole line that says its year once: "October 1 - November 30, 2026", "January - March 2026", "October 2026".
ONE_YEAR = re.compile(
    r"(?P<first>[A-Za-z]{3,9})\.?(?:\s(?P<first_day>\d{1,2}))?(?:\s?[-–]\s?(?:(?P<last>[A-Za-z]{3,9})\.?\s?)?(?P<last_day>\d{1,2})?)?"
    r",?\s(?P<year>(?:19|20)\d{2})"
)
EXPORTED = re.compile(
    r"((导出|匯出|生成|產生|下载|下載)(时间|時間)|export(ed|ed at|ed on| time| date)?|generated( at| on)?)\s*[:：]",
    re.IGNORECASE,
)
CLOCK = re.compile(r"(?<!\d)(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)")
END = re.compile(r"(end date|to|结束日期|截止日期|結束日期)\s*[:：]", re.IGNORECASE)


def period_of(titles: Iterable[str]) -> tuple[date, date] | None:
    """First and last day, where one line names two days or two lines name the start and the end; else None.

    A balance "as at" a day is of that day; "期间：2026年10月" is the whole month, and so is "October 2026".
    """
    first = last = None
    for title in titles:
        if within := _within_a_year(title):
            return within
        days = _days(title)
        if len(days) == 2 and days[0] <= days[1]:
            return days[0], days[1]
        if len(days) == 1 and AS_AT.search(title):
            return days[0], days[0]
        month = WHOLE_MONTH.search(title)
        if month and (start := _day({**month.groupdict(), "day": "1"})):
            return start, start.replace(day=monthrange(start.year, start.month)[1])
        if len(days) == 1 and START.search(title):
            first = days[0]
        elif len(days) == 1 and END.search(title):
            last = days[0]
    return (first, last) if first and last and first <= last else None


def exported_at(titles: Iterable[str]) -> datetime | None:
    """When the report says that it was made, in its own clock; at the day's start where it names no time."""
    for title in titles:
        if EXPORTED.search(title) and (days := _days(title)):
            clock = CLOCK.search(title)
            return datetime.combine(days[-1], time(int(clock["hour"]), int(clock["minute"])) if clock else time())
    return None


def _within_a_year(title: str) -> tuple[date, date] | None:
    """The days of a line that names months and, once, their year; a month without days is whole."""
    found = ONE_YEAR.fullmatch(title.strip())
    # A first day alone ("October 1, 2026") is no period.
    if not found or bool(found["first_day"]) != bool(found["last_day"]):
        return None
    year, last_month = found["year"], found["last"] or found["first"]
    start = _day({"month_name": found["first"], "day": found["first_day"] or "1", "year": year})
    end = _day({"month_name": last_month, "day": found["last_day"] or "1", "year": year})
    if end and not found["last_day"]:
        end = end.replace(day=monthrange(end.year, end.month)[1])
    return (start, end) if start and end and start <= end else None


def _days(line: str) -> list[date]:
    found: dict[int, date] = {}
    for pattern in DAYS:
        for match in pattern.finditer(line):
            day = _day(match.groupdict())
            if day and not any(start < match.end() and match.start() < start + 6 for start in found):
                found[match.start()] = day
    return [found[start] for start in sorted(found)]


def _day(parts: dict[str, str]) -> date | None:
    month = parts.get("month") or MONTHS.get(parts.get("month_name", "").lower())
    if not month:
        return None
    try:
        return date(int(parts["year"]), int(month), int(parts["day"]))
    except ValueError:
        return None
