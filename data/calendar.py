"""The calendar: one row per day, with the holidays and shopping festivals that explain a week's rhythm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Literal

import holidays
import polars as pl

WeekStart = Literal["monday", "sunday"]

LANGUAGES = {"CN": "zh_CN", "TW": "zh_TW", "HK": "zh_HK", "US": "en_US", "GB": "en_GB"}
FESTIVAL_DAYS = {
    (2, 14): "valentines_day",
    (3, 8): "womens_day",
    (5, 20): "520",
    (6, 18): "618",
    (9, 9): "99",
    (11, 11): "double_11",
    (12, 12): "double_12",
}
FESTIVAL_RUNS = (
    ((3, 1), 8, "womens_day_run"),
    ((6, 1), 20, "618_run"),
    ((11, 1), 11, "double_11_run"),
    ((12, 10), 3, "double_12_run"),
)
# The seventh day of the seventh lunar month, as month and day (806: 6 August) of each year from 2000. The holiday
# library knows no such day because nobody is free on it.
QIXI_FROM_2000 = (
    806, 825, 815, 804, 822, 811, 731, 819, 807, 826, 816, 806, 823, 813, 802, 820, 809, 828, 817, 807,
    825, 814, 804, 822, 810, 829, 819, 808, 826, 816, 805, 824, 812, 801, 820, 810, 828, 817, 807, 826,
    814, 803, 822, 811, 731, 819, 808, 827, 816, 805, 823,
)  # fmt: skip
_MOVED = re.compile(r"\s*[（(][^）)]*(?:补假|補假|observed|estimated|推定)[^）)]*[）)]")
_NAMELESS = re.compile(r"\d{4}-\d{2}-\d{2}")


def days(
    first: date,
    last: date,
    country: str = "CN",
    fiscal_year_first_month: int = 1,
    week_start: WeekStart = "monday",
) -> pl.DataFrame:
    """Make the calendar of a company.

    Args:
        first: first day, included.
        last: last day, included.
        country: ISO 3166 code of the company's country, e.g. `CN`, `TW`, `HK`, `US`, `GB`.
        fiscal_year_first_month: 1 to 12; a fiscal year carries the number of the calendar year in which it ends.
        week_start: the day on which `week_start_date` falls; ISO weeks stay Monday weeks.

    Returns:
        One row a day with the columns of the contract `dim_date`, by day; names in the country's own language.
        `is_public_holiday` is true on every day that a law or decree sets free, days moved by exchange included;
        `is_makeup_workday` on weekend days worked for it. Mainland China decrees these year by year and the
        library `holidays` 0.109 knows 2001 to 2026: in other years `is_makeup_workday` is null on weekend days
        (unknown), and holidays are those of the law alone. Festivals: the id on the day itself (`double_11`),
        the id with `_run` on the other days of its run; `qixi` is known for 2000 to 2050.

    Raises:
        NotImplementedError: a country that the library does not know.
    """
    frame = pl.DataFrame({"date": pl.date_range(first, last, interval="1d", eager=True)})
    day = pl.col("date")
    years = range(first.year - 1, last.year + 2)
    home = _holidays(country, years)
    makeup = sorted(getattr(home, "weekend_workdays", ()))
    return frame.select(
        day,
        day.dt.iso_year().cast(pl.Int64).alias("iso_year"),
        day.dt.week().cast(pl.Int64).alias("iso_week"),
        _week_start(week_start).alias("week_start_date"),
        day.dt.month_start().alias("month_start_date"),
        day.dt.quarter().cast(pl.Int64).alias("quarter"),
        _fiscal_period(fiscal_year_first_month).alias("fiscal_period"),
        day.dt.weekday().cast(pl.Int64).alias("day_of_week"),
        day.is_in(list(home)).alias("is_public_holiday"),
        _is_makeup(makeup).alias("is_makeup_workday"),
        _look_up(_names(home), "holiday_name"),
        _look_up(_names(_holidays("TW", years)), "holiday_name_tw"),
        _look_up(_names(_holidays("HK", years)), "holiday_name_hk"),
        _look_up(_western_names(years), "holiday_name_west"),
        _look_up(festivals(first, last), "shopping_festival"),
        day.dt.days_in_month().cast(pl.Int64).alias("days_in_month"),
    )


def festivals(first: date, last: date) -> dict[date, str]:
    """The shopping festivals of a span of days: id of the festival, or id with `_run` beside its day.

    Where two meet, the day of a festival goes before the run of another.
    """
    found: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        for day, name in _festival_days(year):
            found.setdefault(day, name)
    for year in range(first.year, last.year + 1):
        for day, name in _festival_runs(year):
            found.setdefault(day, name)
    return {day: name for day, name in sorted(found.items()) if first <= day <= last}


def _festival_days(year: int) -> Iterator[tuple[date, str]]:
    new_year = chinese_new_year(year)
    yield new_year, "chinese_new_year"
    yield new_year - timedelta(days=28), "new_year_festival"
    for (month, day), name in FESTIVAL_DAYS.items():
        yield date(year, month, day), name
    if 0 <= year - 2000 < len(QIXI_FROM_2000):
        yield date(year, *divmod(QIXI_FROM_2000[year - 2000], 100)), "qixi"
    november = date(year, 11, 1)
    thanksgiving = november + timedelta(days=(4 - november.isoweekday()) % 7 + 21)
    yield thanksgiving + timedelta(days=1), "black_friday"
    yield thanksgiving + timedelta(days=4), "cyber_monday"


def _festival_runs(year: int) -> Iterator[tuple[date, str]]:
    new_year = chinese_new_year(year)
    for offset in range(-1, 7):
        yield new_year + timedelta(days=offset), "chinese_new_year_run"
    for offset in range(-27, -8):
        yield new_year + timedelta(days=offset), "new_year_festival_run"
    for (month, day), length, name in FESTIVAL_RUNS:
        for offset in range(length):
            yield date(year, month, day) + timedelta(days=offset), name


def chinese_new_year(year: int) -> date:
    """The first day of the lunar year that begins in this calendar year."""
    return min(day for day, name in _holidays("CN", range(year, year + 1)).items() if name == "春节")


def _holidays(country: str, years: range) -> holidays.HolidayBase:
    return holidays.country_holidays(country, years=years, language=LANGUAGES.get(country))


def _names(home: Mapping[date, str]) -> dict[date, str]:
    """Names without the words that say a day was moved; a day off in exchange takes its holiday's name."""
    names = {day: _MOVED.sub("", name) for day, name in sorted(home.items())}
    named = [day for day, name in names.items() if not _NAMELESS.search(name)]
    return {
        day: names[min(named, key=lambda other: abs(other - day))] if _NAMELESS.search(name) else name
        for day, name in names.items()
    }


