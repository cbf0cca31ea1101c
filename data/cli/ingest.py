"""`python -m data ingest` and `template`: files in, one at a time, each said plainly."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain, count
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from data.cli.console import (
    DONE,
    FAILED,
    NOTHING_LOADED,
    WRONG_USE,
    console,
    errors,
    installation,
    now,
    print_json,
    said_plainly,
    user,
)
from data.cli.kpis import kpis_of, tell_effects
from data.cli.lake import Json
from data.contracts import TABLES
from data.ingest.outcome import Outcome
from data.ingest.pipeline import Desk, Prepared, Wish, bring, mapping_for, prepare, unreadable
from data.ingest.recipe_yaml import from_yaml
from data.ingest.refusals import NotReadable
from data.ingest.remembered import remember
from data.ingest.template import template

SHOWN = 5
HINTS = {
    "older": "To load it all the same, add --older-is-fine.",
    "too_many_refused": "To load the other rows all the same, add --accept-refusals.",
}
Period = Annotated[
    str | None, typer.Option("--replace", metavar="FIRST..LAST", help="Days the file brings whole: rows it lacks go.")
]
OlderIsFine = Annotated[bool, typer.Option("--older-is-fine", help="Let an older export overwrite newer rows.")]
RefusalsAreFine = Annotated[bool, typer.Option("--accept-refusals", help="Load the good rows, many refused or few.")]
WithValues = Annotated[
    bool, typer.Option("--values", help="With --json: the values of refused rows too. Keep them out of logs.")
]


def ingest_command(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Files to load, in this order.")],
    table: Annotated[str | None, typer.Option(help="The table the files fill.")] = None,
    source: Annotated[str | None, typer.Option(help="The source they come from.")] = None,
    map_file: Annotated[Path | None, typer.Option("--map", help="A mapping file to read them with.")] = None,
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of a file that does not say its own.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day, where it covers several from --day on.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="The encoding of the text, where it is guessed wrong: UTF-8, GB18030, Big5, …")
    ] = None,
    delimiter: Annotated[str | None, typer.Option(help="What parts the cells: , ; | or tab.")] = None,
    is_unpivoted: Annotated[
        bool | None, typer.Option("--unpivot/--no-unpivot", help="Whether a month or day a column becomes rows.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="The year of month columns that do not say theirs.")] = None,
    period: Period = None,
    is_older_fine: OlderIsFine = False,
    are_refusals_fine: RefusalsAreFine = False,
    is_trusting: Annotated[bool, typer.Option("--accept-proposals", help="Trust what is only proposed.")] = False,
    keep_as: Annotated[
        str | None, typer.Option("--remember", help="Keep the mapping for files with the same headers, by this name.")
    ] = None,
    is_trial: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    is_json: Json = False,
    has_values: WithValues = False,
) -> None:
    """Load files into the company's lake. What is not certain is not loaded: a mapping file is written instead."""
    _refuse_wrong_use(table, keep_as, is_mapped=map_file is not None or is_trusting)
    days = _days(day, until)
    # A nightly load must not slow down the people who are reading.
    os.nice(5)
    with said_plainly():
        recipe = from_yaml(map_file.read_text(encoding="utf-8"), map_file.name) if map_file else None
        opened = installation()
        desk = Desk(opened, opened.lake(is_demo=False), user(), now())
        wish = Wish(
            *(table, source, recipe, None, days, encoding, delimiter, is_unpivoted, year, _period(period)),
            *(is_older_fine, are_refusals_fine),
        )
        manner = Manner(context, is_trial, is_trusting, is_json, keep_as)
        with _stopped_by_keyboard() as stop:
            outcomes = [one for file in files if not stop.is_set() for one in _one_file(file, desk, wish, manner, stop)]
    if is_json:
        print_json([outcome.as_json(has_values=has_values) for outcome in outcomes])
    raise typer.Exit(_exit_code(outcomes))


def _refuse_wrong_use(table: str | None, keep_as: str | None, *, is_mapped: bool) -> None:
    if table is not None and table not in TABLES:
        errors.print(f"No table is called '{table}'. There are: {', '.join(sorted(TABLES))}.")
        raise typer.Exit(WRONG_USE)
    if keep_as is not None and not is_mapped:
        errors.print("--remember keeps what --map says or --accept-proposals trusts; give one of the two.")
        raise typer.Exit(WRONG_USE)


def template_command(table: Annotated[str, typer.Argument(help="A table, e.g. fact_order.")]) -> None:
    """Print an empty CSV with the headers we expect and one example row."""
    if table not in TABLES or TABLES[table].generated:
        known = ", ".join(sorted(name for name, one in TABLES.items() if not one.generated))
        errors.print(f"There is no template for '{table}'. There are: {known}.")
        raise typer.Exit(WRONG_USE)
    typer.echo(template(table), nl=False)


@dataclass(frozen=True)
class Manner:
    """How the files are taken: only tried, proposals trusted, told to machines, the mapping kept under a name."""

    context: typer.Context
    is_trial: bool
    is_trusting: bool
    is_json: bool
    keep_as: str | None


