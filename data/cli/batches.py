"""Commands around batches: what was loaded, what it did, taking it back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import polars as pl
import typer

from data.batches import effects_of, list_batches, originals
from data.cli.console import WRONG_USE, console, errors, installation, now, print_json, print_table, said_plainly, user
from data.cli.kpis import kpis_of, tell_effects
from data.cli.lake import Demo, Json
from data.ingest.undo import NoSuchBatch, TakenBack, undo
from data.installation import Installation

SHOWN = ["batch", "loaded_at", "loaded_by", "file", "source", "loaded", "changed", "unchanged", "rejected", "original",
         "undone_at"]  # fmt: skip


def batches_command(
    context: typer.Context,
    batch: Annotated[int | None, typer.Argument(help="Only this batch, with what it did to KPIs.")] = None,
    is_json: Json = False,
    is_demo: Demo = False,
) -> None:
    """List what was loaded, newest first."""
    with said_plainly():
        opened = installation()
        connection = opened.lake(is_demo=is_demo).connection
        frame = list_batches(connection)
        frame = frame.with_columns(originals(frame, opened.home.archive))
        if batch is not None:
            frame = frame.filter(pl.col("batch") == batch)
            if frame.is_empty():
                raise NoSuchBatch(batch=batch)
    effects = {kind: effects_of(connection, batch or 0, kind) for kind in ("load", "undo")}
    if is_json:
        extra = {} if batch is None else {"effects": {kind: [vars(one) for one in effects[kind]] for kind in effects}}
        print_json([{**row, **extra} for row in frame.to_dicts()])
    elif frame.is_empty():
        console.print("Nothing was loaded yet. Load a file with: python -m data ingest FILE")
    elif batch is None:
        print_table("Batches", frame.select(SHOWN))
        if frame["original"].eq("gone").any():
            console.print("gone: the original and the values of its refused rows are deleted; the loaded rows stand.")
    else:
        for name, value in frame.row(0, named=True).items():
            console.print(f"{name}: {'–' if value is None else value}", highlight=False, markup=False)
        for kind, listed in effects.items():
            if listed:
                console.print(f"What its {kind} did to KPIs:", highlight=False)
                tell_effects(context, opened, listed)


def undo_command(
    context: typer.Context,
    batch: Annotated[int, typer.Argument(help="Number of the batch, as `batches` lists it.")],
    is_sure: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    is_trial: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    is_json: Json = False,
    is_demo: Demo = False,
) -> None:
    """Take a batch back: the tables become what they would be had it never been loaded."""
    if is_json and not (is_sure or is_trial):
        errors.print("--json needs --yes or --dry-run, since nobody can be asked")
        raise typer.Exit(WRONG_USE)
    with said_plainly():
        opened = installation()
        lake, look = opened.lake(is_demo=is_demo), kpis_of(context).look(opened)
        if is_trial or not is_sure:
            done = undo(lake, batch, user(), now(), is_trial=True, look=look)
            if not is_json:
                _tell_undo(context, opened, done)
        if not is_trial:
            if not is_sure:
                typer.confirm(f"Take batch {batch} back?", abort=True)
            done = undo(lake, batch, user(), now(), look=look)
    if is_json:
        tables = {table: asdict(what) for table, what in done.tables.items()}
        print_json({"batch": batch, "tables": tables, "effects": [vars(effect) for effect in done.effects or ()]})
    elif not is_trial:
        console.print(f"Batch {batch} is taken back.")


def _tell_undo(context: typer.Context, opened: Installation, done: TakenBack) -> None:
    for table, what in done.tables.items():
        console.print(
            f"{table}: {what.removed:,} rows go, {what.restored + what.returned:,} return to what they were, "
            f"{what.left:,} stay because later batches changed them or brought them again"
        )
    tell_effects(context, opened, done.effects or ())
