"""Refused rows as a file like the one they came from: mended in place, it can be uploaded as it is."""

from __future__ import annotations

import codecs
import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import xlsxwriter

from data.errors import Language
from data.ingest.disarm import disarmed, with_manners
from data.ingest.layout import Layout
from data.ingest.returned import LINE_HEAD, REASON_HEAD, Refused, returned_rows
from data.ingest.sheets import sheet_cells
from data.ingest.stretches import stretches

PIECE = 64 * 1024
# Excel takes UTF-8 for something else without its mark; reading passes over it.
MARKED = {"utf-8": "utf-8-sig"}


@dataclass(frozen=True)
class Download:
    """A file to hand out, in pieces; `ending` has its dot."""

    ending: str
    media_type: str
    pieces: Iterator[bytes]


def returned_file(tables: Sequence[Refused], language: Language) -> Download:
    """The refused rows of these tables as one file.

    Text keeps its encoding, delimiter and the lines above its header; a workbook its sheets' names, and the rows above
    their headers. Parquet comes as CSV. Behind the last column stand the line and the reason, in the reader's language
    where the encoding has its characters, else in English; reading leaves these columns out.

    Raises:
        NotReadable: when the pieces are taken, where the file cannot be read to its end.
    """
    tables = [replace(table, layout=table.layout.physical or table.layout) for table in tables]
    if any(table.layout.kind == "excel" for table in tables):
        media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return Download(".xlsx", media_type, _workbook(tables, language))
    encodings = {table.layout.encoding for table in tables}
    encoding = encodings.pop() if len(encodings) == 1 else "utf-8"
    encoding = MARKED.get(encoding, encoding)
    return Download(".csv", f"text/csv; charset={encoding.removesuffix('-sig')}", _text(tables, language, encoding))


def _text(tables: Sequence[Refused], language: Language, encoding: str) -> Iterator[bytes]:
    encoder = codecs.getincrementalencoder(encoding)()
    for table in tables:
        for piece in _table_text(table, language, encoding):
            yield encoder.encode(piece)


def _table_text(table: Refused, language: Language, encoding: str) -> Iterator[str]:
    """The lines above, the header and the rows of one table; nothing where none of its rows was refused."""
    layout, line_end = table.layout, _line_end(table.layout)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=layout.delimiter, lineterminator=line_end)
    for number, row in enumerate(returned_rows(table)):
        if number == 0:
            out.write(_lines_above(layout).replace("\r\n", "\n").replace("\n", line_end))
            heads = _heads(table, language)
            if not all(_has(encoding, head) for head in heads):
                heads = _heads(table, "en")
            writer.writerow([*map(disarmed, _headers(layout)), *heads])
        reason = row.reason.say(language)
        reason = reason if _has(encoding, reason) else row.reason.en.encode(encoding, "replace").decode(encoding)
        writer.writerow([*map(disarmed, row.cells), row.line, disarmed(reason), *map(disarmed, row.beyond)])
        if out.tell() > PIECE:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _headers(layout: Layout) -> tuple[str, ...]:
    """The header line as the file has it; one of ours where it has none, by which the columns are known again."""
    return layout.names if layout.header_line == 0 or layout.is_returned else layout.headers


def _heads(table: Refused, language: Language) -> list[str]:
    """Our own headers; the first keeps what the few rows alone would leave open (`03/04`, `1,250`)."""
    places = {name: place for place, name in enumerate(table.layout.names)}
    manners = {places[name]: order for name, order in table.orders.items() if name in places}
    return [with_manners(LINE_HEAD.say(language), manners), REASON_HEAD.say(language)]


def _lines_above(layout: Layout) -> str:
    """Title and comment lines as the file has them."""
    last = (layout.header_line or layout.first_data_line) - 1
    first = last - layout.lines_above + 1
    if layout.kind != "csv" or first > last:
        return ""
    above = replace(layout, first_data_line=first, last_data_line=last)
    return b"".join(stretch.data for stretch in stretches(above, PIECE)).decode("utf-8")


def _line_end(layout: Layout) -> str:
    """That of the file; but no bare carriage return, which could not be told from a line break inside a cell."""
    if layout.kind != "csv":
        return "\r\n"
    with layout.path.open("rb") as file:
        head = codecs.getincrementaldecoder(layout.encoding)("ignore").decode(file.read(PIECE))
    return "\r\n" if "\r\n" in head else "\n"


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _workbook(tables: Sequence[Refused], language: Language) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
        as_text = book.add_format({"quote_prefix": True})
        places: dict[str, int] = {}
        for table in tables:
            name = table.layout.sheet or "Sheet1"
            sheet = book.get_worksheet_by_name(name)
            for line in _sheet_lines(table, language):
                sheet = sheet or book.add_worksheet(name)
                at = places.get(name, 0)
                for column, cell in enumerate(line):
                    if cell:
                        sheet.write_string(at, column, cell, as_text)
                places[name] = at + 1
        book.close()
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _sheet_lines(table: Refused, language: Language) -> Iterator[Sequence[str]]:
    """The rows of a sheet; what looks like a formula is text there, so nothing is put before it."""
    layout = table.layout
    for number, row in enumerate(returned_rows(table)):
        if number == 0:
            last = (layout.header_line or layout.first_data_line) - 1
            above = sheet_cells(layout.path, layout.sheet or "").slice(last - layout.lines_above, layout.lines_above)
            yield from ([cell or "" for cell in cells] for cells in above.iter_rows())
            yield [*_headers(layout), *_heads(table, language)]
        yield [*row.cells, str(row.line), row.reason.say(language), *row.beyond]
