"""Originals are kept encrypted; people are kept as keyed hashes."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from data.ingest import archive
from data.keys import Keys

KEY = bytes(range(32))


def test_an_original_comes_back_byte_for_byte(tmp_path: Path) -> None:
    """Nine MiB are three frames."""
    original = bytes(range(256)) * 36_864
    (tmp_path / "f.csv").write_bytes(original)
    sha256 = archive.store(tmp_path / "f.csv", tmp_path / "archive", KEY)
    assert sha256 == archive.fingerprint(tmp_path / "f.csv")
    assert b"".join(archive.fetch(sha256, tmp_path / "archive", KEY)) == original


def test_an_empty_file_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_bytes(b"")
    sha256 = archive.store(tmp_path / "f.csv", tmp_path / "archive", KEY)
    assert b"".join(archive.fetch(sha256, tmp_path / "archive", KEY)) == b""


def test_nothing_of_the_original_can_be_read_without_the_key(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("buyer,phone\n王小明,13800138000\n" * 100, encoding="utf-8")
    sha256 = archive.store(tmp_path / "f.csv", tmp_path / "archive", KEY)
    stored = next((tmp_path / "archive").iterdir()).read_bytes()
    assert "王小明".encode() not in stored
    assert b"13800138000" not in stored
    with pytest.raises(archive.ArchiveDamaged):
        list(archive.fetch(sha256, tmp_path / "archive", bytes(32)))


def test_a_cut_off_original_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_bytes(bytes(9 * 1024 * 1024))
    sha256 = archive.store(tmp_path / "f.csv", tmp_path / "archive", KEY)
    stored = next((tmp_path / "archive").iterdir())
    data = stored.read_bytes()
    first = 4 + int.from_bytes(data[:4], "big")
    stored.write_bytes(data[:first])
    with pytest.raises(archive.ArchiveDamaged):
        list(archive.fetch(sha256, tmp_path / "archive", KEY))


def test_the_same_person_has_the_same_pseudonym_however_it_is_written(tmp_path: Path) -> None:
    keys = Keys.open(tmp_path)
    hashed = keys.pseudonyms(pl.Series("c", ["Mei@Shop.cn", " mei@shop.cn", "王五", None, " "])).to_list()
    assert hashed[0] == hashed[1] == keys.pseudonym("mei@shop.cn")
    assert hashed[2] == keys.pseudonym("王五")
    assert hashed[3:] == [None, None]
    repeated = keys.pseudonyms(pl.Series("c", ["王五", "mei@shop.cn", None] * 3)).to_list()
    assert repeated == [hashed[2], hashed[0], None] * 3


def test_two_installations_give_different_pseudonyms(tmp_path: Path) -> None:
    assert Keys.open(tmp_path / "a").pseudonym("mei") != Keys.open(tmp_path / "b").pseudonym("mei")


def test_keys_are_for_their_owner_only_and_stay(tmp_path: Path) -> None:
    first = Keys.open(tmp_path / "keys")
    assert Keys.open(tmp_path / "keys") == first
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "keys").iterdir())
