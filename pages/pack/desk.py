"""Where the packs of one lake are made: its data, its state, the catalogue and the settings, and what people wrote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import data.state_packs as kept
from data.engines.lake import LakeEngine
from data.installation import Installation
from data.settings import Settings
from data.shapes import shapes
from data.state_packs import PackStore
from data.warehouse import Warehouse
from metrics.load import Catalogue, read_catalogue
from metrics.model import Text
from pages.pack.content import Content, PackAction, PackComment, Restatement, Summary, SummaryLine
from pages.pack.draft import Notes, current_week, draft


@dataclass(frozen=True)
class Desk:
    """Everything that making, issuing and verifying packs needs."""

    warehouse: Warehouse
    store: PackStore
    catalogue: Catalogue
    settings: Settings

    @classmethod
    def open(cls, opened: Installation, *, is_demo: bool) -> Desk:
        """The desk of the company's own lake or of the demo company's."""
        catalogue = read_catalogue(opened.home.catalogue, shapes())
        store = PackStore(opened.state, "demo" if is_demo else "company")
        return cls(opened.lake(is_demo=is_demo), store, catalogue, opened.settings)

    @property
    def reader(self) -> LakeEngine:
        """The lake as it is now."""
        return self.warehouse.engine()

    @property
    def is_demo(self) -> bool:
        """Whether the lake is the demo company's."""
        return self.store.lake == "demo"

    def local(self, moment: datetime) -> datetime:
        """A moment in UTC without zone as the company's clock shows it."""
        return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(self.settings.time_zone)).replace(tzinfo=None)

    def current_week(self) -> str:
        """The last week that the data reach to the end of. Raises NothingToPack."""
        return current_week(self.reader, self.catalogue, self.settings)

    def draft(self, week: str, now: datetime, restatements: tuple[Restatement, ...] = ()) -> Content:
        """The pack of a week as it would be issued now. Raises NoSuchWeek, NothingToPack."""
        notes = replace(notes_of(self.store, week), restatements=restatements)
        return draft(self.reader, self.catalogue, self.settings, week, now, is_demo=self.is_demo, notes=notes)


def notes_of(store: PackStore, week: str) -> Notes:
    """What people wrote for a week.

    Earlier actions are those of the last week before it that has any, and older ones that are still open.
    """
    earlier = [one for one in store.actions() if one.week < week]
    last = max((one.week for one in earlier), default="")
    return Notes(
        comments=tuple(PackComment(one.kpi, one.text, one.author, one.at) for one in store.comments(week)),
        actions=tuple(map(_action, store.actions(week))),
        earlier_actions=tuple(_action(one) for one in earlier if one.week == last or _is_open(one)),
        summary=_summary(store.summary(week)),
    )


def _is_open(one: kept.PackAction) -> bool:
    return one.done_on is None and not one.is_dropped


def _action(one: kept.PackAction) -> PackAction:
    return PackAction(
        one.id, one.week, one.kpi, one.text, one.person, one.due, one.author, one.at, one.done_on, one.is_dropped
    )


def _summary(one: kept.PackSummary | None) -> Summary | None:
    if one is None:
        return None
    return Summary((SummaryLine(Text(one.en, one.zh_hans, one.zh_hant)),), one.author, one.at)
