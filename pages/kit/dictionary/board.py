"""The page of the dictionary: what is refused, the search, the open entry, the map of duties, the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages.kit import html
from pages.kit.cache import remembered
from pages.kit.dictionary import export, show
from pages.kit.dictionary.duties import duty_map, missing_tables
from pages.kit.dictionary.entries import Entry, Wish, entries, search
from pages.kit.dictionary.entry import entry_panel
from pages.kit.dictionary.finder import finder, wish_of
from pages.kit.header import page_header
from pages.kit.notice import notice
from pages.kit.visit import Visit, current


@dataclass(frozen=True)
class Board:
    """The dictionary in the reader's language: all entries, what is looked for, and what of them fits."""

    visit: Visit
    all: tuple[Entry, ...]
    wish: Wish
    found: tuple[Entry, ...]

    def refusals(self) -> None:
        """What of the company's own files is not used, and why."""
        if not self.visit.catalogue.refused:
            return
        notice(self.visit.say("dictionary.refused"), "warn")
        said = (refusal.sentence.say(self.visit.language) for refusal in self.visit.catalogue.refused)
        st.html(show.refusals(said))

    def finder(self) -> None:
        """The search."""
        finder(self.visit, self.wish)

    def entry(self) -> None:
        """The entry that the address opens."""
        name = self.visit.address.kpi
        if name is None:
            return
        opened = next((entry for entry in self.all if entry.kpi.id == name), None)
        if opened is None:
            notice(self.visit.say("dictionary.unknown", name=name))
        else:
            entry_panel(self.visit, opened)

    def duties(self) -> None:
        """The map of duties."""
        visit = self.visit
        cells = duty_map(visit.catalogue, visit.coverage)
        with st.container(border=True, key="panel_duties"):
            st.html(html.head(visit.say("dictionary.map"), visit.say("dictionary.map_note"), "duties"))
            st.html(show.map_html(visit, cells))

    def list(self) -> None:
        """The entries that fit."""
        visit = self.visit
        count = visit.say("dictionary.found", count=len(self.found), total=len(self.all))
        waiting = {entry.kpi.id: missing_tables(entry.kpi, visit.coverage) for entry in self.found}
        with st.container(border=True, key="panel_list"):
            note = f"{count} · {visit.say('dictionary.list_note')}"
            st.html(html.head(visit.say("dictionary.list"), note, "list"))
            st.html(
                show.listing(visit, self.found, waiting) if self.found else html.reason(visit.say("dictionary.none"))
            )


def board() -> Board:
    """Begin the page: header with the downloads of what fits, then the pieces in the order the page file lists."""
    visit = current()
    show.use_style()
    spoken = remembered(visit, lambda: entries(visit.catalogue, visit.language, visit.currency), (), *_state(visit))
    wish = wish_of(visit)
    found = tuple(search(spoken, wish, visit.catalogue))
    corner = page_header(visit.say("dictionary.title"), visit.say("dictionary.sentence"))
    with corner, st.container(horizontal=True, gap="xsmall"):
        _download(visit, "csv", "csv", "text/csv", lambda: export.as_csv(found, visit.language))
        _download(visit, "markdown", "md", "text/markdown", lambda: export.as_markdown(found, visit.language))
    return Board(visit, spoken, wish, found)


def _state(visit: Visit) -> tuple[str, ...]:
    return "dictionary", visit.language, visit.currency


def _download(visit: Visit, name: str, ending: str, kind: str, make: Callable[[], bytes]) -> None:
    st.download_button(
        visit.say(f"dictionary.{name}"),
        make,
        file_name=f"{visit.say('dictionary.file')}.{ending}",
        mime=kind,
        icon=":material/download:",
        key=f"dictionary_{name}",
        on_click="ignore",
    )
