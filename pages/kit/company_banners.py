"""What leadership sees before the numbers: exceptions out of their band, and tables that are late or missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from pages.kit import formats, html
from pages.kit.about import table_name
from pages.kit.cards import target_text
from pages.kit.soundness import table_status
from pages.kit.standing import Standing
from pages.kit.visit import Visit

SHOWN = 8


@dataclass(frozen=True)
class Waiting:
    """A table without a file, and the names of the KPIs that wait for it."""

    table: str
    kpis: tuple[str, ...]


@dataclass(frozen=True)
class Late:
    """A table whose newest day (written out) is older than its contract allows, by so many days."""

    table: str
    name: str
    day: str
    days: int


@dataclass(frozen=True)
class DataState:
    """What keeps leadership's numbers from being whole: late tables, the latest first; tables without a file, those
    first that most KPIs wait for; and KPIs with days or sources missing, with the reason."""

    late: tuple[Late, ...]
    waiting: tuple[Waiting, ...]
    partial: tuple[tuple[str, str], ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return not (self.late or self.waiting or self.partial)

    @property
    def late_by_day(self) -> list[tuple[str, list[Late]]]:
        """The late tables by their newest day: what stopped coming on one day is one line."""
        days = dict.fromkeys(item.day for item in self.late)
        return [(day, [item for item in self.late if item.day == day]) for day in days]

    def late_days(self, tables: Sequence[str]) -> str | None:
        """The newest day of the latest of these tables that is late; None where all are fresh."""
        return next((item.day for item in self.late if item.table in tables), None)


def data_state(visit: Visit, standings: Sequence[Standing]) -> DataState:
    """How the tables of these KPIs stand."""
    rows = {row["table"]: row for row in table_status(visit).iter_rows(named=True)}
    tables = dict.fromkeys(table for item in standings for table in item.kpi.tables)
    known = [rows[table] for table in tables if table in rows]
    late = [
        Late(row["table"], table_name(visit, row["table"]), _day(visit, row["last_day"]), row["late_by_days"])
        for row in known
        if row["state"] == "late"
    ]
    waiting = [
        Waiting(table_name(visit, row["table"]), _waiting(visit, row["table"], standings))
        for row in known
        if row["state"] == "empty"
    ]
    partial = [
        (item.kpi.name.say(visit.language), item.reason.say(visit.language))
        for item in standings
        if item.is_partial and item.reason is not None
    ]
    return DataState(
        tuple(sorted(late, key=lambda one: -one.days)),
        tuple(sorted(waiting, key=lambda one: -len(one.kpis))),
        tuple(partial),
    )


def banners(standings: Sequence[Standing], visit: Visit) -> list[str]:
    """A sentence for each exception KPI that left its band, the furthest out first."""
    out = [item for item in standings if item.light == "bad"]
    out.sort(key=lambda item: item.target.attainment if item.target.attainment is not None else 0)
    return [
        visit.say(
            "company.exception",
            name=item.kpi.name.say(visit.language),
            value=formats.short(item.value, item.kpi.shown_in, visit.language, visit.currency),
            target=target_text(item, visit.language, visit.currency),
            owner=owner(visit, item.kpi.department),
        )
        for item in out
    ]


def owner(visit: Visit, department: str) -> str:
    """What the department is called."""
    return next(item.name for item in visit.catalogue.departments if item.id == department).say(visit.language)


def data_panel(visit: Visit, state: DataState) -> None:
    """Draw what is late, missing or incomplete; one sentence where nothing is."""
    with st.container(border=True, key="panel_data", height="stretch"):
        st.html(html.head(visit.say("company.data"), visit.say("company.data_note"), "data"))
        if state.is_whole:
            st.html(f'<ul class="sb sb-list">{_line("good", visit.say("company.data_whole"), "")}</ul>')
            return
        lines = data_lines(visit, state)
        st.html(f'<ul class="sb sb-list">{"".join(lines[:SHOWN])}</ul>')
        if len(lines) > SHOWN:
            st.caption(visit.say("company.more", count=len(lines) - SHOWN))


def data_lines(visit: Visit, state: DataState) -> list[str]:
    """One line a day on which tables stopped coming, a table without a file, and an incomplete KPI."""
    language, comma = visit.language, visit.say("panel.comma")
    late = [
        _line(
            "bad",
            comma.join(item.name for item in together),
            visit.say("company.late", day=day, days=formats.days(max(item.days for item in together), language)),
        )
        for day, together in state.late_by_day
    ]
    waiting = [
        _line("warn", item.table, visit.say("company.waits", kpis=comma.join(item.kpis))) for item in state.waiting
    ]
    return [*late, *waiting, *(_line("", name, reason) for name, reason in state.partial)]


def _line(tone: str, name: str, sentence: str) -> str:
    dot = f'<span class="sb-dot {tone}"></span>'
    return f'<li><span class="q">{dot}{escape(name)}</span><span class="a">{escape(sentence)}</span></li>'


def _waiting(visit: Visit, table: str, standings: Sequence[Standing]) -> tuple[str, ...]:
    return tuple(item.kpi.name.say(visit.language) for item in standings if table in item.kpi.tables)


def _day(visit: Visit, day: object) -> str:
    return formats.full_day(day, visit.language)  # type: ignore[arg-type]
