"""A department's page, block by block: what a page file lists, in its order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import streamlit as st

from metrics.periods import Period
from metrics.query import Query
from pages.kit.about import table_name
from pages.kit.attention import Concern, attention_panel, concerns
from pages.kit.cards import card, cards
from pages.kit.chart_panel import chart_panel
from pages.kit.focus import Focus, focus_on, tables_of
from pages.kit.header import page_header
from pages.kit.leaderboard import leaderboard_panel
from pages.kit.notice import notice
from pages.kit.period_bar import period_bar
from pages.kit.questions import questions_panel, replies
from pages.kit.rows_dialog import rows_behind
from pages.kit.standing import Standing, asked, own_days, series, standings
from pages.kit.trust import trust, trust_strip
from pages.kit.visit import Visit, current

# What a page file that is run begins, where not a page to be drawn.
opening: ContextVar[Callable[[str], Board]] = ContextVar("opening")
# Values that were not seen for a year are no longer worth a line in a menu.
SEEN_WITHIN = timedelta(days=366)
PANEL_WIDTH = 300


@dataclass(frozen=True)
class Row:
    """Panels side by side; on a narrow screen one below the other. `wide` is how many columns a panel takes."""

    board: Board
    grid: Any

    def questions(self, wide: int = 1) -> None:
        """The Monday questions with their answers."""
        visit = self.board.focus.visit
        answered = replies(self.board.focus.page, self.board.standings, visit.language, visit.currency)
        with self.grid.cell(column_span=wide):
            questions_panel(self.board.focus, answered)

    def attention(self, wide: int = 1) -> None:
        """The exceptions."""
        with self.grid.cell(column_span=wide):
            attention_panel(self.board.focus, self.board.concerns, self.board.has_targets)

    def chart(self, chart_id: str, wide: int = 1) -> None:
        """A chart of the catalogue's page, or the reason why there is none."""
        with self.grid.cell(column_span=wide):
            chart_panel(self.board.focus, chart_id, self.board.standings)

    def leaderboard(self, kpi: str, by: str, wide: int = 1) -> None:
        """A KPI of the cards or questions by one of its dimensions; the reader may choose others."""
        with self.grid.cell(column_span=wide):
            leaderboard_panel(self.board.focus, self.board.standings, kpi, by)


@dataclass(frozen=True)
class Board:
    """A department's page: its focus, where its KPIs stand, and what of that needs attention."""

    focus: Focus
    standings: Mapping[str, Standing]
    concerns: tuple[Concern, ...]

    @property
    def has_targets(self) -> bool:
        """Whether any of the KPIs that have a value has a target for these days."""
        return any(item.target.is_set and item.value is not None for item in self.standings.values())

    def cards(self, *kpis: str) -> None:
        """KPI cards, four in a row."""
        visit = self.focus.visit
        lines = series(self.focus, kpis)
        comparison, language, currency = visit.address.compare, visit.language, visit.currency
        shown = [
            card(
                self.standings[name],
                lines.get(name, ()),
                comparison,
                language,
                currency,
                own_days(self.focus, self.standings[name].period),
            )
            for name in kpis
        ]
        cards(self.focus, shown)

    def row(self, columns: int) -> Row:
        """Begin a row of panels."""
        return Row(self, st.grid(columns, min_column_width=PANEL_WIDTH))

    def rows_behind(self) -> None:
        """The rows behind a number, where the address asks for them."""
        rows_behind(self.focus)


def department(name: str) -> Board:
    """Begin a department's page: header, period bar and trust strip. Ends the run where there are no data yet."""
    return opening.get(_drawn)(name)


def _drawn(name: str) -> Board:
    visit = current()
    title = next(item.name for item in visit.catalogue.departments if item.id == name).say(visit.language)
    focus = focus_on(visit, name)
    if focus is None:
        _without_data(visit, name, title)
        st.stop()
    visit = focus.visit
    corner = page_header(title, visit.say(f"department.{name}"))
    period_bar(visit, focus.period, focus.comparison, name, lambda dimension: values_of(focus, dimension))
    stand = standings(focus, shown_on(visit, name))
    found = concerns(stand.values(), visit.address.compare, visit.language, visit.currency)
    with corner:
        trust_strip(focus, trust(focus, stand.values(), len(found)))
    return Board(focus, stand, tuple(found))


def shown_on(visit: Visit, department: str) -> Sequence[str]:
    """The department's own KPIs and those of others that its page shows; a chart may be about another's number."""
    page = visit.catalogue.page(department)
    own = [kpi.id for kpi in visit.catalogue.kpis.values() if kpi.department == department]
    return tuple(dict.fromkeys((*own, *page.kpis)))


def values_of(focus: Focus, dimension: str) -> Sequence[str]:
    """The values a dimension had within the last year, in order of size; none where no KPI of the page carries it."""
    visit = focus.visit
    kpi = next((name for name in focus.page.headline_cards if dimension in visit.catalogue.kpi(name).dimensions), None)
    if kpi is None:
        return ()
    last = max(focus.as_of, focus.period.last)
    answer = asked(visit, Query((kpi,), Period(last - SEEN_WITHIN, last), by=(dimension,)))
    return answer.rows.sort(kpi, descending=True, nulls_last=True)[dimension].drop_nulls().to_list()


def _without_data(visit: Visit, name: str, title: str) -> None:
    page_header(title, visit.say(f"department.{name}"))
    tables = tables_of(visit, visit.catalogue.page(name))
    files = visit.say("panel.comma").join(table_name(visit, table) for table in tables)
    notice(visit.say("shell.no_data", files=files))
