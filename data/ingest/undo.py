"""Taking a batch back: the table becomes what it would be had the batch never been loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from data.contracts import TABLES, Table
from data.derive import derive
from data.engines.lake import LakeEngine
from data.errors import DataError, Text
from data.ingest.batch import Effect, Look, Touched
from data.ingest.merge import key_hash, matched, touched
from data.ingest.record import months_of, note_change, record_effects
from data.ingest.replay import replay
from data.layout import SYSTEM_COLUMNS, before_name, loaded_columns
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
    """Rows of one table: given back as they were, taken away, put back after a removal; and those that stay as they
    are because later batches changed them or brought them again."""

    restored: int
    removed: int
    returned: int
    left: int


@dataclass(frozen=True)
class TakenBack:
    """What an undo did, by table; `effects` are the KPIs that it changed, None where nobody looked."""

    tables: Mapping[str, Undone]
    effects: tuple[Effect, ...] | None = None


class _Trial(Exception):
    """Carries the result out of a transaction that must not be kept."""


def undo(
    warehouse: Warehouse,
    batch: int,
    done_by: str,
    done_at: datetime,
    *,
    is_trial: bool = False,
    look: Look | None = None,
) -> TakenBack:
    """Take a batch back in one transaction; with `is_trial` only say what would happen.

    Each row becomes what it would be had the batch never been loaded: what later batches brought of it stays, column
    by column. The batch's record stays too, with the change that undid it; `look` says what that does to KPIs.

    Raises:
        NoSuchBatch: it does not exist or was taken back before.
        WriterBusy: somebody is loading and does not finish.
    """

    def work(cursor: duckdb.DuckDBPyConnection) -> TakenBack:
        tables = _tables_of(cursor, batch)
        result = TakenBack({table: _undo_table(cursor, TABLES[table], batch) for table in tables})
        derived = derive(cursor, tables)
        note_change(cursor, {*tables, *derived}, batch, "undo", done_by, done_at)
        if look:
            effects = tuple(
                look(LakeEngine(warehouse.connection), LakeEngine.inside(cursor), _touched(cursor, result, done_at))
            )
            record_effects(cursor, batch, "undo", effects)
            result = replace(result, effects=effects)
        if is_trial:
            raise _Trial(result)
        return result

    try:
        return warehouse.write(work)
    except _Trial as trial:
        result: TakenBack = trial.args[0]
        return result


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


def _touched(cursor: duckdb.DuckDBPyConnection, result: TakenBack, done_at: datetime) -> Touched:
    changed = [name for name, what in result.tables.items() if what.restored or what.removed or what.returned]
    days = [
        f"select {TABLES[name].time_column} as day from {touched(name)}"
        for name in changed
        if TABLES[name].kind == "fact"
    ]
    return Touched(frozenset(changed), months_of(cursor, days, done_at.date()))


def _undo_table(cursor: duckdb.DuckDBPyConnection, contract: Table, batch: int) -> Undone:
    replay(cursor, contract, batch)
    count = _compare(cursor, contract)
    _note_touched(cursor, contract)
    _put_back(cursor, contract)
    _write_history(cursor, contract, batch)
    return count


def _compare(cursor: duckdb.DuckDBPyConnection, contract: Table) -> Undone:
    """Leaves `undo_old` and `undo_new`: rows to take out of the table, and rows to put into it."""
    columns = ", ".join(f"o.{name}" for name in loaded_columns(contract))
    is_same = " and ".join(f"o.{name} is not distinct from n.{name}" for name in loaded_columns(contract))
    is_alike = " and ".join(
        f"o.{name} is not distinct from n.{name}" for name in loaded_columns(contract) if name not in SYSTEM_COLUMNS
    )
    there = f"{contract.name} o join undo_keys k on {matched(contract, 'k', 'o')}"
    meets = matched(contract, "o", "n")
    cursor.execute(
        f"""create or replace temp table undo_old as select {columns}, n._line is null as is_gone,
                coalesce({is_alike}, false) as is_alike
            from {there} left join undo_now n on {meets} where n._line is null or not ({is_same})"""
    )
    same = cursor.execute(f"select count(*) from {there} join undo_now n on {meets} where {is_same}").fetchall()[0][0]
    cursor.execute(
        f"""create or replace temp table undo_new as select n.* from undo_now n
            where not exists (select 1 from {contract.name} o where {meets} and {is_same})"""
    )
    gone, restored, alike = cursor.execute(
        """select count(*) filter (is_gone), count(*) filter (not is_gone and not is_alike),
               count(*) filter (not is_gone and is_alike) from undo_old"""
    ).fetchall()[0]
    put = cursor.execute("select count(*) from undo_new").fetchall()[0][0]
    return Undone(restored, gone, put - restored - alike, same + alike)


def _note_touched(cursor: duckdb.DuckDBPyConnection, contract: Table) -> None:
    names = ", ".join(name for name in loaded_columns(contract) if name not in SYSTEM_COLUMNS)
    cursor.execute(
        f"""create or replace temp table {touched(contract.name)} as
            select {names} from undo_old union all select {names} from undo_new"""
    )


def _put_back(cursor: duckdb.DuckDBPyConnection, contract: Table) -> None:
    table, names = contract.name, ", ".join(loaded_columns(contract))
    if _has_rows(cursor, "undo_old"):
        cursor.execute(f"delete from {table} o using undo_old g where {matched(contract, 'g', 'o')}")
    if _has_rows(cursor, "undo_new"):
        order = f" order by {contract.time_column}" if contract.time_column else ""
        cursor.execute(f"insert into {table} ({names}) select {names} from undo_new{order}")


def _write_history(cursor: duckdb.DuckDBPyConnection, contract: Table, batch: int) -> None:
    """Later batches now remember what they would have found, and confirm what they would have confirmed."""
    table, before = contract.name, before_name(contract.name)
    names = ", ".join(loaded_columns(contract))
    is_mine = f"{matched(contract, 'k', 'b')} and b._undo_batch >= {batch}"
    if cursor.execute(f"select 1 from {before} b join undo_keys k on {is_mine} limit 1").fetchall():
        cursor.execute(f"delete from {before} b using undo_keys k where {is_mine}")
    if _has_rows(cursor, "undo_before"):
        cursor.execute(f"insert into {before} ({names}, _undo_batch) select {names}, _undo_batch from undo_before")
    if _has_rows(cursor, "undo_events"):
        cursor.execute(
            f"""delete from confirmation where table_name = '{table}' and batch > {batch}
                and key_hash in (select {key_hash(contract, "k")} from undo_keys k)"""
        )
    if _has_rows(cursor, "undo_confirmed"):
        cursor.execute(
            f"""insert into confirmation
                select '{table}', event, {key_hash(contract, "k")}, line from undo_confirmed k"""
        )


def _has_rows(cursor: duckdb.DuckDBPyConnection, table: str) -> bool:
    return bool(cursor.execute(f"select 1 from {table} limit 1").fetchall())
