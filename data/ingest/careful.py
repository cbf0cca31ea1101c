"""The slow, sure way through text whose quotation marks do not pair up: record by record with the csv module."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain, islice

import polars as pl

from data.ingest.layout import LINE, MORE, Layout
from data.ingest.refusals import UnclosedQuote, UndecodableText
from data.ingest.stretches import Stretch


def careful_frames(
    layout: Layout, first: Stretch, others: Iterable[Stretch], chunk_rows: int
) -> Iterator[pl.DataFrame]:
    """Read the rest of a table from `first` on; the frames are those of `read`.

    A quotation mark inside a cell that does not begin with one is text.

    Raises:
        UnclosedQuote: a cell that begins with a quotation mark and never ends.
    """
    records = _records(layout, first, others)
    while rows := list(islice(records, chunk_rows)):
        yield _frame(rows, layout)


def _records(layout: Layout, first: Stretch, others: Iterable[Stretch]) -> Iterator[tuple[int, list[str]]]:
    read: list[str] = []
    lines = (line for stretch in chain((first,), others) for line in _split(stretch, layout))
    reader = csv.reader(_kept(lines, read), delimiter=layout.delimiter)
    held: tuple[int, list[str]] | None = None
    start, is_open = first.line, False
    try:
        for cells in reader:
            if held:
                yield held
            held = start, cells
            is_open = len(read) > 1 and "".join(read).count('"') % 2 == 1
            start = first.line + reader.line_num
            read.clear()
    except csv.Error:
        raise UnclosedQuote(file=layout.path.name, line=start) from None
    if held and is_open:
        raise UnclosedQuote(file=layout.path.name, line=held[0])
    if held:
        yield held


def _split(stretch: Stretch, layout: Layout) -> Iterator[str]:
    try:
        text = stretch.data.removesuffix(b"\n").decode()
    except UnicodeDecodeError as error:
        # Only where a person said that it is UTF-8 and it is not.
        line = stretch.line + stretch.data.count(b"\n", 0, error.start)
        raise UndecodableText(file=layout.path.name, encoding=layout.encoding, line=line) from None
    return (f"{line.removesuffix(chr(13)).replace(chr(13), ' ')}\n" for line in text.split("\n"))


def _kept(lines: Iterable[str], last_lines: list[str]) -> Iterator[str]:
    """Pass the lines on and remember those of the record that is being read."""
    for line in lines:
        last_lines.append(line)
        yield line


def _frame(rows: list[tuple[int, list[str]]], layout: Layout) -> pl.DataFrame:
    width = len(layout.headers)
    columns = {
        name: pl.Series([cells[place] or None if place < len(cells) else None for _, cells in rows], dtype=pl.String)
        for place, name in enumerate(layout.names)
    }
    more = [layout.delimiter.join(cells[width:]).strip(layout.delimiter) or None for _, cells in rows]
    return pl.DataFrame(
        {**columns, LINE: [line for line, _ in rows], MORE: pl.Series(more, dtype=pl.String)},
        schema_overrides={LINE: pl.Int64},
    )
