"""The values around one file: where it is worked on, what a person says about it, what was understood of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from data.ingest.match import Match
from data.ingest.recipe import Recipe
from data.ingest.tables import Found
from data.installation import Installation
from data.warehouse import Warehouse


class Progress(Protocol):
    """Is told how many rows were read so far, and when that was all of a table."""

    def __call__(self, rows: int, *, is_read: bool = False) -> None: ...


@dataclass(frozen=True)
class Desk:
    """Where a file is worked on: an installation, one of its lakes, who does it, and when (UTC, without zone)."""

    installation: Installation
    warehouse: Warehouse
    user: str
    now: datetime


@dataclass(frozen=True)
class Wish:
    """What a person says about a file beforehand; everything may be left open.

    `encoding` (a name of `ENCODINGS`) and `delimiter` overrule what was guessed about a text file; the layouts show
    which were taken. `is_unpivoted` answers `Match.wide` for all tables of the file: a month or a day a column becomes
    rows, or stays as it is; None leaves the question open. `year` is that of headers which do not say theirs (`1月`).
    `replaces` is a period that the file brings whole: earlier rows of its source in it that it does not have go. Newer
    rows are turned back where `is_older_fine`, and any share of refused rows is borne where `are_refusals_fine`.
    """

    table: str | None = None
    source: str | None = None
    recipe: Recipe | None = None
    account: str | None = None
    days: tuple[date, date] | None = None
    encoding: str | None = None
    delimiter: str | None = None
    is_unpivoted: bool | None = None
    year: int | None = None
    replaces: tuple[date, date] | None = None
    is_older_fine: bool = False
    are_refusals_fine: bool = False


NO_WISH = Wish()


@dataclass(frozen=True)
class Prepared:
    """What was understood of a file. `matches` has one entry a table in it; `already` the batch that has its bytes.

    `found` holds what the matches read from; `found.unread` are members of an archive that hold no table.
    """

    path: Path
    name: str
    sha256: str
    matches: tuple[Match, ...]
    already: int | None = None
    wish: Wish = field(default_factory=Wish)
    found: Found = field(default_factory=lambda: Found(()))
    written_at: int = 0

    @property
    def is_as_it_was(self) -> bool:
        """Whether the file was not written to since it was looked at."""
        return self.path.stat().st_mtime_ns == self.written_at

    @property
    def certain(self) -> tuple[Match, ...]:
        """The tables that may be loaded without asking anybody."""
        return tuple(found for found in self.matches if found.is_certain)

    @property
    def loadable(self) -> tuple[Match, ...]:
        """Those, and the proposals that lack nothing: for somebody who looked at them."""
        return tuple(found for found in self.matches if found.is_loadable)

    @property
    def guessed_rows(self) -> int:
        """About how many rows the file has, by the length of its first ones."""
        rows = [row for found in self.matches for row in found.layout.sample]
        width = sum(len(cell.encode()) + 1 for row in rows for cell in row) / len(rows) if rows else 100
        return int(self.path.stat().st_size / max(width, 1))
