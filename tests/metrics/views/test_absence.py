"""Absence and overtime by month, hidden where fewer than five people are counted."""

from datetime import date

from metrics.policy import EVERYONE
from metrics.views.absence import absence
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope


def people(count, absent=8, overtime=3, day="2026-10-31", scheduled=160):
    hours = {"scheduled_hours": scheduled, "absence_hours": absent, "overtime_hours": overtime}
    return [{"employee_id": f"e{n}", "snapshot_date": day} | hours for n in range(count)]


def seen(rows):
    engine = TinyEngine({"fact_employee_snapshot": rows})
    return absence(engine, scope("2026-10-01 2026-10-31"), EVERYONE, CATALOGUE)


def test_absence_is_of_contract_hours_and_overtime_a_person():
    assert seen(people(5)).rows() == [(date(2026, 10, 1), 5, 3, False)]


def test_fewer_than_five_people_are_hidden():
    found = seen([*people(5), *people(4, day="2026-09-30")])
    assert columns(found, "month", "absence_rate", "is_hidden") == [
        (date(2026, 9, 1), None, True),
        (date(2026, 10, 1), 5, False),
    ]


def test_people_whose_hours_are_unknown_are_left_out():
    assert seen([*people(6), *people(2, scheduled=None)])["absence_rate"].to_list() == [5]


def test_a_month_between_without_a_file_is_a_gap():
    found = seen([*people(5), *people(5, day="2026-08-31")])
    assert found["absence_rate"].to_list() == [5, None, 5]


def test_what_no_file_carries_is_null():
    assert seen(people(5, overtime=None)).rows() == [(date(2026, 10, 1), 5, None, False)]


def test_without_hours_there_are_no_rows():
    assert seen(people(5, absent=None, overtime=None)).is_empty()
