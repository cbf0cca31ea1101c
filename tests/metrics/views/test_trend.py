"""The trend: bucket by bucket, with the right day of the comparison beside it."""

from datetime import date

import pytest

from metrics.errors import NotSplittable
from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.trend import trend
from tests.metrics.engine_for_tests import TinyEngine, cover
from tests.metrics.views.asking import CATALOGUE, columns, days, scope

WEEK, WEEK_BEFORE = "2026-11-09 2026-11-15", "2026-11-02 2026-11-08"
A_YEAR_BEFORE = "2025-11-10 2025-11-16"


def order(day, gmv, **more):
    return {"order_id": f"{day}{gmv}{more}", "paid_date": day, "is_paid": True, "gmv_amount": gmv} | more


def seen(engine, asked, kpi="gmv", grain=None):
    return trend(engine, kpi, asked, EVERYONE, CATALOGUE, grain)


def by_period(frame, *names):
    return {row[0]: row[1:] for row in columns(frame, "period", *names)}


def test_each_day_stands_beside_the_day_of_the_period_before():
    orders = [order(day, 100 + i) for i, day in enumerate(days("2026-11-02", 14))]
    found = seen(TinyEngine({"fact_order": orders}), scope(WEEK, WEEK_BEFORE))
    assert columns(found, "period", "value", "comparison_period", "comparison")[0] == (
        date(2026, 11, 9), 107.0, date(2026, 11, 2), 100.0
    )  # fmt: skip
    assert found.height == 7


def test_double_11_stands_beside_double_11_of_last_year():
    """Weekdays alone would set Wednesday 11 November 2026 beside Wednesday the 12th of 2025."""
    calendar = [{"date": f"{year}-11-11", "shopping_festival": "double_11"} for year in (2025, 2026)]
    orders = [order(day, 10) for day in (*days("2025-11-01", 30), *days("2026-11-09", 7))]
    orders += [order("2025-11-11", 990), order("2026-11-11", 1990)]
    engine = TinyEngine({"fact_order": orders, "dim_date": calendar})
    found = by_period(seen(engine, scope(WEEK, A_YEAR_BEFORE)), "value", "comparison", "festival")
    assert found[date(2026, 11, 11)] == (2000.0, 1000.0, "double_11")
    assert found[date(2026, 11, 10)] == (10.0, 10.0, None)


def test_chinese_new_year_stands_beside_last_year_s_outside_the_compared_month():
    calendar = [
        {"date": "2026-02-17", "shopping_festival": "chinese_new_year"},
        {"date": "2025-01-29", "shopping_festival": "chinese_new_year"},
    ]
    orders = [order("2026-02-17", 30), order("2025-01-29", 20), order("2025-02-28", 1), order("2026-02-28", 1)]
    engine = TinyEngine({"fact_order": orders, "dim_date": calendar})
    found = by_period(seen(engine, scope("2026-02-01 2026-02-28", "2025-02-01 2025-02-28")), "value", "comparison")
    assert found[date(2026, 2, 17)] == (30.0, 20.0)


def test_the_week_of_double_11_stands_beside_the_week_of_double_11():
    """In 2024 it was a Monday, in 2023 a Saturday: 52 weeks back would be the week after."""
    calendar = [{"date": f"{year}-11-11", "shopping_festival": "double_11"} for year in (2023, 2024)]
    orders = [order(day, 1) for day in (*days("2023-10-01", 80), *days("2024-10-28", 28))]
    orders += [order("2023-11-11", 993), order("2024-11-11", 1993)]
    engine = TinyEngine({"fact_order": orders, "dim_date": calendar})
    found = seen(engine, scope("2024-10-28 2024-11-24", "2023-10-30 2023-11-26"), grain="week")
    assert by_period(found, "value", "comparison_period", "comparison", "festival") == {
        date(2024, 10, 28): (7.0, date(2023, 10, 30), 7.0, None),
        date(2024, 11, 4): (7.0, date(2023, 10, 30), 7.0, None),
        date(2024, 11, 11): (2000.0, date(2023, 11, 6), 1000.0, "double_11"),
        date(2024, 11, 18): (7.0, date(2023, 11, 20), 7.0, None),
    }


def test_months_stand_beside_months_and_cut_ones_beside_equally_cut_ones():
    """From 15 January: the first month has 17 days in both years."""
    orders = [order(day, 1) for day in days("2025-01-01", 800)]
    asked = scope("2026-01-15 2026-03-31", "2025-01-15 2025-03-31")
    found = seen(TinyEngine({"fact_order": orders}), asked, grain="month")
    assert columns(found, "period", "value", "comparison", "is_whole") == [
        (date(2026, 1, 1), 17.0, 17.0, False),
        (date(2026, 2, 1), 28.0, 28.0, True),
        (date(2026, 3, 1), 31.0, 31.0, True),
    ]


