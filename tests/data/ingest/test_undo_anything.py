"""Whatever was loaded and taken back, in whatever order: the tables are as if only the rest had ever been loaded.

The rest is worked out by a few lines of Python that know nothing of pre-images. The lake is a plain database here,
a hundred times faster than files, with the same tables and the same statements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import filelock
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import layout
from data.ingest.stage import UNKNOWN
from data.ingest.undo import undo
from data.warehouse import Warehouse, _extension
from tests.data.lakes import NOW, put

DAYS = (date(2026, 10, 30), date(2026, 11, 2))
PERIODS = (None, (date(2026, 10, 1), date(2026, 10, 31)), (date(2026, 10, 1), date(2026, 11, 30)))
VALUES = {
    "paid_date": st.sampled_from(DAYS),
    "store_name": st.sampled_from([None, "x", "y"]),
    "gmv_amount": st.sampled_from([None, 1, 2]),
    "refunded_amount": st.sampled_from([None, 1]),
}
TABLES = ("fact_order", "fact_order_line")
RECORDS = ("batch", "batch_table", "batch_effect", "reject", "confirmation", "change")


@dataclass(frozen=True)
class File:
    """One file: rows of one table, and the period that it replaces."""

    table: str
    rows: tuple[dict[str, Any], ...]
    source: str
    replaces: tuple[date, date] | None


@st.composite
def files(draw: st.DrawFn) -> File:
    source, replaces = draw(st.sampled_from("st")), draw(st.sampled_from(PERIODS))
    if draw(st.booleans()):
        carried = draw(st.sets(st.sampled_from(sorted(VALUES)), min_size=1))
        keys = draw(st.sets(st.sampled_from("abc"), min_size=1))
        rows = [{"order_id": key, **{name: draw(VALUES[name]) for name in sorted(carried)}} for key in sorted(keys)]
        return File("fact_order", tuple(rows), source, replaces)
    lines = draw(st.lists(st.tuples(st.sampled_from("op"), st.sampled_from("xy"), st.sampled_from(DAYS)), min_size=1))
    rows = [{"order_id": order, "sku": sku, "paid_date": day, "qty": 1} for order, sku, day in sorted(lines)]
    return File("fact_order_line", tuple(rows), source, replaces)


@st.composite
def histories(draw: st.DrawFn) -> list[File | int]:
    """Files that are loaded, and places of earlier files that are taken back, in order."""
    steps: list[File | int] = []
    loaded: list[int] = []
    for _ in range(draw(st.integers(2, 8))):
        if loaded and draw(st.integers(0, 2)) == 0:
            steps.append(loaded.pop(draw(st.integers(0, len(loaded) - 1))))
        else:
            loaded.append(sum(isinstance(step, File) for step in steps))
            steps.append(draw(files()))
    return steps


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    folder: Path = tmp_path_factory.mktemp("plain")
    connection = duckdb.connect()
    # The writer sets an option of DuckLake, which must be known here too.
    connection.execute(f"load '{_extension('ducklake')}'")
    connection.execute("attach ':memory:' as lake")
    for name, columns in layout.columns().items():
        connection.execute(f"create table lake.{name} ({', '.join(f'{one} {kind}' for one, kind in columns.items())})")
    connection.execute("create macro lake.current_snapshot() as table select 0 as id")
    lock = filelock.FileLock(folder / "writer.lock")
    yield Warehouse(folder, connection, lock, folder, lock)
    connection.close()


@settings(max_examples=15)
@given(steps=histories())
def test_after_any_undo_the_table_is_as_if_the_batch_had_never_been_loaded(
    plain: Warehouse, steps: list[File | int]
) -> None:
    _check(plain, steps)


@pytest.mark.slow
@settings(max_examples=250)
@given(steps=histories())
def test_the_same_for_many_more_histories(plain: Warehouse, steps: list[File | int]) -> None:
    _check(plain, steps)


def _check(plain: Warehouse, steps: list[File | int]) -> None:
    for table in (*TABLES, *RECORDS, *(layout.before_name(name) for name in TABLES)):
        plain.connection.execute(f"delete from lake.{table}")
    batches: list[int] = []
    given_files: dict[int, File] = {}
    for step in steps:
        if isinstance(step, File):
            loaded = put(plain, step.table, step.rows, source=step.source, replaces=step.replaces, is_older_fine=True)
            batches.append(loaded.batch)
            given_files[loaded.batch] = step
        else:
            undo(plain, batches[step], "mei", NOW)
            del given_files[batches[step]]
    for table in TABLES:
        assert _found(plain, table) == _expected(table, given_files.values())


def _found(plain: Warehouse, table: str) -> set[tuple[Any, ...]]:
    names = ", ".join(_columns(table))
    return set(plain.connection.execute(f"select {names}, _source from lake.{table}").fetchall())


def _columns(table: str) -> tuple[str, ...]:
    return ("order_id", *VALUES) if table == "fact_order" else ("order_id", "line_no", "sku", "paid_date", "qty")


def _expected(table: str, loaded: Any) -> set[tuple[Any, ...]]:
    """The files one after the other, by what the docs say of keys, groups and periods."""
    there: dict[tuple[str, ...], dict[str, Any]] = {}
    for file in loaded:
        if file.table != table:
            continue
        brought = _with_keys(table, file.rows)
        orders = {key[0] for key in brought}
        for key in [key for key in there if key not in brought]:
            row = there[key]
            is_of_group = table == "fact_order_line" and key[0] in orders
            day = row["paid_date"]
            is_of_period = file.replaces and day and file.replaces[0] <= day <= file.replaces[1]
            if is_of_group or (is_of_period and row["_source"] == file.source):
                del there[key]
        for key, row in brought.items():
            known = there.get(key)
            if known is None or any(known[name] != value for name, value in row.items()):
                blank = {name: UNKNOWN if name in ("store_name", "sku") else None for name in _columns(table)}
                there[key] = {**blank, **(known or {}), **row, "_source": file.source}
    return {(*(row[name] for name in _columns(table)), row["_source"]) for row in there.values()}


def _with_keys(table: str, rows: tuple[dict[str, Any], ...]) -> dict[tuple[str, ...], dict[str, Any]]:
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        filled = {name: UNKNOWN if name == "store_name" and value is None else value for name, value in row.items()}
        key: tuple[str, ...] = (row["order_id"],)
        if table == "fact_order_line":
            number = str(1 + sum(1 for known in found if known[0] == row["order_id"]))
            key, filled = (row["order_id"], number), {**filled, "line_no": number}
        found[key] = filled
    return found
