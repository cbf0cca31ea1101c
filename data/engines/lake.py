"""The DuckLake side of `metrics.engine.Engine`: relations, coverage and versions of one lake."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from data.contracts import TABLES, Table
from data.engines.coverage import COVERAGE_SQL, with_computed_columns
from data.layout import SYSTEM_COLUMNS, derived_name

LAKE = "lake.main."
_TABLE = re.compile(r"\blake\.main\.(\w+)")


class LakeEngine:
    """Answers SQL from a lake. Each thread reads on a cursor of its own; all share what was worked out.

    With `pinned` everything is read as it was at that version of the lake.
    """

    dialect = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection, pinned: int | None = None) -> None:
        self._connection = connection
        self._pinned = pinned
        self._local = threading.local()
        self._coverage: tuple[int, pa.Table] | None = None

    @classmethod
    def inside(cls, cursor: duckdb.DuckDBPyConnection) -> LakeEngine:
        """An engine that reads on a cursor whose transaction is open: what was written in it counts.

        For the thread of that cursor, until the transaction ends.
        """
        engine = cls(cursor)
        engine._local.cursor, engine._local.depth, engine._local.seen = cursor, 1, {}
        return engine

    def query(self, sql: str, parameters: Mapping[str, object]) -> pa.Table:
        """Run one statement; `$name` stands for `parameters[name]`. Unknown names raise duckdb.Error."""
        return self._cursor().execute(self._dated(sql), dict(parameters) or None).to_arrow_table()

    def at(self, version: int) -> LakeEngine:
        """The same lake as it was at a version. Reading a version that was let go raises duckdb.Error."""
        return LakeEngine(self._connection, version)

    @contextmanager
    def reading(self) -> Iterator[LakeEngine]:
        """One snapshot for everything that this thread asks inside; may be nested."""
        if getattr(self._local, "depth", 0):
            yield self
            return
        cursor = self._cursor()
        cursor.execute("begin")
        self._local.depth = 1
        self._local.seen = {}
        try:
            yield self
        finally:
            self._local.depth = 0
            cursor.execute("commit")

    def version(self) -> int:
        """The snapshot that is being read."""
        if self._pinned is not None:
            return self._pinned
        return self._once("version", "select id from lake.current_snapshot()")

    def table_versions(self, tables: Sequence[str]) -> tuple[int, ...]:
        """The last change of each table (0: never), derived columns included."""
        rows = self._rows("changes", "select table_name, max(change) from lake.main.change group by 1")
        newest = {str(name): int(change) for name, change in rows}
        return tuple(newest.get(name, 0) for name in tables)

    def coverage(self) -> pa.Table:
        """What was loaded and is in force; see `metrics.engine.Engine.coverage`."""
        change = self._once("change", "select coalesce(max(change), 0) from lake.main.change")
        known = self._coverage
        if known is None or known[0] != change:
            known = (change, with_computed_columns(self.query(COVERAGE_SQL, {})))
            self._coverage = known
        return known[1]

    def has_column(self, table: str, column: str) -> bool:
        """Whether the table has the column: loaded, derived or an expression."""
        contract = TABLES.get(table)
        return contract is not None and (column in _plain(contract) or column in _computed(contract))

    def cadence(self, table: str) -> str:
        """How often the table gets rows. Raises KeyError for an unknown table."""
        return TABLES[table].cadence

    def relation(self, table: str, columns: frozenset[str], as_of: date) -> str:
        """SQL for FROM. Only loaded columns: the table itself; else a join that brings the others."""
        contract = TABLES[table]
        computed = [name for name in sorted(columns) if name not in _plain(contract)]
        if not computed:
            return LAKE + table
        stored = {column.name: column for column in contract.derived if not column.sql}
        joined = {column.name: column for column in contract.derived if column.sql}
        virtual = {column.name: column for column in contract.virtual}
        extra, joins = [], []
        if any(name in stored for name in computed):
            keys = " and ".join(f"d.{key} = o.{key}" for key in (*contract.key, contract.time_column))
            joins.append(f"left join {LAKE}{derived_name(table)} as d on {keys}")
        for name in computed:
            if name in stored:
                absent = stored[name].absent
                extra.append(f"d.{name}" if absent == "null" else f"coalesce(d.{name}, {absent}) as {name}")
            elif name in joined:
                joins.append(joined[name].join.format(lake=LAKE))
                extra.append(f"{joined[name].sql} as {name}")
            elif name in virtual:
                extra.append(virtual[name].sql.format(as_of=f"date '{as_of.isoformat()}'") + f" as {name}")
            else:
                raise KeyError(f"{table}.{name}")
        # The planner prunes what nobody asks for, so the row's own columns are listed whole.
        return f"(select o.*, {', '.join(extra)} from {LAKE}{table} as o {' '.join(joins)})"

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._local, "cursor", None)
        if cursor is None:
            cursor = self._connection.cursor()
            self._local.cursor = cursor
        return cursor

    def _once(self, name: str, sql: str) -> int:
        return int(self._rows(name, sql)[0][0])

    def _rows(self, name: str, sql: str) -> list[tuple[Any, ...]]:
        if not getattr(self._local, "depth", 0):
            return self._cursor().execute(self._dated(sql)).fetchall()
        seen: dict[str, list[tuple[Any, ...]]] = self._local.seen
        if name not in seen:
            seen[name] = self._cursor().execute(self._dated(sql)).fetchall()
        return seen[name]

    def _dated(self, sql: str) -> str:
        """The statement with every table of the lake as it was at the pinned version."""
        if self._pinned is None:
            return sql
        # An alias must not stand before AT, so the dated table is wrapped.
        return _TABLE.sub(rf"(from lake.main.\1 at (version => {self._pinned}))", sql)


def _plain(table: Table) -> set[str]:
    return set(table.columns) | (set() if table.generated else set(SYSTEM_COLUMNS))


def _computed(table: Table) -> set[str]:
    return {column.name for column in table.derived} | {column.name for column in table.virtual}
