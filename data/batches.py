"""The list of batches: what was loaded when, by whom, from which file, and what became of it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from data.ingest import archive
from data.ingest.batch import Effect

BATCHES_SQL = """
    select b.batch, b.file, b.source, b.account, b.loaded_by, b.loaded_at, b.rows_read, b.loaded, b.changed,
        b.unchanged, b.rejected, b.skipped, b.bytes, b.sha256, b.version, b.replaced_first, b.replaced_last,
        (select sum(removed)::bigint from (select distinct t.table_name, t.removed
            from lake.main.batch_table t where t.batch = b.batch)) as removed,
        exists (select 1 from lake.main.batch_effect e where e.batch = b.batch) as has_effects,
        (select list_sort(list_distinct(list(t.table_name)))
            from lake.main.batch_table t where t.batch = b.batch) as tables,
        (select min(t.first_day) from lake.main.batch_table t where t.batch = b.batch) as first_day,
        (select max(t.last_day) from lake.main.batch_table t where t.batch = b.batch) as last_day,
        (select max(u.done_at) from lake.main.change u where u.batch = b.batch and u.kind = 'undo') as undone_at
    from lake.main.batch b order by b.batch desc
"""


def list_batches(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Every batch, newest first.

    Shape (batches, [batch, file, source, account, loaded_by, loaded_at (UTC), rows_read, loaded, changed,
    unchanged, rejected, skipped, bytes, sha256, version, replaced_first, replaced_last, removed, has_effects,
    tables (list), first_day, last_day, undone_at]); `undone_at` is null while the batch is in force, the days are null
    where no row has one, `version` (the lake's snapshot) where an older program loaded it.
    """
    return connection.cursor().execute(BATCHES_SQL).pl()


def originals(batches: pl.DataFrame, folder: Path) -> pl.Series:
    """What became of each batch's original file in the archive of this folder, in the order of `batches`.

    `kept`: it can be downloaded, with the values of refused rows; `gone`: its days are over or a person in it was
    erased, so both are deleted and the loaded rows stand; null: there never was a file (the demo company's).
    """
    kept = set(archive.stored(folder))
    states = [
        None if not known else "kept" if known.partition("#")[0] in kept else "gone" for known in batches["sha256"]
    ]
    return pl.Series("original", states, dtype=pl.String)


def find_by_content(connection: duckdb.DuckDBPyConnection, sha256: str) -> int | None:
    """The batch in force that brought exactly these bytes, if any."""
    row = (
        connection.cursor()
        .execute(
            """select max(b.batch) from lake.main.batch b where b.sha256 = ? and not exists (
                   select 1 from lake.main.change u where u.batch = b.batch and u.kind = 'undo')""",
            [sha256],
        )
        .fetchone()
    )
    return int(row[0]) if row and row[0] is not None else None


def effects_of(connection: duckdb.DuckDBPyConnection, batch: int, kind: str = "load") -> tuple[Effect, ...]:
    """What loading a batch (or taking it back: `kind` undo) did to KPIs, in the order of the pages; none: not noted."""
    sql = """select kpi, first_day, last_day, before, after from lake.main.batch_effect
             where batch = ? and kind = ? order by first_day desc, rowid"""
    return tuple(Effect(*row) for row in connection.cursor().execute(sql, [batch, kind]).fetchall())


def rejects_of(connection: duckdb.DuckDBPyConnection, batch: int) -> pl.DataFrame:
    """The refused rows of a batch: shape (refusals, [line, column, rule, message_key]); values are in the archive."""
    return (
        connection.cursor()
        .execute(
            """select line, column_name as "column", rule, message_key from lake.main.reject
               where batch = ? order by line""",
            [batch],
        )
        .pl()
    )
