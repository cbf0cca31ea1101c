"""Refused rows go out as a file like the one they came from, are mended in place, and come in as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from data.errors import Language
from data.ingest.disarm import disarmed, rearmed, rearmed_cells
from data.ingest.pipeline import Desk, prepare
from data.ingest.recipe_yaml import from_yaml
from data.ingest.remembered import remember
from data.ingest.returned import COMPANION
from data.ingest.sheets import sheet_cells
from data.ingest.sniff import sniff
from pages.kit.uploads.refusals import refused_file, refused_name
from tests.data.desks import bring_file, opened_desk
from tests.data.ingest.files import only, written
from tests.data.lakes import NOW

MAPPING = """id: own_shop
parts:
- table: fact_order
  columns: {order_id: 单号, paid_at: 付款, gmv_amount: 金额, region: 备注}
"""
TITLE = "导出;2026年11月\r\n\r\n"
HEAD = "单号;付款;金额;备注\r\n"
GOOD = "".join(f"A{n};2026-11-0{n} 10:00:00;{n}.50;上海\r\n" for n in range(1, 8))


@pytest.fixture
def desk(lake_template: Path, tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(lake_template, tmp_path / "home") as desk:
        yield desk


def returned(desk: Desk, file: Path, language: Language = "en") -> tuple[bytes, str]:
    prepared = prepare(file, desk)
    return refused_file(prepared, desk, language), refused_name(prepared)


def count(desk: Desk, sql: str) -> list[tuple[object, ...]]:
    return desk.warehouse.connection.cursor().execute(sql).fetchall()


def test_a_refused_row_is_mended_in_the_file_that_came_back_and_loaded(desk: Desk, tmp_path: Path) -> None:
    """GB18030, semicolons, title lines, a saved mapping; a formula in a cell comes back as it was."""
    headers = ("单号", "付款", "金额", "备注")
    remember(desk.installation.state, headers, from_yaml(MAPPING), "shop", "mei", NOW)
    bad = "A8;2026-13-08 10:00:00;8.50;=上海\r\n"
    file = written(tmp_path, (TITLE + HEAD + GOOD + bad).encode("gb18030"), "单.csv")
    assert bring_file(desk, file).rejected == 1
    content, name = returned(desk, file, "zh-Hans")
    text = content.decode("gb18030")
    assert name == "refused-单.csv"
    assert text == (
        TITLE + "单号;付款;金额;备注;[Sevenboard] 行号;[Sevenboard] 原因\r\n"
        "A8;2026-13-08 10:00:00;8.50;'=上海;11;付款 不是日期：“2026-13-08 10:00:00”\r\n"
    )
    mended = written(tmp_path, text.replace("2026-13-08", "2026-11-08").encode("gb18030"), "mended.csv")
    found = prepare(mended, desk).matches[0]
    assert (found.how, found.layout.encoding, found.layout.delimiter) == ("saved", "gb18030", ";")
    outcome = bring_file(desk, mended)
    assert (outcome.status, outcome.loaded, outcome.rejected) == ("loaded", 1, 0)
    order = "select order_id, gmv_amount::varchar, region from lake.main.fact_order where order_id = 'A8'"
    assert count(desk, order) == [("A8", "8.5000", "=上海")]


def test_what_the_whole_file_showed_is_still_known_of_the_few_rows_that_came_back(desk: Desk, tmp_path: Path) -> None:
    """13/11 and 12,50 decide for the file; 03/11 and 1,250 alone may be March and a thousand."""
    rows = "A1;13/11/2026;12,50\nA2;03/11/2026;1,250\nA3;14/11/2026;9,99\n"
    text = "order_id;paid_at;gmv_amount\n" + rows.replace("A2;", ";")
    assert bring_file(desk, written(tmp_path, text)).rejected == 1
    content, _ = returned(desk, tmp_path / "file.csv")
    assert "[Sevenboard] Line (2 dmy, 3 comma)" in content.decode("utf-8-sig")
    outcome = bring_file(desk, written(tmp_path, content.replace(b"\n;", b"\nA2;"), "mended.csv"))
    assert (outcome.status, outcome.loaded) == ("loaded", 1)
    kept = "select paid_date::varchar, gmv_amount::varchar from lake.main.fact_order where order_id = 'A2'"
    assert count(desk, kept) == [("2026-11-03", "1.2500")]


def test_rows_that_are_replaced_together_come_back_together(desk: Desk, tmp_path: Path) -> None:
    """Two lines of an order without line numbers: the mended one alone would take the place of both."""
    lines = "{order_id: order, sku: sku, paid_date: paid, qty: qty}"
    recipe = from_yaml(f"id: own_lines\nparts: [{{table: fact_order_line, columns: {lines}}}]")
    remember(desk.installation.state, ("order", "sku", "paid", "qty"), recipe, "lines", "mei", NOW)
    rows = "A1,s1,2026-11-02,1\nA1,s2,2026-11-02,ten\nA2,s1,2026-11-02,1\nA3,s1,2026-11-02,1\n"
    file = written(tmp_path, "order,sku,paid,qty\n" + rows)
    assert bring_file(desk, file).rejected == 1
    content, _ = returned(desk, file)
    text = content.decode("utf-8-sig")
    assert f'A1,s1,2026-11-02,1,2,"{COMPANION.en}"' in text
    assert "A2" not in text
    bring_file(desk, written(tmp_path, text.replace("ten", "10"), "mended.csv"))
    kept = "select sku, qty from lake.main.fact_order_line where order_id = 'A1' order by sku"
    assert count(desk, kept) == [("s1", 1), ("s2", 10)]


def test_a_workbook_comes_back_as_a_workbook_with_its_sheet_and_no_cell_is_changed(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "orders.xlsx"
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("十一月")
    lines = ["导出于 2026-11-09", ("order_id", "paid_at", "gmv_amount", "region"), ("A1", "2026-11-02", "1", "上海")]
    for at, line in enumerate([*lines, ("A2", "2026-11-03", "one", "@here"), ("A3", "2026-11-03", "3", "北京")]):
        for column, cell in enumerate([line] if isinstance(line, str) else line):
            sheet.write_string(at, column, cell)
    book.close()
    assert bring_file(desk, file).rejected == 1
    content, name = returned(desk, file)
    assert name == "refused-orders.xlsx"
    mended = tmp_path / "mended.xlsx"
    mended.write_bytes(content)
    assert sheet_cells(mended, "十一月").rows() == [
        ("导出于 2026-11-09", None, None, None, None, None),
        ("order_id", "paid_at", "gmv_amount", "region", "[Sevenboard] Line", "[Sevenboard] Reason"),
        ("A2", "2026-11-03", "one", "@here", "4", "gmv_amount is not a number: 'one'"),
    ]
    assert only(mended).names == only(file).names


def test_cells_beyond_the_last_header_come_back_behind_the_reason(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path, "order_id,paid_at,gmv_amount\nA1,2026-11-02,1\nA2,2026-11-02,1,000\nA3,2026-11-02,3\n")
    content, _ = returned(desk, file)
    assert content.decode("utf-8-sig").splitlines()[1].startswith("A2,2026-11-02,1,3,")
    assert content.decode("utf-8-sig").splitlines()[1].endswith(",000")


def test_a_reason_that_the_encoding_lacks_is_said_in_english(desk: Desk, tmp_path: Path) -> None:
    text = "order_id,paid_at,gmv_amount,region\nA1,2026-11-02,1,Köln\nA2,2026-11-02,zéro,Köln\nA3,2026-11-02,3,Köln\n"
    content, _ = returned(desk, written(tmp_path, text.encode("cp1252")), "zh-Hans")
    assert content.decode("cp1252").splitlines()[1].endswith("gmv_amount is not a number: 'zéro'")


def test_a_file_without_headers_gets_some_by_which_its_columns_are_known_again(tmp_path: Path, desk: Desk) -> None:
    file = written(tmp_path, "A1,2026-11-02,1.5\nA2,2026-13-03,2.5\nA3,2026-11-04,3.5\nA4,2026-11-04,3.5\n")
    names = only(file).names
    mapping = MAPPING.replace("单号", names[0]).replace("付款", names[1]).replace("金额, region: 备注", names[2])
    remember(desk.installation.state, names, from_yaml(mapping), "bare", "mei", NOW)
    content, _ = returned(desk, file)
    mended = written(tmp_path, content.replace(b"-13-", b"-11-"), "mended.csv")
    (layout,) = sniff(mended)
    assert layout.names == names
    assert bring_file(desk, mended).loaded == 1


@given(st.text(st.sampled_from("'=+-@\t5a.\n")))
def test_disarming_is_undone_exactly(text: str) -> None:
    assert rearmed(disarmed(text)) == text
    assert rearmed_cells(pl.DataFrame({"a": [disarmed(text)]}), ["a"]).item() == text
