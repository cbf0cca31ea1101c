"""What tables a file holds, however it is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.errors import DataError
from data.ingest.layout import Limits
from data.ingest.read import read
from data.ingest.refusals import TooWide, UnknownEncoding, WrongDelimiter
from data.ingest.sniff import sniff
from tests.data.ingest.files import cells, only, workbook, written

ROWS = "编号,城市,金额\n1,上海,12.5\n2,杭州,3\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_the_encoding_is_told_from_the_bytes(tmp_path: Path, encoding: str) -> None:
    layout = only(written(tmp_path, ROWS * 3, encoding=encoding))
    assert layout.names == ("编号", "城市", "金额")
    assert cells(layout)[0] == (2, "1", "上海", "12.5")


def test_big5_is_not_taken_for_gb18030(tmp_path: Path) -> None:
    text = "訂單編號,收件地址,狀態\n1,臺北市大安區信義路,已完成\n2,高雄市前金區中正路,處理中\n"
    layout = only(written(tmp_path, text, encoding="big5"))
    assert cells(layout)[1] == (3, "2", "高雄市前金區中正路", "處理中")


def test_western_letters_are_not_taken_for_chinese_ones(tmp_path: Path) -> None:
    layout = only(written(tmp_path, "Straße;Ort\nHauptstraße 5;Köln\nRue du Château;Besançon\n", encoding="cp1252"))
    assert (layout.encoding, layout.delimiter) == ("cp1252", ";")
    assert cells(layout)[1] == (3, "Rue du Château", "Besançon")


def test_kanji_without_kana_are_shift_jis(tmp_path: Path) -> None:
    layout = only(written(tmp_path, "注文番号,支払日時,金額\n1,山田太郎,5\n2,佐藤,6\n", encoding="cp932"))
    assert (layout.encoding, layout.names) == ("cp932", ("注文番号", "支払日時", "金額"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_even_rows(tmp_path: Path, delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in (("id", "note", "n"), ("1", "a b", "2"), ("2", "c. d", "3")))
    assert only(written(tmp_path, text)).delimiter == delimiter


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind_end_a_line(tmp_path: Path, end: str) -> None:
    layout = only(written(tmp_path, ROWS.replace("\n", end)))
    assert cells(layout) == [(2, "1", "上海", "12.5"), (3, "2", "杭州", "3")]


def test_titles_and_blank_lines_stand_above_the_header(tmp_path: Path) -> None:
    text = "Campaign report\n1 November 2026 - 7 November 2026\n\nDay,Campaign,Cost\n2026-11-01,a,5\n2026-11-02,b,6\n"
    layout = only(written(tmp_path, text))
    assert (layout.header_line, layout.first_data_line, layout.lines_above) == (4, 5, 3)
    assert layout.titles == ("Campaign report", "1 November 2026 - 7 November 2026")
    assert layout.title_period == (date(2026, 11, 1), date(2026, 11, 7))


@pytest.mark.parametrize(
    "title",
    [
        "2026-11-01 ~ 2026-11-07",
        "2026年11月1日 至 2026年11月7日",
        "20261101-20261107",
        "November 1, 2026 - November 7, 2026",
    ],
)
def test_a_title_with_two_days_is_the_period(tmp_path: Path, title: str) -> None:
    layout = only(
        written(tmp_path, f"{title}\nx,y,z\na,1,2\nb,3,4\n".replace("1, 2026", "1 2026").replace("7, ", "7 "))
    )
    assert layout.title_period == (date(2026, 11, 1), date(2026, 11, 7))


def test_a_title_with_one_day_is_no_period(tmp_path: Path) -> None:
    assert only(written(tmp_path, "Downloaded 2026-11-08\nx,y,z\na,1,2\nb,3,4\n")).title_period is None


def test_tables_one_below_the_other_are_told_apart(tmp_path: Path) -> None:
    """Two tables of two rows, parted by comment lines; the second has a title period of its own."""
    text = (
        "# Start date: 20261101\n# End date: 20261107\n\nCity,Users\nParis,2\nLyon,1\n\n"
        "# Start date: 20261101\n# End date: 20261114\nCity,Users,New users\nParis,2,1\nLyon,1,0\n"
    )
    first, second = sniff(written(tmp_path, text))
    assert cells(first) == [(5, "Paris", "2"), (6, "Lyon", "1")]
    assert cells(second) == [(11, "Paris", "2", "1"), (12, "Lyon", "1", "0")]
    assert second.title_period == (date(2026, 11, 1), date(2026, 11, 14))
    assert second.lines_above == 3


def test_a_blank_row_inside_the_data_begins_no_table(tmp_path: Path) -> None:
    layout = only(written(tmp_path, "name,city\nAda,Paris\n\nBob,Lyon\nCy,Nice\n"))
    assert [line for line, *_ in cells(layout)] == [2, 3, 4, 5]


def test_an_order_number_with_a_hash_is_no_comment(tmp_path: Path) -> None:
    layout = only(written(tmp_path, "Name,Email,Total\n#1001,a@b.c,5\n#1002,,6\n"))
    assert [row[1] for row in cells(layout)] == ["#1001", "#1002"]


def test_a_file_without_header_gets_numbered_columns(tmp_path: Path) -> None:
    layout = only(written(tmp_path, "1,2026-11-01,5.0\n2,2026-11-02,6.5\n"))
    assert (layout.header_line, layout.first_data_line) == (0, 1)
    assert layout.names == ("column_1", "column_2", "column_3")


def test_years_as_headers_are_a_header(tmp_path: Path) -> None:
    assert only(written(tmp_path, "team,2024,2025,2026\na,1,2,3\nb,4,5,6\n")).header_line == 1


def test_empty_and_repeated_headers_get_names_of_their_own(tmp_path: Path) -> None:
    layout = only(written(tmp_path, "id,,Cost ,Cost\n1,a,2,3\n2,b,4,5\n"))
    assert layout.headers == ("id", "", "Cost", "Cost")
    assert layout.names == ("id", "column_2", "Cost", "Cost (2)")


def test_a_workbook_has_a_table_a_sheet_below_its_titles(tmp_path: Path) -> None:
    first = [["生意参谋"], [], ["统计日期", "访客数"], [date(2026, 11, 1), 1234], [date(2026, 11, 2), 5.5]]
    one, two = sniff(workbook(tmp_path, first, [["a", "b"], ["x", "y"]]))
    assert (one.kind, one.sheet, one.header_line) == ("excel", "Sheet1", 3)
    assert cells(one) == [(4, "2026-11-01 00:00:00", "1234"), (5, "2026-11-02 00:00:00", "5.5")]
    assert cells(two) == [(2, "x", "y")]


def test_a_workbook_that_calls_itself_csv_is_read_as_what_it_is(tmp_path: Path) -> None:
    assert only(workbook(tmp_path, [["a", "b"], [1, 2]], name="export.csv")).kind == "excel"


def test_a_csv_that_calls_itself_xls_is_read_as_what_it_is(tmp_path: Path) -> None:
    assert only(written(tmp_path, ROWS, "订单.xls", "gb18030")).kind == "csv"


def test_parquet_comes_as_text_too(tmp_path: Path) -> None:
    path = tmp_path / "file.parquet"
    pl.DataFrame({"id": [1, 2], "day": [date(2026, 11, 1), None], "tags": [["a"], []]}).write_parquet(path)
    layout = only(path)
    assert [row[:3] for row in cells(layout)] == [(1, "1", "2026-11-01"), (2, "2", None)]


def test_a_wrong_guess_is_overruled_and_seen_in_the_layout(tmp_path: Path) -> None:
    path = written(tmp_path, "город;число\nМосква;5\nТверь;6\n", encoding="cp1251")
    assert only(path).names != ("город", "число")
    (layout,) = sniff(path, encoding="Windows-1251", delimiter=";")
    assert (layout.names, layout.encoding, layout.delimiter) == (("город", "число"), "cp1251", ";")
    assert cells(layout)[1] == (3, "Тверь", "6")


def test_a_delimiter_that_a_person_names_parts_the_cells(tmp_path: Path) -> None:
    (layout,) = sniff(written(tmp_path, "a,b|c\n1,2|3\n4,5|6\n"), delimiter="|")
    assert layout.names == ("a,b", "c")


@pytest.mark.parametrize(
    ("told", "error"), [({"encoding": "utf-99"}, UnknownEncoding), ({"delimiter": "ab"}, WrongDelimiter)]
)
def test_what_is_no_encoding_or_delimiter_is_refused_with_what_there_is(
    tmp_path: Path, told: dict[str, str], error: type[DataError]
) -> None:
    with pytest.raises(error, match="Nothing was changed; take"):
        sniff(written(tmp_path, ROWS), **told)


def test_mixed_line_ends_end_lines_alike(tmp_path: Path) -> None:
    layout = only(written(tmp_path, "编号,金额\r\n1,2\n3,4\r5,6\r\n"))
    assert cells(layout) == [(2, "1", "2"), (3, "3", "4"), (4, "5", "6")]


def test_line_ends_that_alternate_end_lines_too(tmp_path: Path) -> None:
    """Two bare carriage returns and two pairs: without the bare ones there are even rows of twice the cells."""
    layout = only(written(tmp_path, "编号,金额\r1,2\r\n3,4\r5,6\r\n"))
    assert cells(layout) == [(2, "1", "2"), (3, "3", "4"), (4, "5", "6")]


def test_a_bare_cr_inside_a_cell_ends_no_line(tmp_path: Path) -> None:
    layout = only(written(tmp_path, 'id,note,n\r\n1,"one\rtwo",5\r\n2,x,6\r\n'))
    assert [line for line, *_ in cells(layout)] == [2, 3]


def test_a_first_row_with_a_day_like_those_below_is_data(tmp_path: Path) -> None:
    layout = only(written(tmp_path, "A001,张三,上海,2026-11-01\nA002,李四,北京,2026-11-02\n"))
    assert (layout.header_line, layout.first_data_line) == (0, 1)
    broken = only(written(tmp_path, "A001,上海,2026-11-01\nA002,北京,soon\nA003,杭州,2026-11-03\n"))
    assert broken.header_line == 0


def test_a_first_row_whose_texts_stand_below_too_is_data(tmp_path: Path) -> None:
    layout = only(written(tmp_path, "tmall,上海,delivered\njd,北京,delivered\ntmall,杭州,shipped\n"))
    assert (layout.header_line, layout.first_data_line) == (0, 1)


def test_more_lines_above_than_rows_below_are_titles(tmp_path: Path) -> None:
    layout = only(written(tmp_path, "".join(f"Note {at}\n" for at in range(60)) + "id,city,n\n1,Rome,2\n2,Bern,3\n"))
    assert (layout.header_line, layout.names) == (61, ("id", "city", "n"))


def test_groups_above_columns_are_part_of_their_names(tmp_path: Path) -> None:
    """Merged cells reach a reader as one filled cell and blanks."""
    rows = [
        ["日期", "销售", None, "退货", None],
        [None, "数量", "金额", "数量", "金额"],
        [date(2026, 11, 1), 2, 30, 1, 9],
    ]
    layout = only(workbook(tmp_path, [["月报"], *rows, [date(2026, 11, 2), 3, 40, 0, 0]]))
    assert layout.names == ("日期", "销售 数量", "销售 金额", "退货 数量", "退货 金额")
    assert (layout.header_line, layout.first_data_line) == (2, 4)
    assert [row[0] for row in cells(layout)] == [4, 5]


def test_groups_that_are_fewer_than_half_of_the_columns_are_part_of_their_names_too(tmp_path: Path) -> None:
    header = ",,Sales,,,Returns,,\nDay,Shop,Qty,Amount,Tax,Qty,Amount,Tax\n"
    text = header + "2026-11-01,a,1,2,3,4,5,6\n2026-11-02,b,1,2,3,4,5,6\n"
    layout = only(written(tmp_path, text))
    assert layout.names[:4] == ("Day", "Shop", "Sales Qty", "Sales Amount")
    assert layout.names[-1] == "Returns Tax"


def test_a_first_row_of_words_below_a_header_with_gaps_is_data(tmp_path: Path) -> None:
    layout = only(written(tmp_path, "id,name,,city\nA1,Bob,x,Rome\nA2,Al,y,Bern\n"))
    assert layout.first_data_line == 2


def test_a_cell_beyond_the_limit_is_refused_with_its_line(tmp_path: Path) -> None:
    text = "a,b\n" + "1,2\n" * 3 + "1," + "x" * 200_000 + "\n"
    with pytest.raises(TooWide, match="line 5: 200,000 characters in one cell"):
        sniff(written(tmp_path, text))
    head_only = replace(Limits(), whole_bytes=10, head_bytes=12, tail_bytes=4)
    (layout,) = sniff(written(tmp_path, text), head_only)
    with pytest.raises(TooWide, match="line 5: 200,000 characters in one cell"):
        [*read(layout)]
