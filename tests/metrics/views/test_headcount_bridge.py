"""The headcount bridge: from month end to month end, and what files leave unexplained."""

from datetime import date

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.headcount_bridge import headcount_bridge
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope

SEPTEMBER, OCTOBER = "2026-09-30", "2026-10-31"
ASKED = "2026-10-01 2026-10-31"


def person(name, day, is_active=True, is_hire=False, is_exit=False, **more):
    flags = {"is_active": is_active, "is_hire": is_hire, "is_exit": is_exit}
    return {"employee_id": name, "snapshot_date": day, "department": "hr"} | flags | more


def gone(name, day, **more):
    return person(name, day, is_active=False, is_exit=True, **more)


def seen(rows, asked=None):
    found = headcount_bridge(TinyEngine({"fact_employee_snapshot": rows}), asked or scope(ASKED), EVERYONE, CATALOGUE)
    return dict(columns(found, "step", "people"))


def only(department):
    return scope(ASKED, filters=(Filter("department", (department,)),))


def test_start_hires_and_exits_make_the_end():
    rows = [*(person(name, SEPTEMBER) for name in "abc"), gone("a", OCTOBER), person("b", OCTOBER)]
    rows += [person("c", OCTOBER), person("d", OCTOBER, is_hire=True), person("e", OCTOBER, is_hire=True)]
    assert seen(rows) == {"start": 3, "hires": 2, "moves_in": 0, "moves_out": 0, "exits": -1, "rest": 0, "end": 4}


def test_a_person_who_is_missing_in_a_file_is_unexplained():
    rows = [person("a", SEPTEMBER), person("b", SEPTEMBER), person("a", OCTOBER)]
    found = seen(rows)
    assert (found["start"], found["exits"], found["rest"], found["end"]) == (2, 0, -1, 1)


def test_under_a_filter_people_move_in_and_out():
    rows = [person("a", SEPTEMBER, department="product"), person("b", SEPTEMBER), person("c", SEPTEMBER)]
    rows += [person("a", OCTOBER), person("b", OCTOBER), person("c", OCTOBER, department="product")]
    assert seen(rows, only("hr")) == {
        "start": 2, "hires": 0, "moves_in": 1, "moves_out": -1, "exits": 0, "rest": 0, "end": 2,
    }  # fmt: skip
    assert seen(rows)["moves_in"] == 0


def test_who_leaves_or_joins_the_company_does_not_move():
    rows = [person("a", SEPTEMBER), gone("a", OCTOBER), person("b", OCTOBER, is_hire=True)]
    found = seen(rows, only("hr"))
    assert (found["moves_in"], found["moves_out"], found["rest"]) == (0, 0, 0)


def test_several_months_are_added_up_from_the_month_before_them():
    rows = [person("a", "2026-08-31"), person("a", SEPTEMBER), person("b", SEPTEMBER, is_hire=True)]
    rows += [gone("a", OCTOBER), person("b", OCTOBER)]
    found = seen(rows, scope("2026-09-01 2026-10-31"))
    assert (found["start"], found["hires"], found["exits"], found["end"]) == (1, 1, -1, 1)


def test_the_days_are_those_of_the_snapshots():
    rows = [person("a", SEPTEMBER), person("a", OCTOBER)]
    found = headcount_bridge(
        TinyEngine({"fact_employee_snapshot": rows}), scope("2026-10-25 2026-11-21"), EVERYONE, CATALOGUE
    )
    assert columns(found, "first_day", "last_day")[0] == (date(2026, 9, 30), date(2026, 10, 31))


def test_one_snapshot_alone_has_no_start():
    found = seen([person("a", OCTOBER), person("b", OCTOBER, is_hire=True)])
    assert (found["start"], found["hires"], found["rest"], found["end"]) == (None, 1, None, 2)


def test_without_employees_there_are_no_rows():
    assert seen([]) == {}
