"""From the budget's EBITDA to the actual one, account class by account class."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.policy import Viewer, check_kpi
from metrics.views.ledger import EBITDA, asked_months, by_month, closed
from metrics.views.scope import Scope

_SCHEMA = {
    "account_class": pl.String,
    "budget": pl.Float64,
    "actual": pl.Float64,
    "effect": pl.Float64,
    "first_month": pl.Date,
    "last_month": pl.Date,
}


def budget_bridge(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """What each account class did to EBITDA against the budget, over whole months that are booked.

    The months are those of the period, as far as anything is booked in them, else the last booked one before. Each
    class is positive in its usual direction; what was booked without a budget counts as over budget, as in the KPI
    `opex_budget_variance`. So the budget's EBITDA and all effects add up to the actual EBITDA.

    Returns:
        Shape (classes with any amount, 6), in the order of an income statement: account_class, budget, actual (money;
        null: the ledger has none for the class), effect (money, on EBITDA: positive is more of it; null throughout
        where these months have no budget at all), first_month, last_month (date, the first day of each).
        No rows where nothing is booked.

    Raises:
        NotAllowed: the KPIs behind it are above the viewer's access level.
    """
    for name in ("opex_budget_variance", "revenue_budget_attainment"):
        check_kpi(viewer, catalogue.kpi(name))
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        window = asked_months(reader, scope, coverage)
        found = by_month(reader, scope, viewer, coverage, ("amount", "budget_amount"), tuple(EBITDA), window)
        months = closed(found, scope, reader, coverage)
    if months is None:
        return pl.DataFrame(schema=_SCHEMA)
    booked = found.filter(pl.col("month").is_between(months.first, months.last))
    has_budget = booked["budget_amount"].count() > 0
    rows = []
    for name, sign in EBITDA.items():
        part = booked.filter(account_class=name)
        budget, actual = (_sum(part[column]) for column in ("budget_amount", "amount"))
        if budget is None and actual is None:
            continue
        effect = sign * ((actual or 0.0) - (budget or 0.0)) if has_budget else None
        rows.append((name, budget, actual, effect, months.first, months.last.replace(day=1)))
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _sum(values: pl.Series) -> float | None:
    return float(values.sum()) if values.count() else None
