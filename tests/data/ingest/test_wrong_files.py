"""A wrong file gets one plain sentence in three languages."""

from __future__ import annotations

import random
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from data.ingest.read import read
from data.ingest.refusals import (
    DamagedFile,
    EmptyFile,
    NoSuchFile,
    NotATable,
    NotReadable,
    TooWide,
    UnclosedQuote,
    UndecodableText,
)
from data.ingest.sniff import DEFAULT_LIMITS, sniff
from tests.data.ingest.files import only, recognised, workbook, written

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (PNG, "is an image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "is an image"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is a PDF document"),
        (b"\x1f\x8b\x08\x00abc", "is a packed archive"),
        (b"<!DOCTYPE html><html><body>hello</body></html>", "is a web page"),
        (b'{"orders": [1, 2]}', "is JSON"),
        (random.Random(7).randbytes(4000), "is a binary file"),
    ],
)
def test_what_holds_no_table_is_called_by_its_name(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(NotATable, match=words) as caught:
        sniff(written(tmp_path, content))
    assert "Nothing was changed" in str(caught.value)
    for language in ("zh-Hans", "zh-Hant"):
        assert "file.csv" in caught.value.say(language)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n \r\n"])
def test_an_empty_file_is_called_empty(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(EmptyFile):
        sniff(written(tmp_path, content))


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile):
        sniff(tmp_path / "nothing.csv")


def test_a_packed_archive_is_not_taken_for_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "orders.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("orders.csv", "a,b\n1,2\n")
    with pytest.raises(NotATable, match="unpack it first"):
        sniff(path)


def test_a_workbook_that_was_cut_off_is_called_damaged(tmp_path: Path) -> None:
    whole = workbook(tmp_path, [["a", "b"], [1, 2]]).read_bytes()
    with pytest.raises(DamagedFile, match="Excel workbook"):
        sniff(written(tmp_path, whole[: len(whole) // 2], "half.xlsx"))


def test_a_sentence_alone_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="no table"):
        sniff(written(tmp_path, "# nothing but a remark\n"))


def test_bytes_that_break_the_encoding_later_are_found_with_their_line(tmp_path: Path) -> None:
    """The head is GB18030, and in line 4 stands a byte that no GB18030 text can hold."""
    text = "编号,城市\n1,上海市\n2,杭州市\n".encode("gb18030") + b"3,\xff\xff\n"
    with pytest.raises(UndecodableText, match="line"):
        [*read(_as_gb18030(written(tmp_path, text)))]


def test_utf8_that_was_cut_or_glued_is_refused_and_not_read_as_another_encoding(tmp_path: Path) -> None:
    """Cut inside a letter, and with a line of GB18030 behind; as GB18030 every city would be wrong."""
    text = "order_id,paid_at,region\n1,2026-11-01,上海\n2,2026-11-01,北京\n".encode()
    for end in (b"3,2026-11-01,\xe4\xb8\n", "3,2026-11-01,天津\n".encode("gb18030")):
        with pytest.raises(UndecodableText, match="line 4"):
            sniff(written(tmp_path, text + end))


def test_a_wrong_word_about_the_encoding_is_a_sentence_too(tmp_path: Path) -> None:
    """The head is ASCII, so it fits any encoding; line 13 is not UTF-8, and one letter is cut in half."""
    head_only = replace(DEFAULT_LIMITS, whole_bytes=10, head_bytes=20, tail_bytes=4)
    text = "id,city\n" + "1,Rome\n" * 11
    (layout,) = sniff(written(tmp_path, text + "2,Orléans\n", encoding="cp1252"), head_only, encoding="UTF-8")
    with pytest.raises(UndecodableText, match="line 13"):
        [*read(layout)]
    cut = (text + "2,杭州").encode("gb18030")[:-1]
    (layout,) = sniff(written(tmp_path, cut, "cut.csv"), head_only, encoding="GB18030")
    with pytest.raises(UndecodableText):
        [*read(layout)]


def _as_gb18030(path: Path):  # type: ignore[no-untyped-def]
    return replace(only(path), encoding="gb18030")


def test_a_quotation_mark_that_never_closes_is_found_with_its_line(tmp_path: Path) -> None:
    layout = only(written(tmp_path, 'id,note\n1,a\n2,"b\n3,c\n4,d\n'))
    with pytest.raises(UnclosedQuote, match="line 3"):
        [*read(layout)]


def test_more_columns_than_the_limit_are_refused(tmp_path: Path) -> None:
    header, row = ",".join(f"c{n}" for n in range(2001)), ",".join("1" * 2001)
    with pytest.raises(TooWide, match="2001 columns"):
        sniff(written(tmp_path, f"{header}\n{row}\n"))


def test_a_table_that_matches_nothing_matches_nothing(tmp_path: Path) -> None:
    header = "wheel,spoke,rim,hub,tyre,valve,nut,chain,pedal,saddle"
    found = recognised(written(tmp_path, f"{header}\n{','.join('abcdefghij')}\n{','.join('klmnopqrst')}\n"))
    assert (found.how, found.recipe, found.is_certain) == ("none", None, False)
