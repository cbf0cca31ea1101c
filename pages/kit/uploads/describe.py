"""A cell of a recipe in words, and what the first rows of a file hold for it."""

from __future__ import annotations

from data.ingest.cells import Cell, Combined, Constant, Digest, Header, Ordinal, headers_of
from data.ingest.layout import Layout
from metrics.model import Language
from pages.kit.text import say

SAMPLES = 3
_SIGNS = {"product": " × ", "sum": " + ", "minus": " − ", "join": " & ", "first_of": " / "}


def in_words(cell: Cell, language: Language) -> str:
    """What stands for a column: a header, a fixed value, or how several headers make it."""
    if isinstance(cell, Header):
        return " · ".join((cell.names[0], *_changes(cell, language)))
    if isinstance(cell, Constant):
        return say("uploads.fixed", language, value=cell.text) if cell.text else say("uploads.fixed_empty", language)
    if isinstance(cell, Combined):
        return _SIGNS[cell.operation].join(in_words(part, language) for part in cell.cells)
    if isinstance(cell, Ordinal):
        return say("uploads.counted", language, column=cell.within[0])
    if isinstance(cell, Digest):
        return say("uploads.digest", language, columns=", ".join(headers_of(cell)))
    return say("uploads.shared", language, column=in_words(cell.amount, language))


def _changes(cell: Header, language: Language) -> list[str]:
    """What is done to the cells of a header before they are read, in the order it is done."""
    said = []
    if cell.split:
        said.append(say("uploads.said_split", language, part=cell.split.part, by=cell.split.by))
    if cell.values:
        said.append(say("uploads.said_values", language, count=len(cell.values)))
    if cell.prefix or cell.suffix:
        said.append(f"“{cell.prefix}…{cell.suffix}”")
    if cell.multiply is not None:
        said.append(f"× {cell.multiply}")
    if cell.divide is not None:
        said.append(f"÷ {cell.divide}")
    return said


def samples_of(layout: Layout, header: str) -> tuple[str, ...]:
    """The first different values under a header, as the file has them; none where its first rows are empty there."""
    place = layout.names.index(header)
    cells = (row[place].strip() for row in layout.sample if place < len(row))
    return tuple(dict.fromkeys(cell for cell in cells if cell))[:SAMPLES]


def samples_for(layout: Layout, cell: Cell) -> tuple[str, ...]:
    """The same for whatever a cell reads: of several headers the values of a row together."""
    headers = [name for name in dict.fromkeys(headers_of(cell)) if name in layout.names]
    if len(headers) == 1:
        return samples_of(layout, headers[0])
    places = [layout.names.index(name) for name in headers]
    rows = (" · ".join(row[place].strip() for place in places if place < len(row)) for row in layout.sample)
    return tuple(dict.fromkeys(row for row in rows if row.strip(" ·")))[:SAMPLES]
