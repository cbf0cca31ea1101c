"""What customers bring over time: cumulated gross profit per customer by first-order month, and what one cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from metrics.ask import ask
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.periods import Period, bucket_start, month_end, months_later
from metrics.policy import Viewer, check_kpi
from metrics.views.beside import narrowed
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, covered_days, select
from metrics.views.series import carrying

SMALLEST_COHORT = 30
_ORDER = ("customer_id", "customer_order_seq", "is_paid", "order_id")
_LINE = ("order_id", "is_paid", "net_amount", "cogs_amount")
_COST = "customer_acquisition_cost"
_SCHEMA = {
    "cohort": pl.Date,
    "months_since": pl.Int64,
    "customers": pl.Int64,
    "profit": pl.Float64,
    "is_hidden": pl.Boolean,
    "acquisition_cost": pl.Float64,
}


def lifetime_value(
    engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue, months: int = 13
) -> pl.DataFrame:
    """Cumulated gross profit per customer of each first-order month, month by month since.

    Gross profit is net amount less cost of goods less money back so far, of all paid lines of the cohort's orders,
    by the month of the order. Lines of unknown cost bring nothing. A table is narrowed by the filters it carries.

    Args:
        months: how many cohorts, up to the month in which the scope's period ends.

    Returns:
        Shape (cells, 6), by cohort and months_since: cohort (first day of the month), months_since (from 0), customers,
        profit (money per customer, cumulated; null from the first month on that is not over, not wholly covered by
        files or of unknown cost), is_hidden (cohorts below 30 customers: customers and profit are null),
        acquisition_cost (money per new customer over all these months, the same in each row; null: not known).
        No rows without orders that carry the customer, or lines that carry their cost.

    Raises:
        NotAllowed: a viewer who may not see customer_lifetime_value, or a column.
    """
    check_kpi(viewer, catalogue.kpi("customer_lifetime_value"))
    first = months_later(bucket_start(scope.period.last, "month"), 1 - months)
    window = Period(first, scope.period.last)
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        orders = admitted(
            reader, narrowed(reader, scope, "fact_order"), viewer, coverage, "fact_order", _ORDER, "paid_date",
            period=window, prefix="order_",
        )  # fmt: skip
        lines = admitted(
            reader, narrowed(reader, scope, "fact_order_line"), viewer, coverage, "fact_order_line", _LINE, "paid_date",
            period=window, split_by=("returned_amount",), prefix="line_",
        )  # fmt: skip
        if "no_data" in (orders.availability.state, lines.availability.state):
            return pl.DataFrame(schema=_SCHEMA)
        found = select(reader, _statement(first), {"orders": orders, "lines": lines})
        last = min(scope.period.last, scope.as_of or scope.period.last)
        covered = covered_days(coverage, "fact_order", _ORDER, first, last)
        covered &= covered_days(coverage, "fact_order_line", _LINE, first, last)
        cost = _cost(reader, scope, viewer, catalogue, window)
    known = [_days(months_later(first, number)) <= covered for number in range(months)]
    rows = [row for cohort in range(months) for row in _cohort(found, cohort, first, known, cost)]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _statement(first: date) -> str:
    """Rows of cohort and month (counted from the first): profit; a null month is the cohort itself: its customers."""
    number = f"(extract(year from paid_date) - {first.year}) * 12 + extract(month from paid_date) - {first.month}"
    bought = f"select customer_id, order_id, {number} as month_number from orders where is_paid"
    firsts = f"""
        (select customer_id, min({number}) as month_number from orders
        where is_paid and customer_order_seq = 1 and customer_id is not null group by customer_id) as firsts
    """
    profit = """
        (select order_id, sum(net_amount - cogs_amount - coalesce(returned_amount, 0)) as profit
        from lines where is_paid group by order_id) as earned
    """
    return f"""
        select firsts.month_number as cohort, cast(null as bigint) as month_number,
            cast(count(*) as double) as amount
        from {firsts} group by firsts.month_number
        union all
        select firsts.month_number, bought.month_number, cast(sum(earned.profit) as double)
        from {firsts} join ({bought}) as bought on bought.customer_id = firsts.customer_id
            join {profit} on earned.order_id = bought.order_id
        where bought.month_number >= firsts.month_number
        group by firsts.month_number, bought.month_number
    """


def _cohort(
    found: pl.DataFrame, cohort: int, first: date, known: list[bool], cost: float | None
) -> Iterator[tuple[object, ...]]:
    own = dict(found.filter(pl.col("cohort") == cohort).select("month_number", "amount").iter_rows())
    customers = int(own.get(None) or 0)
    month, total = months_later(first, cohort), 0.0
    is_hidden, is_known = customers < SMALLEST_COHORT, True
    for number in range(cohort, len(known)) if customers else ():
        # A month without orders brought nothing; one whose costs nobody knows brought something unknown.
        brought = own.get(number, 0.0)
        is_known = is_known and known[number] and brought is not None
        total += brought or 0.0
        profit = total / customers if is_known and not is_hidden else None
        yield month, number - cohort, None if is_hidden else customers, profit, is_hidden, cost


def _cost(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue, window: Period) -> float | None:
    if not carrying([catalogue.kpi(_COST)], scope):
        return None
    found: float | None = ask(engine, scope.query(_COST, period=window), viewer, catalogue).rows[_COST].item()
    return found


def _days(month: date) -> frozenset[date]:
    return frozenset(month.replace(day=day) for day in range(1, month_end(month).day + 1))
