"""How much of the year's budget each department has used, beside how much of the year is over."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.periods import Period, month_end, months_later
from metrics.policy import Viewer, check_kpi
from metrics.views.ledger import OPERATING_COSTS, asked_months, by_month, closed, fiscal_year
from metrics.views.rest import total
from metrics.views.scope import Scope

_SCHEMA = {
    "department": pl.String,
    "actual": pl.Float64,
    "planned": pl.Float64,
    "budget": pl.Float64,
    "used": pl.Float64,
    "planned_use": pl.Float64,
    "elapsed": pl.Float64,
    "last_month": pl.Date,
}


def burn(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue, first_month: int = 1) -> pl.DataFrame:
    """Operating costs of the fiscal year so far against its budget, by department.

    The year is the one of the last booked month that the period asks about; it is as long as the months with a
    budget, so that a ledger which holds budgets to date only is measured against these.

    Args:
        first_month: the month, 1 to 12, in which the fiscal year begins.

    Returns:
        Shape (departments with a budget or costs, 8), by falling budget: department, actual (costs so far), planned
        (budget so far), budget (of the year) in money, null where the ledger has none; used, planned_use (percent of
        the department's budget, null without one), elapsed (percent of the budgeted months that are over, the same
        in all rows, null without any budget), last_month (date, the first day of the last booked month). No rows
        where nothing is booked.

    Raises:
        NotAllowed: the KPI `opex_budget_variance` is above the viewer's access level.
    """
    check_kpi(viewer, catalogue.kpi("opex_budget_variance"))
    amounts, by = ("amount", "budget_amount"), ("department",)
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        near = asked_months(reader, scope, coverage)
        # The year of the last booked month may begin a year before the months asked and end a year after.
        window = Period(months_later(near.first, -12), month_end(months_later(near.last, 12)))
        found = by_month(reader, scope, viewer, coverage, amounts, OPERATING_COSTS, window, by)
        months = closed(found, scope, reader, coverage)
    if months is None:
        return pl.DataFrame(schema=_SCHEMA)
    year = fiscal_year(months.last, first_month)
    found = found.filter(pl.col("month").is_between(year.first, year.last))
    is_over = pl.col("month") <= months.last
    budgeted = found.filter(pl.col("budget_amount").is_not_null())["month"].unique()
    elapsed = 100 * (budgeted <= months.last).sum() / budgeted.len() if budgeted.len() else None
    so_far = found.filter(is_over).group_by("department").agg(total(*amounts))
    whole = found.group_by("department").agg(total("budget_amount").alias("budget"))
    budget = pl.when(pl.col("budget") > 0).then("budget")
    return (
        whole.join(so_far, on="department", how="left")
        .rename({"amount": "actual", "budget_amount": "planned"})
        .with_columns(
            (100 * pl.col("actual") / budget).alias("used"),
            (100 * pl.col("planned") / budget).alias("planned_use"),
            pl.lit(elapsed, pl.Float64).alias("elapsed"),
            pl.lit(months.last.replace(day=1)).alias("last_month"),
        )
        .sort(pl.max_horizontal("budget", "actual"), "department", descending=[True, False], nulls_last=True)
        .select(*_SCHEMA)
    )
