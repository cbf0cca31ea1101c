"""Maintenance, backup and restore change no answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data.home import Home
from data.keys import Keys
from data.upkeep import NoBackup, NotEmpty, backup, maintain, restore
from data.warehouse import NewerLake, Warehouse
from tests.data.lakes import content, copy_of, order, put


def test_maintenance_changes_no_row_and_lets_old_versions_go(warehouse: Warehouse) -> None:
    for number in range(5):
        put(warehouse, "fact_order", [order(f"o{number}"), order("same", amount=number)])
    before = content(warehouse, "fact_order")
    done = maintain(warehouse, datetime.now() + timedelta(days=40), keep_days=30)
    assert done.versions_expired > 3
    assert content(warehouse, "fact_order") == before
    # What stood in the catalogue, since the loads were small, stands in files now.
    assert list((warehouse.folder / "files" / "main" / "fact_order").rglob("*.parquet"))
    put(warehouse, "fact_order", [order("later")])


def test_a_pinned_version_stays_readable(warehouse: Warehouse) -> None:
    put(warehouse, "fact_order", [order("a")])
    pinned = warehouse.version()
    put(warehouse, "fact_order", [order("b")])
    maintain(warehouse, datetime.now() + timedelta(days=40), keep_days=30, pinned=frozenset({pinned}))
    sql = f"select count(*) from lake.fact_order at (version => {pinned})"
    assert warehouse.connection.execute(sql).fetchone() == (1,)


def test_a_backup_comes_back_in_another_folder(lake_template: Path, tmp_path: Path) -> None:
    home, other = Home(tmp_path / "home"), Home(tmp_path / "other")
    Keys.open(home.keys)
    lake = copy_of(lake_template, home.company)
    put(lake, "fact_order", [order("a")])
    before = content(lake, "fact_order")
    backup(home, tmp_path / "copy")
    put(lake, "fact_order", [order("b")])
    restore(other, tmp_path / "copy")
    back = Warehouse.open(other.company)
    assert content(back, "fact_order") == before
    assert Keys.open(other.keys) == Keys.open(home.keys)
    put(back, "fact_order", [order("c")])
    back.close()
    lake.close()


def test_a_backup_never_overwrites(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    Keys.open(home.keys)
    backup(home, tmp_path / "copy")
    with pytest.raises(NotEmpty):
        backup(home, tmp_path / "copy")
    with pytest.raises(NotEmpty):
        restore(home, tmp_path / "copy")


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "holiday").mkdir()
    with pytest.raises(NoBackup, match="keys"):
        restore(Home(tmp_path / "home"), tmp_path / "holiday")


def test_an_older_program_refuses_a_newer_lake(warehouse: Warehouse) -> None:
    warehouse.connection.execute("update lake.lake set format = 99")
    with pytest.raises(NewerLake, match="99"):
        Warehouse.open(warehouse.folder)


def test_a_lake_of_an_older_program_gets_the_tables_it_lacks(warehouse: Warehouse) -> None:
    """Returns were not known yet: the orders stay, the table comes."""
    put(warehouse, "fact_order", [order("a")])
    before = content(warehouse, "fact_order")
    warehouse.connection.execute("drop table lake.fact_return")
    again = Warehouse.open(warehouse.folder)
    assert content(again, "fact_order") == before
    assert content(again, "fact_return") == []
    again.close()


def test_a_lake_of_an_older_program_gets_the_columns_it_lacks_and_is_refused_by_that_program_then(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Format 1 knew neither which columns a batch carried nor the period it replaced; its rows stay."""
    put(warehouse, "fact_order", [order("a")])
    before = content(warehouse, "fact_order")
    for table, column in (("batch", "replaced_first"), ("batch_table", "carried"), ("fact_order", "store_name")):
        warehouse.connection.execute(f"alter table lake.{table} drop column {column}")
    warehouse.connection.execute("update lake.lake set format = 1")
    again = Warehouse.open(warehouse.folder)
    assert [row[:2] for row in content(again, "fact_order")] == [row[:2] for row in before]
    assert put(again, "fact_order", [order("b", store_name="Nanjing Road")]).loaded == 1
    monkeypatch.setattr("data.layout.FORMAT", 1)
    with pytest.raises(NewerLake):
        Warehouse.open(warehouse.folder)
    again.close()
