"""Taking a person's keys out of rows and pre-images, inside the writer's transaction; every sum stays.

Where the key is one attribute of a row (an order's customer) it becomes null: the row counts on, nobody's. Where it
is part of the row's own key (a month of an employee) it becomes a random word, another one for each row, the same in
the row and its pre-images: a batch can still be taken back, and no two months can be put together again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from data.contracts import TABLES, Table
from data.derive import DERIVED_FROM, derive
from data.ingest.merge import touched
from data.layout import SYSTEM_COLUMNS, before_name, loaded_columns, merge_key
from data.persons import Kind, linked_tables

ERASED = "erased-"


@dataclass(frozen=True)
class Links:
    """How many rows and pre-images of a table name the person."""

    rows: int
    pre_images: int


def count(cursor: duckdb.DuckDBPyConnection, kind: Kind, hashes: Iterable[str]) -> dict[str, Links]:
    """The tables with rows or pre-images that hold one of the hashes in a column of persons."""
    listed = sorted(hashes)
    found = {}
    for table, columns in linked_tables(kind).items():
        holds = _holds(columns)
        counts = [
            int(cursor.execute(f"select count(*) from {place} where {holds}", {"hashes": listed}).fetchall()[0][0])
            for place in (table, before_name(table))
        ]
        if any(counts):
            found[table] = Links(*counts)
    return found


def erase(cursor: duckdb.DuckDBPyConnection, kind: Kind, hashes: Iterable[str]) -> tuple[Mapping[str, Links], set[str]]:
    """Take the keys out. Returns what was found, and the tables that are different now, derived columns included."""
    listed = sorted(hashes)
    found = count(cursor, kind, listed)
    derived = [table for table in found if table in DERIVED_FROM]
    for table in derived:
        names = ", ".join(name for name in loaded_columns(TABLES[table]) if name not in SYSTEM_COLUMNS)
        cursor.execute(
            f"create or replace temp table {touched(table)} as select {names} from {table} "
            f"where {_holds(linked_tables(kind)[table])}",
            {"hashes": listed},
        )
    for table in found:
        for column in linked_tables(kind)[table]:
            _take_out(cursor, TABLES[table], column, listed)
    return found, {*found, *derive(cursor, derived)}


def _holds(columns: Iterable[str]) -> str:
    return " or ".join(f"list_contains($hashes::varchar[], {name})" for name in columns)


def _take_out(cursor: duckdb.DuckDBPyConnection, contract: Table, column: str, hashes: list[str]) -> None:
    places = (contract.name, before_name(contract.name))
    if column not in contract.key:
        for place in places:
            cursor.execute(f"update {place} set {column} = null where {_holds([column])}", {"hashes": hashes})
        return
    others = [name for name in merge_key(contract) if name != column]
    keys = ", ".join([*others, column])
    either = " union ".join(f"select {keys} from {place} where {_holds([column])}" for place in places)
    cursor.execute(
        f"create or replace temp table erased as select *, '{ERASED}' || replace(uuid()::varchar, '-', '') as fresh "
        f"from ({either})",
        {"hashes": hashes},
    )
    same = " and ".join(f"e.{name} = o.{name}" for name in [*others, column])
    for place in places:
        cursor.execute(f"update {place} o set {column} = e.fresh from erased e where {same}")
    known, fresh = (
        f"hash({', '.join(f'e.{word if name == column else name}' for name in merge_key(contract))})"
        for word in (column, "fresh")
    )
    # A confirmation stands for the row by a hash of its key.
    cursor.execute(
        f"""update confirmation c set key_hash = e.new_hash
            from (select {known} as old_hash, {fresh} as new_hash from erased e) e
            where c.table_name = '{contract.name}' and c.key_hash = e.old_hash"""
    )
    cursor.execute("drop table erased")
