"""Looking after a lake: small files merged, old versions let go, copies made and brought back."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import filelock

from data.errors import DataError, Text
from data.home import Home
from data.warehouse import Warehouse


class NotEmpty(DataError):
    """A restore would overwrite what is there."""

    text = Text(
        en="{folder} is not empty, so nothing was restored. Name an empty SEVENBOARD_HOME, or move the folder away.",
        zh_hans="{folder} 不为空，因此没有恢复。请指定一个空的 SEVENBOARD_HOME，或先移走该文件夹。",
        zh_hant="{folder} 不是空的，因此沒有還原。請指定一個空的 SEVENBOARD_HOME，或先移走該資料夾。",
    )


class NoBackup(DataError):
    """The folder is not a backup of ours."""

    text = Text(
        en="{folder} is not a complete backup: {missing} is missing. Nothing was restored.",
        zh_hans="{folder} 不是完整的备份：缺少 {missing}。没有恢复任何内容。",
        zh_hant="{folder} 不是完整的備份：缺少 {missing}。沒有還原任何內容。",
    )


@dataclass(frozen=True)
class Upkeep:
    """What one round of maintenance did."""

    files_before: int
    files_after: int
    versions_expired: int


def maintain(
    warehouse: Warehouse,
    now: datetime,
    keep_days: int,
    pinned: frozenset[int] = frozenset(),
    pinned_since: int | None = None,
) -> Upkeep:
    """Flush, rewrite, merge, let old versions go and clear their files; every answer stays the same.

    Versions are expired by an explicit list: those older than `keep_days`, except the newest and the pinned ones;
    `pinned_since` pins a version and all after it.
    """

    def is_pinned(version: int) -> bool:
        return version in pinned or (pinned_since is not None and version >= pinned_since)

    with warehouse.locked():
        cursor = warehouse.connection.cursor()
        before = _files(warehouse.folder)
        _tidy(cursor)
        oldest = now - timedelta(days=keep_days)
        rows = cursor.execute(
            """select snapshot_id from ducklake_snapshots('lake')
               where (snapshot_time at time zone 'UTC') < ?
                   and snapshot_id < (select max(snapshot_id) from ducklake_snapshots('lake'))
               order by 1""",
            [oldest],
        ).fetchall()
        expired = [int(row[0]) for row in rows if not is_pinned(int(row[0]))]
        if expired:
            listed = ", ".join(str(version) for version in expired)
            cursor.execute(f"call ducklake_expire_snapshots('lake', versions => [{listed}])")
        # Readers may still be on files of the last hours, so only older ones are cleared.
        for clear in ("ducklake_cleanup_old_files", "ducklake_delete_orphaned_files"):
            cursor.execute(f"call {clear}('lake', older_than => ?)", [now - timedelta(days=1)])
        cursor.close()
        return Upkeep(before, _files(warehouse.folder), len(expired))


def _tidy(cursor: duckdb.DuckDBPyConnection) -> None:
    """Rows out of the catalogue into files, files with deleted rows written anew, small ones put together.

    A call for the whole lake looks at every table at length, so only those that ever held a row are named.
    """
    catalogue = "__ducklake_metadata_lake"
    filled = cursor.execute(
        f"""select table_name from {catalogue}.ducklake_table join {catalogue}.ducklake_table_stats using (table_id)
            where end_snapshot is null order by table_name"""
    ).fetchall()
    cursor.execute("begin")
    for table in filled:
        cursor.execute("call ducklake_flush_inlined_data('lake', table_name => ?)", table)
    cursor.execute("commit")
    for work in ("rewrite_data_files", "merge_adjacent_files"):
        for table in filled:
            cursor.execute(f"call ducklake_{work}('lake', ?)", table)


def backup(home: Home, target: Path) -> int:
    """Copy a whole home while nobody writes; readers go on. Returns the number of files copied.

    The copy holds the keys too: keep it as safe as the original.
    """
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise NotEmpty(folder=str(target))
    copied = 0
    locks = [filelock.FileLock(lake / "writer.lock") for lake in (home.company, home.demo) if lake.exists()]
    for lock in locks:
        lock.acquire(timeout=600)
    try:
        for source in sorted(home.root.rglob("*")):
            place = target / source.relative_to(home.root)
            if source.is_dir():
                place.mkdir(parents=True, exist_ok=True)
            elif source.suffix == ".sqlite":
                _copy_database(source, place)
                copied += 1
            elif not _is_passing(source):
                shutil.copy2(source, place)
                copied += 1
    finally:
        for lock in locks:
            lock.release()
    return copied


def restore(home: Home, source: Path) -> int:
    """Bring a backup back into an empty home. Returns the number of files copied.

    Raises:
        NoBackup: the folder has no keys or no lake.
        NotEmpty: the home holds something already.
    """
    for needed in ("keys",):
        if not (source / needed).exists():
            raise NoBackup(folder=str(source), missing=needed)
    if home.root.exists() and any(home.root.iterdir()):
        raise NotEmpty(folder=str(home.root))
    shutil.copytree(source, home.root, dirs_exist_ok=True)
    return _files(home.root)


def _files(folder: Path) -> int:
    return sum(1 for path in folder.rglob("*") if path.is_file())


def _is_passing(path: Path) -> bool:
    return path.suffix in (".lock", ".partial") or path.name.endswith(("-wal", "-shm")) or "spill" in path.parts


def _copy_database(source: Path, place: Path) -> None:
    """A consistent copy of an SQLite file that others may be reading."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(place)) as new:
        old.backup(new)
