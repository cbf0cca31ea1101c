"""When people order: weekdays by hours of the day, in the company's time zone."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.policy import Viewer
from metrics.views.clock import averages, weekday_sql
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, covered_days, select

_COLUMNS = ("created_at", "is_paid")


def order_clock(engine: Engine, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """How many orders come in each hour of the week, on average over the period.

    Orders are those that were paid, by the hour they were placed; see `metrics.views.clock.averages`.

    Returns:
        Shape (168, 4), by weekday and hour: weekday (ISO, 1 = Monday), hour (0 to 23), orders (average per
        such hour; 0: covered, nobody ordered; null: no such day is covered), days (how many such days are).

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        orders = admitted(reader, scope, viewer, coverage, "fact_order", _COLUMNS, "order_date")
        sql = f"""
            select weekday, hour, count(*) as orders
            from (
                select {weekday_sql("order_date")} as weekday, extract(hour from created_at) as hour
                from orders where is_paid and created_at is not null
            ) as placed
            group by weekday, hour
        """
        found = pl.DataFrame(schema=dict.fromkeys(("weekday", "hour", "orders"), pl.Int64))
        if orders.availability.state != "no_data":
            found = select(reader, sql, {"orders": orders})
        last = min(scope.period.last, scope.as_of or scope.period.last)
        covered = covered_days(coverage, "fact_order", _COLUMNS, scope.period.first, last)
    return averages(found, covered, ("orders",))
