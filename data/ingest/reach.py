"""How far the sheets of a workbook reach, read from its parts before anything is opened.

A reader keeps a sheet as a full grid from its first to its last cell, so two cells a billion apart would take all
memory; and a workbook is an archive, so it may be a bomb. Sheets of the old .xls cannot reach beyond 17 million cells.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from data.ingest import refusals
from data.ingest.layout import Limits
from data.ingest.refusals import DamagedFile, NotWorkedOut, TooManyCells
from data.ingest.unpack import BROKEN, Budget

PIECE = 4 * 1024 * 1024
# A tag is not longer than this; what is left of a piece is looked at again with the next one.
TAG = 1024
ROW = re.compile(rb'<(?:\w+:)?row\s(?:[^>]*?\s)?r="(\d+)"')
COLUMN = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})\d+"[^>]*?(?<!/)>')
CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})(\d+)"[^>]*?(?<!/)>')
# A formula that no program has worked out: nothing says what it comes to. An empty text (t="str") is a result.
FORMULA = re.compile(
    rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3}\d+)"([^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
ODS_ROWS = re.compile(rb'number-rows-repeated="(\d+)"')
ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell([^>]*)>")
ODS_COLUMNS = re.compile(rb'number-columns-repeated="(\d+)"')
ODS_VALUE, ODS_ROW, ODS_TABLE = b"value-type", b"<table:table-row", b"<table:table "


def check_reach(path: Path, limits: Limits) -> None:
    """Look at the parts of an .xlsx, .xlsb or .ods.

    Raises:
        TooManyCells: a sheet reaches over more cells than `limits.sheet_cells`.
        BombLike: the parts unpack to more than the limits.
        NotWorkedOut: a formula has no result.
        DamagedFile: they cannot be unpacked.
    """
    if not zipfile.is_zipfile(path):
        return
    budget = Budget(path.name, limits, path.stat().st_size)
    try:
        with zipfile.ZipFile(path) as book:
            for info in book.infolist():
                pieces = _worked_out(_pieces(book, info, budget), path)
                name = info.filename.lower()
                reach = _reach(name, pieces, book, info, budget)
                for rows, columns in reach:
                    if rows * columns > limits.sheet_cells:
                        sheet = info.filename.rpartition("/")[2]
                        raise TooManyCells(
                            file=path.name, sheet=sheet, rows=rows, columns=columns, limit=limits.sheet_cells
                        )
    except (*BROKEN, zlib.error):
        raise DamagedFile(file=path.name, kind=refusals.WORKBOOK) from None


def _reach(
    name: str, pieces: Iterator[bytes], book: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget
) -> Iterator[tuple[int, int]]:
    """(last row, last column) of each sheet in a part of the workbook; none where the part is no sheet."""
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        rows, columns, are_placed = _of_xml(pieces)
        # Formatted rows without a cell make a sheet look longer than it is: only then each cell is looked at.
        if are_placed and rows * columns > budget.limits.sheet_cells:
            rows, columns = _of_cells(_pieces(book, info, budget))
        yield rows, columns
    elif name.startswith("xl/worksheets/") and name.endswith(".bin"):
        yield _of_records(pieces)
    elif name == "content.xml":
        yield from _of_ods(pieces)
    else:
        for _ in pieces:
            continue


def _pieces(book: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    with book.open(info) as part:
        while piece := part.read(PIECE):
            budget.spend(len(piece))
            yield piece


def _worked_out(pieces: Iterator[bytes], path: Path) -> Iterator[bytes]:
    for piece in pieces:
        yield piece
        # Few sheets hold formulas; a cell that two pieces share is looked at in neither.
        if b"</f>" in piece or b":f>" in piece:
            for cell in FORMULA.finditer(piece):
                if b't="str"' not in cell[0].partition(b">")[0]:
                    raise NotWorkedOut(file=path.name, cell=cell[1].decode())


def _overlapping(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, each cut before its last tag, which begins the next one."""
    left = b""
    for piece in pieces:
        whole = left + piece
        cut = whole.rfind(b"<", max(0, len(whole) - TAG))
        left = whole[cut:] if cut > 0 else b""
        yield whole[: len(whole) - len(left)]
    yield left


def _of_xml(pieces: Iterator[bytes]) -> tuple[int, int, bool]:
    """(last row, last column, whether all cells say their place)."""
    last_row, last_column, counted, widest, in_row = 0, 0, 0, 0, 0
    for piece in _overlapping(pieces):
        last_row = max(last_row, max(map(int, ROW.findall(piece)), default=0))
        last_column = max(last_column, max(map(_number, set(COLUMN.findall(piece))), default=0))
        cells = piece.count(b"<c ") + piece.count(b"<c>")
        counted += piece.count(b"<row")
        if cells > piece.count(b' r="'):
            # Cells without a place of their own stand one after the other.
            first, *others = piece.split(b"<row")
            in_row += first.count(b"<c ") + first.count(b"<c>")
            widest = max(widest, in_row)
            for row in others:
                in_row = row.count(b"<c ") + row.count(b"<c>")
                widest = max(widest, in_row)
    return max(last_row, counted), max(last_column, widest), not widest


def _of_cells(pieces: Iterator[bytes]) -> tuple[int, int]:
    last_row = last_column = 0
    for piece in _overlapping(pieces):
        for match in CELL.finditer(piece):
            last_row = max(last_row, int(match[2]))
            last_column = max(last_column, _number(match[1]))
    return last_row, last_column


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _of_records(pieces: Iterator[bytes]) -> tuple[int, int]:
    """Of an .xlsb: record type and length in 7-bit groups; type 0 begins a row, types 1 to 11 are cells."""
    data = b"".join(pieces)
    at = row = last_row = last_column = 0
    while at < len(data) - 1:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind, at = (kind & 0x7F) | (data[at] << 7), at + 1
        length = shift = 0
        while at < len(data):
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        if kind == 0:
            row = int.from_bytes(data[at : at + 4], "little") + 1
        elif 2 <= kind <= 11:
            last_row = max(last_row, row)
            last_column = max(last_column, int.from_bytes(data[at : at + 4], "little") + 1)
        at += length
    return last_row, last_column


def _of_ods(pieces: Iterator[bytes]) -> Iterator[tuple[int, int]]:
    left = b""
    row = last_row = last_column = 0
    for piece in (*pieces, b""):
        whole = left + piece
        rows = whole.split(ODS_ROW)
        left = ODS_ROW + rows.pop() if piece and len(rows) > 1 else b""
        for text in rows:
            head = text.partition(b">")[0]
            repeated = ODS_ROWS.search(head)
            row += int(repeated[1]) if repeated else 1
            width = _ods_width(text)
            if width:
                last_row, last_column = row, max(last_column, width)
            if ODS_TABLE in text:
                # What stands behind the row is the next sheet.
                yield last_row, last_column
                row = last_row = last_column = 0
    yield last_row, last_column


def _ods_width(text: bytes) -> int:
    at = width = 0
    for cell in ODS_CELL.finditer(text):
        repeated = ODS_COLUMNS.search(cell[1])
        at += int(repeated[1]) if repeated else 1
        width = at if ODS_VALUE in cell[1] else width
    return width
