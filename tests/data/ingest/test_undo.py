"""A batch taken back leaves what was there before it."""

from __future__ import annotations

import pytest

from data.ingest.undo import NoSuchBatch, Undone, undo
from data.warehouse import Warehouse
from tests.data.lakes import DAY, NOW, content, order, put


def test_undo_gives_back_exactly_what_was_there(warehouse: Warehouse) -> None:
    """Batch 2 changes b, adds c: after undo the table is what batch 1 left."""
    put(warehouse, "fact_order", [order("a"), order("b", amount=20)])
    before = content(warehouse, "fact_order")
    second = put(warehouse, "fact_order", [order("b", amount=21), order("c")])
    assert undo(warehouse, second.batch, "mei", NOW).tables == {"fact_order": Undone(1, 1, 0, 0)}
    assert content(warehouse, "fact_order") == before


def test_undo_gives_back_lines_that_a_replaced_order_lost(warehouse: Warehouse) -> None:
    line = {"order_id": "o", "paid_date": DAY, "qty": 1}
    put(warehouse, "fact_order_line", [{**line, "sku": "x"}, {**line, "sku": "y"}])
    before = content(warehouse, "fact_order_line")
    second = put(warehouse, "fact_order_line", [{**line, "sku": "z"}])
    undo(warehouse, second.batch, "mei", NOW)
    assert content(warehouse, "fact_order_line") == before


def test_a_row_that_a_later_batch_changed_is_left_and_said(warehouse: Warehouse) -> None:
    """1 -> 2 -> 3; undoing the batch of 2 leaves 3, and undoing the batch of 3 then leads back to 1, not to 2."""
    put(warehouse, "fact_order", [order("a", amount=1)])
    before = content(warehouse, "fact_order")
    second = put(warehouse, "fact_order", [order("a", amount=2)])
    third = put(warehouse, "fact_order", [order("a", amount=3)])
    assert undo(warehouse, second.batch, "mei", NOW).tables["fact_order"].left == 1
    assert warehouse.connection.execute("select gmv_amount::int from lake.fact_order").fetchone() == (3,)
    undo(warehouse, third.batch, "mei", NOW)
    assert content(warehouse, "fact_order") == before


def test_a_row_that_a_later_batch_brought_again_stays(warehouse: Warehouse) -> None:
    """Both files have order a: taking the first back must not lose what the second said too."""
    first = put(warehouse, "fact_order", [order("a"), order("b")])
    second = put(warehouse, "fact_order", [order("a")])
    assert second.unchanged == 1
    undo(warehouse, first.batch, "mei", NOW)
    rows = warehouse.connection.execute("select order_id, _batch from lake.fact_order").fetchall()
    assert rows == [("a", second.batch)]


def test_undo_takes_back_coverage_and_derived_columns(warehouse: Warehouse) -> None:
    """Without the first batch, order b is the customer's first."""
    from datetime import date

    first = put(warehouse, "fact_order", [order("a", date(2026, 11, 1), customer_id="c")])
    put(warehouse, "fact_order", [order("b", date(2026, 11, 5), customer_id="c")])
    undo(warehouse, first.batch, "mei", NOW)
    seq = warehouse.connection.execute("select order_id, customer_order_seq from lake.fact_order__derived").fetchall()
    assert seq == [("b", 1)]
    assert warehouse.engine().coverage().column("batch").to_pylist() == [2]


def test_a_trial_undo_changes_nothing(warehouse: Warehouse) -> None:
    first = put(warehouse, "fact_order", [order("a")])
    before = warehouse.version()
    assert undo(warehouse, first.batch, "mei", NOW, is_trial=True).tables["fact_order"].removed == 1
    assert warehouse.version() == before


def test_a_batch_can_be_taken_back_once(warehouse: Warehouse) -> None:
    first = put(warehouse, "fact_order", [order("a")], sha256="s")
    undo(warehouse, first.batch, "mei", NOW)
    with pytest.raises(NoSuchBatch):
        undo(warehouse, first.batch, "mei", NOW)
    again = put(warehouse, "fact_order", [order("a")], sha256="s")
    assert again.loaded == 1
