"""Tiny frames in the shapes that `metrics.views` returns, and a KPI to draw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from metrics.model import Fact, Kpi, Text, Unit

NOTHING = Text("", "", "")
FIRST = date(2026, 11, 9)


def kpi(unit: Unit = "currency") -> Kpi:
    """A KPI called GMV in any unit."""
    fact = Fact("fact_order", "paid_date", "sum(gmv)", ("gmv",))
    name = Text("GMV", "成交额", "成交額")
    return Kpi("gmv", name, NOTHING, NOTHING, "operations", "", "", unit, "higher", "additive", (), fact)


def trend_frame(
    values: Sequence[float | None],
    comparison: Sequence[float | None] | None = None,
    target: float | None = None,
    festivals: Sequence[str | None] | None = None,
    open_last: int = 0,
) -> pl.DataFrame:
    """One row a day from 9 November 2026; the last `open_last` days are young."""
    count = len(values)
    days = [FIRST + timedelta(days=place) for place in range(count)]
    return pl.DataFrame(
        {
            "period": days,
            "value": values,
            "comparison_period": [day - timedelta(days=count) for day in days] if comparison else [None] * count,
            "comparison": comparison or [None] * count,
            "target": [target] * count,
            "festival": festivals or [None] * count,
            "holiday": [None] * count,
            "is_young": [place >= count - open_last for place in range(count)],
            "is_whole": [True] * count,
        },
        schema={
            "period": pl.Date,
            "value": pl.Float64,
            "comparison_period": pl.Date,
            "comparison": pl.Float64,
            "target": pl.Float64,
            "festival": pl.String,
            "holiday": pl.String,
            "is_young": pl.Boolean,
            "is_whole": pl.Boolean,
        },
    )


def driver_frame(contributions: Sequence[float | None], before: float | None = 100.0) -> pl.DataFrame:
    """GMV from `before` to 130 through four drivers; what an unknown one brought stands in rest."""
    change = None if before is None else 130.0 - before
    rows: list[tuple[str, float | None, float | None, float | None]] = [
        ("gmv", before, 130.0, change),
        ("sessions", 1000.0, 1300.0, contributions[0]),
        ("conversion", 0.04, 0.04, contributions[1]),
        ("tracking_gap", 1.0, 1.0, contributions[2]),
        ("basket", 2.5, 2.5, contributions[3]),
    ]
    if None in contributions:
        known = sum(part for part in contributions if part is not None)
        rows.append(("rest", None, None, None if change is None else change - known))
    columns = {"driver": pl.String, "before": pl.Float64, "after": pl.Float64, "contribution": pl.Float64}
    return pl.DataFrame(rows, schema=columns, orient="row")


def funnel_frame(sessions: Sequence[float | None], device: str | None = None) -> pl.DataFrame:
    """The five steps of one device (None = all together)."""
    steps = ["sessions", "product_view", "add_to_cart", "checkout", "purchase"]
    frame = pl.DataFrame({"step": steps, "sessions": sessions}, schema_overrides={"sessions": pl.Float64})
    share = pl.col("sessions") / pl.col("sessions").first()
    return frame.with_columns(
        pl.lit(device, pl.String).alias("device"),
        share.alias("share_of_sessions"),
        (share / share.shift(1)).alias("share_of_previous"),
    )


def mix_frame(rows: Sequence[tuple[int, str, float | None, float | None]]) -> pl.DataFrame:
    """(days after 9 November, channel, sessions, orders)."""
    return pl.DataFrame(
        [(FIRST + timedelta(days=day), channel, sessions, orders) for day, channel, sessions, orders in rows],
        schema={"period": pl.Date, "channel": pl.String, "sessions": pl.Float64, "orders": pl.Float64},
        orient="row",
    )


def cohort_frame(rows: Sequence[tuple[int, int, int | None, float | None, bool]]) -> pl.DataFrame:
    """(month of 2026, months since, customers, rate in percent, is hidden)."""
    return pl.DataFrame(
        [(date(2026, month, 1), since, size, rate, hidden) for month, since, size, rate, hidden in rows],
        schema={
            "cohort": pl.Date,
            "months_since": pl.Int64,
            "customers": pl.Int64,
            "rate": pl.Float64,
            "is_hidden": pl.Boolean,
        },
        orient="row",
    )


def pareto_frame(counts: dict[str, float | None], amounts: Sequence[float] | None = None) -> pl.DataFrame:
    """Reasons by falling count with their shares; null: no file carries the reason."""
    frame = pl.DataFrame(
        {"reason": list(counts), "count": list(counts.values())}, schema_overrides={"count": pl.Float64}
    )
    total = pl.col("count").sum()
    share = pl.col("count") / pl.when(total > 0).then(total)
    frame = frame.with_columns(share.alias("share"), share.cum_sum().alias("cumulative_share"))
    return frame if amounts is None else frame.with_columns(pl.Series("refund_amount", amounts))


def wait_frame(rows: Sequence[tuple[str, str, float, float, int]]) -> pl.DataFrame:
    """(stage, warehouse, p50, p90, parcels)."""
    names = {"stage": pl.String, "warehouse": pl.String, "p50": pl.Float64, "p90": pl.Float64, "parcels": pl.Int64}
    return pl.DataFrame(rows, schema=names, orient="row")


def clock_frame(orders: dict[tuple[int, int], float], uncovered: Sequence[int] = ()) -> pl.DataFrame:
    """Orders by (weekday, hour), 0 elsewhere; null on weekdays that no file covers."""
    rows = [
        (weekday, hour, None if weekday in uncovered else orders.get((weekday, hour), 0.0))
        for weekday in range(1, 8)
        for hour in range(24)
    ]
    return pl.DataFrame(rows, schema={"weekday": pl.Int64, "hour": pl.Int64, "orders": pl.Float64}, orient="row")
