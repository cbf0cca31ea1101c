"""Every record is a row with its physical line; nothing is lost and nothing merges."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from data.ingest.layout import LINE, MORE
from data.ingest.read import read
from data.ingest.skip import non_data
from tests.data.ingest.files import cells, only, written


def test_a_row_knows_the_line_its_record_starts_on(tmp_path: Path) -> None:
    """The note of the first row has two line breaks, so the second row starts on line 5."""
    layout = only(written(tmp_path, 'id,note\n1,"a\nb\n\nc"\n2,d\n3,"e ""f"""\n'))
    assert cells(layout) == [(2, "1", "a\nb\n\nc"), (6, "2", "d"), (7, "3", 'e "f"')]


def test_blank_rows_and_short_rows_stay_rows(tmp_path: Path) -> None:
    layout = only(written(tmp_path, "a,b,c\n1,2,3\n\n4\n5,,6\n"))
    assert cells(layout) == [(2, "1", "2", "3"), (3, None, None, None), (4, "4", None, None), (5, "5", None, "6")]


def test_cells_beyond_the_header_are_kept_aside(tmp_path: Path) -> None:
    """A comma in an unquoted name shifts the row: it must not be read as if nothing happened."""
    layout = only(written(tmp_path, "id,name,price\n1,tea,5\n2,tea, green,6\n3,milk,7,\n"))
    assert cells(layout) == [(2, "1", "tea", "5"), (3, "2", "tea", " green", "6"), (4, "3", "milk", "7")]


def test_a_stray_quotation_mark_is_text(tmp_path: Path) -> None:
    """Two rows with an inch mark each: a careless reader makes one record of them."""
    layout = only(written(tmp_path, 'id,screen,price\n1,5.5" wide,10\n2,6" wide,20\n3,none,30\n'))
    assert cells(layout) == [(2, "1", '5.5" wide', "10"), (3, "2", '6" wide', "20"), (4, "3", "none", "30")]


def test_wrapped_numbers_stay_as_they_are_written(tmp_path: Path) -> None:
    layout = only(written(tmp_path, '订单编号,金额\n="00123",5\n="00124",6\n'))
    assert cells(layout)[0] == (2, '="00123"', "5")


@pytest.mark.parametrize("chunk_rows", [1, 7, 1000])
def test_stretches_join_without_a_seam(tmp_path: Path, chunk_rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells with line breaks and doubled quotes, read in small pieces, as in one."""
    rows = [f'{n},"line {n}\nand ""more"" {"x" * (n % 50)}",{n * 2}' for n in range(500)]
    layout = only(written(tmp_path, "id,text,twice\n" + "\n".join(rows) + "\n"))
    whole = cells(layout)
    monkeypatch.setattr("data.ingest.read.SMALLEST", 64)
    monkeypatch.setattr("data.ingest.stretches.PIECE", 100)
    assert cells(layout, chunk_rows) == whole
    assert [line for line, *_ in whole] == [2 + 2 * n for n in range(500)]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "cp950"])
def test_a_character_may_fall_between_two_pieces(
    tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = only(written(tmp_path, "編號,城市\n" + "".join(f"{n},臺北市\n" for n in range(200)), encoding=encoding))
    whole = cells(layout)
    monkeypatch.setattr("data.ingest.stretches.PIECE", 33)
    assert cells(layout) == whole
    assert len(whole) == 200


def test_only_the_asked_columns_are_read(tmp_path: Path) -> None:
    (frame,) = read(only(written(tmp_path, "a,b,c\n1,2,3\n4,5,6\n")), only=["c"])
    assert frame.columns == ["c", "_line", "_more"]
    assert frame["c"].to_list() == ["3", "6"]


def test_summary_rows_anywhere_are_no_data_and_names_that_sound_like_them_are() -> None:
    """A subtotal stands below its group and leaves columns empty; `colgate total` is a search term like any other."""
    rows = [
        ("East", "a", "1"), ("East Total", None, "1"), ("华东小计", None, "1"), ("Subtotal", None, "1"),
        ("平均", "", "2"), ("Sum:", None, "3"), ("colgate", "x", "1"),
        ("colgate total", "y", "2"), ("total care", "z", "3"),
    ]  # fmt: skip
    frame = (
        pl.DataFrame({name: [row[at] for row in rows] for at, name in enumerate(("region", "shop", "sales"))})
        .with_row_index(LINE)
        .with_columns(pl.lit(None, pl.String).alias(MORE))
    )
    skipped = frame.filter(non_data(frame))["region"].to_list()
    assert skipped == ["East Total", "华东小计", "Subtotal", "平均", "Sum:"]
