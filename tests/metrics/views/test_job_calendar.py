"""Planned runs by job and day: a pipeline must be in time and without error, a backup without error."""

from datetime import date

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.job_calendar import job_calendar
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import columns, scope

THREE = "2026-11-16 2026-11-18"
MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (16, 17, 18))


def run(job, day, is_success=True, is_on_time=True, kind="pipeline"):
    row = {"job_id": job, "scheduled_date": f"2026-11-{day}", "job_type": kind}
    return row | {"is_success": is_success, "is_on_time": is_on_time}


ROWS = [
    run("orders", 16),
    run("orders", 17, is_on_time=False),
    run("orders", 18, is_success=None),
    run("vault", 16, is_on_time=False, kind="backup"),
    run("vault", 18, is_success=False, kind="backup"),
    run("weekly", 16, is_success=False, kind="report"),
]


def seen(rows, asked=THREE, most=12, **more):
    found = job_calendar(TinyEngine({"fact_scheduled_job": rows}), scope(asked, **more), EVERYONE, most)
    return {(job, period): (planned, fine, rate) for job, period, planned, fine, rate in found.iter_rows()}


def test_a_late_pipeline_failed_and_a_late_backup_did_not():
    found = seen(ROWS)
    assert found["orders", MONDAY] == (1, 1, 100)
    assert found["orders", TUESDAY] == (1, 0, 0)
    assert found["vault", MONDAY] == (1, 1, 100)
    assert found["vault", WEDNESDAY] == (1, 0, 0)


def test_a_run_of_which_nothing_is_known_failed_and_a_day_without_a_plan_is_null():
    found = seen(ROWS)
    assert found["orders", WEDNESDAY] == (1, 0, 0)
    assert found["vault", TUESDAY] == (0, 0, None)


def test_other_kinds_of_jobs_are_left_out_and_the_worst_job_comes_first():
    assert list(dict.fromkeys(job for job, _ in seen(ROWS))) == ["orders", "vault"]


def test_many_jobs_become_one_row_of_the_others():
    found = seen([run("a", 16, is_success=False), run("b", 16), run("c", 16), run("d", 17)], most=1)
    assert list(dict.fromkeys(job for job, _ in found)) == ["a", "(other)"]
    assert found["(other)", MONDAY] == (2, 2, 100)


def test_long_periods_go_by_week():
    found = seen(ROWS, "2026-10-12 2026-11-29")
    assert found["orders", MONDAY] == (3, 1, 100 / 3)
    assert len(found) == 2 * 7


def test_backups_need_no_due_time():
    rows = [{key: value for key, value in run("vault", 16, kind="backup").items() if key != "is_on_time"}]
    assert seen(rows)["vault", MONDAY] == (1, 1, 100)


def test_filters_narrow_the_jobs():
    assert {job for job, _ in seen(ROWS, filters=(Filter("job_id", ("vault",)),))} == {"vault"}


def test_without_jobs_there_are_no_rows_but_all_columns():
    found = job_calendar(TinyEngine({}), scope(THREE), EVERYONE)
    assert found.is_empty()
    assert columns(found, "job_id", "period", "planned", "fine", "rate") == []
