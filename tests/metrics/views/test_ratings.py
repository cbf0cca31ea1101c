"""Ratings by department at the last snapshot; small departments say nothing."""

from datetime import date

from metrics.policy import EVERYONE
from metrics.views.ratings import ratings
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope


def rated(marks, department="hr", day="2026-10-31", **more):
    return [
        {"employee_id": f"{department}{n}", "snapshot_date": day, "department": department, "is_active": True}
        | {"performance_rating": mark}
        | more
        for n, mark in enumerate(marks)
    ]


def seen(rows, asked="2026-10-01 2026-10-31"):
    return ratings(TinyEngine({"fact_employee_snapshot": rows}), scope(asked), EVERYONE, CATALOGUE)


def test_each_department_has_five_ratings():
    found = seen(rated([3, 3, 4, 5, 3]))
    assert columns(found, "rating", "people", "rated") == [(1, 0, 5), (2, 0, 5), (3, 3, 5), (4, 1, 5), (5, 1, 5)]
    assert found["snapshot"][0] == date(2026, 10, 31)


def test_a_department_with_fewer_than_five_is_hidden():
    found = seen([*rated([3] * 6), *rated([1, 2, 3, 4], "product")])
    hidden = found.filter(department="product")
    assert hidden["is_hidden"].all()
    assert hidden["people"].null_count() == hidden["rated"].null_count() == 5


def test_leavers_and_unrated_people_do_not_count():
    found = seen([*rated([3] * 5), *rated([1], "x", is_active=False), *rated([None], "y")])
    assert found["department"].unique().to_list() == ["hr"]


def test_the_last_snapshot_at_or_before_the_period_answers():
    rows = [*rated([1] * 5, day="2026-09-30"), *rated([5] * 5)]
    assert seen(rows).filter(rating=5)["people"].to_list() == [5]
    assert seen(rows, "2026-09-01 2026-09-30").filter(rating=1)["people"].to_list() == [5]


def test_a_stale_snapshot_does_not_answer():
    rows = [*rated([1] * 5, day="2026-07-31"), {"employee_id": "e", "snapshot_date": "2026-10-31", "is_active": True}]
    assert seen(rows).is_empty()


def test_without_ratings_there_are_no_rows():
    assert seen(rated([None] * 5)).is_empty()
