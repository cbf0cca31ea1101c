"""Revenue by month: what was booked, what was budgeted, what was forecast."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.periods import Period, buckets, month_end, months_later
from metrics.policy import Viewer, check_kpi
from metrics.settled import settled_period
from metrics.views.ledger import TABLE, by_month
from metrics.views.scope import Scope

MONTHS_BACK, MONTHS_AHEAD = 12, 3
_NAMES = {"amount": "actual", "budget_amount": "budget", "forecast_amount": "forecast"}


def revenue_forecast(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """Revenue of the ledger by month beside budget and forecast: a year back, and some months ahead where planned.

    Returns:
        Shape (months, 4): month (date, its first day; without a gap from the first to the last that has any amount),
        actual, budget, forecast (money; null: no file carries it for the month, or the month is not over). No rows
        where the ledger holds no revenue at all.

    Raises:
        NotAllowed: the KPIs behind it are above the viewer's access level.
    """
    for name in ("forecast_accuracy", "revenue_budget_attainment"):
        check_kpi(viewer, catalogue.kpi(name))
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        settled = settled_period(reader, (TABLE,), scope.period, coverage)
        first = min(settled.first.replace(day=1), months_later(settled.last.replace(day=1), -MONTHS_BACK))
        window = Period(first, month_end(months_later(settled.last.replace(day=1), MONTHS_AHEAD)))
        found = by_month(reader, scope, viewer, coverage, tuple(_NAMES), ("revenue",), window)
    # What is booked in a month that is not over yet is no month's revenue.
    is_over = pl.col("month") <= settled.last
    held = found.rename(_NAMES).select("month", pl.when(is_over).then("actual"), "budget", "forecast")
    if held.is_empty():
        return held
    spine = [part.first for part in buckets(Period(held["month"].min(), held["month"].max()), "month")]  # type: ignore[arg-type]
    return pl.DataFrame({"month": spine}, schema={"month": pl.Date}).join(held, on="month", how="left").sort("month")
