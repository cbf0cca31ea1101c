"""What people learned: hours by department and kind of course, and how much better they did in the test after."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.periods import Period
from metrics.policy import Viewer, check_kpi
from metrics.settled import settled_period
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select
from metrics.views.staff import FEWEST

TABLE, DAY_COLUMN = "fact_training_record", "completed_date"
_SCHEMA = {"department": pl.String, "course_type": pl.String, "hours": pl.Float64, "gain": pl.Float64}


def training(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """Hours of the courses that were completed in the whole months asked, and the gain from test to test.

    Returns:
        Shape (groups, 4): department (by falling hours), course_type (by falling hours within), hours, gain (mean of
        score after - score before in the department, in points, the same in all its rows; null: no file carries both
        scores, or fewer than 5 records do). No rows where no file of these months carries hours.

    Raises:
        NotAllowed: the KPI `training_hours_per_employee` is not for the viewer, or a column is hidden.
    """
    check_kpi(viewer, catalogue.kpi("training_hours_per_employee"))
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        period = settled_period(reader, (TABLE,), scope.period, coverage)
        columns = ("department", "course_type", "is_completed", "hours")
        records = admitted(reader, scope, viewer, coverage, TABLE, columns, DAY_COLUMN, period=period)
        if records.availability.state == "no_data":
            return pl.DataFrame(schema=_SCHEMA)
        sql = """
            select department, course_type, cast(sum(hours) as double) as hours
            from records where is_completed and hours is not null group by 1, 2
        """
        schema = {"department": pl.String, "course_type": pl.String, "hours": pl.Float64}
        found = select(reader, sql, {"records": records}).cast(pl.Schema(schema))
        gains = _gains(reader, scope, viewer, coverage, period)
    size = pl.col("hours").sum().over("department")
    order = [True, False, True, False]
    return (
        found.join(gains, on="department", how="left")
        .sort(size, "department", "hours", "course_type", descending=order)
        .select(*_SCHEMA)
    )


def _gains(engine: Engine, scope: Scope, viewer: Viewer, coverage: Coverage, period: Period) -> pl.DataFrame:
    schema = {"department": pl.String, "gain": pl.Float64}
    columns = ("department", "is_completed", "score_pre", "score_post")
    tests = admitted(engine, scope, viewer, coverage, TABLE, columns, DAY_COLUMN, period=period)
    if tests.availability.state == "no_data":
        return pl.DataFrame(schema=schema)
    sql = f"""
        select department, cast(avg(score_post - score_pre) as double) as gain
        from tests where is_completed and score_pre is not null and score_post is not null
        group by department having count(*) >= {FEWEST}
    """
    return select(engine, sql, {"tests": tests}).cast(pl.Schema(schema))
