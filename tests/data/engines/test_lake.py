"""The engine reads one version, and its versions change when answers may."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from data.warehouse import Warehouse
from tests.data.lakes import DAY, order, put

COUNT = "select count(*) as n from lake.main.fact_order"


def test_inside_a_reading_nothing_changes(warehouse: Warehouse) -> None:
    """Another connection loads an order meanwhile: this reading does not see it, the next does."""
    engine = warehouse.engine()
    other = Warehouse.open(warehouse.folder)
    put(warehouse, "fact_order", [order("a")])
    with engine.reading() as reading:
        version = reading.version()
        assert reading.query(COUNT, {}).to_pylist() == [{"n": 1}]
        put(other, "fact_order", [order("b")])
        assert reading.query(COUNT, {}).to_pylist() == [{"n": 1}]
        assert reading.version() == version
    assert engine.query(COUNT, {}).to_pylist() == [{"n": 2}]
    other.close()


def test_only_changed_tables_get_a_new_version(warehouse: Warehouse) -> None:
    engine = warehouse.engine()
    put(warehouse, "fact_order", [order("a")])
    before = engine.table_versions(["fact_order", "fact_return"])
    put(warehouse, "fact_order", [order("b")])
    after = engine.table_versions(["fact_order", "fact_return"])
    assert after[0] > before[0]
    assert after[1] == before[1] == 0


def test_a_change_of_orders_is_a_change_of_the_shipments_that_hang_on_them(warehouse: Warehouse) -> None:
    parcel = {"order_id": "a", "parcel_no": 1, "shipped_at": datetime(2026, 11, 3), "shipped_date": date(2026, 11, 3)}
    put(warehouse, "fact_shipment", [parcel])
    before = warehouse.engine().table_versions(["fact_shipment"])
    put(warehouse, "fact_order", [order("a")])
    assert warehouse.engine().table_versions(["fact_shipment"]) > before


def test_loaded_columns_alone_need_no_join(warehouse: Warehouse) -> None:
    engine, day = warehouse.engine(), date(2026, 11, 22)
    assert engine.relation("fact_order", frozenset({"gmv_amount", "paid_date"}), day) == "lake.main.fact_order"
    assert "__derived" in engine.relation("fact_order", frozenset({"customer_order_seq"}), day)


def test_an_unknown_column_is_an_error_and_is_known_to_be_unknown(warehouse: Warehouse) -> None:
    engine = warehouse.engine()
    assert engine.has_column("fact_order", "customer_type")
    assert engine.has_column("fact_shipment", "is_perfect")
    assert not engine.has_column("fact_order", "colour")
    with pytest.raises(KeyError, match="colour"):
        engine.relation("fact_order", frozenset({"colour"}), date(2026, 11, 22))


def test_values_are_parameters(warehouse: Warehouse) -> None:
    put(warehouse, "fact_order", [order("it's")])
    sql = f"{COUNT} where order_id = $number"
    assert warehouse.engine().query(sql, {"number": "it's"}).to_pylist() == [{"n": 1}]


def test_a_pinned_engine_answers_as_of_its_version(warehouse: Warehouse) -> None:
    put(warehouse, "fact_order", [order("1", amount=10), order("2", amount=20)])
    pinned = warehouse.version()
    put(warehouse, "fact_order", [order("2", amount=25), order("3")])
    now, then = warehouse.engine(), warehouse.engine().at(pinned)
    sql = f"select sum(gmv_amount)::double as total from {now.relation('fact_order', frozenset(), DAY)} as o"
    assert (then.query(sql, {}).to_pylist(), now.query(sql, {}).to_pylist()) == ([{"total": 30.0}], [{"total": 45.0}])
    assert then.version() == pinned
    assert then.coverage().num_rows == 1
    assert then.table_versions(["fact_order"]) < now.table_versions(["fact_order"])
