"""How a lake stands: rows, days, freshness and refused rows of every table."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Literal, Protocol

import polars as pl
import pyarrow as pa

from data.contracts import TABLES, Table

State = Literal["fresh", "late", "empty", "as_needed"]
COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "table": pl.String,
    "department": pl.String,
    "state": pl.String,
    "late_by_days": pl.Int64,
    "cadence": pl.String,
    "late_after_days": pl.Int64,
    "rows": pl.Int64,
    "first_day": pl.Date,
    "last_day": pl.Date,
    "sources": pl.List(pl.String),
    "files": pl.Int64,
    "rejected": pl.Int64,
    "last_batch": pl.Int64,
    "last_file": pl.String,
    "last_loaded_at": pl.Datetime("us"),
}
LOADED_SQL = """
    with fed as (
        select table_name, batch, list(distinct source) as sources, min(first_day) as first_day,
            max(last_day) as last_day
        from lake.main.batch_table as t
        where not exists (select 1 from lake.main.change as u where u.batch = t.batch and u.kind = 'undo')
        group by all
    )
    select f.table_name, min(f.first_day) as first_day, max(f.last_day) as last_day,
        list_sort(list_distinct(flatten(list(f.sources)))) as sources, count(*) as files,
        cast(sum(b.rejected) as bigint) as rejected, max(f.batch) as last_batch,
        max_by(b.file, f.batch) as last_file, max_by(b.loaded_at, f.batch) as last_loaded_at
    from fed as f join lake.main.batch as b on b.batch = f.batch group by 1
"""


class Reader(Protocol):
    """What the status needs of an engine; `LakeEngine` fulfils it."""

    def query(self, sql: str, parameters: Mapping[str, object]) -> pa.Table:
        """Run one statement."""
        ...

    def relation(self, table: str, columns: frozenset[str], as_of: date) -> str:
        """SQL to put after FROM."""
        ...


def status(reader: Reader, today: date) -> pl.DataFrame:
    """One row a table that files fill, in the order of the contracts. `today` is the company's day.

    Shape (tables, COLUMNS). `state` is `empty` where no file in force filled the table, `as_needed` where the
    contract sets no limit, else `late` or `fresh`; `late_by_days` (from 1) is null unless it is late. The days are
    those that the files cover, null where no row has one. `rejected` counts the refused rows of the files that fed
    the table, whichever table they were meant for. `last_loaded_at` is in UTC without zone.
    """
    tables = [table for table in TABLES.values() if not table.generated]
    loaded = {row["table_name"]: row for row in reader.query(LOADED_SQL, {}).to_pylist()}
    counts = _counts(reader, tables, today)
    rows = [_row(table, counts[table.name], loaded.get(table.name), today) for table in tables]
    return pl.DataFrame(rows, schema=COLUMNS)


def reaches(table: Table, last_day: date | None, loaded_at: datetime | None) -> date | None:
    """The day up to which a table is known; None where that cannot be told.

    A row of a monthly table stands for its month. What lies ahead (due days) is known as it was when it was loaded.
    """
    if table.looks_ahead and loaded_at is not None:
        return max(loaded_at.date(), last_day or date.min)
    if last_day is not None and table.cadence == "month":
        return last_day.replace(day=calendar.monthrange(last_day.year, last_day.month)[1])
    return last_day


def late_by(table: Table, known_to: date | None, today: date) -> int | None:
    """By how many days more than its contract allows a table is behind; None when it is not."""
    if known_to is None or table.late_after_days is None:
        return None
    over = (today - known_to - timedelta(days=table.late_after_days)).days
    return over if over > 0 else None


def _row(table: Table, count: int, loaded: Mapping[str, Any] | None, today: date) -> dict[str, Any]:
    found = dict(loaded or {"sources": [], "files": 0, "rejected": 0})
    days_late = late_by(table, reaches(table, found.get("last_day"), found.get("last_loaded_at")), today)
    state: State = "as_needed" if table.late_after_days is None else "fresh"
    if loaded is None:
        state = "empty"
    elif days_late is not None:
        state = "late"
    facts = {
        "table": table.name,
        "department": table.department,
        "state": state,
        "late_by_days": days_late,
        "cadence": table.cadence,
        "late_after_days": table.late_after_days,
        "rows": count,
    }
    return {name: facts.get(name, found.get(name)) for name in COLUMNS}


def _counts(reader: Reader, tables: list[Table], today: date) -> dict[str, int]:
    parts = (
        f"select '{table.name}' as name, count(*) as rows from {reader.relation(table.name, frozenset(), today)}"
        for table in tables
    )
    return {row["name"]: row["rows"] for row in reader.query(" union all ".join(parts), {}).to_pylist()}
