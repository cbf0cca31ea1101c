"""Span of control: how many managers lead how many people."""

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.span_of_control import span_of_control
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope

OCTOBER = "2026-10-01 2026-10-31"


def person(name, manager, department="hr", **more):
    row = {"employee_id": name, "manager_id": manager, "department": department, "snapshot_date": "2026-10-31"}
    return row | {"is_active": True} | more


TEAM = [
    person("boss", None),
    *(person(name, "boss") for name in ("ann", "bo")),
    person("cy", "ann"),
    person("di", "bo"),
]


def seen(rows, asked=None):
    found = span_of_control(TinyEngine({"fact_employee_snapshot": rows}), asked or scope(OCTOBER), EVERYONE, CATALOGUE)
    return columns(found, "reports", "managers")


def test_managers_are_counted_by_their_reports():
    """The boss leads two, Ann and Bo one each."""
    assert seen(TEAM) == [(1, 2), (2, 1)]


def test_leavers_are_nobodys_reports():
    assert seen([*TEAM, person("ed", "boss", is_active=False)]) == [(1, 2), (2, 1)]


def test_who_reports_to_themselves_is_nobodys_report():
    assert seen([*TEAM, person("fay", "fay")]) == [(1, 2), (2, 1)]


def test_only_the_last_snapshot_counts():
    assert seen([*TEAM, person("gus", "boss", snapshot_date="2026-09-30")]) == [(1, 2), (2, 1)]


def test_under_a_filter_only_the_people_who_match_are_counted():
    rows = [*TEAM, person("hal", "ann", "product")]
    assert seen(rows, scope(OCTOBER, filters=(Filter("department", ("product",)),))) == [(1, 1)]


def test_without_managers_there_are_no_rows():
    assert seen([person("a", None)]) == []
