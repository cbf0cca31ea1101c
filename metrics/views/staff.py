"""Employees at month ends: which snapshots there are, and which of them answers for a period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.periods import DAY, Period, bucket_start
from metrics.policy import Viewer
from metrics.reading import STALE_AFTER_DAYS
from metrics.settled import settled_period
from metrics.source import Source
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

TABLE, DAY_COLUMN = "fact_employee_snapshot", "snapshot_date"
# No cell with fewer people is shown to anybody: one could guess who they are.
FEWEST = 5
STALE_AFTER = DAY * STALE_AFTER_DAYS["month"]


def months_asked(engine: Engine, scope: Scope, coverage: Coverage) -> Period:
    """The whole months that a scope asks monthly snapshots about."""
    return settled_period(engine, (TABLE,), scope.period, coverage)


def snapshot_days(
    engine: Engine, scope: Scope, viewer: Viewer, coverage: Coverage, columns: tuple[str, ...], period: Period
) -> list[date]:
    """The days of a period with a snapshot whose files carry the columns, the last one of each month.

    A snapshot is one for everybody, so the scope's filters do not choose it.
    """
    everybody = replace(scope, filters=())
    taken = admitted(engine, everybody, viewer, coverage, TABLE, columns, DAY_COLUMN, period=period)
    if taken.availability.state == "no_data":
        return []
    sql = f"select distinct {DAY_COLUMN} as day from taken order by day"
    found = select(engine, sql, {"taken": taken}).cast({"day": pl.Date})["day"].to_list()
    return list({bucket_start(day, "month"): day for day in found}.values())


def last_snapshot(
    engine: Engine, scope: Scope, viewer: Viewer, coverage: Coverage, columns: tuple[str, ...]
) -> tuple[Source, date | None]:
    """The rows of the last snapshot at or before the end of the months asked; the day is None where none is fresh.

    Returns:
        The source holds the rows of 35 days, so a statement must pick those of the day.
    """
    period = months_asked(engine, scope, coverage)
    window = Period(period.last - STALE_AFTER + DAY, period.last)
    rows = admitted(engine, scope, viewer, coverage, TABLE, columns, DAY_COLUMN, period=window)
    days = snapshot_days(engine, scope, viewer, coverage, columns, window)
    return rows, days[-1] if days else None
