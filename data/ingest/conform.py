"""Rows against the rules of their contract: dataframely decides, this room translates its findings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import dataframely as dy
import polars as pl

from data.contracts import TABLES, Table
from data.contracts.base import POLARS_TYPES
from data.ingest.layout import LINE
from data.ingest.rounded import is_rounded

FILE_LINE = "file_line"
KEYS = {"nullability": "required", "check__allowed_values": "not_allowed", "min": "too_small", "max": "too_large",
        "min_exclusive": "too_small", "max_exclusive": "too_large"}  # fmt: skip


def scale_of(column: dy.Column) -> int:
    """Decimal places that the column stores (4 where it is no decimal)."""
    return column.scale if isinstance(column, dy.Decimal) else 4


def type_of(column: dy.Column) -> pl.DataType:
    """The Polars type of a contract's column."""
    return pl.Decimal(18, scale_of(column)) if isinstance(column, dy.Decimal) else POLARS_TYPES[type(column)]


def broken_rules(frame: pl.DataFrame, contract: Table) -> Iterator[tuple[str, str, str, pl.Series]]:
    """For each broken rule its column ('' where it concerns the row), its name, its message key, and the lines.

    A column that the frame does not have is null, and breaks no rule: the source does not carry it. Whether keys
    repeat is not asked here, since a file is checked in stretches.
    """
    for name in contract.key:
        if name in frame.columns and frame[name].dtype == pl.String:
            rounded = is_rounded(frame[name])
            if rounded.any():
                yield name, "rounded_number", "rounded_number", frame[LINE].filter(rounded)
    absent = frozenset(contract.columns) - frozenset(frame.columns)
    whole = frame.select(
        pl.col(LINE).alias(FILE_LINE),
        *(
            (pl.lit(None) if name in absent else pl.col(name)).cast(type_of(column)).alias(name)
            for name, column in contract.columns.items()
        ),
    )
    good, failure = _row_schema(contract.name, absent).filter(whole)
    if good.height == frame.height:
        return
    details = failure.details()
    for rule in failure.counts():
        lines = details.filter(pl.col(rule) == "invalid")[FILE_LINE]
        column, _, kind = rule.partition("|")
        if kind:
            yield column, KEYS.get(kind, kind), KEYS.get(kind, "broken_rule"), lines
        else:
            yield "", rule, "broken_rule", lines


@cache
def _row_schema(table: str, absent: frozenset[str]) -> type[dy.Schema]:
    """The contract for single rows: without its primary key, and an absent column may be null."""
    contract = TABLES[table]
    columns = {
        name: column.with_primary_key(False).with_nullable(column.nullable or name in absent)
        for name, column in contract.columns.items()
        if name in contract.key or name in absent
    }
    return type(f"{contract.schema.__name__}Row", (contract.schema,), {**columns, FILE_LINE: dy.Int64(nullable=True)})