def test_weeks_before_a_period_of_no_whole_weeks_never_overlap_it():
    """Ten days are compared with two weeks earlier, not with days of their own."""
    orders = [order(day, 1) for day in days("2026-10-01", 60)]
    found = seen(
        TinyEngine({"fact_order": orders}), scope("2026-11-12 2026-11-21", "2026-11-02 2026-11-11"), grain="week"
    )
    assert columns(found, "period", "value", "comparison_period", "comparison") == [
        (date(2026, 11, 9), 4.0, date(2026, 10, 26), 4.0),
        (date(2026, 11, 16), 6.0, date(2026, 11, 2), 6.0),
    ]


def test_a_day_without_a_file_is_null_and_a_day_without_orders_is_zero():
    coverage = [
        cover("fact_order", "2026-11-09", "2026-11-10", ["is_paid", "gmv_amount"]),
        cover("fact_order", "2026-11-12", "2026-11-15", ["is_paid", "gmv_amount"]),
    ]
    engine = TinyEngine({"fact_order": [order("2026-11-09", 5)]}, coverage)
    found = by_period(seen(engine, scope(WEEK)), "value", "comparison")
    assert found[date(2026, 11, 10)] == (0.0, None)
    assert found[date(2026, 11, 11)] == (None, None)


def test_targets_and_holidays_are_marked_day_by_day():
    goal = {"kpi_id": "gmv", "scope_dimension": "", "scope_value": "", "period_grain": "month", "target_value": 3000}
    calendar = [
        {"date": "2026-11-09", "holiday_name": "Founders' Day", "is_public_holiday": True},
        {"date": "2026-11-10", "holiday_name": "worked", "is_public_holiday": False, "shopping_festival": ""},
    ]
    engine = TinyEngine(
        {
            "fact_order": [order("2026-11-09", 5)],
            "kpi_target": [goal | {"period_start": "2026-11-01"}],
            "dim_date": calendar,
        }
    )
    found = by_period(seen(engine, scope(WEEK)), "target", "holiday", "festival")
    assert found[date(2026, 11, 9)] == (100.0, "Founders' Day", None)
    assert found[date(2026, 11, 10)] == (100.0, None, None)


def test_the_days_of_a_run_carry_the_festival_s_name():
    calendar = [
        {"date": "2026-11-09", "shopping_festival": "double_11_run"},
        {"date": "2026-11-11", "shopping_festival": "double_11"},
    ]
    engine = TinyEngine({"fact_order": [order("2026-11-09", 5)], "dim_date": calendar})
    found = by_period(seen(engine, scope(WEEK)), "festival")
    assert [found[date(2026, 11, day)] for day in (9, 10, 11)] == [("double_11",), (None,), ("double_11",)]


def test_a_month_is_marked_with_the_festival_whose_day_it_holds():
    """February 2026 has eight days of one run and the day itself of another festival."""
    calendar = [{"date": day, "shopping_festival": "new_year_festival_run"} for day in days("2026-02-01", 8)]
    calendar += [{"date": "2026-02-14", "shopping_festival": "valentines_day"}]
    engine = TinyEngine({"fact_order": [order("2026-02-09", 5)], "dim_date": calendar})
    found = seen(engine, scope("2026-02-01 2026-02-28"), grain="month")
    assert found["festival"].to_list() == ["valentines_day"]


def test_days_that_still_grow_are_marked_young():
    """The return rate is young for 30 days; the files reach to 30 November."""
    lines = [
        {"order_id": "a", "line_no": str(n), "paid_date": day, "is_paid": True, "qty": 1, "returned_qty": 0}
        for n, day in enumerate(days("2026-10-25", 37))
    ]
    returns = [{"return_id": "r", "line_no": "1", "completed_date": day, "qty": 1} for day in days("2026-10-25", 37)]
    engine = TinyEngine({"fact_order_line": lines, "fact_return": returns})
    found = seen(engine, scope("2026-10-30 2026-11-02"), kpi="return_rate")
    assert columns(found, "is_young") == [(False,), (False,), (True,), (True,)]


def test_a_filter_the_kpi_does_not_carry_is_refused():
    engine = TinyEngine({"fact_order": [order("2026-11-09", 5)]})
    with pytest.raises(NotSplittable):
        seen(engine, scope(WEEK, filters=(Filter("touchpoint", ("web",)),)))
