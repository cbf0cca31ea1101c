"""Commands that render packs, keep the list of who gets them, and send them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated, get_args

import polars as pl
import typer

from data.cli.console import DONE, FAILED, WRONG_USE, console, errors, now, print_json, print_table, user
from data.state_delivery import DeliveryStore
from metrics.model import Language
from pages.pack.cli.common import NOTHING_DONE, Demo, Json, Session, Week, session
from pages.pack.delivery.post import Post, channel_of, deliver, post_for
from pages.pack.renderings.pdf import Shape
from pages.pack.renderings.render import FORMATS, render_all
from pages.pack.verify import NotIssued

PASSWORD = "SEVENBOARD_SMTP_PASSWORD"
LEVELS = ("open", "restricted", "salary")
Languages = Annotated[list[str] | None, typer.Option("--lang", help="en, zh-Hans, zh-Hant; default: all three.")]


def render_command(
    out: Annotated[Path, typer.Option(help="The folder to write into.")],
    week: Week = None,
    lang: Languages = None,
    formats: Annotated[str, typer.Option("--format", help="Parted by commas.")] = ",".join(FORMATS),
    shape: Annotated[str, typer.Option(help="The PDF's paper: a4 or wide.")] = "a4",
    is_demo: Demo = False,
) -> None:
    """Write a pack (issued, else its draft) as PDF, slides, workbook and web page."""
    languages = _known("language", lang or list(get_args(Language)), get_args(Language))
    wanted = _known("format", formats.split(","), FORMATS)
    _known("shape", [shape], get_args(Shape))
    with session(is_demo=is_demo) as here:
        content = here.content(here.week(week))
        kept = here.desk.store.issued(content.week)
        look = replace(_post(here).look, shape=shape, seal=kept.content_hash if kept else "")  # type: ignore[arg-type]
        written = render_all(content, out, languages, wanted, look)  # type: ignore[arg-type]
    for place in written:
        console.print(f"{place}  {place.stat().st_size / 1000:,.0f} kB", highlight=False, soft_wrap=True)


def recipients_command(is_json: Json = False, is_demo: Demo = False) -> None:
    """List who gets the packs."""
    with session(is_demo=is_demo) as here:
        rows = [
            {name: getattr(one, name) for name in ("id", "channel", "address", "language", "access", "formats")}
            for one in _deliveries(here).recipients()
        ]
    if is_json:
        print_json(rows)
    elif rows:
        print_table("Who gets the packs", pl.DataFrame(rows))
    else:
        console.print("Nobody gets the packs yet. Add somebody with: python -m pages.pack add-recipient ADDRESS")


def add_recipient_command(
    address: Annotated[str, typer.Argument(help="An e-mail address, an http(s) URL, or a folder.")],
    lang: Annotated[str, typer.Option(help="en, zh-Hans or zh-Hant.")] = "en",
    access: Annotated[str, typer.Option(help="Levels it may see, parted by commas: open,restricted,salary.")] = "open",
    formats: Annotated[str, typer.Option("--format", help="What a folder gets, parted by commas.")] = "pdf",
    is_demo: Demo = False,
) -> None:
    """Let somebody get every pack from now on; the same address again changes what it gets."""
    _known("language", [lang], get_args(Language))
    levels = _known("access level", access.split(","), LEVELS)
    wanted = _known("format", formats.split(","), FORMATS)
    channel = channel_of(address)
    place = str(Path(address).absolute()) if channel == "folder" else address
    with session(is_demo=is_demo) as here:
        row = _deliveries(here).add(channel, place, lang, {"open", *levels}, wanted, user(), now())  # type: ignore[arg-type]
        console.print(f"Recipient {row.id}: {channel} {row.address}", highlight=False, markup=False, soft_wrap=True)


def remove_recipient_command(number: int, is_demo: Demo = False) -> None:
    """Send nothing more to a recipient; the log of what was sent stays."""
    with session(is_demo=is_demo) as here:
        gone = _deliveries(here).remove(number, now())
    if gone is None:
        errors.print(f"There is no recipient {number}. List them with: python -m pages.pack recipients")
        raise typer.Exit(WRONG_USE)
    console.print(f"{gone.address} gets no more packs.", highlight=False, markup=False, soft_wrap=True)


def deliver_command(
    week: Week = None,
    is_again: Annotated[bool, typer.Option("--again", help="Send it once more, whatever became of it.")] = False,
    only: Annotated[int | None, typer.Option(help="Only to this recipient.")] = None,
    is_json: Json = False,
    is_demo: Demo = False,
) -> None:
    """Send an issued pack to everybody who has not got it; exit 1 where one failed, 3 where nothing was to be sent."""
    with session(is_demo=is_demo) as here:
        pack = here.desk.store.issued(here.week(week))
        if pack is None:
            raise NotIssued(week=here.week(week))
        begun = deliver(_deliveries(here), pack, _post(here), now(), is_again=is_again, only=only)
        rows = _log(here, pack.week, {one.id for one in begun})
    if is_json:
        print_json(rows)
    elif rows:
        print_table(f"Sent of {pack.week}", pl.DataFrame(rows, infer_schema_length=None))
    else:
        console.print(f"Nothing was sent: everybody has {pack.week}, or nobody gets packs.")
    good = all(row["state"] == "sent" for row in rows)
    raise typer.Exit((DONE if good else FAILED) if rows else NOTHING_DONE)


def deliveries_command(week: Week = None, is_json: Json = False, is_demo: Demo = False) -> None:
    """Show what was sent to whom, and what became of it; without --week of all packs."""
    with session(is_demo=is_demo) as here:
        rows = _log(here, week)
    if is_json:
        print_json(rows)
    elif rows:
        print_table("Deliveries", pl.DataFrame(rows, infer_schema_length=None))
    else:
        console.print("Nothing was sent yet.")


def _log(here: Session, week: str | None, only: set[int] | None = None) -> list[dict[str, object]]:
    names = ("week", "address", "state", "attempts", "begun_at", "ended_at", "again_at", "detail")
    log = _deliveries(here).log(week)
    return [{name: getattr(one, name) for name in names} for one in log if only is None or one.id in only]


def _deliveries(here: Session) -> DeliveryStore:
    return DeliveryStore(here.desk.store.state, here.desk.store.lake)


def _post(here: Session) -> Post:
    return post_for(here.desk.settings, os.environ.get(PASSWORD, ""))


def _known(what: str, given: list[str], known: tuple[str, ...]) -> list[str]:
    """What was given, where all of it is known; else one sentence and exit code 2."""
    wrong = [one for one in given if one not in known]
    if wrong:
        errors.print(f"'{wrong[0]}' is no {what}. There are: {', '.join(known)}.", highlight=False, markup=False)
        raise typer.Exit(WRONG_USE)
    return given
