"""What a batch leaves in the records: what it did, the days and columns it makes known, its refusals, its effects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import dataframely as dy
import duckdb
import polars as pl

from data.contracts import TABLES, Table
from data.ingest.batch import Effect, Loaded, Origin, Touched
from data.ingest.layout import impersonal
from data.ingest.merge import Counts
from data.ingest.stage import Stage, arriving
from data.layout import before_name, record_columns

DAYS_OF_WEEK = 7
MOST_MONTHS = 3


def record(
    cursor: duckdb.DuckDBPyConnection, stage: Stage, origin: Origin, result: Loaded, derived: tuple[str, ...]
) -> None:
    batch = result.batch
    values = [
        *(batch, origin.sha256, origin.file, origin.bytes, origin.source, origin.account, origin.recipe),
        *(origin.loaded_by, origin.loaded_at, result.rows_read, result.loaded, result.changed, result.unchanged),
        *(result.rejected, result.skipped, origin.exported_at, *(origin.replaces or (None, None)), result.version),
    ]
    cursor.execute(f"insert into batch ({record_columns('batch')}) values ({', '.join('?' for _ in values)})", values)
    filled = _filled_before(cursor, origin)
    for table, count in result.tables.items():
        known = _known_columns(stage, table, filled.get(table, set()))
        _record_coverage(cursor, stage, origin, batch, table, count, known)
    if len(result.rejects):
        kept = {name: impersonal(name) for name in result.rejects["column"].drop_nulls().unique()}
        cursor.register("refused", result.rejects.with_columns(pl.col("column").replace(kept)).to_arrow())
        cursor.execute(f'insert into reject select {batch}, line, "column", rule, message_key from refused')
        cursor.unregister("refused")
    note_change(cursor, {*result.tables, *derived}, batch, "load", origin.loaded_by, origin.loaded_at)


def _record_coverage(
    cursor: duckdb.DuckDBPyConnection,
    stage: Stage,
    origin: Origin,
    batch: int,
    table: str,
    count: Counts,
    known: list[str],
) -> None:
    """One row a cut; of rows that stand for several days one row a range."""
    contract = TABLES[table]
    first, last = _span(contract, origin.loaded_at)
    groups, by = f"'' as cut, false as is_range, {first} as first_day, {last} as last_day", ""
    if contract.cut_columns:
        groups = "cut, from_date <> to_date as is_range, min(from_date) as first_day, max(to_date) as last_day"
        by = "group by 1, 2, if(from_date <> to_date, from_date, null), if(from_date <> to_date, to_date, null)"
    cursor.execute(
        f"""insert into batch_table ({record_columns("batch_table")})
            select {batch}, '{table}', ?, ?, cut, is_range, first_day, last_day, ?, ?, ?, ?, ?, ? from (
                select {groups} from {arriving(table)} {by})""",
        [
            *(origin.source, origin.account, known),
            *(count.loaded, count.changed, count.unchanged, count.removed, sorted(stage.carried[table])),
        ],
    )
    if contract.cut_columns or contract.kind != "fact":
        return
    mine = f"where batch = {batch} and table_name = '{table}'"
    if origin.is_beside:
        cursor.execute(f"update batch_table set first_day = null, last_day = null {mine}")
    if origin.days:
        cursor.execute(f"update batch_table set first_day = ?, last_day = ? {mine}", list(origin.days))
    if origin.replaces:
        # A period that was brought whole is known whole: nothing on one of its days is 0, not missing.
        first_day, last_day = origin.replaces
        cursor.execute(
            f"update batch_table set first_day = least(first_day, ?), last_day = greatest(last_day, ?) {mine}",
            [first_day, min(last_day, origin.loaded_at.date())],
        )


def _span(contract: Table, loaded_at: datetime) -> tuple[str, str]:
    """SQL for the first and the last day that arrived rows speak of.

    Of what is due later nothing is known beyond the day it was loaded; rows without a due day count by their others.
    """
    day = contract.time_column
    if contract.cadence == "month" and not contract.looks_ahead:
        # A row of a monthly table stands for its month, whichever of its days it is dated with.
        return f"cast(date_trunc('month', min({day})) as date)", f"max({day})"
    if contract.is_snapshot and contract.cadence == "week":
        # The state seen on a day stands for the week that ends on it, else six days of seven would be missing.
        return f"min({day}) - {DAYS_OF_WEEK - 1}", f"max({day})"
    if not contract.looks_ahead:
        return f"min({day})", f"max({day})"
    others = [name for name, column in contract.columns.items() if isinstance(column, dy.Date) and name != day]
    other = f"coalesce({', '.join([*others, 'null'])})"
    today = f"date '{loaded_at.date()}'"
    first, last = (f"coalesce({edge}({day}), {edge}({other}))" for edge in ("min", "max"))
    return f"if({first} is null, null, least({first}, {today}))", f"if({last} is null, null, least({last}, {today}))"


def _filled_before(cursor: duckdb.DuckDBPyConnection, origin: Origin) -> dict[str, set[str]]:
    """By table the columns that the same source and account has filled."""
    rows = cursor.execute(
        "select distinct table_name, unnest(columns) from batch_table where source = ? and account = ?",
        [origin.source, origin.account],
    ).fetchall()
    filled: dict[str, set[str]] = {}
    for table, column in rows:
        filled.setdefault(table, set()).add(column)
    return filled


def _known_columns(stage: Stage, table: str, filled: set[str]) -> list[str]:
    """The columns that hold a value, and empty ones that the same source has `filled` before.

    A template's column that nobody fills is unknown; the signing time of a day on which nothing was signed is not.
    """
    known = stage.valued[table] | (filled & stage.carried[table])
    return sorted(known - {"cut", "from_date", "to_date"})


def note_change(
    cursor: duckdb.DuckDBPyConnection, tables: set[str], batch: int, kind: str, done_by: str, done_at: datetime
) -> None:
    """Give the changed tables a new version, which is what caches and packs hang on."""
    number = int(cursor.execute("select coalesce(max(change), 0) + 1 from change").fetchall()[0][0])
    for table in sorted(tables) or [""]:
        cursor.execute("insert into change values (?, ?, ?, ?, ?, ?)", [number, table, batch, kind, done_by, done_at])


def record_effects(cursor: duckdb.DuckDBPyConnection, batch: int, kind: str, effects: Iterable[Effect]) -> None:
    """Keep what a load or an undo (`kind`) of a batch did to KPIs."""
    rows = [[batch, kind, one.kpi, one.first_day, one.last_day, one.before, one.after] for one in effects]
    if rows:
        cursor.executemany("insert into batch_effect values (?, ?, ?, ?, ?, ?, ?)", rows)


def touched_by(cursor: duckdb.DuckDBPyConnection, batch: int, counts: Mapping[str, Counts], today: date) -> Touched:
    """What a batch touched, by the rows it wrote and the pre-images it left; months after today are left out."""
    tables = frozenset(table for table, count in counts.items() if count.is_change)
    parts = []
    for contract in (TABLES[table] for table in sorted(tables)):
        if contract.kind == "fact":
            day = contract.time_column
            parts.append(f"select {day} as day from {contract.name} where _batch = {batch}")
            parts.append(f"select {day} as day from {before_name(contract.name)} where _undo_batch = {batch}")
    return Touched(tables, months_of(cursor, parts, today))


def months_of(cursor: duckdb.DuckDBPyConnection, parts: Sequence[str], today: date) -> tuple[date, ...]:
    """The months, newest first, of the days that some queries select; at most three, none that is still to come."""
    if not parts:
        return ()
    rows = cursor.execute(
        f"""select distinct cast(date_trunc('month', day) as date) as month from ({" union all ".join(parts)})
            where day <= ? order by month desc limit {MOST_MONTHS}""",
        [today],
    ).fetchall()
    return tuple(row[0] for row in rows)
