"""The ledger by month: what the views of Finance add up, and which months are closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.periods import Period, month_end, months_later
from metrics.policy import Viewer
from metrics.settled import settled_period
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

TABLE = "fact_gl_balance"
OPERATING_COSTS = ("opex_marketing", "opex_logistics", "opex_technology", "opex_personnel", "opex_other")
# What EBITDA is made of, in the order of an income statement: 1 adds to it, -1 takes off.
EBITDA: Mapping[str, int] = {"revenue": 1, **dict.fromkeys(("cogs", *OPERATING_COSTS), -1)}
# How many months before those asked about may answer for them, where none of those is closed.
LOOK_BACK = 3


def carries(engine: Engine, table: str, scope: Scope) -> bool:
    """Whether a table has every dimension that the scope is filtered by."""
    names = ("sku" if wish.dimension.startswith("product.") else wish.dimension for wish in scope.filters)
    return all(engine.has_column(table, name) for name in names)


def by_month(
    engine: Engine,
    scope: Scope,
    viewer: Viewer,
    coverage: Coverage,
    amounts: Sequence[str],
    classes: Sequence[str],
    period: Period,
    by: Sequence[str] = (),
) -> pl.DataFrame:
    """Amounts of the ledger by month and account class, and by further columns.

    Each amount is read from the files that carry it, so that a file of budgets and one of bookings stand side by
    side.

    Returns:
        Shape (groups, amounts + keys): month (date, its first day), account_class, further keys (text), each amount
        (Float64, in the direction of its class; null: no file carries it there), by month and class.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    keys = {"month": pl.Date, "account_class": pl.String, **dict.fromkeys(by, pl.String)}
    found = pl.DataFrame(schema=keys)
    # Budgets are set for months to come, beyond the day that files cover.
    scope = scope if scope.as_of else replace(scope, as_of=period.last)
    wanted = ", ".join(f"'{name}'" for name in classes)
    for amount in amounts:
        ledger = admitted(
            engine, scope, viewer, coverage, TABLE, ("account_class", amount, *by), "period_end", period=period
        )
        sql = f"""
            select cast(date_trunc('month', period_end) as date) as month, account_class,
                {"".join(f"{key}, " for key in by)} cast(sum({amount}) as double) as {amount}
            from ledger where account_class in ({wanted}) and {amount} is not null
            group by {", ".join(str(n + 1) for n in range(len(keys)))}
        """
        schema = keys | {amount: pl.Float64}
        part = pl.DataFrame(schema=schema)
        if ledger.availability.state != "no_data":
            part = select(engine, sql, {"ledger": ledger}).cast(pl.Schema(schema))
        found = found.join(part, on=list(keys), how="full", coalesce=True)
    return found.sort("month", "account_class", *by)


def asked_months(engine: Engine, scope: Scope, coverage: Coverage) -> Period:
    """The whole months a scope asks the ledger about, and some before them that may answer in their place."""
    settled = settled_period(engine, (TABLE,), scope.period, coverage)
    return Period(months_later(settled.first.replace(day=1), -LOOK_BACK), month_end(settled.last))


def closed(found: pl.DataFrame, scope: Scope, engine: Engine, coverage: Coverage) -> Period | None:
    """The months that are booked: of those asked about, else the last one before them; None where there is none.

    found: a frame with month and amount (see `by_month`).
    """
    settled = settled_period(engine, (TABLE,), scope.period, coverage)
    booked = found.filter(pl.col("amount").is_not_null())["month"].unique().sort().to_list()
    until = [month for month in booked if month <= settled.last]
    if not until:
        return None
    inside = [month for month in until if month >= settled.first.replace(day=1)]
    return Period(inside[0] if inside else until[-1], month_end(until[-1]))


def fiscal_year(month: date, first_month: int) -> Period:
    """The fiscal year that a month lies in, given the number of the month it begins with."""
    start = date(month.year - (month.month < first_month), first_month, 1)
    return Period(start, month_end(months_later(start, 11)))
