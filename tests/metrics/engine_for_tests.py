"""A real engine on tiny tables: DuckDB in memory, its tables made from the contracts, for tests that need numbers.

    engine = TinyEngine({"fact_order": [{"order_id": "a", "paid_date": "2025-01-10", "is_paid": True}]})

A row names only the columns that matter. Left out: dimensions become `(unknown)` (a dimension the report is not
cut by: ''), `cut` is '', `from_date` and `to_date` are the row's day, `_source` is `test`, `_account` '',
`_batch` 1, `_line` the row's number. Derived columns are stored like any other; virtual ones are computed.
Coverage is worked out from the rows (each batch, source and cut from its first to its last day, with the columns
that hold a value), or given: `coverage=[cover("fact_order", "2025-01-01", "2025-01-31", ["is_paid"])]`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa

from data.contracts import TABLES, Table
from data.contracts.base import SQL_TYPES

Row = Mapping[str, Any]
SYSTEM = {"_batch": "BIGINT", "_line": "BIGINT", "_source": "VARCHAR", "_account": "VARCHAR"}
COVERAGE = {
    "batch": pl.Int64,
    "table_name": pl.String,
    "source": pl.String,
    "account": pl.String,
    "cut": pl.String,
    "is_range": pl.Boolean,
    "first_day": pl.Date,
    "last_day": pl.Date,
    "columns": pl.List(pl.String),
}


class TinyEngine:
    """Fulfils `metrics.engine.Engine` over plain tables in memory; `queries` holds the SQL that was run."""

    dialect = "duckdb"

    def __init__(self, tables: Mapping[str, Sequence[Row]], coverage: Sequence[Row] | None = None) -> None:
        self._connection = duckdb.connect()
        self.queries: list[str] = []
        self._connection.execute(EMPTY)
        for name, rows in tables.items():
            self._insert(TABLES[name], rows)
        found = list(coverage) if coverage is not None else [row for name in tables for row in self._cover(name)]
        self._coverage = pl.DataFrame(found, schema=COVERAGE).to_arrow()

    def query(self, sql: str, parameters: Mapping[str, object]) -> pa.Table:
        self.queries.append(sql)
        return self._connection.execute(sql, dict(parameters) or None).to_arrow_table()

    def relation(self, table: str, columns: frozenset[str], as_of: date) -> str:
        unknown = [column for column in columns if not self.has_column(table, column)]
        if unknown:
            raise KeyError(f"{table}.{unknown[0]}")
        judged = f"date '{as_of.isoformat()}'"
        flags = [f"{v.sql.format(as_of=judged)} as {v.name}" for v in TABLES[table].virtual if v.name in columns]
        return f"(select *, {', '.join(flags)} from main.{table})" if flags else f"main.{table}"

    def has_column(self, table: str, column: str) -> bool:
        contract = TABLES.get(table)
        virtual = {flag.name for flag in contract.virtual} if contract else set()
        return contract is not None and column in _types(contract).keys() | virtual

    def cadence(self, table: str) -> str:
        return TABLES[table].cadence

    def coverage(self) -> pa.Table:
        return self._coverage

    def version(self) -> int:
        return 7

    def table_versions(self, tables: Sequence[str]) -> tuple[int, ...]:
        return tuple(7 for _ in tables)

    @contextmanager
    def reading(self) -> Iterator[TinyEngine]:
        yield self

    def _insert(self, table: Table, rows: Sequence[Row]) -> None:
        if not rows:
            return
        filled = [_filled(table, number, row) for number, row in enumerate(rows, start=1)]
        names = list(dict.fromkeys(name for row in filled for name in row))
        types = _types(table)
        values = {name: [_text(row.get(name)) for row in filled] for name in names}
        incoming = pl.DataFrame(values, schema=dict.fromkeys(names, pl.String))
        self._connection.register("incoming", incoming.to_arrow())
        casts = ", ".join(f'cast("{name}" as {types[name]}) as "{name}"' for name in names)
        self._connection.execute(f"insert into {table.name} by name select {casts} from incoming")
        self._connection.unregister("incoming")

    def _cover(self, name: str) -> list[dict[str, Any]]:
        table = TABLES[name]
        day = table.time_column
        is_range = "from_date < to_date" if table.cut_columns else "false"
        cut = "cut" if table.cut_columns else "''"
        first, last = ("from_date", "to_date") if table.cut_columns else (day, day)
        held = [
            f"case when {_holds(table, c)} then '{c}' end" for c in (*table.columns, *(d.name for d in table.derived))
        ]
        as_of = f"(select max({day}) from {name})"
        held += [f"case when count({v.sql.format(as_of=as_of)}) > 0 then '{v.name}' end" for v in table.virtual]
        # Each range is a coverage row of its own; daily rows of a batch are one stretch.
        ranges = [f"case when {is_range} then {column} end" for column in (first, last)]
        keys = ", ".join(["_batch", "_source", "_account", cut, is_range, *ranges])
        sql = f"""
            select _batch, '{name}', _source, _account, {cut}, {is_range}, min({first}), max({last}),
                   list_filter([{", ".join(held)}], lambda c: c is not null)
            from {name} where {day} is not null group by {keys} order by all
        """
        rows = self._connection.execute(sql).fetchall()
        return [dict(zip(COVERAGE, row, strict=True)) for row in rows]


def cover(table: str, first: str, last: str, columns: Sequence[str], **more: Any) -> dict[str, Any]:
    """One coverage row; `source`, `account`, `cut`, `is_range` and `batch` can be given."""
    days = {"first_day": date.fromisoformat(first), "last_day": date.fromisoformat(last)}
    row = {"batch": 1, "table_name": table, "source": "test", "account": "", "cut": "", "is_range": False}
    return row | days | {"columns": list(columns)} | more


def _types(table: Table) -> dict[str, str]:
    loaded = {name: SQL_TYPES.get(type(column), "DOUBLE") for name, column in table.columns.items()}
    return loaded | {column.name: column.sql_type for column in table.derived} | SYSTEM


def _empty(table: Table) -> str:
    columns = ", ".join(f'"{name}" {kind}' for name, kind in _types(table).items())
    return f"create table {table.name} ({columns});"


EMPTY = "".join(_empty(table) for table in TABLES.values())


def _filled(table: Table, number: int, row: Row) -> dict[str, Any]:
    unset = {
        name: "" if name in table.cut_columns else "(unknown)"
        for name in table.columns
        if table.role(name) == "dimension"
    }
    system = {"_batch": 1, "_line": number, "_source": "test", "_account": ""}
    day = row.get(table.time_column or "")
    cuts = {"cut": "", "from_date": day, "to_date": day} if table.cut_columns else {}
    return {**unset, **system, **cuts, **row}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _holds(table: Table, column: str) -> str:
    is_dimension = column in table.columns and table.role(column) == "dimension"
    return f"bool_or({column} not in ('', '(unknown)'))" if is_dimension else f"count({column}) > 0"
