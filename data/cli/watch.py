"""`python -m data watch`: a folder whose files are loaded by themselves."""

from __future__ import annotations

import os
import signal
import time
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Annotated

import filelock
import typer

from data.cli.console import FAILED, WRONG_USE, errors, installation, now, said_plainly, user
from data.cli.kpis import kpis_of
from data.ingest.pipeline import Desk
from data.watch import FOLDERS, Taken, watch

LOCK = ".watch.lock"


def watch_command(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="The folder that exports are put into.")],
    is_once: Annotated[bool, typer.Option("--once", help="Take what is complete now, then end.")] = False,
    every_seconds: Annotated[
        float, typer.Option("--every", min=0.05, help="Seconds between two looks; a file must look the same twice.")
    ] = 5.0,
) -> None:
    """Load files as they become complete, and move them to done, refused or failed with a report. Ends on Ctrl+C."""
    if not folder.is_dir():
        errors.print(f"There is no folder {folder}. Make it, then start again.", highlight=False)
        raise typer.Exit(WRONG_USE)
    os.nice(5)
    stop = Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda _number, _frame: stop.set())
    try:
        with filelock.FileLock(folder / LOCK, timeout=0), said_plainly():
            is_all_done = _watch(context, folder, stop, every_seconds, is_once)
    except filelock.Timeout:
        errors.print(f"{folder} is watched already, so nothing was done.", highlight=False)
        raise typer.Exit(FAILED) from None
    if is_once and not is_all_done:
        raise typer.Exit(FAILED)


def _watch(context: typer.Context, folder: Path, stop: Event, every_seconds: float, is_once: bool) -> bool:
    opened = installation()
    lake = opened.lake(is_demo=False)
    _log(f"watching {folder.absolute()}")
    is_all_done = True
    try:
        desk_now = lambda: Desk(opened, lake, user(), now())  # noqa: E731
        look = kpis_of(context).look(opened)
        for taken in watch(folder, desk_now, time.time, stop, every_seconds, is_once, look):
            if isinstance(taken, Taken):
                _log(taken.line)
                is_all_done = is_all_done and taken.fate == FOLDERS[0]
            else:
                _log(f"{taken.filename}: cannot be moved yet ({taken.strerror}); it is tried again")
                is_all_done = False
    finally:
        lake.close()
    if stop.is_set():
        _log("stopped; files that were not taken yet stay where they are")
    return is_all_done


def _log(line: str) -> None:
    typer.echo(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S%z} {line}")
