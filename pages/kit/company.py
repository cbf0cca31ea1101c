"""The company's page for leadership: exceptions first, then each department's cards with the way to its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from metrics.errors import NotAllowed
from metrics.load import COMPANY
from metrics.policy import check_kpi
from pages.kit import company_ways, menu
from pages.kit.about import table_name
from pages.kit.attention import Concern, attention_panel, concerns
from pages.kit.cards import NARROWEST, Card, card, cards
from pages.kit.company_banners import DataState, banners, data_panel, data_state
from pages.kit.department import PANEL_WIDTH
from pages.kit.focus import Focus, focus_on, tables_of
from pages.kit.header import page_header
from pages.kit.notice import notice
from pages.kit.period_bar import period_bar
from pages.kit.rows_dialog import rows_behind
from pages.kit.standing import Standing, own_days, series, standings
from pages.kit.trust import trust, trust_strip
from pages.kit.visit import Visit, current

ACROSS = 4


@dataclass(frozen=True)
class CompanyBoard:
    """The company's page: where leadership's KPIs and the exception KPIs stand, and what of that needs attention."""

    focus: Focus
    standings: Mapping[str, Standing]
    concerns: tuple[Concern, ...]
    data: DataState

    @property
    def shown(self) -> tuple[str, ...]:
        """The cards this reader may see, in the order of the catalogue."""
        return tuple(name for name in self.focus.page.headline_cards if name in self.standings)

    def banners(self) -> None:
        """Exception KPIs that left their band, KPIs off their target by size, and tables that are late or missing."""
        visit = self.focus.visit
        alarming = set(visit.catalogue.leadership.banners)
        for sentence in banners([item for name, item in self.standings.items() if name in alarming], visit):
            notice(sentence, "bad")
        listed = [concern for concern in self.concerns if concern.kpi not in alarming or concern.kind == "worse"]
        grid = st.grid(3, min_column_width=PANEL_WIDTH)
        with grid.cell(column_span=2):
            attention_panel(self.focus, listed, self._has_targets)
        with grid.cell():
            data_panel(visit, self.data)

    def cards(self) -> None:
        """The cards by department, departments with few cards side by side."""
        visit = self.focus.visit
        lines = series(self.focus, self.shown)
        made = {name: self._card(name, lines.get(name, ())) for name in self.shown}
        groups = [
            (
                department.id,
                [made[name] for name in self.shown if visit.catalogue.kpi(name).department == department.id],
            )
            for department in visit.catalogue.departments
        ]
        for row in side_by_side([group for group in groups if group[1]]):
            grid = st.grid(ACROSS, min_column_width=NARROWEST)
            for department, shown, width in row:
                with grid.cell(column_span=width):
                    company_ways.heading(visit, department)
                    cards(self.focus, shown, width)

    def rows_behind(self) -> None:
        """The rows behind a number, where the address asks for them."""
        rows_behind(self.focus)

    @property
    def _has_targets(self) -> bool:
        return any(item.target.is_set and item.value is not None for item in self.standings.values())

    def _card(self, name: str, line: Sequence[float | None]) -> Card:
        visit, standing = self.focus.visit, self.standings[name]
        days = own_days(self.focus, standing.period)
        made = card(standing, line, visit.address.compare, visit.language, visit.currency, days)
        made = replace(made, link=company_ways.link(visit, standing.kpi.department))
        late = self.data.late_days(standing.kpi.tables)
        if late is None or made.is_empty:
            return made
        # A number of old files may still stand, but it must not look like news, and never be on target.
        is_good = made.light == "good"
        light, status = ("", "") if is_good else (made.light, made.status)
        why = visit.say("company.old", day=late)
        return replace(made, is_grey=True, tone="flat", light=light, status=status, why=why)


def company() -> CompanyBoard:
    """Begin the company's page: header, period bar and trust strip. Ends the run where there are no data yet."""
    visit = current()
    title = menu.title("company").say(visit.language)
    focus = focus_on(visit, COMPANY)
    if focus is None:
        _without_data(visit, title)
        st.stop()
    visit = focus.visit
    corner = page_header(title, visit.say("company.sentence"))
    period_bar(visit, focus.period, focus.comparison, COMPANY, lambda _: ())
    leadership = visit.catalogue.leadership
    stand = standings(focus, _allowed(visit, (*leadership.cards, *leadership.banners)))
    found = concerns(stand.values(), visit.address.compare, visit.language, visit.currency)
    with corner:
        trust_strip(focus, trust(focus, stand.values(), len(found)))
    return CompanyBoard(focus, stand, tuple(found), data_state(visit, list(stand.values())))


def side_by_side(groups: Sequence[tuple[str, list[Card]]]) -> list[list[tuple[str, list[Card], int]]]:
    """Rows of departments with their cards and how many columns they take: at most four a row, in order."""
    rows: list[list[tuple[str, list[Card], int]]] = []
    for department, shown in groups:
        width = min(len(shown), ACROSS)
        taken = sum(other for _, _, other in rows[-1]) if rows else ACROSS
        if taken + width > ACROSS:
            rows.append([])
        rows[-1].append((department, shown, width))
    return rows


def _allowed(visit: Visit, kpis: Sequence[str]) -> tuple[str, ...]:
    """The KPIs this reader may see."""
    found = []
    for name in kpis:
        try:
            check_kpi(visit.viewer, visit.catalogue.kpi(name))
        except NotAllowed:
            continue
        found.append(name)
    return tuple(found)


def _without_data(visit: Visit, title: str) -> None:
    page_header(title, visit.say("company.sentence"))
    tables = tables_of(visit, visit.catalogue.page(COMPANY))
    files = visit.say("panel.comma").join(table_name(visit, table) for table in tables)
    notice(visit.say("shell.no_data", files=files))
