"""Where the weekly page works: the desk of the lake that is looked at, its packs, and this week's draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from data.home import Home
from data.state_packs import IssuedPack
from data.state_schedule import opened_drafts
from pages.api.opened import opened
from pages.kit.cache import remembered
from pages.kit.uploads.workshop import moment
from pages.kit.visit import Visit
from pages.pack.content import Content, Restatement
from pages.pack.desk import Desk, notes_of
from pages.pack.draft import cards_of, draft
from pages.pack.frozen import content_of
from pages.pack.restatements import restated


def desk_of(visit: Visit) -> Desk:
    """The desk of the lake that the reader looks at, with the catalogue that the pages use.

    Raises:
        DataError: the lake or the settings cannot be used.
    """
    made = Desk.open(opened(Home.from_environment()), is_demo=visit.store.kind == "demo")
    return replace(made, catalogue=visit.catalogue)


def draft_week(desk: Desk) -> str:
    """The week whose draft is open: the newest that was opened, else the last whole week of the data.

    Raises NothingToPack.
    """
    known = [one.week for one in opened_drafts(desk.store.state, desk.store.lake)]
    return max([desk.current_week(), *known[:1]])


def draft_of(visit: Visit, desk: Desk, week: str) -> Content:
    """The draft of a week: its numbers are kept while the data stay as they are, what people wrote is always new.

    Raises NoSuchWeek, NothingToPack.
    """
    tables = tuple(sorted({table for kpi in cards_of(desk.catalogue) for table in desk.catalogue.kpi(kpi).tables}))

    def work() -> Content:
        return draft(desk.reader, desk.catalogue, desk.settings, week, moment(), is_demo=desk.is_demo)

    numbers = remembered(visit, work, (*tables, "kpi_target"), "draft", week, _today(desk))
    notes = notes_of(desk.store, week)
    return replace(
        numbers,
        comments=notes.comments,
        actions=notes.actions,
        earlier_actions=notes.earlier_actions,
        summary=notes.summary or numbers.summary,
    )


def issued(desk: Desk, week: str) -> tuple[IssuedPack, Content] | None:
    """The issued pack of a week with its content; None while it has none."""
    pack = next((one for one in desk.store.listed() if one.week == week), None)
    return None if pack is None else (pack, content_of(desk.store, pack))


def changes_since(visit: Visit, desk: Desk, pack: IssuedPack) -> tuple[Restatement, ...]:
    """What became of an issued pack's numbers, kept until anything is loaded, taken back or defined anew."""
    change = desk.reader.query("select coalesce(max(change), 0) as change from lake.main.change", {})
    newest = change.to_pylist()[0]["change"]

    def work() -> tuple[Restatement, ...]:
        return restated(desk, pack.week, moment())

    return remembered(visit, work, (), "restated", pack.week, pack.content_hash, newest, _today(desk))


def _today(desk: Desk) -> date:
    return desk.local(moment()).date()
