"""Packed files: each member a file of its own, within limits, whatever their names try."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from data.ingest import archive
from data.ingest.pipeline import Desk, bring, prepare
from data.ingest.refusals import BombLike, DamagedFile, Locked, NotReadable, TooManyMembers
from data.ingest.sniff import DEFAULT_LIMITS
from data.ingest.tables import find_tables
from tests.data.desks import opened_desk
from tests.data.ingest.files import workbook, written

RATES = "day,currency,rate\n2026-11-01,USD,7.1\n"
LATER = "day,currency,rate\n2026-11-02,USD,7.2\n2026-11-03,USD,7.3\n"


@pytest.fixture
def desk(lake_template: Path, tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(lake_template, tmp_path / "home", base_currency="CNY") as opened:
        yield opened


def zipped(folder: Path, members: Mapping[str, str | bytes], name: str = "export.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for member, content in members.items():
            packed.writestr(member, content)
    return path


def test_each_member_is_a_batch_and_the_original_is_kept_once(desk: Desk, tmp_path: Path) -> None:
    """Two files and a note: two batches named after their members, and a word about the note."""
    file = zipped(tmp_path, {"a/one.csv": RATES, "two.csv": LATER, "readme.txt": "", "__MACOSX/._two.csv": "x"})
    first, second, note = bring(prepare(file, desk), desk)
    assert (first.file, first.loaded) == ("export.zip [a/one.csv]", 1)
    assert (second.file, second.loaded) == ("export.zip [two.csv]", 2)
    assert (note.file, note.status) == ("export.zip [readme.txt]", "not_readable")
    assert len([*archive.stored(desk.installation.home.archive)]) == 1
    assert {one.status for one in bring(prepare(file, desk), desk)} == {"already_here", "not_readable"}


def test_a_gz_is_read_like_the_file_in_it(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path, gzip.compress(LATER.encode()), "rates.csv.gz")
    (outcome,) = bring(prepare(file, desk), desk)
    assert (outcome.file, outcome.loaded) == ("rates.csv.gz [rates.csv]", 2)


def test_a_tar_gz_has_several_files(tmp_path: Path) -> None:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as packed:
        for name in ("one.csv", "../two.csv"):
            info = tarfile.TarInfo(name)
            info.size = len(RATES)
            packed.addfile(info, io.BytesIO(RATES.encode()))
    found = find_tables(written(tmp_path, raw.getvalue(), "all.tar.gz"))
    assert [layout.member for layout in found.layouts] == ["one.csv", "two.csv"]


def test_a_workbook_in_an_archive_is_read_by_its_sheets(tmp_path: Path) -> None:
    book = workbook(tmp_path, [["a", "b"], [1, 2]], [["c", "d"], [3, 4]])
    found = find_tables(zipped(tmp_path, {"book.xlsx": book.read_bytes()}))
    assert [layout.part for layout in found.layouts] == ["book.xlsx / Sheet1", "book.xlsx / Sheet2"]


@pytest.mark.parametrize(
    "name", ["../../evil.csv", "/etc/evil.csv", "C:\\temp\\evil.csv", "CON.csv", "a\x00\n/evil.csv"]
)
def test_a_members_name_leads_nowhere(tmp_path: Path, name: str) -> None:
    before = {*tmp_path.parent.rglob("*evil*"), *Path("/etc").glob("*evil*")}
    found = find_tables(zipped(tmp_path, {name: RATES}))
    assert found.unpacked is not None
    (layout,) = found.layouts
    assert found.unpacked.folder in layout.path.resolve().parents
    assert ".." not in layout.member
    assert before == {*tmp_path.parent.rglob("*evil*"), *Path("/etc").glob("*evil*")}


def test_chinese_names_of_windows_tools_can_be_read(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"AAAA.csv": RATES})
    raw = path.read_bytes().replace(b"AAAA", "订单".encode("gb18030"))
    assert find_tables(written(tmp_path, raw, "cn.zip")).layouts[0].member == "订单.csv"


def test_what_is_unpacked_goes_with_what_was_found(tmp_path: Path) -> None:
    found = find_tables(zipped(tmp_path, {"one.csv": RATES}))
    path = found.layouts[0].path
    assert path.exists()
    del found
    assert not path.exists()


@pytest.mark.parametrize("packed_as", ["zip", "gz"])
def test_a_bomb_is_refused_before_it_unfolds(tmp_path: Path, packed_as: str) -> None:
    """60 MB of one letter pack into 60 kB, a thousand times denser than any export."""
    content = b"a,b\n" + b"0" * 60_000_000
    file = (
        zipped(tmp_path, {"a.csv": content})
        if packed_as == "zip"
        else written(tmp_path, gzip.compress(content, 1), "a.gz")
    )
    with pytest.raises(BombLike, match="max_unpack_ratio"):
        find_tables(file)


def test_a_size_that_lies_does_not_help_a_bomb(tmp_path: Path) -> None:
    file = zipped(tmp_path, {"a.csv": b"a,b\n" + b"0" * 30_000_000})
    raw = file.read_bytes().replace((30_000_004).to_bytes(4, "little"), (8).to_bytes(4, "little"))
    with pytest.raises(NotReadable):
        find_tables(written(tmp_path, raw))


def test_more_files_than_the_limit_are_refused(tmp_path: Path) -> None:
    file = zipped(tmp_path, {f"{n}.csv": RATES for n in range(4)})
    with pytest.raises(TooManyMembers, match="more than 3 files"):
        find_tables(file, replace(DEFAULT_LIMITS, members=3))


def test_an_archive_in_an_archive_is_not_unpacked(tmp_path: Path) -> None:
    inner = zipped(tmp_path, {"one.csv": RATES}, "inner.zip")
    with pytest.raises(NotReadable, match="unpack it first"):
        find_tables(zipped(tmp_path, {"inner.zip": inner.read_bytes()}))


def test_a_password_and_a_cut_off_archive_are_said_plainly(tmp_path: Path) -> None:
    raw = zipped(tmp_path, {"one.csv": RATES}).read_bytes()
    place = raw.index(b"PK\x01\x02")
    locked = raw[:6] + b"\x01\x00" + raw[8 : place + 8] + b"\x01\x00" + raw[place + 10 :]
    with pytest.raises(Locked):
        find_tables(written(tmp_path, locked, "locked.zip"))
    with pytest.raises(DamagedFile):
        find_tables(written(tmp_path, gzip.compress(LATER.encode())[:-12], "cut.gz"))


def test_a_file_that_changes_while_it_is_read_is_not_loaded(desk: Desk, tmp_path: Path) -> None:
    """Somebody writes on between the look and the load: nothing of it is in, and the next try is a whole one."""
    file = written(tmp_path, LATER, "rates.csv")
    prepared = prepare(file, desk)
    file.write_text(LATER + "2026-11-04,USD,7.4\n")
    (outcome,) = bring(prepared, desk)
    assert outcome.status == "not_readable"
    assert "changed while it was read" in outcome.message.en
    (outcome,) = bring(prepare(file, desk), desk)
    assert outcome.loaded == 3
