"""What all commands of packs share: the desk, and which error ends with which exit code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

import typer

from data.cli.console import FAILED, NOTHING_LOADED, WRONG_USE, errors, installation, now, said_plainly
from metrics.errors import MetricError, UnknownName
from metrics.model import Language
from pages.pack.canonical import read
from pages.pack.content import Content
from pages.pack.desk import Desk
from pages.pack.draft import NothingToPack
from pages.pack.issue import AlreadyIssued
from pages.pack.restatements import restatements
from pages.pack.verify import NotIssued
from pages.pack.weeks import NoSuchWeek
from pages.pack.writing import NoSuchAction, NothingWritten

NOTHING_DONE = NOTHING_LOADED
Week = Annotated[str | None, typer.Option(help="ISO week, e.g. 2026-W46. Default: the last whole week of the data.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document for machines.")]
Demo = Annotated[bool, typer.Option("--demo", help="The demo company's packs.")]
_CODES: tuple[tuple[type[MetricError], int], ...] = (
    (AlreadyIssued, NOTHING_DONE),
    (NothingToPack, NOTHING_DONE),
    (NotIssued, NOTHING_DONE),
    (NoSuchWeek, WRONG_USE),
    (NoSuchAction, WRONG_USE),
    (NothingWritten, WRONG_USE),
    (UnknownName, WRONG_USE),
)


@dataclass(frozen=True)
class Session:
    """One command's desk and the language it speaks."""

    desk: Desk
    language: Language

    def week(self, wanted: str | None) -> str:
        """The week asked for, else the last whole one. Raises NothingToPack."""
        return wanted or self.desk.current_week()

    def content(self, week: str) -> Content:
        """The issued pack of a week, else its draft. Raises NoSuchWeek, NothingToPack."""
        kept = self.desk.store.issued(week)
        if kept is not None:
            return read(kept.text)
        moment = now()
        return self.desk.draft(week, moment, restatements(self.desk, moment, week))


@contextmanager
def session(*, is_demo: bool) -> Iterator[Session]:
    """Open the desk; our own errors become one sentence and an exit code."""
    with said_plainly():
        opened = installation()
        language = opened.settings.language
        try:
            yield Session(Desk.open(opened, is_demo=is_demo), language)
        except MetricError as error:
            errors.print(error.say(language), style="red", highlight=False, markup=False)
            code = next((code for kind, code in _CODES if isinstance(error, kind)), FAILED)
            raise typer.Exit(code) from error
