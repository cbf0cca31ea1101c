"""The lake of one company: opened by many, written by one at a time, always in whole transactions."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

import duckdb
import filelock

from data import calendar, layout
from data.calendar import WeekStart
from data.contracts import TABLES
from data.engines.lake import LakeEngine
from data.errors import DataError, Text
from data.spill import give_back, own_spill

EXTENSIONS = ("sqlite_scanner", "ducklake")
FIRST_DAY_YEAR, LAST_DAY_YEAR = 2005, 2035
RETRY_WORDS = ("locked", "conflict", "maximum retry count")
RETRIES = 6
INLINE_LIMIT = "ducklake_default_data_inlining_row_limit"
# The newer encodings of Parquet take three quarters of the time and the room, for writing and for reading.
OPTIONS = {"parquet_version": "2", "sort_on_insert": "false"}
T = TypeVar("T")


class NewerLake(DataError):
    """The lake was written by a newer program."""

    text = Text(
        en="The data in {folder} has format {found}; this program knows format {known}. Nothing was changed. "
        "Start the newer version of the program, or restore a backup made with this one.",
        zh_hans="{folder} 中的数据格式为 {found}，本程序只支持格式 {k"
        "nown}。没有做任何更改。请启动较新版本的程序，或恢复用本版本做的备份。",
        zh_hant="{folder} 中的資料格式為 {found}，本程式只支援格式 {k"
        "nown}。沒有做任何變更。請啟動較新版本的程式，或還原用本版本做的備份。",
    )


class WriterBusy(DataError):
    """Somebody else writes and did not finish in time."""

    text = Text(
        en="Another load is still running, so this one did not start (waited {seconds:.0f} s). Nothing was changed. "
        "Try again when it is done.",
        zh_hans="另一个加载仍在进行，因此本次没有开始（已等待 {seconds:.0f} 秒）。没有做任何更改。请等它完成后再试。",
        zh_hant="另一個載入仍在進行，因此本次沒有開始（已等待 {seconds:.0f} 秒）。沒有做任何變更。請等它完成後再試。",
    )


@dataclass
class Warehouse:
    """One DuckLake: Parquet files and a SQLite catalogue in one folder. Open it once a process."""

    folder: Path
    connection: duckdb.DuckDBPyConnection
    _lock: filelock.BaseFileLock
    _spill: Path
    _spill_lock: filelock.BaseFileLock
    _engine: LakeEngine | None = None
    _guard: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def open(
        cls, folder: Path, country: str = "CN", fiscal_year_first_month: int = 1, week_start: WeekStart = "monday"
    ) -> Warehouse:
        """Attach the lake of a folder; an empty folder becomes an empty lake with the calendar of its company.

        Raises:
            NewerLake: it was written by a program that knows more.
            WriterBusy: another process is making it right now and does not finish.
        """
        folder.mkdir(parents=True, exist_ok=True)
        spill, in_use = own_spill(folder)
        warehouse = cls(folder, _attached(folder, spill), filelock.FileLock(folder / "writer.lock"), spill, in_use)
        # Before anything is added: a newer lake must stay as it is.
        warehouse._refuse_newer()
        if warehouse._lacks():
            with warehouse.locked():
                if lacking := warehouse._lacks():
                    warehouse._make(lacking, country, fiscal_year_first_month, week_start)
        return warehouse

    def engine(self) -> LakeEngine:
        """The reading side; threads may share it."""
        with self._guard:
            if self._engine is None:
                self._engine = LakeEngine(self.connection)
            return self._engine

    def version(self) -> int:
        """The lake's newest snapshot."""
        row = self.connection.cursor().execute("select id from lake.current_snapshot()").fetchone()
        return int(row[0]) if row else 0

    @contextmanager
    def locked(self, wait_seconds: float = 600, stop: threading.Event | None = None) -> Iterator[None]:
        """Be the one writer of this lake, across processes and threads; setting `stop` ends the waiting."""
        try:
            with self._lock.acquire(timeout=wait_seconds, cancel_check=stop.is_set if stop else None):
                yield
        except filelock.Timeout as error:
            raise WriterBusy(seconds=wait_seconds) from error

    def write(self, work: Callable[[duckdb.DuckDBPyConnection], T], wait_seconds: float = 600) -> T:
        """Do work in one transaction as the one writer, on a connection of its own: all of it, or nothing."""
        cursor = self.connection.cursor()
        try:
            cursor.execute("use lake")
            return self.write_on(cursor, work, wait_seconds)
        finally:
            cursor.close()

    def write_on(
        self,
        cursor: duckdb.DuckDBPyConnection,
        work: Callable[[duckdb.DuckDBPyConnection], T],
        wait_seconds: float = 600,
        stop: threading.Event | None = None,
    ) -> T:
        """The same on a given connection, whose temporary tables were filled before the lock was needed.

        The work is called again when the catalogue was busy; what it made in the failed transaction is gone.
        """
        with self.locked(wait_seconds, stop):
            for attempt in range(RETRIES):
                cursor.execute("begin")
                is_done = False
                try:
                    result = work(cursor)
                    cursor.execute("commit")
                    is_done = True
                except duckdb.Error as error:
                    if attempt == RETRIES - 1 or not any(word in str(error).lower() for word in RETRY_WORDS):
                        raise
                finally:
                    if not is_done:
                        _roll_back(cursor)
                if is_done:
                    return result
                time.sleep(0.1 * 2**attempt * (1 + random.random()))
        raise AssertionError("the last attempt returns or raises")

    def close(self) -> None:
        """Let go of the files."""
        self.connection.close()
        give_back(self._spill, self._spill_lock)

    def _refuse_newer(self) -> None:
        cursor = self.connection.cursor()
        # Not `duckdb_tables()`, which counts the rows of every table.
        if not cursor.execute("select 1 from duckdb_columns() where database_name = 'lake' limit 1").fetchall():
            return
        found = cursor.execute("select max(format) from lake.lake").fetchall()[0][0]
        if found > layout.FORMAT:
            raise NewerLake(folder=str(self.folder), found=found, known=layout.FORMAT)

    def _lacks(self) -> dict[str, dict[str, str]]:
        """By physical table the columns that the lake lacks: all of them in an empty folder, else those of newer
        contracts and records."""
        sql = "select table_name, column_name from duckdb_columns() where database_name = 'lake'"
        there: dict[str, set[str]] = {}
        for table, column in self.connection.cursor().execute(sql).fetchall():
            there.setdefault(table, set()).add(column)
        lacking = {
            table: {name: kind for name, kind in columns.items() if name not in there.get(table, ())}
            for table, columns in layout.columns().items()
        }
        return {table: columns for table, columns in lacking.items() if columns}

    def _make(
        self,
        lacking: dict[str, dict[str, str]],
        country: str,
        fiscal_year_first_month: int,
        week_start: WeekStart,
    ) -> None:
        wanted, statements = layout.columns(), layout.statements()

        def work(cursor: duckdb.DuckDBPyConnection) -> None:
            is_widened = False
            for name, value in OPTIONS.items():
                cursor.execute(f"call lake.set_option('{name}', {value})")
            for table, columns in lacking.items():
                if columns == wanted[table]:
                    for statement in statements[table]:
                        cursor.execute(statement)
                    continue
                is_widened = True
                for name, kind in columns.items():
                    cursor.execute(f"alter table {table} add column {name} {kind}")
            if is_widened:
                # A program that does not know the new columns must not write beside them.
                cursor.execute(f"insert into lake values ({layout.FORMAT})")
            if "dim_date" in lacking:
                write_calendar(cursor, country, fiscal_year_first_month, week_start)

        self.write(work)


