"""Taking a batch back: what it changed returns to what it was, as far as nobody built on it since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import duckdb

from data.contracts import TABLES, Table
from data.derive import derive
from data.errors import DataError, Text
from data.ingest.merge import key_hash, matched, touched
from data.ingest.record import note_change
from data.layout import SYSTEM_COLUMNS, before_name, loaded_columns, merge_key
from data.warehouse import Warehouse


class NoSuchBatch(DataError):
    """The batch does not exist or was taken back before."""

    text = Text(
        en="There is no batch {batch} in force. Nothing was changed; `batches` lists what can be taken back.",
        zh_hans="没有生效中的批次 {batch}。没有做任何更改；可在批次列表中查看可撤回的批次。",
        zh_hant="沒有生效中的批次 {batch}。沒有做任何變更；可在批次清單中查看可撤回的批次。",
    )


@dataclass(frozen=True)
class Undone:
    """Rows of one table: given back as they were, taken away, put back after a removal, left as others changed them."""

    restored: int
    removed: int
    returned: int
    left: int


def undo(
    warehouse: Warehouse, batch: int, done_by: str, done_at: datetime, is_trial: bool = False
) -> Mapping[str, Undone]:
    """Take a batch back in one transaction; with `is_trial` only say what would happen.

    A row that a later batch changed stays as it is and is counted as `left`; the later batch then remembers
    what was there before this one. A row that a later batch brought again unchanged stays, as that batch's.

    Raises:
        NoSuchBatch: it does not exist or was taken back before.
    """

    class Trial(Exception):
        """Carries the counts out of a transaction that must not be kept."""

    def work(cursor: duckdb.DuckDBPyConnection) -> Mapping[str, Undone]:
        tables = _tables_of(cursor, batch)
        counts = {table: _undo_table(cursor, TABLES[table], batch) for table in tables}
        derived = derive(cursor, tables)
        note_change(cursor, {*tables, *derived}, batch, "undo", done_by, done_at)
        if is_trial:
            raise Trial(counts)
        return counts

    try:
        return warehouse.write(work)
    except Trial as trial:
        counts: Mapping[str, Undone] = trial.args[0]
        return counts


def _tables_of(cursor: duckdb.DuckDBPyConnection, batch: int) -> list[str]:
    rows = cursor.execute(
        """select b.batch, (select count(*) from change u where u.batch = b.batch and u.kind = 'undo')
           from batch b where b.batch = ?""",
        [batch],
    ).fetchall()
    if not rows or rows[0][1]:
        raise NoSuchBatch(batch=batch)
    tables = cursor.execute("select distinct table_name from batch_table where batch = ? order by 1", [batch])
    return [row[0] for row in tables.fetchall()]


def _undo_table(cursor: duckdb.DuckDBPyConnection, contract: Table, batch: int) -> Undone:
    _sort_out(cursor, contract, batch)
    count = {
        name: cursor.execute(f"select count(*) from {name}_{contract.name}").fetchall()[0][0]
        for name in ("restore", "take", "give_back", "left")
    }
    _note_touched(cursor, contract)
    _pass_on(cursor, contract, batch)
    _put_back(cursor, contract)
    cursor.execute(f"delete from {before_name(contract.name)} where _undo_batch = {batch}")
    return Undone(count["restore"], count["take"], count["give_back"], count["left"])


def _sort_out(cursor: duckdb.DuckDBPyConnection, contract: Table, batch: int) -> None:
    """Four temp tables of rows: to restore (old values), to take away, to give back (removed), and left alone."""
    table, before = contract.name, before_name(contract.name)
    columns = ", ".join(f"b.{name}" for name in loaded_columns(contract))
    keys = ", ".join(f"o.{name}" for name in merge_key(contract))
    mine = f"(select * from {before} where _undo_batch = {batch})"
    cursor.execute(
        f"""create or replace temp table confirmed_{table} as
            select key_hash, min_by(batch, batch) as batch, min_by(line, batch) as line from confirmation c
            where c.table_name = '{table}' and c.batch > {batch}
              and not exists (select 1 from change u where u.batch = c.batch and u.kind = 'undo') group by key_hash"""
    )
    is_confirmed = f"exists (select 1 from confirmed_{table} c where c.key_hash = {key_hash(contract, 'o')})"
    for name, sql in (
        (
            "restore",
            f"select {columns} from {mine} b join {table} o on {matched(contract, 'b', 'o')}"
            f" where o._batch = {batch} and not {is_confirmed}",
        ),
        (
            "take",
            f"select {keys} from {table} o where o._batch = {batch} and not {is_confirmed}"
            f" and not exists (select 1 from {mine} b where {matched(contract, 'b', 'o')})",
        ),
        (
            "give_back",
            f"select {columns} from {mine} b"
            f" where not exists (select 1 from {table} o where {matched(contract, 'b', 'o')})",
        ),
        (
            "left",
            f"select b.* from {before} b where b._batch = {batch} and b._undo_batch <> {batch}",
        ),
        ("keep", f"select {keys} from {table} o where o._batch = {batch} and {is_confirmed}"),
    ):
        cursor.execute(f"create or replace temp table {name}_{table} as {sql}")


def _pass_on(cursor: duckdb.DuckDBPyConnection, contract: Table, batch: int) -> None:
    """Later batches that changed a row of this one now remember what this one had found."""
    table, before = contract.name, before_name(contract.name)
    names = ", ".join(loaded_columns(contract))
    columns = ", ".join(f"b.{name}" for name in loaded_columns(contract))
    cursor.execute(
        f"""create or replace temp table passed_on as
            select {columns}, l._undo_batch from left_{table} l
            join (select * from {before} where _undo_batch = {batch}) b on {matched(contract, "l", "b")}"""
    )
    cursor.execute(f"delete from {before} where _batch = {batch} and _undo_batch <> {batch}")
    cursor.execute(f"insert into {before} ({names}, _undo_batch) select {names}, _undo_batch from passed_on")


def _put_back(cursor: duckdb.DuckDBPyConnection, contract: Table) -> None:
    table = contract.name
    names = ", ".join(loaded_columns(contract))
    for gone in ("restore", "take"):
        cursor.execute(f"delete from {table} o using {gone}_{table} g where {matched(contract, 'g', 'o')}")
    for back in ("restore", "give_back"):
        cursor.execute(f"insert into {table} ({names}) select {names} from {back}_{table}")
    cursor.execute(
        f"""update {table} o set _batch = c.batch, _line = c.line
            from keep_{table} k, confirmed_{table} c
            where {matched(contract, "k", "o")} and c.key_hash = {key_hash(contract, "k")}"""
    )


def _note_touched(cursor: duckdb.DuckDBPyConnection, contract: Table) -> None:
    names = [name for name in loaded_columns(contract) if name not in SYSTEM_COLUMNS]
    listed = ", ".join(names)
    now = ", ".join(f"o.{name}" for name in names)
    table = contract.name
    cursor.execute(
        f"""create or replace temp table {touched(table)} as
            select {now} from {table} o join take_{table} g on {matched(contract, "g", "o")}
            union all select {now} from {table} o join restore_{table} g on {matched(contract, "g", "o")}
            union all select {listed} from restore_{table} union all select {listed} from give_back_{table}"""
    )
