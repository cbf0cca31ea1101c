"""Customers at month ends follow from their orders alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from data.contracts import TABLES
from data.derive_customers import customer_months
from data.ingest.batch import Origin
from data.ingest.load import load_frames
from data.warehouse import Warehouse
from tests.data.lakes import NOW, content, order, put

OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 30)


def months(warehouse: Warehouse, first: date, last: date) -> pl.DataFrame:
    return customer_months(warehouse.connection.cursor(), first, last)


def one(frame: pl.DataFrame, customer: str, day: date) -> dict[str, Any]:
    return frame.row(by_predicate=(pl.col("customer_id") == customer) & (pl.col("snapshot_date") == day), named=True)


def test_a_customer_stands_at_each_month_end_from_the_first_order_on(warehouse: Warehouse) -> None:
    put(
        warehouse,
        "fact_order",
        [order("a", date(2026, 10, 5), customer_id="c"), order("b", date(2026, 11, 2), customer_id="d")],
    )
    found = months(warehouse, date(2026, 9, 1), NOVEMBER)
    assert found.select("snapshot_date", "customer_id").rows() == [(OCTOBER, "c"), (NOVEMBER, "c"), (NOVEMBER, "d")]
    assert one(found, "c", NOVEMBER)["recency_days"] == 56


def test_a_month_that_has_not_ended_has_no_customers_yet(warehouse: Warehouse) -> None:
    put(warehouse, "fact_order", [order("a", date(2026, 10, 5), customer_id="c")])
    assert months(warehouse, date(2026, 10, 1), date(2026, 11, 29))["snapshot_date"].to_list() == [OCTOBER]


def test_activity_is_counted_365_days_back_and_365_before_those(warehouse: Warehouse) -> None:
    """c: 364 days ago; d: 365 days ago, so in the year before; e: 730 days ago, in neither."""
    days = {"c": date(2025, 11, 1), "d": date(2025, 10, 31), "e": date(2024, 10, 31)}
    put(warehouse, "fact_order", [order(name, day, customer_id=name, net_amount=7) for name, day in days.items()])
    found = months(warehouse, OCTOBER, OCTOBER)
    columns = ("is_active_12m", "was_active_prev_12m", "orders_12m", "lifetime_orders", "rfm_segment")
    rows = {name: tuple(one(found, name, OCTOBER)[column] for column in columns) for name in days}
    assert rows["c"][:4] == (True, False, 1, 1)
    assert rows["d"] == (False, True, 0, 1, "lost")
    assert rows["e"] == (False, False, 0, 1, "lost")
    assert one(found, "e", OCTOBER)["r_score"] is None


def test_unpaid_and_nameless_orders_count_for_nobody(warehouse: Warehouse) -> None:
    unpaid = order("u", date(2026, 10, 5), customer_id="c") | {"is_paid": False}
    put(warehouse, "fact_order", [unpaid, order("a", date(2026, 10, 5), customer_id=None)])
    assert months(warehouse, OCTOBER, OCTOBER).is_empty()


def test_scores_are_quintiles_of_the_active_and_the_best_are_champions(warehouse: Warehouse) -> None:
    """Customer n ordered n times, the last on day n, for n each: five customers, one a quintile."""
    orders = [
        order(f"{n}-{k}", date(2026, 10, n), customer_id=f"c{n}", net_amount=n) for n in range(1, 6) for k in range(n)
    ]
    put(warehouse, "fact_order", orders)
    found = months(warehouse, OCTOBER, OCTOBER)
    scores = found.select("customer_id", "r_score", "f_score", "m_score", "rfm_segment").rows()
    assert [row[:4] for row in scores] == [(f"c{n}", n, n, n) for n in range(1, 6)]
    segments = ["hibernating", "hibernating", "potential", "champions", "champions"]
    assert [row[4] for row in scores] == segments


def test_online_and_shop_are_told_apart_and_the_first_channel_stays(warehouse: Warehouse) -> None:
    first = order(
        "a", date(2026, 9, 5), customer_id="c", sales_channel="tmall", marketing_channel="email", region="上海"
    )
    then = order(
        "b", date(2026, 10, 5), customer_id="c", sales_channel="store", marketing_channel="direct", region="浙江"
    )
    put(warehouse, "fact_order", [first, then])
    row = one(months(warehouse, OCTOBER, OCTOBER), "c", OCTOBER)
    assert (row["bought_online_12m"], row["bought_offline_12m"]) == (True, True)
    assert (row["acquisition_channel"], row["region"]) == ("email", "浙江")


def test_gross_profit_so_far_falls_when_money_goes_back(warehouse: Warehouse) -> None:
    """100 sold for 60 is 40; 30 are paid back in November. Without a cost it is unknown."""
    put(warehouse, "fact_order", [order(name, date(2026, 10, 5), customer_id=name) for name in ("c", "d")])
    line = {"line_no": "1", "paid_date": date(2026, 10, 5), "is_paid": True, "net_amount": 100}
    put(
        warehouse,
        "fact_order_line",
        [{**line, "order_id": "c", "cogs_amount": 60}, {**line, "order_id": "d", "cogs_amount": None}],
    )
    put(
        warehouse,
        "fact_return",
        [{"return_id": "r", "line_no": "1", "order_id": "c", "refund_amount": 30, "completed_date": date(2026, 11, 3)}],
    )
    found = months(warehouse, OCTOBER, NOVEMBER)
    assert [one(found, "c", day)["lifetime_gross_profit"] for day in (OCTOBER, NOVEMBER)] == [40, 10]
    assert one(found, "d", NOVEMBER)["lifetime_gross_profit"] is None


def test_what_orders_tell_joins_what_a_crm_brought(warehouse: Warehouse) -> None:
    """Loaded as a source of its own it fills its columns and leaves the tier as it was."""
    put(warehouse, "fact_order", [order("a", date(2026, 10, 5), customer_id="c")])
    put(warehouse, "fact_customer_snapshot", [{"snapshot_date": OCTOBER, "customer_id": "c", "member_tier": "gold"}])
    frame = months(warehouse, OCTOBER, OCTOBER)
    origin = Origin("orders", "derived", "", "sevenboard", NOW)
    assert load_frames(warehouse, origin, [("fact_customer_snapshot", frame)]).changed == 1
    names = list(TABLES["fact_customer_snapshot"].columns)
    (row,) = content(warehouse, "fact_customer_snapshot")
    stored = dict(zip(names, row, strict=False))
    assert (stored["member_tier"], stored["orders_12m"], stored["is_active_12m"]) == ("gold", 1, True)
