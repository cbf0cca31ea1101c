"""`python -m data demo`: the demo company, made anew in a lake of its own."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from data.batches import list_batches
from data.cli.console import console, errors, installation, now, print_json, said_plainly, user
from data.cli.lake import Json
from data.demo.fill import fill
from data.demo.stories import HISTORY_DAYS
from data.ingest.batch import Loaded, Origin
from data.state_packs import PackStore
from data.warehouse import Warehouse

SOURCE = "demo"


def demo_command(
    orders: Annotated[int, typer.Option(min=100, help="About how many orders in two years.")] = 200_000,
    seed: Annotated[int, typer.Option(help="The same seed and size give the same company.")] = 7,
    last_day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Default: yesterday.")] = None,
    is_only_if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing where a demo is there.")] = False,
    is_json: Json = False,
) -> None:
    """Make the demo company: two years of a shop up to yesterday, in a lake of its own."""
    with said_plainly():
        opened = installation()
        folder = opened.home.demo
        if is_only_if_empty and folder.exists() and _is_filled(opened.lake(is_demo=True)):
            return
        end = last_day.date() if last_day else opened.local(datetime.now(UTC)).date() - timedelta(days=1)
        fresh = folder.with_name(f"{folder.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        lake = Warehouse.open(fresh, opened.settings.country)
        loaded = _fill(lake, orders, end, seed)
        lake.close()
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
        # Packs of the former demo company pin versions of a lake that is no more.
        PackStore(opened.state, "demo").forget()
    if is_json:
        tables = Counter[str]()
        for batch in loaded:
            tables.update({table: count.loaded for table, count in batch.tables.items()})
        print_json({"folder": str(folder), "last_day": end, "tables": tables})
    else:
        rows = sum(count.loaded for batch in loaded for count in batch.tables.values())
        console.print(f"The demo company is ready: {rows:,} rows up to {end}, in {folder}.")


def _fill(lake: Warehouse, orders: int, end: date, seed: int) -> tuple[Loaded, ...]:
    days = (end - timedelta(days=HISTORY_DAYS - 1), end)
    origin = Origin(file="demo company", source=SOURCE, account="", loaded_by=user(), loaded_at=now(), days=days)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True) as progress:
        progress.add_task("Making the demo company (once; about a minute)")
        return fill(lake, origin, orders, end, seed)


def _is_filled(lake: Warehouse) -> bool:
    return not list_batches(lake.connection).is_empty()
