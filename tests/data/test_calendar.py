"""The calendar knows the holidays, the days worked for them, and the festivals that move sales."""

from __future__ import annotations

import time
from datetime import date, timedelta

import polars as pl
import pytest

from data.calendar import QIXI_FROM_2000, chinese_new_year, days, festivals
from data.contracts import TABLES


def day(frame: pl.DataFrame, when: date) -> dict[str, object]:
    return frame.row(by_predicate=pl.col("date") == when, named=True)


@pytest.fixture(scope="module")
def year() -> pl.DataFrame:
    return days(date(2026, 1, 1), date(2026, 12, 31))


def test_thirty_years_pass_their_contract_in_about_a_second() -> None:
    started = time.perf_counter()
    calendar = days(date(2005, 1, 1), date(2035, 12, 31))
    assert time.perf_counter() - started < 2.0
    assert len(calendar) == 11_322
    TABLES["dim_date"].schema.validate(calendar)


def test_every_day_of_the_span_is_there_once(year: pl.DataFrame) -> None:
    expected = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    assert year["date"].to_list() == expected


def test_a_saturday_worked_for_the_spring_festival_is_a_makeup_workday(year: pl.DataFrame) -> None:
    worked = day(year, date(2026, 2, 14))
    assert (worked["day_of_week"], worked["is_makeup_workday"], worked["is_public_holiday"]) == (6, True, False)


def test_a_day_off_in_exchange_carries_the_name_of_its_holiday(year: pl.DataFrame) -> None:
    """20 February 2026 is free because 14 February was worked; the library only says so, without the feast."""
    off = day(year, date(2026, 2, 20))
    assert (off["is_public_holiday"], off["holiday_name"]) == (True, "春节")
    assert day(year, date(2026, 4, 6))["holiday_name"] == "清明节"


def test_makeup_days_not_decreed_yet_are_unknown_and_not_false() -> None:
    later = days(date(2027, 1, 1), date(2027, 12, 31))
    weekend = later.filter(pl.col("day_of_week") > 5)["is_makeup_workday"]
    working_days = later.filter(pl.col("day_of_week") <= 5)["is_makeup_workday"]
    assert weekend.null_count() == len(weekend)
    assert working_days.to_list() == [False] * len(working_days)


def test_holidays_of_taiwan_hong_kong_and_the_west_stand_beside_in_their_own_words(year: pl.DataFrame) -> None:
    assert day(year, date(2026, 10, 10))["holiday_name_tw"] == "國慶日"
    assert day(year, date(2026, 7, 1))["holiday_name_hk"] == "香港特別行政區成立紀念日"
    assert day(year, date(2026, 11, 26))["holiday_name_west"] == "Thanksgiving Day (US)"
    assert day(year, date(2026, 5, 25))["holiday_name_west"] == "Memorial Day (US); Spring Bank Holiday (UK)"
    assert day(year, date(2026, 12, 25))["holiday_name_west"] == "Christmas Day"


def test_a_taiwanese_company_has_taiwanese_holidays() -> None:
    taiwan = days(date(2025, 1, 1), date(2025, 12, 31), country="TW")
    assert day(taiwan, date(2025, 2, 28))["holiday_name"] == "和平紀念日"
    assert day(taiwan, date(2025, 2, 8))["is_makeup_workday"] is True


def test_a_company_in_britain_has_no_makeup_workdays() -> None:
    assert days(date(2026, 1, 1), date(2026, 12, 31), country="GB")["is_makeup_workday"].to_list() == [False] * 365


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(NotImplementedError):
        days(date(2026, 1, 1), date(2026, 1, 2), country="XX")


@pytest.mark.parametrize(
    ("when", "festival"),
    [
        (date(2026, 11, 11), "double_11"),
        (date(2026, 11, 1), "double_11_run"),
        (date(2026, 11, 12), None),
        (date(2026, 6, 18), "618"),
        (date(2026, 6, 1), "618_run"),
        (date(2026, 6, 20), "618_run"),
        (date(2026, 12, 12), "double_12"),
        (date(2026, 3, 8), "womens_day"),
        (date(2026, 2, 17), "chinese_new_year"),
        (date(2026, 2, 16), "chinese_new_year_run"),
        (date(2026, 1, 20), "new_year_festival"),
        (date(2026, 2, 8), "new_year_festival_run"),
        (date(2026, 8, 19), "qixi"),
        (date(2026, 11, 27), "black_friday"),
        (date(2026, 11, 30), "cyber_monday"),
    ],
)
def test_festivals_fall_on_their_days(year: pl.DataFrame, when: date, festival: str | None) -> None:
    assert day(year, when)["shopping_festival"] == festival


def test_the_day_of_a_festival_goes_before_the_run_of_another() -> None:
    """Chinese New Year 2021 was on 12 February: Valentine's Day fell into its run."""
    assert festivals(date(2021, 2, 1), date(2021, 2, 28))[date(2021, 2, 14)] == "valentines_day"


def test_qixi_lies_five_to_six_lunar_months_after_new_year_and_falls_on_its_seventh_day() -> None:
    """Six lunar months of 29.53 days and six days, or seven months where a leap month comes between."""
    for number, month_and_day in enumerate(QIXI_FROM_2000):
        when = date(2000 + number, *divmod(month_and_day, 100))
        gap = (when - chinese_new_year(when.year)).days
        assert min(abs(gap - 6 - months * 29.53) for months in (6, 7)) < 1.6, when


@pytest.mark.parametrize(
    ("first_month", "when", "period"),
    [
        (1, date(2026, 3, 31), "FY2026-P03"),
        (4, date(2026, 3, 31), "FY2026-P12"),
        (4, date(2026, 4, 1), "FY2027-P01"),
        (7, date(2026, 12, 1), "FY2027-P06"),
    ],
)
def test_a_fiscal_year_carries_the_year_in_which_it_ends(first_month: int, when: date, period: str) -> None:
    calendar = days(when, when, fiscal_year_first_month=first_month)
    assert calendar["fiscal_period"].item() == period


def test_weeks_may_start_on_sunday_while_iso_weeks_stay() -> None:
    sunday, monday = date(2026, 11, 22), date(2026, 11, 23)
    calendar = days(sunday, monday, week_start="sunday")
    assert calendar["week_start_date"].to_list() == [sunday, sunday]
    assert calendar["iso_week"].to_list() == [47, 48]
    assert days(sunday, monday)["week_start_date"].to_list() == [date(2026, 11, 16), monday]
