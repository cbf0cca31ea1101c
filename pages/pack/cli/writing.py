"""Commands with which people write in a week's pack."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from data.cli.console import WRONG_USE, console, errors, now, user
from metrics.model import Text
from pages.pack.cli.common import Demo, Week, session
from pages.pack.writing import comment, promise, settle, summarise

DAY = ["%Y-%m-%d"]
Kpi = Annotated[str, typer.Option(help="KPI id of one of the pack's cards.")]


def comment_command(text: str, kpi: Kpi, week: Week = None, is_demo: Demo = False) -> None:
    """Write a comment on a card of the week's draft."""
    with session(is_demo=is_demo) as here:
        comment(here.desk, here.week(week), kpi, text, user(), now())
    console.print("The comment is kept.")


def action_command(
    text: str,
    kpi: Kpi,
    person: Annotated[str, typer.Option(help="Who does it.")],
    due: Annotated[datetime, typer.Option(formats=DAY, help="The day it is due.")],
    week: Week = None,
    is_demo: Demo = False,
) -> None:
    """Write an action down in the week's draft."""
    with session(is_demo=is_demo) as here:
        number = promise(here.desk, here.week(week), kpi, text, person, due.date(), user(), now())
    console.print(f"The action is kept under number {number}.", highlight=False)


def settle_command(
    number: Annotated[int, typer.Argument(help="The action's number, as `show` lists it.")],
    done_on: Annotated[datetime | None, typer.Option("--done-on", formats=DAY, help="The day it was done.")] = None,
    is_dropped: Annotated[bool, typer.Option("--dropped", help="It will not be done.")] = False,
    is_open: Annotated[bool, typer.Option("--open", help="It is open after all.")] = False,
    is_demo: Demo = False,
) -> None:
    """Say what became of an action; it is counted as a work item anew."""
    if [done_on is not None, is_dropped, is_open].count(True) != 1:
        errors.print("Say one of --done-on DAY, --dropped and --open.")
        raise typer.Exit(WRONG_USE)
    with session(is_demo=is_demo) as here:
        day = done_on.date() if done_on else None
        settle(here.desk, number, day, user(), now(), is_dropped=is_dropped)
    console.print(f"Action {number} is settled.", highlight=False)


def summary_command(
    en: Annotated[str, typer.Option(help="In English.")] = "",
    zh_hans: Annotated[str, typer.Option("--zh-hans", help="In simplified Chinese.")] = "",
    zh_hant: Annotated[str, typer.Option("--zh-hant", help="In traditional Chinese.")] = "",
    week: Week = None,
    is_demo: Demo = False,
) -> None:
    """Write the summary of the week's draft, which every recipient reads; without a text show what stands there."""
    with session(is_demo=is_demo) as here:
        wanted = here.week(week)
        if en or zh_hans or zh_hant:
            summarise(here.desk, wanted, Text(en, zh_hans, zh_hant), user(), now())
            console.print("The summary is kept.")
        else:
            for line in here.content(wanted).summary.lines:
                for said in (line.text.en, line.text.zh_hans, line.text.zh_hant):
                    console.print(said, highlight=False, markup=False, soft_wrap=True)
