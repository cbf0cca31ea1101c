"""Small files of the tests' own, and the way they take through the reading rooms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from data.ingest.check import CheckedRows, check_rows
from data.ingest.groups import read_for
from data.ingest.layout import Layout
from data.ingest.match import Match, match, use
from data.ingest.read import read
from data.ingest.recipe import Recipe
from data.ingest.recipe_yaml import from_yaml, presets
from data.ingest.sniff import sniff
from data.settings import Settings

RATES = pl.DataFrame(schema={"day": pl.Date, "currency": pl.String, "rate": pl.Decimal(18, 8)})
CHINA = Settings(base_currency="CNY", time_zone="Asia/Shanghai")


def written(folder: Path, text: str | bytes, name: str = "file.csv", encoding: str = "utf-8") -> Path:
    """A file with the text."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def workbook(folder: Path, *sheets: Sequence[Sequence[Any]], name: str = "file.xlsx") -> Path:
    """An Excel workbook with the sheets; days and moments become date cells."""
    path = folder / name
    with xlsxwriter.Workbook(path) as book:
        day, moment = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for rows in sheets:
            sheet = book.add_worksheet()
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(row, column, cell, moment)
                    elif isinstance(cell, date):
                        sheet.write_datetime(row, column, cell, day)
                    else:
                        sheet.write(row, column, cell)
    return path


def only(path: Path) -> Layout:
    """The one table of a file."""
    (layout,) = sniff(path)
    return layout


def cells(layout: Layout, chunk_rows: int = 500_000) -> list[tuple[Any, ...]]:
    """All rows of a table as (line, cells…); cells beyond the header last, if any."""
    rows = []
    for frame in read(layout, chunk_rows):
        for *values, line, more in frame.rows():
            rows.append((line, *values) if more is None else (line, *values, more))
    return rows


def recognised(path: Path, recipe: str | None = None, **wishes: Any) -> Match:
    """How a file of one table is matched: by itself, or with the mapping (YAML)."""
    layout = only(path)
    return use(layout, from_yaml(recipe)) if recipe else match(layout, presets(), **wishes)


def checked(
    path: Path,
    settings: Settings = CHINA,
    rates: pl.DataFrame = RATES,
    recipe: str | Recipe | None = None,
    chunk_rows: int = 500_000,
) -> CheckedRows:
    """What becomes of a file's rows, all stretches of it together."""
    layout = only(path)
    if recipe is None:
        found = match(layout, presets())
    else:
        found = use(layout, from_yaml(recipe) if isinstance(recipe, str) else recipe)
    assert found.recipe is not None
    assert not found.missing, found.missing
    parts = [
        check_rows(chunk, found.recipe, settings, rates, found.dates.orders)
        for chunk in read_for(found.layout, found.recipe, chunk_rows)
    ]
    return CheckedRows(
        {table: pl.concat([part.frames[table] for part in parts]) for table in parts[0].frames},
        pl.concat([part.rejects for part in parts]),
        sum(part.rows_read for part in parts),
        sum(part.skipped for part in parts),
    )


def is_whole(found: CheckedRows) -> bool:
    """Whether every row is accounted for: good, refused or skipped."""
    good = pl.concat([frame["_line"] for frame in found.frames.values()]).n_unique()
    return found.rows_read == good + found.rejects["line"].n_unique() + found.skipped


def money(text: str) -> Decimal:
    """An amount as the lake stores it."""
    return Decimal(text).quantize(Decimal("0.0001"))
