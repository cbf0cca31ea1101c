"""Sheets of workbooks and Parquet files: their tables, and their cells as text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fastexcel
import polars as pl

from data.ingest import refusals
from data.ingest.blocks import as_layout, find_blocks
from data.ingest.layout import Layout, Limits
from data.ingest.reach import check_reach
from data.ingest.refusals import DamagedFile
from data.ingest.rows import sheet_rows


def sniff_workbook(path: Path, limits: Limits) -> tuple[Layout, ...]:
    """The tables of all visible sheets.

    Raises:
        NotReadable: the workbook cannot be opened, goes beyond a limit, which is seen before it is opened, or holds
            formulas without their results.
    """
    check_reach(path, limits)
    layouts = []
    with _damage_said(path):
        book = _open(path)
        for name in book.sheet_names:
            sheet = _sheet(book, name)
            if sheet.visible != "visible":
                continue
            cells = sheet.to_polars()
            is_whole = len(cells) <= limits.sheet_rows
            blocks = find_blocks(list(sheet_rows(cells.head(limits.sheet_rows).rows())))
            blocks = blocks if is_whole else blocks[:1]
            form = Layout(path, "excel", (), 0, 0, sheet=name, quote=None)
            layouts += [
                as_layout(form, block, is_last=at == len(blocks), limits=limits)
                for at, block in enumerate(blocks, start=1)
            ]
    return tuple(layouts)


def sheet_cells(path: Path, sheet: str) -> pl.DataFrame:
    """All cells of a sheet as text, shape (rows of the sheet, columns), row 1 first.

    Raises:
        DamagedFile: the sheet cannot be read.
    """
    with _damage_said(path):
        cells: pl.DataFrame = _sheet(_open(path), sheet).to_polars()
        return cells


def _open(path: Path) -> fastexcel.ExcelReader:
    # From bytes the kind of workbook is told by its content; from a path it would be told by its name.
    return fastexcel.read_excel(path.read_bytes())


def _sheet(book: fastexcel.ExcelReader, sheet: str) -> fastexcel.ExcelSheet:
    return book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string", schema_sample_rows=None)


@contextmanager
def _damage_said(path: Path) -> Iterator[None]:
    """Whatever the reader stumbles over is a damaged workbook; its own panics are no errors to Python."""
    try:
        yield
    except fastexcel.FastExcelError:
        raise DamagedFile(file=path.name, kind=refusals.WORKBOOK) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise DamagedFile(file=path.name, kind=refusals.WORKBOOK) from None
        raise


def sniff_parquet(path: Path, limits: Limits) -> tuple[Layout, ...]:
    """The one table of a Parquet file.

    Raises:
        DamagedFile: it cannot be opened.
    """
    try:
        sample = parquet_cells(path).head(limits.sample_rows).collect()
    except (pl.exceptions.ComputeError, OSError):
        raise DamagedFile(file=path.name, kind=refusals.PARQUET) from None
    rows = tuple(tuple(cell or "" for cell in row) for row in sample.rows())
    return (Layout(path, "parquet", tuple(sample.columns), 0, 1, quote=None, sample=rows),)


def parquet_cells(path: Path) -> pl.LazyFrame:
    """All cells as text, shape (rows, columns); nested values as JSON."""
    frame = pl.scan_parquet(path)
    columns = []
    for name, kind in frame.collect_schema().items():
        column = pl.col(name)
        if kind == pl.Binary:
            column = column.bin.encode("hex")
        elif isinstance(kind, pl.List | pl.Array | pl.Struct):
            column = pl.struct(column).struct.json_encode()
        columns.append(column.cast(pl.String))
    return frame.select(columns)
