"""What all commands share: where the home is, how answers are printed, which exit code means what."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import typer
from rich import box
from rich.console import Console
from rich.table import Table

from data.errors import DataError
from data.home import Home
from data.installation import Installation

DONE, FAILED, WRONG_USE, NOTHING_LOADED = 0, 1, 2, 3

PIPED_WIDTH = 160

# Piped output has no width of its own: wide enough that no cell of ours is folded.
console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)
errors = Console(stderr=True)


def installation() -> Installation:
    """The installation that `SEVENBOARD_HOME` names."""
    return Installation.open(Home.from_environment())


def now() -> datetime:
    """This moment in UTC without zone, as batches record it."""
    return datetime.now(UTC).replace(tzinfo=None)


def user() -> str:
    """Who is at the keyboard."""
    return getpass.getuser()


@contextmanager
def said_plainly() -> Iterator[None]:
    """Turn our own errors into one sentence and exit code 1."""
    try:
        yield
    except DataError as error:
        errors.print(str(error), style="red", highlight=False)
        raise typer.Exit(FAILED) from error


def print_json(value: Any) -> None:
    """One JSON document on standard output; days and moments in ISO, money as numbers."""
    json.dump(value, sys.stdout, ensure_ascii=False, default=_plain)
    sys.stdout.write("\n")


def print_table(title: str, frame: pl.DataFrame) -> None:
    """A frame as a table for people."""
    table = Table(title=title, title_justify="left", header_style="bold", box=box.SIMPLE_HEAD)
    for name in frame.columns:
        table.add_column(name, justify="right" if frame.schema[name].is_numeric() else "left", overflow="fold")
    for row in frame.iter_rows():
        table.add_row(*(_cell(value) for value in row))
    console.print(table)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value)} has no JSON form")
