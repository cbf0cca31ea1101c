"""The burn-up: scope, promised and done work counted up week by week."""

from datetime import date

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.roadmap import roadmap_burn_up
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import columns, scope

NOVEMBER = "2026-11-01 2026-11-22"


def epic(key, created, due, done=None, points=5, **more):
    row = {"item_key": key, "item_type": "roadmap_epic", "created_date": created, "due_date": due, "team": "search"}
    return row | {"resolved_date": done, "status": "done" if done else "open", "story_points": points} | more


ROWS = [
    epic("a", "2026-01-05", "2026-10-30", "2026-11-04"),
    epic("b", "2026-11-10", "2026-11-13", points=3),
    epic("c", "2026-11-10", "2027-03-01", points=8),
]


def seen(rows=ROWS, asked=None):
    return roadmap_burn_up(TinyEngine({"fact_work_item": rows}), asked or scope(NOVEMBER), EVERYONE)


def last(found, *names):
    return columns(found, *names)[-1]


def test_each_line_counts_up_to_the_end_of_the_week():
    found = seen()
    assert columns(found, "period", "scope", "due", "done")[-4:] == [
        (date(2026, 10, 26), 5.0, 5.0, 0.0),
        (date(2026, 11, 2), 5.0, 5.0, 5.0),
        (date(2026, 11, 9), 16.0, 8.0, 5.0),
        (date(2026, 11, 16), 16.0, 8.0, 5.0),
    ]
    assert found.height == 27


def test_work_that_was_done_before_the_first_week_and_cancelled_work_are_left_out():
    rows = [
        *ROWS,
        epic("old", "2025-01-01", "2026-02-01", "2026-02-01"),
        epic("x", "2026-11-10", "2026-11-12", status="cancelled"),
    ]
    assert last(seen(rows), "scope", "due", "done") == (16.0, 8.0, 5.0)


def test_other_work_is_no_roadmap():
    assert seen([epic("bug", "2026-11-10", "2026-11-12", item_type="bug")]).is_empty()


def test_where_one_epic_has_no_size_epics_are_counted():
    found = seen([*ROWS, epic("d", "2026-11-10", "2026-11-12", points=None)])
    assert last(found, "scope", "due", "done", "is_points") == (4.0, 3.0, 1.0, False)


def test_work_without_a_creation_day_was_there_from_the_beginning():
    assert seen([epic("a", None, "2026-11-12")])["scope"].to_list() == [5.0] * 27


def test_work_of_days_to_come_is_not_yet_in_the_scope():
    assert last(seen([*ROWS, epic("later", "2026-11-25", "2026-12-12")]), "scope") == (16.0,)


def test_filters_narrow_the_work_and_without_any_there_are_no_rows():
    rows = [*ROWS, epic("z", "2026-11-10", "2026-11-12", team="checkout", points=1)]
    assert last(seen(rows, scope(NOVEMBER, filters=(Filter("team", ("checkout",)),))), "scope") == (1.0,)
    assert seen([]).is_empty()
