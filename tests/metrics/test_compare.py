"""Comparisons: like with like, and a colour only for what changed."""

from datetime import date, timedelta

import pytest

from metrics.compare import aligned_days, change, last_year, previous
from metrics.festivals import aligned_weeks, read_festivals, read_special_days
from metrics.model import Fact, Kpi, Target, Text
from metrics.periods import Period
from tests.metrics.engine_for_tests import TinyEngine


def period(text):
    first, last = text.split(" ")
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("asked", "before"),
    [
        ("2026-11-16 2026-11-22", "2026-11-09 2026-11-15"),
        ("2026-11-12 2026-11-21", "2026-11-02 2026-11-11"),
        ("2026-03-01 2026-03-31", "2026-02-01 2026-02-28"),
        ("2028-03-01 2028-03-31", "2028-02-01 2028-02-29"),
        ("2026-04-01 2026-06-30", "2026-01-01 2026-03-31"),
        ("2026-01-01 2026-12-31", "2025-01-01 2025-12-31"),
        ("2026-11-01 2026-11-15", "2026-10-01 2026-10-15"),
        ("2026-03-01 2026-03-30", "2026-02-01 2026-02-28"),
        ("2026-01-01 2026-11-15", "2025-01-01 2025-11-15"),
        ("2026-06-01 2026-06-07", "2026-05-25 2026-05-31"),
        ("2027-02-01 2027-02-28", "2027-01-01 2027-01-31"),
        ("2026-11-01 2026-11-01", "2026-10-31 2026-10-31"),
        ("2026-10-01 2026-11-15", "2026-08-16 2026-09-30"),
    ],
)
def test_the_period_before(asked, before):
    """Weeks with weeks, days with as many days, months with months, to date with to date."""
    assert previous(period(asked)) == period(before)


@pytest.mark.parametrize(
    ("asked", "before"),
    [
        ("2026-11-16 2026-11-22", "2025-11-17 2025-11-23"),
        ("2026-11-12 2026-11-21", "2025-11-13 2025-11-22"),
        ("2026-11-01 2026-11-30", "2025-11-01 2025-11-30"),
        ("2026-11-01 2026-11-15", "2025-11-01 2025-11-15"),
        ("2026-01-01 2026-11-15", "2025-01-01 2025-11-15"),
        ("2028-02-01 2028-02-29", "2027-02-01 2027-02-28"),
        ("2029-02-01 2029-02-28", "2028-02-01 2028-02-29"),
        ("2028-02-29 2028-02-29", "2027-03-02 2027-03-02"),
        ("2026-12-28 2027-01-03", "2025-12-29 2026-01-04"),
        ("2026-06-01 2026-06-07", "2025-06-02 2025-06-08"),
    ],
)
def test_the_same_period_last_year(asked, before):
    """Weekdays are kept, also by week 53 and the leap day; months and to-date periods keep their dates."""
    assert last_year(period(asked)) == period(before)


def days(first, count):
    return [date.fromisoformat(first) + timedelta(days=i) for i in range(count)]


def met(asked, comparison, festivals):
    return dict(aligned_days(period(asked), period(comparison), festivals).iter_rows())


def test_without_festivals_days_meet_the_same_weekday_of_last_year():
    pairs = met("2026-11-01 2026-11-30", "2025-11-01 2025-11-30", {})
    assert len(pairs) == 30
    assert all(day.isoweekday() == partner.isoweekday() for day, partner in pairs.items())
    assert pairs[date(2026, 11, 30)] == date(2025, 12, 1)


def test_double_11_meets_double_11_and_its_weekday_partner_steps_aside():
    """Wednesday 11 November 2026 would meet Wednesday the 12th, Tuesday the 10th would meet Double 11."""
    festivals = {date(2025, 11, 11): "double_11", date(2026, 11, 11): "double_11"}
    pairs = met("2026-11-09 2026-11-15", "2025-11-10 2025-11-16", festivals)
    assert pairs[date(2026, 11, 11)] == date(2025, 11, 11)
    assert pairs[date(2026, 11, 10)] == date(2025, 11, 4)
    assert pairs[date(2026, 11, 9)] == date(2025, 11, 10)


