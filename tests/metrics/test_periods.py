"""Periods: the days people mean, at the ends of weeks, months and years."""

from datetime import date

import pytest

from metrics.errors import UnknownName
from metrics.periods import (
    Period,
    ReversedPeriod,
    bucket_start,
    buckets,
    grain_for,
    months_later,
    named_period,
)

SUNDAY = date(2026, 11, 22)


def test_a_period_holds_its_first_and_its_last_day():
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    assert march.days == 31
    assert (march.start, march.end) == (date(2026, 3, 1), date(2026, 4, 1))
    assert date(2026, 3, 31) in march
    assert date(2026, 4, 1) not in march


def test_one_day_is_a_period():
    assert Period(SUNDAY, SUNDAY).days == 1


def test_a_reversed_period_says_so_in_three_languages():
    with pytest.raises(ReversedPeriod) as caught:
        Period(date(2026, 3, 2), date(2026, 3, 1))
    assert "before it begins on 2026-03-02" in str(caught.value)
    assert "2026-03-02" in caught.value.say("zh-Hans")
    assert "期間" in caught.value.say("zh-Hant")


@pytest.mark.parametrize(
    ("name", "as_of", "first", "last"),
    [
        ("7d", SUNDAY, date(2026, 11, 16), SUNDAY),
        ("28d", SUNDAY, date(2026, 10, 26), SUNDAY),
        ("90d", SUNDAY, date(2026, 8, 25), SUNDAY),
        ("last_week", SUNDAY, date(2026, 11, 16), SUNDAY),
        ("last_week", date(2026, 11, 21), date(2026, 11, 9), date(2026, 11, 15)),
        ("this_month", SUNDAY, date(2026, 11, 1), SUNDAY),
        ("last_month", SUNDAY, date(2026, 10, 1), date(2026, 10, 31)),
        ("last_month", date(2026, 11, 30), date(2026, 11, 1), date(2026, 11, 30)),
        ("last_month", date(2028, 3, 30), date(2028, 2, 1), date(2028, 2, 29)),
        ("this_year", SUNDAY, date(2026, 1, 1), SUNDAY),
        ("last_year", SUNDAY, date(2025, 1, 1), date(2025, 12, 31)),
        ("last_year", date(2026, 12, 31), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_name_means_these_days(name, as_of, first, last):
    assert named_period(name, as_of) == Period(first, last)


def test_the_week_across_new_year_is_one_week_of_seven_days():
    """2026 has 53 ISO weeks; the last runs from 28 December to 3 January."""
    assert date(2027, 1, 3).isocalendar()[:2] == (2026, 53)
    assert named_period("last_week", date(2027, 1, 3)) == Period(date(2026, 12, 28), date(2027, 1, 3))
    assert bucket_start(date(2027, 1, 1), "week") == date(2026, 12, 28)


def test_an_unknown_name_proposes_a_known_one():
    with pytest.raises(UnknownName, match="Did you mean 'last_week'"):
        named_period("last_weak", SUNDAY)


@pytest.mark.parametrize(("days", "grain"), [(1, "day"), (92, "day"), (93, "week"), (400, "week"), (401, "month")])
def test_longer_periods_are_shown_in_longer_buckets(days, grain):
    first = date(2026, 1, 1)
    assert grain_for(Period(first, date.fromordinal(first.toordinal() + days - 1))) == grain


def test_outer_buckets_are_cut_at_the_ends_of_the_period():
    found = buckets(Period(date(2026, 1, 30), date(2026, 3, 2)), "month")
    assert found == (
        Period(date(2026, 1, 30), date(2026, 1, 31)),
        Period(date(2026, 2, 1), date(2026, 2, 28)),
        Period(date(2026, 3, 1), date(2026, 3, 2)),
    )


def test_a_week_of_days_has_seven_buckets_in_order():
    found = buckets(named_period("last_week", SUNDAY), "day")
    assert [bucket.first.day for bucket in found] == [16, 17, 18, 19, 20, 21, 22]


def test_a_month_later_stops_at_the_month_end():
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2028, 2, 29), -12) == date(2027, 2, 28)
    assert months_later(date(2026, 1, 15), -1) == date(2025, 12, 15)
