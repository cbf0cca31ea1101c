"""DORA: deployments each working day, lead time, failures, recovery and rework by week."""

from datetime import date

import pytest

from metrics.errors import NotSplittable
from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.deliveries import deliveries
from tests.metrics.engine_for_tests import TinyEngine, cover
from tests.metrics.views.asking import CATALOGUE, columns, scope

TWELVE_WEEKS = "2026-09-07 2026-11-29"


def release(n, day, hours=None, is_failed=None, recovery=None, is_rework=None, service="shop"):
    row = {"deployment_id": str(n), "deployed_date": day, "service": service, "lead_time_hours": hours}
    return row | {"is_failed": is_failed, "recovery_hours": recovery, "is_rework": is_rework}


WEEK = [
    release(1, "2026-11-23", 10, False, None, False),
    release(2, "2026-11-24", 20, True, 3, True),
    release(3, "2026-11-29", 60, False, None, False),
    release(4, "2026-11-25", 30, False, None, False),
]


def seen(rows, asked=TWELVE_WEEKS, calendar=(), **more):
    engine = TinyEngine({"fact_deployment": rows, "dim_date": calendar})
    return deliveries(engine, scope(asked, **more), EVERYONE, CATALOGUE)


def week(found, first="2026-11-23"):
    return found.filter(period=date.fromisoformat(first)).row(0)[1:]


def test_a_week_of_four_releases_one_of_them_failed():
    """Four in five working days; of 10, 20, 30, 60 hours the median is 25; one of four failed, and was rework."""
    assert week(seen(WEEK)) == pytest.approx((0.8, 25, 25, 3, 25))


def test_a_week_without_releases_has_no_median_and_no_rate():
    found = seen([*WEEK, release(9, "2026-09-07", 1, False)])
    assert week(found, "2026-10-05") == (0, None, None, None, None)


def test_a_short_period_reaches_back_twelve_weeks():
    found = seen(WEEK, "2026-11-27 2026-11-27")
    assert found["period"].to_list()[0] == date(2026, 9, 7)
    assert found.height == 12


def test_a_running_week_counts_its_days_so_far():
    """Up to Wednesday there were three releases on three working days."""
    assert week(seen(WEEK, "2026-11-25 2026-11-25"))[0] == pytest.approx(1)


def test_holidays_are_no_working_days_and_exchanged_sundays_are():
    calendar = [
        {"date": "2026-11-23", "is_public_holiday": True, "is_makeup_workday": False, "shopping_festival": ""},
        {"date": "2026-11-24", "is_public_holiday": True, "is_makeup_workday": False, "shopping_festival": ""},
        {"date": "2026-11-29", "is_public_holiday": False, "is_makeup_workday": True, "shopping_festival": ""},
    ]
    assert week(seen(WEEK, calendar=calendar))[0] == pytest.approx(1)


def test_a_long_period_goes_by_month():
    found = seen(WEEK, "2025-09-01 2026-11-30")
    assert columns(found, "period")[-1] == (date(2026, 11, 1),)
    assert found.height == 15


def test_rework_is_unknown_where_no_file_says_so():
    plain = [{key: value for key, value in row.items() if key != "is_rework"} for row in WEEK]
    assert week(seen(plain))[-1] is None


def test_filters_narrow_the_releases_and_others_are_refused():
    rows = [*WEEK, release(7, "2026-11-23", 99, True, 9, True, service="search")]
    only = (Filter("service", ("shop",)),)
    assert week(seen(rows, filters=only)) == pytest.approx((0.8, 25, 25, 3, 25))
    with pytest.raises(NotSplittable):
        seen(rows, filters=(Filter("severity", ("sev1",)),))


def test_covered_weeks_without_releases_are_zero_and_uncovered_ones_unknown():
    engine = TinyEngine(
        {"fact_deployment": WEEK}, [cover("fact_deployment", "2026-11-16", "2026-11-29", ["is_failed"])]
    )
    found = dict(columns(deliveries(engine, scope(TWELVE_WEEKS), EVERYONE, CATALOGUE), "period", "a_working_day"))
    assert found[date(2026, 11, 16)] == 0
    assert found[date(2026, 11, 9)] is None