def chinese_new_year(first_day, days_before, days_after):
    new_year = date.fromisoformat(first_day)
    around = days((new_year - timedelta(days=days_before)).isoformat(), days_before + 1 + days_after)
    return dict.fromkeys(around, "chinese_new_year_run") | {new_year: "chinese_new_year"}


def test_chinese_new_year_meets_chinese_new_year_though_it_moved_by_weeks():
    """17 February 2026 meets 29 January 2025, and the days of the run those as far from the feast."""
    festivals = chinese_new_year("2026-02-17", 1, 6) | chinese_new_year("2025-01-29", 1, 5)
    pairs = met("2026-02-01 2026-02-28", "2025-02-01 2025-02-28", festivals)
    assert pairs[date(2026, 2, 17)] == date(2025, 1, 29)
    assert pairs[date(2026, 2, 16)] == date(2025, 1, 28)
    assert pairs[date(2026, 2, 22)] == date(2025, 2, 3)


def test_a_day_of_a_longer_run_meets_an_ordinary_day_of_its_weekday():
    """The run of 2026 has a day more than that of 2025: 23 February has no like."""
    festivals = chinese_new_year("2026-02-17", 1, 6) | chinese_new_year("2025-01-29", 1, 5)
    pairs = met("2026-02-01 2026-02-28", "2025-02-01 2025-02-28", festivals)
    assert pairs[date(2026, 2, 23)] == date(2025, 2, 24)


def test_an_ordinary_day_never_meets_a_festival():
    """Tuesday 3 February 2026 is an ordinary day; its weekday partner, 4 February 2025, was in the holiday."""
    festivals = chinese_new_year("2026-02-17", 1, 6) | chinese_new_year("2025-01-29", 1, 6)
    pairs = met("2026-02-01 2026-02-15", "2025-02-01 2025-02-15", festivals)
    assert pairs[date(2026, 2, 3)] == date(2025, 2, 11)
    assert not any(partner in festivals for partner in pairs.values())


def test_a_festival_inside_another_does_not_cut_it_in_two():
    """In 2024 Valentine's Day lay in the holiday: 15 February is still five days after the feast of the 10th."""
    festivals = chinese_new_year("2025-01-29", 1, 6) | chinese_new_year("2024-02-10", 1, 6)
    festivals |= {date(2024, 2, 14): "valentines_day", date(2025, 2, 14): "valentines_day"}
    pairs = met("2025-01-28 2025-02-14", "2024-01-30 2024-02-16", festivals)
    assert pairs[date(2025, 2, 3)] == date(2024, 2, 15)
    assert pairs[date(2025, 2, 14)] == date(2024, 2, 14)


def test_a_festival_that_did_not_exist_last_year_meets_its_weekday():
    pairs = met("2026-11-09 2026-11-15", "2025-11-10 2025-11-16", {date(2026, 11, 11): "jubilee"})
    assert pairs[date(2026, 11, 11)] == date(2025, 11, 12)


def weeks_met(asked, festivals):
    return dict(aligned_weeks(period(asked), festivals).iter_rows())


def test_the_week_of_double_11_meets_the_week_of_double_11():
    """11 November 2024 was a Monday, in 2023 a Saturday: 52 weeks back is the week after."""
    festivals = {date(2024, 11, 11): "double_11", date(2023, 11, 11): "double_11"}
    weeks = weeks_met("2024-11-04 2024-11-24", festivals)
    assert weeks[date(2024, 11, 11)] == date(2023, 11, 6)
    assert weeks[date(2024, 11, 4)] == date(2023, 10, 30)
    assert weeks[date(2024, 11, 18)] == date(2023, 11, 20)


def test_weeks_without_festivals_meet_the_week_52_weeks_back_across_week_53():
    weeks = weeks_met("2026-12-21 2027-01-10", {})
    assert weeks[date(2026, 12, 28)] == date(2025, 12, 29)
    assert weeks[date(2027, 1, 4)] == date(2026, 1, 5)


def test_last_week_with_a_festival_is_compared_with_the_week_of_that_festival():
    festivals = {date(2024, 11, 11): "double_11", date(2023, 11, 11): "double_11"}
    assert last_year(period("2024-11-11 2024-11-17"), festivals) == period("2023-11-06 2023-11-12")
    assert last_year(period("2024-11-11 2024-11-17")) == period("2023-11-13 2023-11-19")
    assert last_year(period("2024-11-01 2024-11-30"), festivals) == period("2023-11-01 2023-11-30")


