"""From what was loaded to the page that shows it, at the days of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from data.contracts import TABLES
from data.home import Home
from data.ingest.outcome import Outcome
from metrics.errors import NotAllowed
from metrics.model import Page
from metrics.periods import Period, month_end
from metrics.policy import check_kpi
from metrics.query import Query
from pages.kit import menu
from pages.kit.address import Address, range_text
from pages.kit.engine import open_store
from pages.kit.standing import asked
from pages.kit.visit import Visit


def days_link(visit: Visit, outcomes: Sequence[Outcome]) -> None:
    """Draw the link to the department that has most numbers of the loaded rows, or say that no page has any."""
    loaded = [outcome for outcome in outcomes if outcome.days and outcome.status == "loaded"]
    if not loaded:
        return
    period, tables = _period(loaded), {table for outcome in loaded for table in outcome.tables}
    best, shown = best_page(visit, tables, period)
    if best is None:
        st.caption(visit.say("uploads.see_none"))
        return
    there = Address(period=range_text(period.first, period.last), data="company", lang=visit.address.lang)
    st.page_link(
        f"departments/{best}.py",
        label=visit.say("uploads.see", page=menu.title(best).say(visit.language)),
        icon=":material/monitoring:",
        query_params=there.parameters(),
    )
    if not shown:
        st.caption(visit.say("uploads.see_empty"))


def best_page(visit: Visit, tables: Iterable[str], period: Period) -> tuple[str | None, int]:
    """The department most of whose KPIs over the tables have a number in the period, and how many have.

    Where none has any it is the one with most KPIs over the tables; None where no page reads one of them.
    """
    wanted = set(tables)
    readers = {page.department: kpis for page in visit.catalogue.pages.values() if (kpis := _kpis(visit, page, wanted))}
    if not readers:
        return None, 0
    store = visit.store if visit.store.kind == "company" else open_store(Home.from_environment(), "company")
    with store.engine.reading() as reader:
        there = replace(visit, store=store, reader=reader)
        numbers = {name: _numbers(there, kpis, period) for name, kpis in readers.items()}
    best = max(readers, key=lambda name: (numbers[name], len(readers[name])))
    return best, numbers[best]


def _kpis(visit: Visit, page: Page, tables: set[str]) -> tuple[str, ...]:
    """What the page shows of the tables and this viewer may see."""
    return tuple(name for name in page.kpis if tables & set(visit.catalogue.kpi(name).tables) and _may_see(visit, name))


def _may_see(visit: Visit, name: str) -> bool:
    try:
        check_kpi(visit.viewer, visit.catalogue.kpi(name))
    except NotAllowed:
        return False
    return True


def _numbers(visit: Visit, kpis: tuple[str, ...], period: Period) -> int:
    row = asked(visit, Query(kpis, period)).rows.row(0, named=True)
    return sum(row[name] is not None for name in kpis)


def _period(outcomes: Sequence[Outcome]) -> Period:
    """The days of the rows; a row of a monthly table stands for its month."""
    days: list[date] = []
    for outcome in outcomes:
        assert outcome.days is not None
        first, last = outcome.days
        is_monthly = all(TABLES[table].cadence == "month" for table in outcome.tables)
        days += [first.replace(day=1), month_end(last)] if is_monthly else [first, last]
    return Period(min(days), max(days))
