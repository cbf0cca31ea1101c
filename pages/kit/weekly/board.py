"""The weekly page: which pack is read, and in which way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal, get_args

import streamlit as st

from data.errors import DataError
from data.state_packs import IssuedPack
from metrics.errors import MetricError
from pages.kit import html, menu, place
from pages.kit.header import page_header
from pages.kit.notice import notice
from pages.kit.visit import Visit, current
from pages.kit.weekly.compare import side_by_side
from pages.kit.weekly.desk import changes_since, desk_of, draft_of, draft_week, issued
from pages.kit.weekly.export import downloads
from pages.kit.weekly.history import history
from pages.kit.weekly.listing import listing
from pages.kit.weekly.reading import read_pack, seen
from pages.kit.weekly.search import search
from pages.kit.weekly.sending import sending
from pages.kit.weekly.writing import tell, write_pack
from pages.pack.content import Content
from pages.pack.desk import Desk
from pages.pack.draft import NothingToPack
from pages.pack.renderings.view import report, week_title
from pages.pack.weeks import is_week
from pages.words import formats

Part = Literal["read", "compare", "history", "search", "sending"]
PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True)
class WeeklyBoard:
    """The page: the desk, the packs there are, the week that is open for writing, and the one that is read."""

    visit: Visit
    desk: Desk
    packs: tuple[IssuedPack, ...]
    open_week: str | None
    week: str
    part: Part

    def choices(self) -> None:
        """The list of packs, and the ways to read them."""
        visit = self.visit
        opened = [week for week in (self.open_week, self.week) if week]
        weeks = sorted({*opened, *(one.week for one in self.packs)}, reverse=True)
        with st.container(horizontal=True, vertical_alignment="bottom", key="toolbar"):
            # The browser keeps the words of what was chosen while the list has its key, and a draft becomes a pack.
            key = f"weekly_week_{len(self.packs)}"
            _choice("week", key, visit.say("weekly.week"), weeks, self.week, self._named)
            place.mirror("weekly_part", self.part)
            st.segmented_control(
                visit.say("weekly.part"),
                PARTS,
                format_func=lambda part: visit.say(f"weekly.part_{part}"),
                key="weekly_part",
                on_change=_turn_part,
                label_visibility="collapsed",
            )
        if self.part == "compare":
            others = [one.week for one in self.packs if one.week != self.week]
            if others:
                label = visit.say("weekly.against")
                _choice("against", "weekly_against", label, others, self._against(others), self._named)

    def shown(self) -> None:
        """The way that was chosen."""
        visit, desk = self.visit, self.desk
        if self.part == "read":
            self._read()
        elif self.part == "compare":
            others = [one.week for one in self.packs if one.week != self.week]
            if not others:
                notice(visit.say("weekly.nothing_to_compare"))
                return
            against = self._against(others)
            found = issued(desk, against)
            assert found is not None
            side_by_side(visit, self._content(self.week), seen(visit, found[1]))
        elif self.part == "history":
            history(visit, desk, self.packs)
        elif self.part == "search":
            search(visit, desk)
        else:
            sending(visit, desk)

    def _read(self) -> None:
        visit, desk = self.visit, self.desk
        tell()
        found = issued(desk, self.week)
        if found is None:
            content = self._content(self.week)
            write_pack(visit, desk, content)
            downloads(visit, self.week)
            read_pack(visit, content, report(content, visit.language), ())
        else:
            pack, content = found[0], seen(visit, found[1])
            downloads(visit, self.week)
            changed = tuple(one for one in changes_since(visit, desk, pack) if one.access in visit.viewer.access)
            read_pack(visit, content, report(content, visit.language, pack.content_hash), changed)
        self._list()

    def _content(self, week: str) -> Content:
        found = issued(self.desk, week)
        return seen(self.visit, draft_of(self.visit, self.desk, week) if found is None else found[1])

    def _against(self, others: Sequence[str]) -> str:
        asked = self.visit.address.against
        earlier = [week for week in others if week < self.week]
        if asked is not None and asked in others:
            return asked
        return earlier[0] if earlier else others[0]

    def _named(self, week: str) -> str:
        title = week_title(week, self.visit.language)
        is_issued = any(one.week == week for one in self.packs)
        return title if is_issued else f"{title} · {self.visit.say('weekly.draft')}"

    def _list(self) -> None:
        """All issued packs, the newest first: who issued them when, and how their numbers stood."""
        visit = self.visit
        if not self.packs:
            return
        heads = [visit.say(f"weekly.col_{name}") for name in ("week", "issued", "by", "good", "warn", "bad")]
        rows = [_row(visit, one) for one in self.packs]
        with st.container(border=True, key="panel_packs"):
            st.html(html.head(visit.say("weekly.all"), visit.say("weekly.all_note", count=len(rows)), "packs"))
            with st.container(height=360 if len(rows) > 9 else "content", border=False):
                st.html(listing(heads, rows, numbers=(3, 4, 5)))


def weekly() -> WeeklyBoard:
    """Begin the weekly page. Ends the run where there is nothing to pack yet."""
    visit = current()
    page_header(menu.title("weekly").say(visit.language), visit.say("weekly.sentence"))
    try:
        desk = desk_of(visit)
        packs = tuple(desk.store.listed())
        open_week = _open_week(desk)
    except (MetricError, DataError) as error:
        if isinstance(error, NothingToPack):
            notice(visit.say("weekly.nothing"))
        else:
            notice(error.say(visit.language), "warn")
        st.stop()
    known = {one.week for one in packs}
    asked, address = visit.address.week, visit.address
    is_known = asked is not None and (
        asked in known or (open_week is not None and asked <= open_week and is_week(asked))
    )
    week = asked if asked is not None and is_known else open_week or packs[0].week
    if asked and asked != week:
        notice(visit.say("weekly.no_such_week", week=asked), "warn")
    part: Part = next((one for one in PARTS if one == address.part), "read")
    return WeeklyBoard(visit, desk, packs, open_week, week, part)


def _open_week(desk: Desk) -> str | None:
    """The week that can be written in; None where there are packs but no data any more. Raises NothingToPack."""
    try:
        return draft_week(desk)
    except NothingToPack:
        if desk.store.listed():
            return None
        raise


def _choice(field: str, key: str, label: str, options: Sequence[str], chosen: str, said: Callable[[str], str]) -> None:
    place.mirror(key, chosen)
    st.selectbox(
        label,
        options,
        key=key,
        format_func=said,
        on_change=lambda: place.go(**{field: place.value(key)}),
        label_visibility="collapsed",
        width=260,
    )


def _turn_part() -> None:
    chosen = place.value("weekly_part")
    if chosen is not None:
        place.go(part=chosen)


def _row(visit: Visit, pack: IssuedPack) -> list[str]:
    """The cells of one pack, as HTML."""
    link = f"weekly?week={pack.week}&lang={visit.language}&data={visit.store.kind}"
    title = escape(week_title(pack.week, visit.language))
    counts = [
        html.badge(str(count), tone) if count else "0"
        for tone, count in (("good", pack.good), ("warn", pack.warn), ("bad", pack.bad))
    ]
    day = formats.full_day(pack.issued_at.date(), visit.language)
    # A week and a day are read as one word.
    opened = f'<a class="d" href="{link}" target="_self">{title}</a>'
    return [opened, f'<span class="d">{escape(day)}</span>', escape(pack.issued_by), *counts]
