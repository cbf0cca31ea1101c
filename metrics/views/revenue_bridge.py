"""From GMV to the ledger's revenue: what orders explain, and what is left as timing and other."""

from __future__ import annotations

import math
from collections.abc import Mapping

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.periods import Period
from metrics.policy import Viewer, check_kpi
from metrics.views.ledger import asked_months, by_month, carries, closed
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

ORDERS = "fact_order"
GMV, REVENUE, REST = "gmv", "net_revenue", "timing_and_other"
# What lies between GMV and revenue on an order, and whether it adds or takes off.
STEPS: Mapping[str, tuple[str, int]] = {
    "discounts": ("discount_amount", -1),
    "tax": ("tax_amount", -1),
    "shipping": ("shipping_charged", 1),
    "refunds": ("refunded_amount", -1),
}
_SCHEMA = {
    "step": pl.String,
    "amount": pl.Float64,
    "is_whole": pl.Boolean,
    "first_month": pl.Date,
    "last_month": pl.Date,
}


def revenue_bridge(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """GMV less discounts, tax and refunds, plus shipping; what then is missing to the ledger's revenue is the rest.

    Both sides are of the same whole months: those of the period that are booked in the ledger, else the last booked
    one before. Refunds are those of the orders paid in these months, whenever the money went back; the ledger books
    them when it goes back, and without their tax, so that the rest is rarely 0.

    Returns:
        Shape (7, 5): step (gmv, discounts, tax, shipping, refunds, timing_and_other, net_revenue), amount (money;
        what takes off is negative; null: no file of these months carries it, and it is then part of the rest; the
        rest is null where GMV or revenue is), is_whole (whether files cover the step on all days and from all usual
        sources), first_month, last_month (date, the first day of each). All but the first and last are changes, and
        they add up. No rows where nothing is booked.

    Raises:
        NotAllowed: the KPIs `gmv` or `net_revenue` are not for the viewer.
    """
    for name in (GMV, REVENUE):
        check_kpi(viewer, catalogue.kpi(name))
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        if not carries(reader, "fact_gl_balance", scope):
            return pl.DataFrame(schema=_SCHEMA)
        window = asked_months(reader, scope, coverage)
        booked = by_month(reader, scope, viewer, coverage, ("amount",), ("revenue",), window)
        months = closed(booked, scope, reader, coverage)
        if months is None:
            return pl.DataFrame(schema=_SCHEMA)
        columns = {GMV: "gmv_amount", **{step: column for step, (column, _) in STEPS.items()}}
        found = {step: _of_orders(reader, scope, viewer, coverage, months, c) for step, c in columns.items()}
    revenue = float(booked.filter(pl.col("month").is_between(months.first, months.last))["amount"].sum())
    gmv, is_whole = found[GMV]
    changes = {step: _signed(found[step][0], sign) for step, (_, sign) in STEPS.items()}
    known = [amount for amount in changes.values() if amount is not None]
    rest = None if gmv is None else revenue - gmv - math.fsum(known)
    wholes = {step: whole for step, (_, whole) in found.items()} | {REST: is_whole, REVENUE: True}
    amounts = {GMV: gmv, **changes, REST: rest, REVENUE: revenue}
    rows = [(step, value, wholes[step], months.first, months.last.replace(day=1)) for step, value in amounts.items()]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _of_orders(
    engine: Engine, scope: Scope, viewer: Viewer, coverage: Coverage, months: Period, column: str
) -> tuple[float | None, bool]:
    if not carries(engine, ORDERS, scope):
        return None, False
    orders = admitted(engine, scope, viewer, coverage, ORDERS, ("is_paid", column), "paid_date", period=months)
    if orders.availability.state == "no_data":
        return None, False
    sql = f"select cast(sum(case when is_paid then {column} end) as double) as amount from orders"
    amount = select(engine, sql, {"orders": orders})["amount"].item()
    return amount, orders.availability.state == "ok"


def _signed(amount: float | None, sign: int) -> float | None:
    return None if amount is None else sign * amount
