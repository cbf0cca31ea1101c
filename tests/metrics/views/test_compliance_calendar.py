"""The calendar: what is due around a day, what is overdue, and how long closes took."""

from datetime import date

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.compliance_calendar import compliance_calendar
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope

OCTOBER = "2026-10-01 2026-10-31"


def item(name, due, closed=None, domain="tax", kind="filing", **more):
    row = {"item_id": name, "domain": domain, "item_type": kind, "due_date": due, "closed_date": closed}
    return row | more


def close(month_end, lag, name="close"):
    return {"job_id": name, "scheduled_date": month_end, "job_type": "month_end_close", "lag_days": lag}


def seen(items=(), jobs=(), calendar=(), asked=None, **more):
    tables = {"fact_compliance_item": list(items), "fact_scheduled_job": list(jobs), "dim_date": list(calendar)}
    return compliance_calendar(TinyEngine(tables), asked or scope(OCTOBER), EVERYONE, CATALOGUE, **more)


def test_each_item_says_whether_it_was_done_in_time():
    items = [
        item("a", "2026-10-15", "2026-10-15"),
        item("b", "2026-10-16", "2026-10-20"),
        item("c", "2026-10-17"),
        item("d", "2026-10-31"),
        item("e", "2026-11-15"),
    ]
    assert columns(seen(items), "item_id", "state") == [
        ("a", "on_time"),
        ("b", "late"),
        ("c", "overdue"),
        ("d", "open"),
        ("e", "open"),
    ]


def test_far_days_are_left_out_but_not_what_is_overdue():
    items = [item("a", "2026-07-01"), item("b", "2026-07-01", "2026-07-01"), item("c", "2027-01-15")]
    assert seen(items)["item_id"].to_list() == ["a"]


def test_the_day_it_is_about_can_be_another_than_the_periods_last():
    assert seen([item("d", "2026-11-15")], today=date(2026, 11, 21))["state"].to_list() == ["overdue"]


def test_a_file_in_which_nothing_is_closed_yet_is_read_too():
    items = [item("a", "2026-10-15", "2026-10-15"), item("b", "2026-10-16", _source="other", _batch=2)]
    assert columns(seen(items), "item_id", "state") == [("a", "on_time"), ("b", "overdue")]


def test_an_item_begins_when_it_was_opened_else_on_its_due_day():
    items = [item("a", "2026-10-15", opened_date="2026-10-01"), item("b", "2026-10-16")]
    assert seen(items)["first"].to_list() == [date(2026, 10, 1), date(2026, 10, 16)]


def test_a_close_ends_after_its_working_days():
    """30 September 2026 is a Wednesday: six working days later is Thursday 8 October."""
    found = seen(jobs=[close("2026-09-30", 6), close("2026-10-31", None)])
    assert columns(found, "first", "done", "state", "lag_days") == [
        (date(2026, 9, 30), date(2026, 10, 8), "closed", 6),
        (date(2026, 10, 31), None, "open", None),
    ]


def test_holidays_are_no_working_days_and_make_up_days_are():
    rest = [{"date": f"2026-10-0{day}", "is_public_holiday": True} for day in range(1, 8)]
    worked = [{"date": "2026-10-10", "is_makeup_workday": True}]
    found = seen(jobs=[close("2026-09-30", 3)], calendar=[*rest, *worked])
    assert found["done"].to_list() == [date(2026, 10, 10)]


def test_other_jobs_are_no_closes():
    assert seen(jobs=[close("2026-09-30", 6) | {"job_type": "report"}]).is_empty()


def test_under_a_filter_by_department_only_its_items_are_shown():
    items = [item("a", "2026-10-15", department="hr"), item("b", "2026-10-16", department="finance")]
    asked = scope(OCTOBER, filters=(Filter("department", ("hr",)),))
    assert seen(items, [close("2026-09-30", 6)], asked=asked)["item_id"].to_list() == ["a"]


def test_without_files_there_are_no_rows():
    assert seen().is_empty()
