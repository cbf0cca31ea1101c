"""The files that one reader dropped: each in a private folder on disk, with the few facts the page must not forget."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

import streamlit as st

from data.errors import Text
from data.ingest.match import How
from data.ingest.outcome import Outcome
from data.ingest.recipe import Recipe
from data.scratch import scratch
from pages.kit.uploads.job import Job

LONGEST_NAME = 120
_KEY = "tray"


@dataclass(frozen=True)
class Said:
    """What the reader said about one table of a file: read it with this recipe."""

    place: int
    recipe: Recipe
    how: How


@dataclass(frozen=True)
class Staged:
    """A dropped file. `table` is what its rows are where the reader chose; `trial` and `done` what became of it.

    `trouble` is why the last check or load ended early. `is_first`: its load was the company's first; `is_news`: the
    rest of the page does not show yet what was loaded. `answers` counts what the reader said so far. `encoding`,
    `delimiter`, `is_unpivoted` and `year` are what the reader says of the whole file, as in `Wish`.
    `replaces` is the period that it replaces whole, `own_days` what a check by key found; the reader lets newer rows be
    turned back (`is_older_fine`) and bears any share of refused rows. The last check took `check_seconds`.
    """

    ticket: str
    name: str
    path: Path
    size: int
    table: str | None = None
    said: tuple[Said, ...] = ()
    job: Job | None = None
    trial: tuple[Outcome, ...] = ()
    done: tuple[Outcome, ...] = ()
    trouble: Text | None = None
    is_first: bool = False
    is_news: bool = False
    answers: int = 0
    encoding: str | None = None
    delimiter: str | None = None
    is_unpivoted: bool | None = None
    year: int | None = None
    replaces: tuple[date, date] | None = None
    own_days: tuple[date, date] | None = None
    is_older_fine: bool = False
    are_refusals_fine: bool = False
    check_seconds: float = 0.0

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and last day of the file itself, as a check found them; None where none did."""
        found = [outcome.days for outcome in self.trial if outcome.days]
        if self.own_days or not found:
            return self.own_days
        return min(first for first, _ in found), max(last for _, last in found)

    def about(self, place: int) -> Said | None:
        """What was said about the table at this place."""
        return next((said for said in self.said if said.place == place), None)


class Tray:
    """The staged files of one session, oldest first. The folder (mode 0700) goes when the session does."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=scratch()))
        self._files: dict[str, Staged] = {}
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def __iter__(self) -> Iterator[Staged]:
        return iter(tuple(self._files.values()))

    def get(self, ticket: str) -> Staged | None:
        """The file of a ticket; None once it was removed."""
        return self._files.get(ticket)

    def add(self, name: str, content: BinaryIO, size: int) -> Staged:
        """Put a file's bytes into the folder."""
        ticket = uuid4().hex
        path = self.folder / ticket / plain_name(name)
        path.parent.mkdir(mode=0o700)
        with path.open("wb") as target:
            shutil.copyfileobj(content, target)
        staged = Staged(ticket, path.name, path, size)
        self.put(staged)
        return staged

    def add_file(self, name: str, file: Path, size: int) -> Staged:
        """Move a file, which lies in this process's scratch folder, into the folder; its bytes are not read."""
        ticket = uuid4().hex
        path = self.folder / ticket / plain_name(name)
        path.parent.mkdir(mode=0o700)
        file.replace(path)
        staged = Staged(ticket, path.name, path, size)
        self.put(staged)
        return staged

    def put(self, staged: Staged) -> None:
        """Remember what is now known of a file."""
        self._files[staged.ticket] = staged

    def forget_bytes(self, ticket: str) -> None:
        """Delete the file's copy; once loaded, the archive keeps the original."""
        shutil.rmtree(self.folder / ticket, ignore_errors=True)

    def remove(self, ticket: str) -> None:
        """Take a file off the page."""
        self._files.pop(ticket, None)
        self.forget_bytes(ticket)


def tray() -> Tray:
    """The tray of this session."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Tray()
    held: Tray = st.session_state[_KEY]
    return held


def plain_name(name: str) -> str:
    """A file name that leads nowhere else and has no control characters; its ending stays."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in last if letter.isprintable()).strip().lstrip(".") or "file"
    path = Path(shown)
    return path.stem[: LONGEST_NAME - len(path.suffix[:12])] + path.suffix[:12]
