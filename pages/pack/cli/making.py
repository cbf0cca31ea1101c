"""Commands that make, issue, list, show and verify packs."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Annotated

import polars as pl
import typer

from data.cli.console import FAILED, console, now, print_json, print_table, user
from pages.pack.canonical import written
from pages.pack.cli.common import NOTHING_DONE, Demo, Json, Session, Week, session
from pages.pack.content import Content
from pages.pack.effects import catch_up
from pages.pack.restatements import restated
from pages.pack.verify import verify
from pages.pack.writing import publish
from pages.words import formats
from pages.words.comparisons import change_text, target_text


def draft_command(week: Week = None, is_json: Json = False, is_demo: Demo = False) -> None:
    """Show the week's draft as the data say it now, and who has not answered; exit 3 when it is issued already."""
    with session(is_demo=is_demo) as here:
        content = here.content(here.week(week))
        _shown(here, content, is_json=is_json)
    if content.is_issued:
        raise typer.Exit(NOTHING_DONE)


def show_command(week: Week = None, is_json: Json = False, is_demo: Demo = False) -> None:
    """Show a pack as it was issued with what became of its numbers since, else its draft."""
    with session(is_demo=is_demo) as here:
        content = here.content(here.week(week))
        _shown(here, content, is_json=is_json)
        if content.is_issued and not is_json:
            _print_restated(here, content.week)


def issue_command(week: Week = None, is_json: Json = False, is_demo: Demo = False) -> None:
    """Issue the week's pack: it stays as it is from now on; exit 3 when it was issued already."""
    with session(is_demo=is_demo) as here:
        wanted = here.week(week)
        seal = publish(here.desk, wanted, user(), now())
    if is_json:
        print_json({"week": wanted, "content_hash": seal})
    else:
        console.print(f"{wanted} is issued. Its seal: {seal}", highlight=False, soft_wrap=True)


def list_command(is_json: Json = False, is_demo: Demo = False) -> None:
    """List the issued packs, newest first."""
    with session(is_demo=is_demo) as here:
        rows = [
            {name: getattr(pack, name) for name in ("week", "issued_at", "issued_by", "good", "warn", "bad", "version")}
            for pack in here.desk.store.listed()
        ]
    if is_json:
        print_json(rows)
    elif rows:
        print_table("Weekly packs", pl.DataFrame(rows))
    else:
        console.print("No pack was issued yet. Look at the draft with: python -m pages.pack draft")


def verify_command(
    week: Annotated[str | None, typer.Option(help="ISO week. Default: all issued packs.")] = None,
    is_json: Json = False,
    is_demo: Demo = False,
) -> None:
    """Check seals and chain, and compute the numbers again from the version each pack pins; exit 1 on a difference."""
    with session(is_demo=is_demo) as here:
        found = verify(here.desk, week, now())
    if is_json:
        print_json([asdict(one) for one in found])
    else:
        said = {
            "equal": "equal: seals, chain and all numbers, computed again from the pinned version",
            "hashes_only": "seals and chain are right; its version is no longer kept, so only they were checked",
            "differs": "differs",
        }
        if not found:
            console.print("No pack was issued yet, so there is nothing to verify.", highlight=False)
        for one in found:
            console.print(f"{one.week}: {said[one.state]}", highlight=False, soft_wrap=True)
            for problem in one.problems:
                console.print(f"  {problem.say(here.language)}", highlight=False, markup=False, soft_wrap=True)
            for number in one.numbers:
                line = f"  {number.kpi}, {number.what}: stored {number.stored}, computed {number.found}"
                console.print(line, highlight=False, markup=False, soft_wrap=True)
    if any(one.state == "differs" for one in found):
        raise typer.Exit(FAILED)


def catch_up_command(is_json: Json = False, is_demo: Demo = False) -> None:
    """Record what was loaded and taken back since did to issued numbers, before old versions are let go."""
    with session(is_demo=is_demo) as here:
        count = catch_up(here.desk, now())
    if is_json:
        print_json({"effects": count})
    else:
        console.print(f"{count} effects on issued numbers were recorded.", highlight=False)


def _shown(here: Session, content: Content, *, is_json: bool) -> None:
    if is_json:
        json.dump(json.loads(written(content)), sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
        return
    language = here.language
    state = f"issued by {content.issued_by}" if content.is_issued else "draft"
    rows = [
        {
            "KPI": card.name.say(language),
            "value": formats.short(card.value, card.shown_in, language, content.currency),
            "change": change_text(card.change, card.unit, card.shown_in, language, content.currency),
            "target": target_text(card.target, card.shown_in, language, content.currency),
            "light": "" if card.light == "none" else card.light,
            "note": card.reason.say(language),
        }
        for card in content.cards
    ]
    days = formats.day_range(content.period.first, content.period.last, language)
    print_table(f"{content.company}, {content.week} ({days}), {state}, version {content.version}", pl.DataFrame(rows))
    for line in content.summary.lines:
        console.print(line.text.say(language), highlight=False, markup=False, soft_wrap=True)
    for one in content.exceptions:
        said = f"{one.kind}: {one.name.say(language)}: {one.sentence.say(language)}"
        console.print(said, highlight=False, markup=False, soft_wrap=True)
    for action in (*content.earlier_actions, *content.actions):
        said = f"action {action.id} ({action.week}, {action.kpi}): {action.text}, {action.person}, due {action.due}"
        became = action.outcome(here.desk.local(now()).date())
        console.print(f"{said}: {became}", highlight=False, markup=False, soft_wrap=True)
    owed = ", ".join(card.name.say(language) for card in content.unanswered)
    if owed:
        console.print(f"Not answered yet: {owed}", highlight=False, markup=False, soft_wrap=True)


def _print_restated(here: Session, week: str) -> None:
    rows = [
        {
            "KPI": one.name.say(here.language),
            "then": one.then,
            "now": one.now,
            "difference": None if one.difference is None else str(one.difference),
            "because of": "; ".join(
                f"{' + '.join(file.file or str(file.batch) for file in cause.files) or cause.kind} {cause.amount}"
                for cause in one.causes
            ),
            "target then": one.target_then.value,
            "target now": one.target_now.value,
        }
        for one in restated(here.desk, week, now())
    ]
    if rows:
        print_table("Restated since", pl.DataFrame(rows, infer_schema_length=None))
