"""Exceptions: red KPIs, late tables, missing days; the worst first."""

from datetime import date

from metrics.policy import EVERYONE
from metrics.views.exceptions import exceptions
from tests.metrics.engine_for_tests import TinyEngine, cover
from tests.metrics.views.asking import CATALOGUE, columns, days, scope

WEEK = "2026-11-16 2026-11-22"
MONDAY = date(2026, 11, 23)


def orders(*skipped):
    return [
        {"order_id": str(day), "paid_date": day, "is_paid": True, "gmv_amount": 10}
        for day in days("2026-11-16", 7)
        if day.day not in skipped
    ]


def goal(value):
    row = {"kpi_id": "gmv", "scope_dimension": "", "scope_value": "", "period_grain": "week"}
    return row | {"period_start": "2026-11-16", "target_value": value}


def seen(tables, coverage=None, late_after=None, today=MONDAY):
    engine = TinyEngine(tables, coverage)
    return exceptions(engine, "operations", scope(WEEK), EVERYONE, CATALOGUE, late_after or {}, today)


def test_a_kpi_that_misses_its_target_is_named_with_both_numbers():
    found = seen({"fact_order": orders(), "kpi_target": [goal(100)]})
    assert columns(found, "kind", "name", "value", "target", "size") == [("off_target", "gmv", 70.0, 100.0, 0.3)]


def test_a_kpi_on_target_is_no_exception():
    assert seen({"fact_order": orders(), "kpi_target": [goal(70)]}).is_empty()


def test_a_table_is_late_when_its_newest_day_is_too_old():
    found = seen({"fact_order": orders()}, late_after={"fact_order": 2}, today=date(2026, 11, 26))
    assert columns(found, "kind", "name", "last_day", "size") == [("late", "fact_order", date(2026, 11, 22), 1.0)]
    assert seen({"fact_order": orders()}, late_after={"fact_order": 4}, today=date(2026, 11, 26)).is_empty()


def test_missing_days_are_counted_by_table():
    held = ["is_paid", "gmv_amount"]
    coverage = [
        cover("fact_order", "2026-11-16", "2026-11-17", held),
        cover("fact_order", "2026-11-20", "2026-11-22", held),
    ]
    found = seen({"fact_order": orders(18, 19)}, coverage)
    assert columns(found, "kind", "name", "missing_days") == [("partial", "fact_order", 2)]


def test_the_largest_comes_first():
    tables = {"fact_order": orders(), "kpi_target": [goal(1000)]}
    found = seen(tables, late_after={"fact_order": 2}, today=date(2026, 11, 25))
    assert found["kind"].to_list() == ["off_target", "late"]


def test_tables_that_were_never_loaded_are_no_exception():
    assert seen({}, late_after={"fact_order": 2}).is_empty()