def _western_names(years: range) -> dict[date, str]:
    american, british = _names(_holidays("US", years)), _names(_holidays("GB", years))
    both = {}
    for day in sorted(american.keys() | british.keys()):
        us, uk = american.get(day), british.get(day)
        both[day] = us if us and us == uk else "; ".join(
            text for text in (us and f"{us} (US)", uk and f"{uk} (UK)") if text
        )  # fmt: skip
    return both


def _look_up(values: Mapping[date, str], name: str) -> pl.Expr:
    return (
        pl.col("date")
        .replace_strict(list(values), list(values.values()), default=None, return_dtype=pl.String)
        .alias(name)
    )


def _is_makeup(makeup: list[date]) -> pl.Expr:
    """True on make-up days, null on weekend days of years whose make-up days are not known."""
    if not makeup:
        return pl.lit(False)
    is_unknown_year = ~pl.col("date").dt.year().is_between(makeup[0].year, makeup[-1].year)
    is_weekend = pl.col("date").dt.weekday() > 5
    return pl.when(is_unknown_year & is_weekend).then(None).otherwise(pl.col("date").is_in(makeup))


def _week_start(week_start: WeekStart) -> pl.Expr:
    weekday = pl.col("date").dt.weekday()
    back = weekday - 1 if week_start == "monday" else weekday % 7
    return pl.col("date") - pl.duration(days=back.cast(pl.Int64))


def _fiscal_period(first_month: int) -> pl.Expr:
    month, year = pl.col("date").dt.month().cast(pl.Int64), pl.col("date").dt.year().cast(pl.Int64)
    period = (month - first_month) % 12 + 1
    ending_year = year + (month >= first_month).cast(pl.Int64) if first_month > 1 else year
    return pl.format("FY{}-P{}", ending_year, period.cast(pl.String).str.zfill(2))
