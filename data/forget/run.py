"""Erasing one person: what would go, and doing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from data.forget.originals import Original, Search, kept_originals, search, without_batch
from data.forget.rows import Links, count, erase
from data.forget.versions import old_versions, purge
from data.home import Home
from data.ingest import archive
from data.ingest.record import note_change
from data.installation import Installation
from data.persons import Kind, hashes_of, linked_tables
from data.warehouse import Warehouse

NO_BATCH = 0
BLOCK_BYTES = 8 * 1024 * 1024
SHORTEST_SEARCHED = 4


@dataclass(frozen=True)
class Person:
    """Whom to erase: all keys by which tools know one person, as written or as hashes."""

    kind: Kind
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Forgotten:
    """What was erased, or would be.

    `tables` counts rows and pre-images by table; `originals` held the person, `unread` could not be searched and went
    too, `loose` are originals of no batch. `versions` were let go, `pins` among them are those that packs hang on.
    """

    tables: Mapping[str, Links]
    originals: tuple[Original, ...]
    unread: tuple[Original, ...]
    loose: int
    versions: int
    pins: tuple[int, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the person was found."""
        return not self.tables and not self.originals


def look(opened: Installation, person: Person, pinned: Iterable[int] = ()) -> Forgotten:
    """What `forget` would do; nothing is changed."""
    lake = opened.lake(is_demo=False)
    cursor = lake.connection.cursor()
    cursor.execute("use lake")
    found, hashes = _search(opened, lake, person)
    loose = without_batch(cursor, opened.home.archive)
    versions = old_versions(cursor)
    return _said(count(cursor, person.kind, hashes), found, loose, versions, pinned)


def forget(
    opened: Installation,
    person: Person,
    done_by: str,
    done_at: datetime,
    pinned: Iterable[int] = (),
    reading_seconds: float = 0.0,
) -> Forgotten:
    """Erase a person: one transaction for the rows, then older versions, files and originals.

    Killed in between, calling it again does the rest. The catalogue's file keeps traces until `compact`.

    Args:
        done_at: now, in UTC without zone.
        pinned: versions that packs hang on; they go too, and are named.
        reading_seconds: what readers get to finish before files of older versions are deleted.

    Raises:
        WriterBusy: somebody else writes and does not finish.
    """
    lake = opened.lake(is_demo=False)
    found, hashes = _search(opened, lake, person)

    def work(cursor: duckdb.DuckDBPyConnection) -> Mapping[str, Links]:
        links, changed = erase(cursor, person.kind, hashes)
        if changed:
            note_change(cursor, changed, NO_BATCH, "forget", done_by, done_at)
        return links

    links = lake.write(work)
    loose = without_batch(lake.connection.cursor(), opened.home.archive)
    versions = purge(lake, linked_tables(person.kind), hashes, done_at, reading_seconds)
    for sha256 in (*(one.sha256 for one in (*found.holding, *found.unread)), *loose):
        archive.forget(sha256, opened.home.archive)
    return _said(links, found, loose, versions, pinned)


def mentions(home: Home, opened_keys: Iterable[str]) -> tuple[Path, ...]:
    """Files of a home that hold one of these words: state, logs, own KPIs, settings, the lakes' catalogues.

    Parquet files and the archive are left out: the one is compressed, the other encrypted. Words of less than four
    letters stand everywhere, so they are not looked for.
    """
    words = [word.encode() for word in opened_keys if len(word) >= SHORTEST_SEARCHED]
    left_out = (home.archive, home.keys, home.company / "files", home.demo)
    return tuple(
        path
        for path in sorted(home.root.rglob("*"))
        if path.is_file() and not any(path.is_relative_to(folder) for folder in left_out) and _holds(path, words)
    )


def words_of(opened: Installation, person: Person) -> frozenset[str]:
    """What must not be found any more: the keys as they were given, and their hashes."""
    return hashes_of(opened.keys, person.keys) | {key.strip() for key in person.keys}


def _search(opened: Installation, lake: Warehouse, person: Person) -> tuple[Search, frozenset[str]]:
    hashes = hashes_of(opened.keys, person.keys)
    originals = kept_originals(lake.connection.cursor(), opened.home.archive)
    found = search(opened, originals, person.kind, hashes)
    return found, hashes | found.made


def _said(
    links: Mapping[str, Links], found: Search, loose: tuple[str, ...], versions: tuple[int, ...], pinned: Iterable[int]
) -> Forgotten:
    pins = tuple(sorted(set(pinned) & set(versions)))
    return Forgotten(links, found.holding, found.unread, len(loose), len(versions), pins)


def _holds(path: Path, words: list[bytes]) -> bool:
    longest = max(map(len, words), default=0)
    return any(word in block for block in _blocks(path, longest) for word in words)


def _blocks(path: Path, overlap: int) -> Iterator[bytes]:
    """A file in pieces; a word of at most `overlap` bytes stands whole in one of them."""
    kept = b""
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            yield kept + block
            kept = block[-overlap:]
