"""Filings, inspections, disputes and month-end closes around a day."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.festivals import read_calendar
from metrics.load import Catalogue
from metrics.periods import DAY, Period, months_later
from metrics.policy import Viewer, check_kpi
from metrics.views.ledger import carries
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

ITEMS, JOBS, CLOSE = "fact_compliance_item", "fact_scheduled_job", "month_end_close"
BACK, AHEAD = timedelta(days=21), timedelta(days=45)
CLOSES_BACK = timedelta(days=40)
YEARS_OVERDUE = 2
_SCHEMA = {
    "item_id": pl.String,
    "domain": pl.String,
    "item_type": pl.String,
    "first": pl.Date,
    "due": pl.Date,
    "done": pl.Date,
    "state": pl.String,
    "lag_days": pl.Float64,
}


def compliance_calendar(
    engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue, today: date | None = None
) -> pl.DataFrame:
    """What fell due in the 21 days before a day or does in the 45 after it, what is overdue, and the last closes.

    Args:
        today: the day; without it the last of the period.

    Returns:
        Shape (items, 8), by domain and due day, closes last: item_id, domain (null for closes), item_type (a close:
        `month_end_close`), first (date: opened, or due where that is unknown; a close: the month's end), due (date;
        null for closes), done (date: closed; null: open), state (on_time, late: closed after the due day, overdue,
        open, and for closes closed or open), lag_days (working days a close took; null for others and open ones).
        No rows where neither table has any such item.

    Raises:
        NotAllowed: the KPI `tax_filing_on_time_rate` is not for the viewer, or a column is hidden.
    """
    for name in ("tax_filing_on_time_rate", "days_to_close"):
        check_kpi(viewer, catalogue.kpi(name))
    today = today or scope.period.last
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        items = _items(reader, scope, viewer, coverage, today)
        closes = _closes(reader, scope, viewer, coverage, today)
    return pl.concat([items.sort("domain", "due", "item_id"), closes])


def _items(engine: Engine, scope: Scope, viewer: Viewer, coverage: Coverage, today: date) -> pl.DataFrame:
    if not carries(engine, ITEMS, scope):
        return pl.DataFrame(schema=_SCHEMA)
    window = Period(months_later(today, -12 * YEARS_OVERDUE), today + AHEAD)
    # Items fall due on days beyond those that files cover; their state is judged here, not by a flag.
    scope = replace(scope, as_of=window.last)

    def read(*columns: str) -> pl.DataFrame:
        schema = {"item_id": pl.String, **{name: pl.Date if "date" in name else pl.String for name in columns}}
        held = admitted(engine, scope, viewer, coverage, ITEMS, tuple(schema), "due_date", period=window)
        if held.availability.state == "no_data":
            return pl.DataFrame(schema=schema)
        return select(engine, f"select {', '.join(schema)} from items", {"items": held}).cast(pl.Schema(schema))

    # Files may lack when an item was opened, or have closed none yet: they still say what is due.
    found = read("domain", "item_type", "due_date")
    for column in ("opened_date", "closed_date"):
        found = found.join(read(column), on="item_id", how="left")
    due, done = pl.col("due_date"), pl.col("closed_date")
    state = (
        pl.when(done <= due).then(pl.lit("on_time")).when(done.is_not_null()).then(pl.lit("late"))
        .when(due < today).then(pl.lit("overdue")).otherwise(pl.lit("open"))
    )  # fmt: skip
    near = due.is_between(today - BACK, today + AHEAD) | (pl.col("state") == "overdue")
    judged = found.with_columns(state.alias("state")).filter(near)
    return judged.select(
        "item_id",
        "domain",
        "item_type",
        pl.min_horizontal(pl.col("opened_date").fill_null(due), due).alias("first"),
        due.alias("due"),
        done.alias("done"),
        "state",
        pl.lit(None, pl.Float64).alias("lag_days"),
    )


def _closes(engine: Engine, scope: Scope, viewer: Viewer, coverage: Coverage, today: date) -> pl.DataFrame:
    window = Period(today - CLOSES_BACK, today)
    if not carries(engine, JOBS, scope):
        return pl.DataFrame(schema=_SCHEMA)
    columns = ("job_id", "job_type")
    planned = admitted(
        engine, scope, viewer, coverage, JOBS, columns, "scheduled_date", period=window, prefix="planned"
    )
    lags = admitted(
        engine, scope, viewer, coverage, JOBS, (*columns, "lag_days"), "scheduled_date", period=window, prefix="lag"
    )
    if planned.availability.state == "no_data":
        return pl.DataFrame(schema=_SCHEMA)
    sql = f"""
        select planned.job_id as item_id, planned.scheduled_date as first, cast(lags.lag_days as double) as lag_days
        from planned left join lags
            on lags.job_id = planned.job_id and lags.scheduled_date = planned.scheduled_date
        where planned.job_type = '{CLOSE}' order by first, item_id
    """
    found = select(engine, sql, {"planned": planned, "lags": lags})
    calendar = read_calendar(engine, window.first, today + AHEAD)
    special = {day: makeup for day, *_, holiday, makeup in calendar.iter_rows() if holiday or makeup}
    rows = [
        (item, None, CLOSE, first, None, _later(first, lag, special), "open" if lag is None else "closed", lag)
        for item, first, lag in found.iter_rows()
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _later(day: date, lag: float | None, special: Mapping[date, bool | None]) -> date | None:
    """That many working days later. special: public holidays (false) and weekend days worked for one (true)."""
    if lag is None:
        return None
    left = math.ceil(lag)
    while left > 0:
        day += DAY
        left -= bool(special[day]) if day in special else day.isoweekday() <= 5
    return day
