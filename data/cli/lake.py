"""Commands around a lake: how its tables stand, upkeep, copies."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from data.cli.console import FAILED, console, errors, installation, now, print_json, print_table, said_plainly
from data.home import Home
from data.ingest import archive
from data.state_packs import PackStore
from data.status import status
from data.upkeep import backup, maintain, restore

SHOWN = ["table", "state", "late_by_days", "cadence", "rows", "first_day", "last_day", "sources", "rejected"]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document for machines.")]
Demo = Annotated[bool, typer.Option("--demo", help="The demo company's lake instead of the company's own.")]


def status_command(is_json: Json = False, is_demo: Demo = False) -> None:
    """Say how the data stands: rows, days, sources and lateness of every table."""
    with said_plainly():
        opened = installation()
        lake = opened.lake(is_demo=is_demo)
        frame = status(lake.engine(), opened.local(datetime.now(UTC)).date())
        version = lake.version()
    if is_json:
        print_json({"version": version, "home": str(opened.home.root), "tables": frame.to_dicts()})
    else:
        print_table(f"{opened.home.root} at version {version}", frame.select(SHOWN))


def maintain_command(is_json: Json = False, is_demo: Demo = False) -> None:
    """Merge small files, let old versions and originals go; answers stay the same."""
    with said_plainly():
        opened = installation()
        known = opened.settings
        packs = PackStore(opened.state, "demo" if is_demo else "company").held(now(), known.keep_pack_weeks)
        lake = opened.lake(is_demo=is_demo)
        done = maintain(lake, now(), known.keep_versions_days, packs.versions, packs.since)
        deleted = archive.expire(opened.home.archive, now(), opened.settings.archive_days)
    if is_json:
        print_json(asdict(done) | {"originals_deleted": deleted})
    else:
        console.print(
            f"{done.files_before} files became {done.files_after}; {done.versions_expired} old versions were let go; "
            f"{deleted} originals older than {opened.settings.archive_days} days were deleted."
        )


def backup_command(
    folder: Annotated[Path, typer.Argument(help="An empty or new folder.")], is_json: Json = False
) -> None:
    """Copy everything, keys included, into a folder. Keep it as safe as the original."""
    with said_plainly():
        home = Home.from_environment()
        if not home.root.exists():
            errors.print(f"There is nothing at {home.root} yet, so nothing was copied.")
            raise typer.Exit(FAILED)
        copied = backup(home, folder)
    if is_json:
        print_json({"folder": str(folder), "files": copied})
    else:
        console.print(f"{copied} files are copied to {folder}.")


def restore_command(
    folder: Annotated[Path, typer.Argument(help="A folder that `backup` wrote.")], is_json: Json = False
) -> None:
    """Bring a backup back into an empty SEVENBOARD_HOME."""
    with said_plainly():
        home = Home.from_environment()
        copied = restore(home, folder)
    if is_json:
        print_json({"home": str(home.root), "files": copied})
    else:
        console.print(f"{copied} files are back in {home.root}.")
