"""A file may bring a period of its source whole: what it no longer has goes, and comes back with an undo."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from data.ingest.undo import undo
from data.warehouse import Warehouse
from tests.data.desks import bring_file, opened_desk
from tests.data.ingest.files import written
from tests.data.lakes import NOW, content, order, put

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def test_rows_of_the_period_that_the_file_no_longer_has_go_and_come_back(warehouse: Warehouse) -> None:
    """October had a and b, November c, another shop d: the new October has a only, so b goes."""
    put(warehouse, "fact_order", [order("a", date(2026, 10, 1)), order("b", date(2026, 10, 31)), order("c")])
    put(warehouse, "fact_order", [order("d", date(2026, 10, 9))], account="other shop")
    before = content(warehouse, "fact_order")
    third = put(
        warehouse, "fact_order", [order("a", date(2026, 10, 1), amount=11)], replaces=OCTOBER, is_older_fine=True
    )
    counts = third.tables["fact_order"]
    assert (counts.loaded, counts.changed, counts.removed) == (0, 1, 1)
    assert _column(warehouse, "order_id", "fact_order") == ["a", "c", "d"]
    undo(warehouse, third.batch, "mei", NOW)
    assert content(warehouse, "fact_order") == before


def test_a_replaced_period_is_covered_whole_up_to_the_day_of_the_load(warehouse: Warehouse) -> None:
    """One order on 2 November stands for all of November so far: the other days had none."""
    put(warehouse, "fact_order", [order("a")], replaces=(date(2026, 11, 1), date(2026, 11, 30)))
    row = pl.DataFrame(warehouse.engine().coverage()).row(0, named=True)
    assert (row["first_day"], row["last_day"]) == (date(2026, 11, 1), NOW.date())


def test_a_report_replaces_only_what_was_split_like_it(warehouse: Warehouse) -> None:
    """By channel and by device: the new report by channel has no row of 5 October any more, that by device stays."""
    day, other = date(2026, 10, 5), date(2026, 10, 6)
    put(warehouse, "fact_traffic", [_visits(day, "marketing_channel"), _visits(other, "marketing_channel")])
    put(warehouse, "fact_traffic", [_visits(day, "device")])
    put(warehouse, "fact_traffic", [_visits(other, "marketing_channel")], replaces=OCTOBER)
    rows = warehouse.connection.execute("select date, cut from lake.fact_traffic order by 1").fetchall()
    assert rows == [(day, "device"), (other, "marketing_channel")]


def test_lists_have_no_period_to_replace(warehouse: Warehouse) -> None:
    put(warehouse, "dim_product", [{"sku": "x", "launch_date": date(2026, 10, 3)}])
    put(warehouse, "dim_product", [{"sku": "y", "launch_date": date(2026, 10, 3)}], replaces=OCTOBER)
    assert _column(warehouse, "sku", "dim_product") == ["x", "y"]


def _visits(day: date, cut: str) -> dict[str, object]:
    names = ("store_name", "source_medium", "campaign_id", "page_group", "region", "marketing_channel", "device")
    row: dict[str, object] = dict.fromkeys(names, "")
    return {**row, "date": day, "from_date": day, "to_date": day, "touchpoint": "web", "cut": cut, "sessions": 3}


def _column(warehouse: Warehouse, column: str, table: str) -> list[object]:
    return [row[0] for row in warehouse.connection.execute(f"select {column} from lake.{table} order by 1").fetchall()]


def test_a_file_without_rows_replaces_nothing_and_says_so(lake_template: Path, tmp_path: Path) -> None:
    with opened_desk(lake_template, tmp_path / "home") as desk:
        bring_file(desk, written(tmp_path, "order_id,paid_at,gmv_amount\na,2026-10-05,5\n"))
        empty = written(tmp_path, "order_id,paid_at,gmv_amount\nTotal,,0\n", "empty.csv")
        outcome = bring_file(desk, empty, replaces=(date(2026, 10, 1), date(2026, 10, 31)))
        assert outcome.status == "not_readable"
        assert "has no rows, so the days that it was to replace stay" in outcome.message.en
