"""Columns that follow from other rows are right after every change, not only after the first load."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from data.ingest.undo import undo
from data.warehouse import Warehouse
from tests.data.lakes import DAY, NOW, order, put

SEQUENCE = (
    "select order_id, customer_order_seq, days_since_prev_order, customer_type from {} order by paid_date, order_id"
)
BACK = "select line_no, returned_qty, returned_amount::double from {} order by line_no"


def read(warehouse: Warehouse, sql: str, table: str, *columns: str) -> list[tuple[Any, ...]]:
    relation = warehouse.engine().relation(table, frozenset(columns), date(2026, 12, 31))
    return warehouse.connection.execute(sql.format(relation)).fetchall()


def sequence(warehouse: Warehouse) -> list[tuple[Any, ...]]:
    columns = ("customer_order_seq", "days_since_prev_order", "customer_type")
    return read(warehouse, SEQUENCE, "fact_order", *columns)


def test_an_older_order_that_arrives_late_becomes_the_first(warehouse: Warehouse) -> None:
    put(warehouse, "fact_order", [order("b", date(2026, 11, 5), customer_id="c")])
    put(warehouse, "fact_order", [order("a", date(2026, 4, 1), customer_id="c")])
    assert sequence(warehouse) == [("a", 1, None, "new"), ("b", 2, 218, "reactivated")]


def test_unpaid_orders_and_unknown_customers_have_no_place_in_a_sequence(warehouse: Warehouse) -> None:
    unpaid = {"order_id": "u", "order_date": DAY, "is_paid": False, "customer_id": "c"}
    put(warehouse, "fact_order", [unpaid, order("a", customer_id="c"), order("b", customer_id=None)])
    assert sorted(sequence(warehouse)) == [
        ("a", 1, None, "new"),
        ("b", None, None, "(unknown)"),
        ("u", None, None, "(unknown)"),
    ]


def test_an_order_that_moves_to_another_customer_corrects_both(warehouse: Warehouse) -> None:
    """c has a and b; then b is found to be d's."""
    orders = [order("a", date(2026, 11, 1), customer_id="c"), order("b", date(2026, 11, 3), customer_id="c")]
    put(warehouse, "fact_order", orders)
    moved = put(warehouse, "fact_order", [order("b", date(2026, 11, 3), customer_id="d")])
    assert [row[:2] for row in sequence(warehouse)] == [("a", 1), ("b", 1)]
    undo(warehouse, moved.batch, "mei", NOW)
    assert [row[:2] for row in sequence(warehouse)] == [("a", 1), ("b", 2)]


def lines(*quantities: int) -> list[dict[str, Any]]:
    return [
        {
            "order_id": "o",
            "line_no": str(n),
            "sku": "x",
            "paid_date": DAY,
            "is_paid": True,
            "qty": q,
            "net_amount": q * 10,
        }
        for n, q in enumerate(quantities, 1)
    ]


def test_returned_units_fill_the_lines_of_their_sku_in_order(warehouse: Warehouse) -> None:
    """Three units back of lines with 2 and 2: the first is whole, the second half."""
    put(warehouse, "fact_order_line", lines(2, 2))
    back = {"return_id": "r", "order_id": "o", "sku": "x", "completed_date": DAY, "qty": 3, "refund_amount": 30}
    put(warehouse, "fact_return", [back])
    assert read(warehouse, BACK, "fact_order_line", "returned_qty", "returned_amount") == [
        ("1", 2, 20.0),
        ("2", 1, 10.0),
    ]


def test_money_back_without_units_goes_by_amount(warehouse: Warehouse) -> None:
    put(warehouse, "fact_order_line", lines(1, 3))
    put(warehouse, "fact_return", [{"return_id": "r", "order_id": "o", "completed_date": DAY, "refund_amount": 8}])
    assert read(warehouse, BACK, "fact_order_line", "returned_qty", "returned_amount") == [("1", 0, 2.0), ("2", 0, 6.0)]


def test_returns_that_come_before_their_order_find_it_later(warehouse: Warehouse) -> None:
    put(warehouse, "fact_return", [{"return_id": "r", "order_id": "o", "completed_date": DAY, "qty": 1}])
    put(warehouse, "fact_order_line", lines(1))
    assert read(warehouse, BACK, "fact_order_line", "returned_qty", "returned_amount") == [("1", 1, 0.0)]


def test_an_undone_return_is_no_return(warehouse: Warehouse) -> None:
    put(warehouse, "fact_order_line", lines(1))
    back = put(warehouse, "fact_return", [{"return_id": "r", "order_id": "o", "completed_date": DAY, "qty": 1}])
    undo(warehouse, back.batch, "mei", NOW)
    assert read(warehouse, BACK, "fact_order_line", "returned_qty", "returned_amount") == [("1", 0, 0.0)]


def test_hours_run_from_payment_also_when_the_order_comes_last(warehouse: Warehouse) -> None:
    """Paid at 12:00, picked up at 18:00, signed a day later."""
    parcel = {"order_id": "o", "parcel_no": 1, "shipped_at": datetime(2026, 11, 2, 18), "shipped_date": DAY}
    put(warehouse, "fact_shipment", [{**parcel, "delivered_at": datetime(2026, 11, 3, 12)}])
    put(warehouse, "fact_order", [order("o")])
    sql = "select fulfilment_hours, delivery_hours from {}"
    assert read(warehouse, sql, "fact_shipment", "fulfilment_hours", "delivery_hours") == [(6.0, 24.0)]


def test_a_parcel_is_late_once_its_day_has_passed(warehouse: Warehouse) -> None:
    """Promised for the 2nd, never delivered: open on the 2nd, late from the 3rd; without a promise never known."""
    parcels = [
        {"order_id": "o", "parcel_no": 1, "promised_delivery_date": DAY},
        {"order_id": "p", "parcel_no": 1, "promised_delivery_date": DAY, "delivered_at": datetime(2026, 11, 2, 23)},
        {"order_id": "q", "parcel_no": 1, "delivered_at": datetime(2026, 11, 2, 23)},
    ]
    put(warehouse, "fact_shipment", parcels)

    def flags(as_of: date) -> list[bool | None]:
        relation = warehouse.engine().relation("fact_shipment", frozenset({"is_delivered_on_time"}), as_of)
        rows = warehouse.connection.execute(f"select is_delivered_on_time from {relation} order by order_id").fetchall()
        return [row[0] for row in rows]

    assert flags(date(2026, 11, 2)) == [None, True, None]
    assert flags(date(2026, 11, 3)) == [False, True, None]


def test_a_campaign_earns_what_the_paid_orders_that_carry_it_brought(warehouse: Warehouse) -> None:
    orders = [order(name, campaign_id="spring", net_amount=30) for name in ("a", "b")]
    put(warehouse, "fact_order", [*orders, order("c", campaign_id="autumn", net_amount=7)])
    put(warehouse, "fact_campaign", [{"campaign_id": name, "start_date": DAY} for name in ("spring", "none")])
    sql = "select campaign_id, attributed_revenue::int from {} order by 1"
    assert read(warehouse, sql, "fact_campaign", "attributed_revenue") == [("none", None), ("spring", 60)]
    (coverage,) = [row for row in warehouse.engine().coverage().to_pylist() if row["table_name"] == "fact_campaign"]
    assert "attributed_revenue" in coverage["columns"]
