"""What kind of file the first bytes show, whatever its name says."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

from data.errors import Text
from data.ingest import refusals
from data.ingest.refusals import EmptyFile, NoSuchFile, NotATable

SIGNATURES: tuple[tuple[bytes, Text], ...] = (
    (b"\x89PNG", refusals.IMAGE),
    (b"\xff\xd8\xff", refusals.IMAGE),
    (b"GIF8", refusals.IMAGE),
    (b"BM", refusals.IMAGE),
    (b"II*\x00", refusals.IMAGE),
    (b"MM\x00*", refusals.IMAGE),
    (b"\x00\x00\x01\x00", refusals.IMAGE),
    (b"%PDF", refusals.PDF),
    (b"\x1f\x8b", refusals.ARCHIVE),
    (b"7z\xbc\xaf", refusals.ARCHIVE),
    (b"Rar!", refusals.ARCHIVE),
    (b"BZh", refusals.ARCHIVE),
    (b"\xfd7zXZ", refusals.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", refusals.ARCHIVE),
    (b"SQLite format 3\x00", refusals.DATABASE),
    (b"ID3", refusals.SOUND_OR_FILM),
    (b"OggS", refusals.SOUND_OR_FILM),
    (b"\x7fELF", refusals.BINARY),
    (b"MZ\x90", refusals.BINARY),
)
TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1a\x1b")


def kind_of(path: Path) -> Literal["text", "excel", "parquet"]:
    """The kind of table the file may hold, by its content.

    Raises:
        NoSuchFile, EmptyFile, NotATable: there is none to be had.
    """
    if not path.is_file():
        raise NoSuchFile(file=path.name)
    with path.open("rb") as file:
        head = file.read(8192)
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise EmptyFile(file=path.name)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "excel"
    _refuse_others(path, head)
    return "text"


def _zipped(path: Path) -> Literal["excel"]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        raise refusals.DamagedFile(file=path.name, kind=refusals.WORKBOOK) from None
    if any(name.startswith("xl/") for name in names) or "content.xml" in names:
        return "excel"
    is_office = "[Content_Types].xml" in names
    raise NotATable(file=path.name, kind=refusals.DOCUMENT if is_office else refusals.ARCHIVE)


def _refuse_others(path: Path, head: bytes) -> None:
    for signature, kind in SIGNATURES:
        if head.startswith(signature) and not (signature == b"BM" and head[:200].isascii() and b"\x00" not in head):
            raise NotATable(file=path.name, kind=kind)
    if head.startswith(b"RIFF") or head[4:8] == b"ftyp":
        kind = refusals.IMAGE if head[8:12] in (b"WEBP", b"heic", b"avif") else refusals.SOUND_OR_FILM
        raise NotATable(file=path.name, kind=kind)
    begin = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begin.startswith((b"<!doctype html", b"<html", b"<?xml", b"<table", b"<svg")):
        raise NotATable(file=path.name, kind=refusals.IMAGE if b"<svg" in begin else refusals.WEB_PAGE)
    if begin.startswith((b"{", b"[{", b"[[")):
        raise NotATable(file=path.name, kind=refusals.JSON)
    if not is_utf16(head) and _is_binary(head):
        raise NotATable(file=path.name, kind=refusals.BINARY)


def is_utf16(head: bytes) -> bool:
    """Whether the bytes are UTF-16: a byte order mark, or every other byte of the ASCII part is zero."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    return half > 8 and max(even, odd) > 0.15 * half and min(even, odd) < 0.01 * half


def _is_binary(head: bytes) -> bool:
    controls = sum(head.count(bytes([code])) for code in range(32) if code not in TEXT_CONTROLS)
    return controls > 0.005 * len(head) + 1
