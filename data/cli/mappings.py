"""`python -m data mappings`: how files are read that somebody explained once."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer

from data.cli.console import FAILED, console, errors, installation, print_json, print_table, said_plainly
from data.cli.lake import Json
from data.ingest.remembered import Remembered, forget, named, remembered, rename, used_by

app = typer.Typer(no_args_is_help=True, help="Mappings that were confirmed, one for each set of headers.")
Name = Annotated[str, typer.Argument(help="The mapping's name, as `mappings list` shows it.")]
SHOWN_HEADERS = 4


@app.command("list")
def list_command(is_json: Json = False) -> None:
    """List the remembered mappings: tables, headers, who, when, and how many batches were read by them."""
    with said_plainly():
        opened = installation()
        known = remembered(opened.state)
        uses = used_by(opened.lake(is_demo=False).connection, known)
    if is_json:
        print_json([_facts(one, uses[one.name]) for one in known])
    elif not known:
        console.print("No mapping was remembered yet. Confirm one on the uploads page, or: ingest FILE --map MAP.yaml")
        console.print("--remember NAME")
    else:
        print_table("Mappings", pl.DataFrame([_row(one, uses[one.name]) for one in known], infer_schema_length=None))


@app.command("show")
def show_command(name: Name, is_json: Json = False) -> None:
    """Show one mapping whole."""
    with said_plainly():
        opened = installation()
        one = named(opened.state, name)
        uses = used_by(opened.lake(is_demo=False).connection, (one,))
    if is_json:
        print_json(_facts(one, uses[one.name]) | {"yaml": one.text})
        return
    for fact, value in _facts(one, uses[one.name]).items():
        shown = ", ".join(value) if isinstance(value, tuple) else value
        console.print(f"{fact}: {shown}", highlight=False, markup=False)
    console.print(one.text, highlight=False, markup=False)


@app.command("rename")
def rename_command(name: Name, new_name: Annotated[str, typer.Argument(help="What to call it from now on.")]) -> None:
    """Call a mapping otherwise; later files still join what earlier ones brought."""
    with said_plainly():
        rename(installation().state, name, new_name)
    console.print(f"'{name}' is now called '{new_name.strip()}'.", highlight=False, markup=False)


@app.command("delete")
def delete_command(name: Name, is_sure: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Forget a mapping; what was loaded with it stays."""
    with said_plainly():
        state = installation().state
        found = named(state, name)
        if not is_sure:
            typer.confirm(f"Forget '{found.name}'? Files with its headers will be asked about again", abort=True)
        forget(state, name)
    console.print(f"'{name}' is forgotten. What was loaded with it stays.", highlight=False, markup=False)


@app.command("export")
def export_command(
    name: Name, file: Annotated[Path | None, typer.Argument(help="Where to write it; left out: print it.")] = None
) -> None:
    """Write a mapping as YAML, as `ingest --map` takes it."""
    with said_plainly():
        text = named(installation().state, name).text
    if file is None:
        typer.echo(text, nl=False)
        return
    try:
        with file.open("x", encoding="utf-8") as target:
            target.write(text)
    except FileExistsError:
        errors.print(f"{file} is there already and was not changed; name another file.", style="red", highlight=False)
        raise typer.Exit(FAILED) from None
    console.print(f'Written to {file}. Use it with: python -m data ingest FILE --map "{file}"', highlight=False)


def _facts(one: Remembered, batches: int) -> dict[str, Any]:
    facts = asdict(one)
    source = one.recipe.id if one.recipe else None
    kept = {name: facts[name] for name in ("name", "headers", "saved_by", "saved_at")}
    problem = {"problem": one.problem.en} if one.problem else {}
    return kept | {"source": source, "tables": one.tables, "batches": batches} | problem


def _row(one: Remembered, batches: int) -> dict[str, Any]:
    more = " …" if len(one.headers) > SHOWN_HEADERS else ""
    return {
        "name": one.name,
        "tables": ", ".join(one.tables) or "cannot be read any more",
        "headers": ", ".join(one.headers[:SHOWN_HEADERS]) + more,
        "by": one.saved_by,
        "at": one.saved_at,
        "batches": batches,
    }
