"""What the first rows and the different values of a file become under a cell: before and after reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import polars as pl

from data.contracts import Table
from data.contracts.base import POLARS_TYPES
from data.ingest.cells import Cell, Header, headers_of
from data.ingest.check import KINDS
from data.ingest.conform import scale_of
from data.ingest.evaluate import Cells, Kind
from data.ingest.layout import Layout
from data.ingest.match import Match
from data.ingest.read import read
from metrics.model import Language
from pages.kit import names

SAMPLES = 3
# So many rows are searched for different values: a large file is not read whole to draw a menu.
SEARCHED_ROWS, MOST_VALUES = 200_000, 40


@dataclass(frozen=True)
class Sample:
    """A value as written, and as it is read; `after` is None where it cannot be read, '' where it is empty then.

    `is_asked` where it fits both orders of day and month, which a person will be asked.
    """

    before: str
    after: str | None
    is_asked: bool = False


@dataclass(frozen=True)
class Values:
    """The different texts under a header, the most frequent first, with their counts and what each is read as.

    `after` is the code, or None where it is none of ours. `more` are not listed.
    """

    rows: tuple[tuple[str, int, str | None], ...]
    more: int


def kind_of(contract: Table, column: str) -> Kind:
    """As what a column is read."""
    return KINDS.get(POLARS_TYPES[type(contract.columns[column])], "number")


def codes_of(contract: Table, column: str) -> tuple[str, ...]:
    """The values that a coded column or a flag may have; none where any is allowed."""
    return ("true", "false") if kind_of(contract, column) == "flag" else contract.values(column)


def first_cells(found: Match, zone: str) -> Cells:
    """The first rows of a table, ready to be read as any column."""
    layout = found.layout
    rows = [[row[place] if place < len(row) else "" for row in layout.sample] for place in range(len(layout.names))]
    schema = dict.fromkeys(layout.names, pl.String)
    frame = pl.DataFrame(dict(zip(layout.names, rows, strict=True)), schema_overrides=schema)
    return Cells(frame, zone, found.dates.orders, found.recipe.zone if found.recipe else None)


def samples(cells: Cells, cell: Cell, contract: Table, column: str, language: Language) -> tuple[Sample, ...]:
    """The first different values that a cell reads; of several headers the values of a row together."""
    headers = [name for name in dict.fromkeys(headers_of(cell)) if name in cells.frame.columns]
    if not headers:
        return ()
    texts = [cells.text(name) for name in headers]
    after, bad, asked = _read(cells, cell, contract, column)
    found: dict[str, Sample] = {}
    for place in range(cells.frame.height):
        before = " · ".join(text for series in texts if (text := series[place]))
        if before and before not in found:
            value = after[place]
            said = None if bad[place] else written(value, contract, column, language)
            found[before] = Sample(before, said, bool(asked[place]))
        if len(found) == SAMPLES:
            break
    return tuple(found.values())


def values_of(layout: Layout, cell: Cell, contract: Table, column: str, zone: str) -> Values:
    """The different texts that a cell of one header finds, and the code that each is read as by itself."""
    headers = list(headers_of(cell))
    frame = next(read(layout, SEARCHED_ROWS, headers), None)
    if frame is None:
        return Values((), 0)
    texts = Cells(frame.head(SEARCHED_ROWS), zone).read(cell, "text").values
    counted = pl.DataFrame({"text": texts}).drop_nulls().group_by("text").agg(count=pl.len())
    counted = counted.sort("count", "text", descending=[True, False])
    shown = counted.head(MOST_VALUES)
    once = Cells(shown.select(pl.col("text").alias(headers[0])), zone)
    after, bad, _ = _read(once, Header((headers[0],)), contract, column)
    codes = [None if is_bad else _code(value) for value, is_bad in zip(after, bad, strict=True)]
    return Values(tuple(zip(shown["text"], shown["count"], codes, strict=True)), counted.height - shown.height)


def written(value: object, contract: Table, column: str, language: Language) -> str:
    """A value of the lake as a reader writes it."""
    if value is None:
        return ""
    if isinstance(value, bool) or (contract.values(column) and isinstance(value, str)):
        return names.value(column, value, language)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        plain = f"{value:,.4f}".rstrip("0")
        return plain + "0" * (2 - len(plain.partition(".")[2])) if "." in plain else plain
    return str(value)


def _read(cells: Cells, cell: Cell, contract: Table, column: str) -> tuple[pl.Series, pl.Series, pl.Series]:
    """The typed values, where they cannot be taken, and where only because day and month may be either."""
    read_as = cells.read(cell, kind_of(contract, column), column, scale_of(contract.columns[column]))
    bad = asked = pl.Series([False]).new_from_index(0, cells.frame.height)
    for fault in read_as.faults:
        bad = bad | fault.bad.fill_null(False)
        asked = asked | fault.bad.fill_null(False) if fault.rule == "day_or_month" else asked
    codes = contract.values(column)
    if codes:
        bad = bad | ~read_as.values.is_in([*codes, ""]).fill_null(True)
    return read_as.values, bad, asked


def _code(value: object) -> str | None:
    return str(value).lower() if isinstance(value, bool) else str(value) if value is not None else None
