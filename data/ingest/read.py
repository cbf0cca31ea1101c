"""The second room: every cell of a table as text, with the physical line that its record starts on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO

import polars as pl

from data.ingest.careful import careful_frames
from data.ingest.disarm import rearmed_cells
from data.ingest.layout import LINE, MORE, Layout
from data.ingest.refusals import too_long
from data.ingest.sections import with_sections
from data.ingest.sheets import parquet_cells, sheet_cells
from data.ingest.stretches import Stretch, stretches

# Larger frames are slower: their memory is new each time instead of the last frame's again.
CHUNK_ROWS = 200_000
SMALLEST, LARGEST = 1024 * 1024, 256 * 1024 * 1024


def read(layout: Layout, chunk_rows: int = CHUNK_ROWS, only: Sequence[str] = ()) -> Iterator[pl.DataFrame]:
    """Read a table in frames of about `chunk_rows` rows, in the order of the file.

    Each frame has one text column a header (`layout.names`; `only` some of them), untouched but for the quotes of
    the CSV (and the apostrophes that we put before formulas when we handed refused rows out), null where a cell is
    empty; `_line` (Int64); and `_more`, the text of cells beyond the last header,
    null in a proper row. Every record below the header is a row, blank ones and totals too. Of an unpivoted layout it
    is the physical table that is read; `check_rows` makes its long rows. Headings above rows are the rows' last column,
    and rows themselves.

    Raises:
        NotReadable: text that is not in the layout's encoding, an unclosed quotation mark, a damaged workbook.
    """
    layout = layout.physical or layout
    names = list(only) or list(layout.names)
    if layout.sections:
        sections = replace(layout.sections, name=layout.names[-1])
        for frame in with_sections(read(replace(layout, sections=None), chunk_rows), sections):
            yield frame.select(*names, LINE, MORE)
        return
    if layout.kind == "csv":
        frames = _read_text(layout, chunk_rows, names)
    elif layout.kind == "excel":
        frames = _read_sheet(layout, chunk_rows)
    else:
        frames = _read_parquet(layout, chunk_rows)
    for frame in frames:
        cells = frame.select(*names, LINE, MORE)
        _stop_if_too_long(cells, names, layout)
        yield rearmed_cells(cells, names) if layout.is_returned else cells


def _stop_if_too_long(cells: pl.DataFrame, names: list[str], layout: Layout) -> None:
    limit = layout.cell_characters
    # Bytes are known without a look at the cells, and there are never fewer than characters.
    longest = cells.select(pl.max_horizontal(pl.col(*names, MORE).str.len_bytes().max())).item()
    if (longest or 0) <= limit:
        return
    lengths = cells.select(LINE, length=pl.max_horizontal(pl.col(*names, MORE).str.len_chars()))
    beyond = lengths.filter(pl.col("length") > limit)
    if beyond.height:
        line, length = beyond.row(0)
        raise too_long(layout.path, line, length, limit)


def _read_text(layout: Layout, chunk_rows: int, names: list[str]) -> Iterator[pl.DataFrame]:
    size = min(LARGEST, max(SMALLEST, int(chunk_rows * _bytes_a_row(layout))))
    pieces = stretches(layout, size)
    for stretch in pieces:
        frame = None if stretch.is_doubtful else _parsed(stretch, layout, names)
        if frame is None:
            yield from careful_frames(layout, stretch, pieces, chunk_rows)
            return
        yield frame


def _bytes_a_row(layout: Layout) -> float:
    sizes = [sum(len(cell.encode()) + 1 for cell in row) for row in layout.sample]
    return sum(sizes) / len(sizes) if sizes else 100.0


def _parsed(stretch: Stretch, layout: Layout, names: list[str]) -> pl.DataFrame | None:
    """The stretch as Polars splits it; None where its quotation marks leave doubt about the records."""
    width = len(layout.headers)
    # A header of our own tells Polars the width, and one column more catches cells beyond it.
    header = layout.delimiter.join(str(place) for place in range(width + 2)).encode() + b"\n"
    wanted = {str(layout.names.index(name)): name for name in names}
    try:
        frame = pl.read_csv(
            BytesIO(header + stretch.data),
            columns=[*wanted, str(width), str(width + 1)],
            separator=layout.delimiter,
            infer_schema=False,
            truncate_ragged_lines=True,
        )
    except pl.exceptions.ComputeError:
        return None
    lines = _lines(stretch, layout, frame.height)
    if lines is None:
        return None
    more = pl.concat_str(str(width), str(width + 1), separator=layout.delimiter, ignore_nulls=True)
    more = pl.when(pl.any_horizontal(pl.col(str(width), str(width + 1)).is_not_null())).then(more)
    return frame.select(*(pl.col(place).alias(name) for place, name in wanted.items()), lines, more.alias(MORE))


def _lines(stretch: Stretch, layout: Layout, height: int) -> pl.Series | None:
    """The line each of the records starts on; None where they cannot be told from the quotation marks."""
    if stretch.lines == height:
        return pl.int_range(stretch.line, stretch.line + height, dtype=pl.Int64, eager=True).alias(LINE)
    texts = pl.Series([stretch.data.removesuffix(b"\n").decode()]).str.split("\n").explode()
    is_odd = texts.str.count_matches('"', literal=True) % 2 == 1
    is_inside = is_odd.cum_sum().shift(1, fill_value=0) % 2 == 1
    opening = f'(^|{re.escape(layout.delimiter)})"([^"]|"")*$'
    closing = f'^([^"]|"")*"\\s*({re.escape(layout.delimiter)}|$)'
    is_proper = (
        texts.filter(is_odd & ~is_inside).str.contains(opening).all()
        and texts.filter(is_odd & is_inside).str.contains(closing).all()
        and texts.filter(~is_odd & is_inside).str.contains(r'^([^"]|"")*$').all()
    )
    starts = (~is_inside).arg_true().cast(pl.Int64) + stretch.line
    return starts.alias(LINE) if is_proper and len(starts) == height else None


def _read_sheet(layout: Layout, chunk_rows: int) -> Iterator[pl.DataFrame]:
    cells = sheet_cells(layout.path, layout.sheet or "").with_row_index(LINE, 1)
    cells = cells.slice(layout.first_data_line - 1, _count(layout))
    places = [name for name in cells.columns if name != LINE]
    width = len(layout.headers)
    more = pl.concat_str(pl.lit(None, pl.String), *places[width:], separator=",", ignore_nulls=True)
    frame = cells.select(
        *(pl.col(place).alias(name) for place, name in zip(places, layout.names, strict=False)),
        pl.col(LINE).cast(pl.Int64),
        pl.when(more != "").then(more).alias(MORE),
    )
    yield from frame.iter_slices(chunk_rows)


def _count(layout: Layout) -> int | None:
    return None if layout.last_data_line is None else layout.last_data_line - layout.first_data_line + 1


def _read_parquet(layout: Layout, chunk_rows: int) -> Iterator[pl.DataFrame]:
    names = zip(layout.headers, layout.names, strict=False)
    cells = parquet_cells(layout.path).select(pl.col(header).alias(name) for header, name in names)
    offset = 0
    while True:
        frame = cells.slice(offset, chunk_rows).collect()
        if not frame.height:
            return
        numbers = pl.int_range(offset + 1, offset + 1 + frame.height, dtype=pl.Int64, eager=True).alias(LINE)
        yield frame.with_columns(numbers, pl.lit(None, pl.String).alias(MORE))
        offset += frame.height