def test_festivals_and_holidays_are_read_from_the_calendar_festivals_first():
    calendar = [
        {"date": "2026-10-01", "holiday_name": "National Day", "is_public_holiday": True},
        {"date": "2026-11-11", "shopping_festival": "double_11", "holiday_name": "x", "is_public_holiday": True},
        {"date": "2026-11-12", "holiday_name": "no day off", "is_public_holiday": False, "shopping_festival": ""},
        {"date": "2025-11-11", "shopping_festival": "double_11"},
    ]
    engine, asked = TinyEngine({"dim_date": calendar}), period("2026-10-01 2026-11-30")
    festivals = {date(2025, 11, 11): "double_11", date(2026, 11, 11): "double_11"}
    assert read_festivals(engine, asked) == festivals
    assert read_special_days(engine, asked) == festivals | {date(2026, 10, 1): "National Day"}


def test_a_longer_month_has_days_that_meet_nothing():
    pairs = met("2026-03-01 2026-03-31", "2026-02-01 2026-02-28", {})
    assert pairs[date(2026, 3, 28)] == date(2026, 2, 28)
    assert pairs[date(2026, 3, 29)] is None


def a_kpi(unit, direction, target=None):
    words = Text("x", "x", "x")
    fact = Fact("fact_order", "paid_date", "sum(qty)", ("qty",))
    department = ("operations", "operations.1", "")
    return Kpi("x", words, words, words, *department, unit, direction, "ratio", (), fact, default_target=target)


MONEY = a_kpi("currency", "higher")
RATE = a_kpi("percent", "lower")


def test_a_rise_of_sales_by_a_tenth_is_good():
    found = change(110.0, 100.0, MONEY)
    assert (found.absolute, found.relative, found.points) == (10.0, 0.1, None)
    assert found.material
    assert found.good is True


def test_a_rate_changes_by_points_and_up_is_bad_when_lower_is_better():
    found = change(2.5, 2.0, RATE)
    assert (found.points, found.relative, found.material, found.good) == (0.5, 0.25, True, False)


@pytest.mark.parametrize(("value", "before"), [(None, 1.0), (1.0, None), (float("nan"), 1.0), (1.0, float("inf"))])
def test_a_change_that_cannot_be_computed_is_none(value, before):
    found = change(value, before, MONEY)
    assert (found.absolute, found.relative, found.points, found.material, found.good) == (None, None, None, False, None)


def test_from_nothing_there_is_no_percentage_but_it_is_material():
    found = change(5.0, 0.0, MONEY)
    assert (found.absolute, found.relative, found.material, found.good) == (5.0, None, True, True)
    assert not change(0.0, 0.0, MONEY).material


def test_a_loss_that_shrinks_rises():
    assert change(-50.0, -100.0, MONEY).relative == 0.5


@pytest.mark.parametrize(
    ("value", "before", "material"), [(100.5, 100.0, True), (100.49, 100.0, False), (99.5, 100.0, True)]
)
def test_half_a_percent_is_material(value, before, material):
    assert change(value, before, MONEY).material is material


@pytest.mark.parametrize(("value", "material"), [(0.35, True), (0.34, False), (0.05, True)])
def test_fifteen_hundredths_of_a_point_are_material_whatever_binary_fractions_say(value, material):
    """0.35 - 0.20 is 0.14999999999999997 in floating point; and 0.2 -> 0.34 is 70 % up but tiny."""
    assert change(value, 0.2, RATE).material is material


def test_a_score_has_points_and_no_percentage():
    found = change(10.0, -10.0, a_kpi("score", "higher"))
    assert (found.points, found.relative, found.good) == (20.0, None, True)


@pytest.mark.parametrize(
    ("value", "before", "good"), [(65.0, 70.0, True), (15.0, 30.0, False), (30.0, 40.0, None), (40.0, 70.0, True)]
)
def test_a_band_likes_what_comes_nearer(value, before, good):
    """The band is 20 to 60."""
    band = Target("policy", Text("House band", "", ""), low=20, high=60)
    assert change(value, before, a_kpi("percent", "band", band)).good is good


def test_a_band_without_limits_has_no_opinion():
    assert change(2.0, 1.0, a_kpi("percent", "band")).good is None
