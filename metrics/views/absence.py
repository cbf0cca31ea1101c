"""Absence and overtime by month: do they point to overload?"""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.periods import Period, months_later
from metrics.policy import Viewer, check_kpi
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select
from metrics.views.staff import DAY_COLUMN, FEWEST, TABLE, months_asked

MONTHS = 13
_MONTH = f"cast(date_trunc('month', {DAY_COLUMN}) as date)"


def absence(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """Unplanned absence as a part of contract hours, and overtime a person, over 13 months.

    Returns:
        Shape (months, 4): month (date, its first day; from the first with data on), absence_rate (percent of
        scheduled hours), overtime_hours (a person of whom overtime is known), is_hidden (fewer than 5 people: they
        are null). Null also where no file carries them for the month. No rows where no file carries either.

    Raises:
        NotAllowed: the KPI `absence_rate` is not for the viewer, or a column is hidden.
    """
    check_kpi(viewer, catalogue.kpi("absence_rate"))
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        last = months_asked(reader, scope, coverage).last
        months = [months_later(last.replace(day=1), n) for n in range(1 - MONTHS, 1)]
        window = Period(months[0], last)
        known = "scheduled_hours is not null and absence_hours is not null"
        rate = "cast(100 * sum(absence_hours) as double) / sum(scheduled_hours)"
        parts = {
            "absence_rate": (("scheduled_hours", "absence_hours"), rate, known),
            "overtime_hours": (
                ("overtime_hours",), "sum(overtime_hours) / count(overtime_hours)", "overtime_hours is not null"
            ),
        }  # fmt: skip
        found = pl.DataFrame({"month": months})
        for name, (columns, value, condition) in parts.items():
            held = admitted(
                reader, scope, viewer, coverage, TABLE, ("employee_id", *columns), DAY_COLUMN, period=window
            )
            sql = f"""
                select {_MONTH} as month, cast({value} as double) as {name},
                    count(distinct employee_id) as {name}_people
                from staff where {condition} group by 1
            """
            schema = {"month": pl.Date, name: pl.Float64, f"{name}_people": pl.Int64}
            rows = pl.DataFrame(schema=schema)
            if held.availability.state != "no_data":
                rows = select(reader, sql, {"staff": held}).cast(pl.Schema(schema))
            found = found.join(rows, on="month", how="left")
    few = {name: pl.col(f"{name}_people") < FEWEST for name in parts}
    shown = found.select(
        "month",
        *(pl.when(~small).then(name).alias(name) for name, small in few.items()),
        pl.any_horizontal(*few.values()).fill_null(False).alias("is_hidden"),
    )
    first = found.filter(pl.any_horizontal(pl.col(*parts).is_not_null()))["month"].min()
    return shown.clear() if first is None else shown.filter(pl.col("month") >= first)
