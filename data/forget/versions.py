"""Making a lake forget what it once held: older versions, their files, and what its catalogue remembers of them."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import duckdb
import filelock

from data.layout import before_name
from data.warehouse import Warehouse

CATALOGUE = "__ducklake_metadata_lake"
BUSY_SECONDS = 60.0


def purge(
    warehouse: Warehouse, tables: Iterable[str], hashes: Iterable[str], now: datetime, reading_seconds: float
) -> tuple[int, ...]:
    """Keep only the newest version, with files that hold no deleted row. Returns the versions that went.

    Args:
        tables: whose rows were changed; their files are written anew.
        hashes: what the catalogue must not know any more.
        now: files that nobody names are deleted if they are older (UTC, without zone).
        reading_seconds: how long readers who are at an older version may go on before its files are deleted.
    """
    with warehouse.locked():
        cursor = warehouse.connection.cursor()
        for table in tables:
            for place in (table, before_name(table)):
                cursor.execute(f"call ducklake_flush_inlined_data('lake', table_name => '{place}')")
                cursor.execute(f"call ducklake_rewrite_data_files('lake', '{place}', delete_threshold => 0)")
        _narrow_statistics(cursor, hashes)
        expired = old_versions(cursor)
        if expired:
            listed = ", ".join(map(str, expired))
            cursor.execute(f"call ducklake_expire_snapshots('lake', versions => [{listed}])")
            time.sleep(reading_seconds)
        cursor.execute("call ducklake_cleanup_old_files('lake', cleanup_all => true)")
        # Nobody else writes now, so a file that no version names is what a killed writer left.
        cursor.execute("call ducklake_delete_orphaned_files('lake', older_than => ?)", [now])
        cursor.close()
        return expired


def old_versions(cursor: duckdb.DuckDBPyConnection) -> tuple[int, ...]:
    """Every version but the newest."""
    rows = cursor.execute(
        """select snapshot_id from ducklake_snapshots('lake')
           where snapshot_id < (select max(snapshot_id) from ducklake_snapshots('lake')) order by 1"""
    ).fetchall()
    return tuple(int(row[0]) for row in rows)


def _narrow_statistics(cursor: duckdb.DuckDBPyConnection, hashes: Iterable[str]) -> None:
    """A table's smallest and largest text stay in the catalogue when their rows are gone: take those of its files."""
    for edge, function in (("min_value", "min"), ("max_value", "max")):
        cursor.execute(
            f"""update {CATALOGUE}.ducklake_table_column_stats t set {edge} = (
                    select {function}(f.{edge}) from {CATALOGUE}.ducklake_file_column_stats f
                    join {CATALOGUE}.ducklake_data_file d on d.data_file_id = f.data_file_id
                    where f.table_id = t.table_id and f.column_id = t.column_id and d.end_snapshot is null)
                where list_contains($hashes::varchar[], t.{edge})""",
            {"hashes": sorted(hashes)},
        )


def compact(folder: Path) -> bool:
    """Write the lake's catalogue anew, so that nothing deleted is left in its free pages or its log.

    Call it with the lake closed in this process: two SQLite libraries on one file undo each other's locks. False
    where somebody reads on and on, so that the log could not be emptied; calling it again mends that.
    """
    file = folder / "catalogue.sqlite"
    lock = filelock.FileLock(folder / "writer.lock", timeout=BUSY_SECONDS)
    with lock, closing(sqlite3.connect(file, timeout=BUSY_SECONDS)) as catalogue:
        catalogue.execute("vacuum")
        is_busy, _, _ = catalogue.execute("pragma wal_checkpoint(truncate)").fetchone()
        return not is_busy
