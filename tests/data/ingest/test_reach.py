"""Workbooks that would take all memory are refused before they are opened."""

from __future__ import annotations

import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter

from data.ingest.layout import Limits
from data.ingest.reach import check_reach
from data.ingest.refusals import BombLike, NotWorkedOut, TooManyCells
from data.ingest.sniff import sniff
from tests.data.ingest.files import workbook

ROWS = [["a", "b"], [1, 2], [3, 4]]


def with_part(folder: Path, part: str, change: tuple[bytes, bytes]) -> Path:
    """A workbook of two columns, with a text in one of its parts replaced."""
    source, path = workbook(folder, ROWS, name="good.xlsx"), folder / "bad.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            assert name != part or change[0] in data
            new.writestr(name, data.replace(*change) if name == part else data)
    return path


def with_sheet(folder: Path, data: bytes) -> Path:
    """A workbook whose sheet holds these rows, as XML."""
    sheet = "xl/worksheets/sheet1.xml"
    return with_part(folder, sheet, (b"</sheetData>", data + b"</sheetData>"))


def test_two_cells_a_billion_apart_are_refused_before_memory_is_taken(tmp_path: Path) -> None:
    path = with_sheet(tmp_path, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    start = time.monotonic()
    with pytest.raises(TooManyCells, match="row 1,048,576 and column 16,384"):
        sniff(path)
    assert time.monotonic() - start < 5


def test_formatted_rows_without_cells_are_no_reach(tmp_path: Path) -> None:
    path = with_sheet(tmp_path, b'<row r="1048576" ht="20"></row>')
    check_reach(path, Limits(sheet_cells=1_000_000))
    empty = with_sheet(tmp_path, b'<row r="9"><c r="XFD9" s="0"/></row>')
    (layout,) = sniff(empty)
    assert layout.names == ("a", "b")


def test_cells_without_a_place_are_counted_where_they_stand(tmp_path: Path) -> None:
    path = with_sheet(tmp_path, b"<row>" + b"<c><v>1</v></c>" * 30_000 + b'</row><row r="90000"><c><v>1</v></c></row>')
    with pytest.raises(TooManyCells, match="30,000"):
        check_reach(path, Limits())


def test_a_workbook_that_is_a_bomb_is_refused(tmp_path: Path) -> None:
    path = with_sheet(tmp_path, b" " * 40_000_000)
    with pytest.raises(BombLike):
        sniff(path)


def test_an_ods_that_repeats_a_cell_a_billion_times_is_refused(tmp_path: Path) -> None:
    """A blank repeated row at the end, as every such file has, is no reach; a repeated value is."""
    repeated = b'<table:table-cell table:number-columns-repeated="16384"/>'
    blank = b'<table:table-row table:number-rows-repeated="1048000">' + repeated
    value = b'<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
    head = b'<table:table table:name="one">'
    for rows, is_good in (
        (value + blank, True),
        (value + blank.replace(b"/>", b' office:value-type="string"/>'), False),
    ):
        path = tmp_path / "book.ods"
        with zipfile.ZipFile(path, "w") as book:
            book.writestr("content.xml", head + rows)
        if is_good:
            check_reach(path, Limits())
        else:
            with pytest.raises(TooManyCells):
                check_reach(path, Limits())


def test_a_formula_that_nobody_worked_out_is_refused_and_an_empty_result_is_not(tmp_path: Path) -> None:
    """A cell without its result would read as no amount."""
    cell = b'<row r="1"><c r="A1"><v>1</v></c><c r="B1"%s><f>5*3</f><v></v></c></row>'
    with pytest.raises(NotWorkedOut, match="cell B1"):
        check_reach(with_sheet(tmp_path, cell % b""), Limits())
    check_reach(with_sheet(tmp_path, cell % b' t="str"'), Limits())


def test_a_hidden_sheet_is_not_loaded(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        for name in ("shown", "hidden"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["a", "b"])
            sheet.write_row(1, 0, [1, 2])
        sheet.hide()
    assert [layout.sheet for layout in sniff(tmp_path / "book.xlsx")] == ["shown"]


def test_the_limit_is_a_setting(tmp_path: Path) -> None:
    with pytest.raises(TooManyCells, match="more than 5 cells"):
        sniff(workbook(tmp_path, ROWS), replace(Limits(), sheet_cells=5))