@contextmanager
def unsorted(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Rows that are inserted meanwhile are written as they come, which saves a third of the time where they come in
    the order of their days anyway. Only for the writer: the setting is the whole lake's while it is open here."""
    # A lake of these OPTIONS sorts only what might also be stored inline.
    cursor.execute(f"set {INLINE_LIMIT} = 0")
    try:
        yield
    finally:
        cursor.execute(f"reset {INLINE_LIMIT}")


def write_calendar(
    cursor: duckdb.DuckDBPyConnection,
    country: str,
    fiscal_year_first_month: int = 1,
    week_start: WeekStart = "monday",
) -> None:
    """Fill the calendar anew; called when a lake is made and when one of these settings changes."""
    first, last = date(FIRST_DAY_YEAR, 1, 1), date(LAST_DAY_YEAR, 12, 31)
    days = calendar.days(first, last, country, fiscal_year_first_month, week_start)
    cursor.execute("delete from dim_date")
    cursor.register("days", days.to_arrow())
    names = ", ".join(TABLES["dim_date"].columns)
    cursor.execute(f"insert into dim_date ({names}) select {names} from days")
    cursor.unregister("days")


def _attached(folder: Path, spill: Path) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": str(spill),
        "memory_limit": f"{_memory_limit()}MB",
    }
    connection = duckdb.connect(":memory:", config=config)
    for name in EXTENSIONS:
        connection.execute(f"load '{_extension(name)}'")
    catalogue, files = (str(folder / name).replace("'", "''") for name in ("catalogue.sqlite", "files"))
    # A lake may be moved or restored elsewhere, so the path it was made with does not bind.
    connection.execute(
        f"attach 'ducklake:sqlite:{catalogue}' as lake (data_path '{files}', override_data_path true, "
        "meta_journal_mode 'WAL', meta_busy_timeout 5000)"
    )
    return connection


def _memory_limit() -> int:
    """Megabytes that the engine may hold before it spills: 1 GB a core, at least 2 GB, never most of the machine."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1_000_000
    return min(max(2, os.cpu_count() or 1) * 1000, machine * 3 // 4)


def _extension(name: str) -> Path:
    """The extension's file inside its Python package; DuckDB checks its signature when it loads it."""
    spec = importlib.util.find_spec(f"duckdb_extension_{name}")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the package duckdb-extension-{name.replace('_', '-')} is not installed")
    return next(Path(spec.origin).parent.glob("extensions/*/*.duckdb_extension"))


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    with contextlib.suppress(duckdb.TransactionException):
        cursor.execute("rollback")
