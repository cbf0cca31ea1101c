"""Tiny lakes for tests: made once, copied for each test, since a lake may be moved."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from data.contracts import TABLES
from data.contracts.base import POLARS_TYPES
from data.engines.lake import LakeEngine
from data.ingest.batch import Chunk, Effect, Loaded, Origin, Touched
from data.ingest.load import load, load_frames
from data.warehouse import Warehouse

NOW = datetime(2026, 11, 22, 8, 0)
DAY = date(2026, 11, 2)
T = TypeVar("T")
# A folder's name and what fills it; see the fixture `made_once`.
MadeOnce = Callable[[str, Callable[[Path], object]], Path]


def copy_of(template: Path, folder: Path) -> Warehouse:
    """A lake of its own, as empty as the template."""
    shutil.copytree(template, folder)
    return Warehouse.open(folder)


def rows(table: str, records: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """A frame typed as the contract, with only the columns that the records name."""
    names = list(dict.fromkeys(name for record in records for name in record))
    types = {name: POLARS_TYPES[type(TABLES[table].columns[name])] for name in names}
    values = {
        name: [
            Decimal(str(record[name]))
            if types[name] == pl.Decimal(18, 4) and record.get(name) is not None
            else record.get(name)
            for record in records
        ]
        for name in names
    }
    return pl.DataFrame(values, schema=types)


def put(
    warehouse: Warehouse, table: str, records: Sequence[Mapping[str, Any]], *, source: str = "template", **facts: Any
) -> Loaded:
    """Load records as one batch."""
    origin = Origin(
        **{"file": f"{table}.csv", "source": source, "account": "", "loaded_by": "mei", "loaded_at": NOW, **facts}
    )
    return load_frames(warehouse, origin, [(table, rows(table, records))])


def put_together(warehouse: Warehouse, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> Loaded:
    """Load records of several tables as one batch, which costs as much as one table does."""
    origin = Origin(file="all.csv", source="template", account="", loaded_by="mei", loaded_at=NOW)
    return load_frames(warehouse, origin, [(table, rows(table, records)) for table, records in tables.items()])


def during(
    warehouse: Warehouse, tables: Mapping[str, Sequence[Mapping[str, Any]]], ask: Callable[[LakeEngine], T]
) -> T:
    """What is answered while the lake holds these rows, loaded as a trial and so never kept: tests may share a lake."""
    answers = []

    def look(_before: LakeEngine, after: LakeEngine, _touched: Touched) -> Sequence[Effect]:
        answers.append(ask(after))
        return ()

    chunks, start = [], 1
    for table, records in tables.items():
        frame = rows(table, records)
        line = pl.int_range(start, start + len(frame), dtype=pl.Int64, eager=True)
        chunks.append(Chunk({table: frame.with_columns(line.alias("_line"))}, len(frame)))
        start += len(frame)
    origin = Origin(file="all.csv", source="template", account="", loaded_by="mei", loaded_at=NOW)
    load(warehouse, origin, chunks, is_trial=True, look=look)
    return answers[0]


def content(warehouse: Warehouse, table: str) -> list[tuple[Any, ...]]:
    """Everything in a table with its batch and line, sorted: for comparing a table with what it was."""
    return warehouse.connection.cursor().execute(f"select * from lake.main.{table} order by all").fetchall()


def order(number: str, day: date = DAY, amount: float | None = 10, **more: Any) -> dict[str, Any]:
    """One paid order."""
    return {
        "order_id": number,
        "paid_date": day,
        "order_date": day,
        "paid_at": datetime(day.year, day.month, day.day, 12),
        "is_paid": True,
        "gmv_amount": amount,
        **more,
    }
