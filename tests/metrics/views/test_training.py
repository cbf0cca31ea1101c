"""Training: hours of completed courses by department and kind, and the gain from test to test."""

from metrics.policy import EVERYONE
from metrics.views.training import training
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope


def course(hours, department="hr", kind="job_skill", done="2026-10-20", number=0, **more):
    row = {"record_id": f"{hours}{department}{kind}{done}{number}", "department": department, "course_type": kind}
    return (
        row
        | {"due_date": "2026-10-31", "completed_date": done, "is_completed": done is not None, "hours": hours}
        | more
    )


def seen(rows):
    return training(TinyEngine({"fact_training_record": rows}), scope("2026-10-01 2026-10-31"), EVERYONE, CATALOGUE)


def test_departments_and_kinds_come_by_falling_hours():
    rows = [course(2), course(3, kind="security"), course(9, "product")]
    assert columns(seen(rows), "department", "course_type", "hours") == [
        ("product", "job_skill", 9),
        ("hr", "security", 3),
        ("hr", "job_skill", 2),
    ]


def test_courses_of_other_months_and_open_ones_do_not_count():
    assert seen([course(2), course(5, done="2026-09-20"), course(7, done=None)])["hours"].to_list() == [2]


def both_tests(count, **more):
    return [course(1, number=n, score_pre=60, score_post=70, **more) for n in range(count)]


def test_the_gain_is_the_mean_difference_of_both_tests():
    rows = [*both_tests(4), course(1, score_pre=50, score_post=80), course(1, score_pre=10)]
    assert seen(rows)["gain"].to_list() == [14]


def test_the_gain_of_fewer_than_five_records_is_hidden():
    assert seen([*both_tests(5), *both_tests(4, department="product")]).filter(department="product")[
        "gain"
    ].to_list() == [None]


def test_without_tests_there_are_hours_only():
    assert seen([course(2)]).rows() == [("hr", "job_skill", 2, None)]


def test_without_courses_there_are_no_rows():
    assert seen([]).is_empty()
    assert seen([course(None)]).is_empty()
