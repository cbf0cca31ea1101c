"""Turnover by department and tenure: a year's voluntary exits of the mean headcount, small cells hidden."""

import pytest

from metrics.policy import EVERYONE
from metrics.views.turnover import turnover
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope

MONTHS = ("2026-09-30", "2026-10-31")


def person(name, day=MONTHS[1], tenure=30, department="hr", exit_type=None):
    flags = {"is_active": exit_type is None, "is_exit": exit_type is not None, "exit_type": exit_type or "(unknown)"}
    return {"employee_id": name, "snapshot_date": day, "tenure_months": tenure, "department": department} | flags


def team(count, **more):
    return [person(f"{n}{more.get('department', '')}", day, **more) for day in MONTHS for n in range(count)]


def seen(rows):
    engine = TinyEngine({"fact_employee_snapshot": rows})
    return turnover(engine, scope("2026-10-01 2026-10-31"), EVERYONE, CATALOGUE)


LEAVER = person("x", exit_type="voluntary")


def test_exits_are_of_the_mean_headcount_and_per_year():
    """One of ten on average left in two months: 10 % x 6."""
    found = seen([*team(10), LEAVER])
    assert columns(found, "department", "band", "exits", "headcount", "months") == [
        ("hr", None, 1, 10, 2),
        ("hr", "years_2_4", 1, 10, 2),
    ]
    assert found["rate"].to_list() == pytest.approx([60, 60])


def test_only_voluntary_exits_count():
    assert seen([*team(10), LEAVER, person("y", exit_type="involuntary")])["exits"].to_list() == [1, 1]


@pytest.mark.parametrize(
    ("tenure", "band"),
    [
        (0, "years_0"),
        (11, "years_0"),
        (12, "years_1"),
        (24, "years_2_4"),
        (60, "years_5_up"),
        (None, "(unknown)"),
    ],
)
def test_tenure_falls_into_bands(tenure, band):
    rows = [*team(10), LEAVER, *team(6, tenure=tenure, department="product")]
    assert seen(rows).filter(department="product")["band"].to_list() == [None, band]


def test_cells_below_five_people_are_hidden():
    found = seen([*team(10), LEAVER, *team(4, department="product")])
    hidden = found.filter(department="product")
    assert hidden["is_hidden"].all()
    assert hidden.select("rate", "exits", "headcount").null_count().row(0) == (2, 2, 2)


def test_departments_come_by_falling_headcount_and_bands_by_tenure():
    rows = [*team(6), LEAVER, *team(7, department="product"), *team(8, department="product", tenure=3)]
    assert columns(seen(rows), "department", "band") == [
        ("product", None),
        ("product", "years_0"),
        ("product", "years_2_4"),
        ("hr", None),
        ("hr", "years_2_4"),
    ]


def test_exits_older_than_a_year_do_not_count():
    old = person("z", "2025-10-31", exit_type="voluntary")
    assert seen([*team(10), LEAVER, old])["exits"].to_list() == [1, 1]


def test_without_kinds_of_exit_there_are_no_rows():
    assert seen(team(10)).is_empty()
    assert seen([]).is_empty()