def _one_file(file: Path, desk: Desk, wish: Wish, manner: Manner, stop: Event) -> tuple[Outcome, ...]:
    try:
        prepared = prepare(file, desk, wish)
    except NotReadable as error:
        outcome = unreadable(file.name, error)
        if not manner.is_json:
            _tell(outcome, desk, manner)
        return (outcome,)
    if manner.keep_as and not manner.is_trial and prepared.loadable:
        _remember(prepared, desk, manner.keep_as)
        # Read by what is remembered now, this file has the same source as all later ones.
        prepared = prepare(file, desk, replace(wish, recipe=None, source=None))
    outcomes = _loaded(prepared, desk, manner, stop)
    if not manner.is_json:
        for outcome in outcomes:
            _tell(outcome, desk, manner)
        if outcomes[0].status == "not_recognised":
            _offer_mapping(prepared)
    return outcomes


def _remember(prepared: Prepared, desk: Desk, name: str) -> None:
    for found in prepared.loadable:
        assert found.recipe is not None
        state = desk.installation.state
        kept = remember(state, found.layout.known_by, found.recipe, name, desk.user, desk.now)
        count = len(kept.headers)
        errors.print(f"Remembered as '{kept.name}' for files with the same {count} headers.", highlight=False)


def _loaded(prepared: Prepared, desk: Desk, manner: Manner, stop: Event) -> tuple[Outcome, ...]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,} rows"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
    )
    with Progress(*columns, console=errors, transient=True, disable=manner.is_json) as progress:
        task = progress.add_task(prepared.name, total=prepared.guessed_rows, left="")

        def count(rows: int, *, is_read: bool = False) -> None:
            remaining = progress.tasks[task].time_remaining
            left = "putting rows into the lake …" if is_read else f"{remaining:.0f} s left to read" if remaining else ""
            total = rows if is_read else max(rows, prepared.guessed_rows)
            progress.update(task, completed=rows, total=total, left=left)

        return bring(
            prepared,
            desk,
            count,
            is_trial=manner.is_trial,
            is_trusted=manner.is_trusting,
            look=kpis_of(manner.context).look(desk.installation),
            stop=stop,
        )


def _tell(outcome: Outcome, desk: Desk, manner: Manner) -> None:
    style = None if outcome.is_loaded and not outcome.rejected else "yellow" if outcome.is_loaded else "red"
    console.print(str(outcome.message.en), style=style, highlight=False)
    if outcome.status in HINTS and (outcome.others or outcome.status != "too_many_refused"):
        console.print(f"  {HINTS[outcome.status]}", highlight=False)
    if outcome.batch is not None and outcome.status == "loaded":
        console.print(
            f"  source {outcome.source}, batch {outcome.batch} (`python -m data undo {outcome.batch}` takes it back)",
            highlight=False,
        )
    for reason in outcome.reasons[:SHOWN]:
        first = reason.first
        console.print(f"  {reason.count:,} times, first in line {first.line}: {first.message.en}", highlight=False)
    if outcome.is_loaded:
        for caution in outcome.cautions:
            console.print(f"  {caution.message.en}", style="yellow", highlight=False, markup=False)
    if outcome.effects:
        tell_effects(manner.context, desk.installation, outcome.effects)
    elif outcome.effects is not None:
        console.print("  No headline KPI changes by it.", highlight=False)


@contextmanager
def _stopped_by_keyboard() -> Iterator[Event]:
    """Ctrl+C ends the work cleanly; a second one ends the program."""
    stop, before = Event(), signal.getsignal(signal.SIGINT)

    def end(number: int, frame: FrameType | None) -> None:
        del number, frame
        signal.signal(signal.SIGINT, before)
        stop.set()

    signal.signal(signal.SIGINT, end)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _days(day: datetime | None, until: datetime | None) -> tuple[date, date] | None:
    """The days that a person says a file is of."""
    if until is not None and (day is None or until < day):
        errors.print("--until is the last day and needs --day, the first, before it.")
        raise typer.Exit(WRONG_USE)
    return (day.date(), (until or day).date()) if day else None


def _period(written: str | None) -> tuple[date, date] | None:
    """`2026-10-01..2026-10-31` as its two days, both included."""
    if written is None:
        return None
    try:
        first, last = (date.fromisoformat(part.strip()) for part in written.split(".."))
        if first <= last:
            return first, last
    except ValueError:
        pass
    errors.print(f"--replace takes two days, the earlier first, like 2026-10-01..2026-10-31, not '{written}'.")
    raise typer.Exit(WRONG_USE)


def _offer_mapping(prepared: Prepared) -> None:
    """Write the best proposal beside the working folder, with the command that uses it; nothing where there is none."""
    mapping = mapping_for(prepared)
    if not mapping:
        return
    file = _free_name(prepared.path.stem)
    file.write_text(mapping, encoding="utf-8")
    console.print(f"A proposal stands in {file}. Look at it, put it right, then:", highlight=False)
    console.print(f'  python -m data ingest "{prepared.path}" --map "{file}"', highlight=False)
    for found in prepared.matches:
        if found.missing:
            console.print(f"  still missing: {', '.join(found.missing)}", highlight=False)
        for question in found.open_questions:
            asked = "thousands or decimals behind the comma?" if question.is_of_numbers else "day or month first?"
            console.print(f"  {asked} {question.header}: {', '.join(question.samples)}", highlight=False)


def _exit_code(outcomes: Sequence[Outcome]) -> int:
    if all(outcome.is_loaded for outcome in outcomes):
        return DONE
    return NOTHING_LOADED if not any(outcome.is_loaded for outcome in outcomes) else FAILED


def _free_name(stem: str) -> Path:
    """A file that is not there yet: somebody may have worked on the one written before."""
    names = chain([f"{stem}.map.yaml"], (f"{stem}.map-{number}.yaml" for number in count(2)))
    return next(file for file in map(Path, names) if not file.exists())
