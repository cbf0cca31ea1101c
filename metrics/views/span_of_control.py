"""How many people report to a manager."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.policy import Viewer, check_kpi
from metrics.views.scope import Scope
from metrics.views.selecting import select
from metrics.views.staff import DAY_COLUMN, last_snapshot

_COLUMNS = ("employee_id", "manager_id", "is_active")
_SCHEMA = {"reports": pl.Int64, "managers": pl.Int64, "snapshot": pl.Date}


def span_of_control(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """Managers by the number of people in service who report to them, at the last snapshot of the months asked.

    Under filters only the people who match are counted, so that a manager of two departments leads fewer in each.
    Who reports to nobody or to themselves is nobody's report.

    Returns:
        Shape (different numbers, 3), by reports: reports (people, from 1), managers, snapshot (date). No rows where
        no file says who reports to whom.

    Raises:
        NotAllowed: the KPI `headcount` is not for the viewer, or a column is hidden.
    """
    check_kpi(viewer, catalogue.kpi("headcount"))
    with engine.reading() as reader:
        staff, day = last_snapshot(reader, scope, viewer, Coverage.read(reader), _COLUMNS)
        if day is None:
            return pl.DataFrame(schema=_SCHEMA)
        sql = f"""
            select reports, count(*) as managers
            from (
                select manager_id, count(*) as reports
                from staff
                where {DAY_COLUMN} = date '{day}' and is_active and manager_id <> employee_id
                group by manager_id
            ) as led
            group by reports order by reports
        """
        found = select(reader, sql, {"staff": staff})
    return found.with_columns(pl.lit(day).alias("snapshot")).cast(pl.Schema(_SCHEMA))
