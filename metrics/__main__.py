"""The command line of the metrics side: `python -m metrics list | ask | check | schema`.

A front door: its engine and what it knows of the tables come from data.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer
from rich.table import Table

from data.cli.console import FAILED, WRONG_USE, console, errors, installation, print_json, said_plainly
from data.installation import Installation
from data.shapes import shapes
from metrics.ask import Answer, Query, ask
from metrics.errors import MetricError, NotAllowed, WrongDefinition
from metrics.json_schema import json_schema
from metrics.load import Catalogue, read_catalogue
from metrics.model import Kpi, Language, Text
from metrics.periods import Grain, Period
from metrics.policy import EVERYONE

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Ask for KPIs.")
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document for machines.")]
DAY = ["%Y-%m-%d"]


@app.command("list")
def list_command(is_json: Json = False) -> None:
    """List the KPIs that can be asked for."""
    with said_plainly():
        opened = installation()
        catalogue = _catalogue(opened)
    if is_json:
        print_json([_described(kpi) for kpi in catalogue.kpis.values()])
        return
    table = Table(title="KPIs", title_justify="left", header_style="bold")
    for heading in ("KPI", "Name", "Unit", "Can be split by"):
        table.add_column(heading, overflow="fold")
    for kpi in catalogue.kpis.values():
        table.add_row(kpi.id, kpi.name.say(opened.settings.language), kpi.unit, ", ".join(kpi.dimensions))
    console.print(table)


@app.command("ask")
def ask_command(
    kpis: Annotated[list[str], typer.Argument(help="KPI ids, as `list` shows them.", metavar="KPI...")],
    first: Annotated[datetime, typer.Option("--from", formats=DAY, help="First day.")],
    last: Annotated[datetime, typer.Option("--to", formats=DAY, help="Last day, included.")],
    by: Annotated[list[str] | None, typer.Option("--by", help="Dimension to split by; may be repeated.")] = None,
    grain: Annotated[Literal["day", "week", "month"] | None, typer.Option(help="A row a day, week or month.")] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=DAY, help="The day to judge on. Default: the last day the data reach to."),
    ] = None,
    is_demo: Annotated[bool, typer.Option("--demo", help="The demo company's lake.")] = False,
    is_json: Json = False,
) -> None:
    """Answer with the values of KPIs over a period."""
    with said_plainly():
        opened = installation()
        catalogue = _catalogue(opened)
        try:
            query = _query(kpis, first, last, by or [], grain, as_of)
            answer = ask(opened.lake(is_demo=is_demo).engine(), query, EVERYONE, catalogue)
        except MetricError as error:
            _fail(error, opened.settings.language)
    if is_json:
        rows = [_plain(row, catalogue) for row in answer.rows.to_dicts()]
        print_json({"version": answer.version, "rows": rows})
    else:
        _print(answer, catalogue, opened)


@app.command("check")
def check_command() -> None:
    """Check your own KPI files in the home's folder `catalogue`; says what is refused and why."""
    with said_plainly():
        opened = installation()
        catalogue = _catalogue(opened)
    for name, file in catalogue.own.items():
        console.print(f"{name}: {file}", highlight=False, markup=False)
    mistakes = len(catalogue.refused)
    console.print(f"{len(catalogue.own)} own KPIs are used; mistakes to put right: {mistakes}.", highlight=False)
    if catalogue.refused:
        raise typer.Exit(FAILED)


@app.command("schema")
def schema_command(
    to: Annotated[
        Path | None, typer.Option("--to", help="File to write. Default: kpi.schema.json beside your own KPI files.")
    ] = None,
) -> None:
    """Write the JSON Schema of KPI files, with which an editor completes and checks them while you type."""
    with said_plainly():
        target = to or installation().home.catalogue / "kpi.schema.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    console.print(f"Written: {target}", highlight=False, markup=False, soft_wrap=True)
    first = f"# yaml-language-server: $schema={target.name}"
    console.print(f"Begin each KPI file beside it with: {first}", highlight=False, markup=False, soft_wrap=True)


def _catalogue(opened: Installation) -> Catalogue:
    """The catalogue; what of the company's files is refused is said, and the rest goes on."""
    catalogue = read_catalogue(opened.home.catalogue, shapes())
    for refusal in catalogue.refused:
        said = refusal.sentence.say(opened.settings.language)
        errors.print(said, style="yellow", highlight=False, markup=False, soft_wrap=True)
    return catalogue


def _query(
    kpis: list[str], first: datetime, last: datetime, by: list[str], grain: Grain | None, as_of: datetime | None
) -> Query:
    period = Period(first.date(), last.date())
    return Query(tuple(kpis), period, tuple(by), grain, as_of=as_of.date() if as_of else None)


def _fail(error: MetricError, language: Language) -> NoReturn:
    errors.print(error.say(language), style="red", highlight=False, markup=False)
    is_own_fault = isinstance(error, WrongDefinition | NotAllowed)
    raise typer.Exit(FAILED if is_own_fault else WRONG_USE) from error


def _described(kpi: Kpi) -> dict[str, object]:
    return {
        "id": kpi.id,
        "name": _spoken(kpi.name),
        "definition": _spoken(kpi.definition),
        "department": kpi.department,
        "duty": kpi.duty,
        "unit": kpi.unit,
        "direction": kpi.direction,
        "dimensions": list(kpi.dimensions),
    }


def _spoken(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh-Hans": text.zh_hans, "zh-Hant": text.zh_hant}


def _plain(row: dict[str, object], catalogue: Catalogue) -> dict[str, object]:
    # Counts are whole numbers; a float that is one reads better as one.
    return {
        name: int(value) if isinstance(value, float) and catalogue.kpis[name].unit == "count" else value
        for name, value in row.items()
    }


def _print(answer: Answer, catalogue: Catalogue, opened: Installation) -> None:
    language = opened.settings.language
    is_empty = all(found.state == "no_data" for found in answer.availability.values())
    title = "No data" if is_empty else f"Data to {answer.as_of}"
    table = Table(title=title, title_justify="left", header_style="bold")
    for name in answer.rows.columns:
        kpi = catalogue.kpis.get(name)
        heading = f"{kpi.name.say(language)} [{kpi.unit}]" if kpi else name
        table.add_column(heading.replace("[", r"\["), justify="right" if kpi else "left")
    for row in answer.rows.iter_rows():
        table.add_row(*(_cell(value) for value in row))
    console.print(table)
    for name, availability in answer.availability.items():
        if availability.state != "ok":
            console.print(f"{name}: {availability.reason.say(language)}", style="yellow", highlight=False, markup=False)
    for name in sorted(answer.immature):
        days = catalogue.kpis[name].matures_after_days
        console.print(f"{name}: the last {days} days are still growing", style="yellow", highlight=False)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
    return value.isoformat() if isinstance(value, date) else str(value)


if __name__ == "__main__":
    app()
