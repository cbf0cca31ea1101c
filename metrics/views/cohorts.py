"""Who comes back: of the customers of each first-order month, how many order again in the months after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.periods import Period, bucket_start, month_end, months_later
from metrics.policy import Viewer
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, covered_days, select

SMALLEST_COHORT = 30
_COLUMNS = ("customer_id", "customer_order_seq", "is_paid")
_SCHEMA = {
    "cohort": pl.Date,
    "months_since": pl.Int64,
    "customers": pl.Int64,
    "returned": pl.Int64,
    "rate": pl.Float64,
    "is_hidden": pl.Boolean,
}


def cohorts(engine: Engine, scope: Scope, viewer: Viewer, months: int = 13) -> pl.DataFrame:
    """First-order month x months since: the part of the cohort that paid an order again in that month.

    A cohort are the customers whose first ever paid order (customer_order_seq = 1) lies in the month. Filters
    narrow both the first order and the later ones. The counting is done by the engine: a row a cell comes back,
    however many orders there are.

    Args:
        months: how many cohorts, up to the month in which the scope's period ends.

    Returns:
        Shape (cells, 6), by cohort and months_since: cohort (first day of the month), months_since (from 1),
        customers of the cohort, returned of them in that month, rate (percent, 0 to 100), is_hidden.
        rate and returned are null where the month is not over or not wholly covered by files, so a young cell
        is never 0; cells of cohorts below 30 customers are hidden: customers, returned and rate are null.
        No rows without orders that carry the customer; no row for a month without first orders.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    first = months_later(bucket_start(scope.period.last, "month"), 1 - months)
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        window = Period(first, scope.period.last)
        orders = admitted(reader, scope, viewer, coverage, "fact_order", _COLUMNS, "paid_date", period=window)
        if orders.availability.state == "no_data":
            return pl.DataFrame(schema=_SCHEMA)
        found = select(reader, _statement(first), {"orders": orders})
        last = min(scope.period.last, scope.as_of or scope.period.last)
        covered = covered_days(coverage, "fact_order", _COLUMNS, first, last)
    counts = {(cohort, number): customers for cohort, number, customers in found.iter_rows()}
    known = {number for number in range(months) if _days(months_later(first, number)) <= covered}
    rows = [
        _cell(months_later(first, cohort), since, customers, _returned(counts, cohort, cohort + since, known))
        for (cohort, number), customers in sorted(counts.items(), key=lambda item: item[0][0])
        if number is None
        for since in range(1, months - cohort)
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _returned(counts: Mapping[tuple[int, int | None], int], cohort: int, number: int, known: set[int]) -> int | None:
    return counts.get((cohort, number), 0) if number in known else None


def _statement(first: date) -> str:
    """Rows of cohort and month (both counted from the first month): customers; a null month is the cohort itself."""
    number = f"(extract(year from paid_date) - {first.year}) * 12 + extract(month from paid_date) - {first.month}"
    bought = f"select customer_id, {number} as month_number from orders where is_paid and customer_id is not null"
    firsts = f"({bought} and customer_order_seq = 1) as firsts"
    later = f"({bought} and customer_order_seq > 1) as later"
    return f"""
        select month_number as cohort, cast(null as bigint) as month_number, count(*) as customers
        from {firsts} group by firsts.month_number
        union all
        select firsts.month_number, later.month_number, count(distinct firsts.customer_id)
        from {firsts} join {later}
            on later.customer_id = firsts.customer_id and later.month_number > firsts.month_number
        group by firsts.month_number, later.month_number
    """


def _days(month: date) -> frozenset[date]:
    last = month_end(month)
    return frozenset(month.replace(day=day) for day in range(1, last.day + 1))


def _cell(cohort: date, since: int, customers: int, returned: int | None) -> tuple[object, ...]:
    if customers < SMALLEST_COHORT:
        return cohort, since, None, None, None, True
    rate = None if returned is None else 100 * returned / customers
    return cohort, since, customers, returned, rate, False
