"""What only a person can say about a file: day or month first, what a comma parts, which days, which table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from data.contracts import TABLES
from data.ingest.match import Match
from data.ingest.moments import YEAR_LAST, DateOrder
from data.ingest.orders import Question
from data.ingest.recipe import Recipe
from data.ingest.remembered import remember
from pages.kit import formats
from pages.kit.period_bar import FIRST_DAY, LAST_DAY
from pages.kit.uploads.names import table_title
from pages.kit.uploads.recognise import answered, wants_day, wants_days, with_order
from pages.kit.uploads.show import head
from pages.kit.uploads.tray import Staged, tray
from pages.kit.uploads.workshop import desk_of
from pages.kit.visit import Visit, visiting

_PATTERN = re.compile(YEAR_LAST)


def asks(visit: Visit, staged: Staged, place: int, found: Match) -> None:
    """Draw the questions that are open about one table of a file."""
    for number, question in enumerate(found.open_questions):
        ask = _ask_comma if question.is_of_numbers else _ask_order
        ask(visit, staged, place, found, question, number)
    if wants_days(found):
        _ask_days(visit, staged, place, found)
    elif wants_day(found):
        _ask_day(visit, staged, place, found)


def ask_table(visit: Visit, staged: Staged) -> None:
    """What the rows are, where nothing was recognised."""
    with st.container(key=f"ask_table_{staged.ticket}", gap="xsmall"):
        head(visit.say("uploads.ask_table"), visit.say("uploads.ask_table_note"))
        choose_table(visit, staged, f"table_{staged.ticket}", None)


def choose_table(visit: Visit, staged: Staged, key: str, chosen: str | None, *, is_labelled: bool = False) -> None:
    """A menu of the tables that files may fill; another choice reads the file anew."""
    tables = by_title(visit)
    st.selectbox(
        visit.say("uploads.editor_table"),
        tables,
        index=tables.index(chosen) if chosen in tables else None,
        format_func=lambda name: table_title(visit, name),
        placeholder=visit.say("uploads.choose_table"),
        key=key,
        on_change=_turn_table,
        args=(staged.ticket, key),
        label_visibility="visible" if is_labelled else "collapsed",
        width="stretch" if is_labelled else 320,
    )


def fillable_tables() -> tuple[str, ...]:
    """The tables that files fill."""
    return tuple(name for name, table in TABLES.items() if not table.generated)


def by_title(visit: Visit) -> list[str]:
    """The same as readers look for them: orders first, then by name."""
    return sorted(fillable_tables(), key=lambda name: (not name.startswith("fact_order"), table_title(visit, name)))


def readings(sample: str) -> tuple[date, date] | None:
    """The two days that a date with the year last may be: day first, month first; None where it is no such date."""
    found = _PATTERN.match(sample.strip())
    if found is None:
        return None
    first, second, year = int(found["a"]), int(found["b"]), int(found["year"])
    year += 2000 if year < 100 else 0
    try:
        return date(year, second, first), date(year, first, second)
    except ValueError:
        return None


def _ask_order(visit: Visit, staged: Staged, place: int, found: Match, question: Question, number: int) -> None:
    sample, days = _telling(question.samples)
    note = visit.say("uploads.ask_order_note", column=question.header, samples=", ".join(question.samples))
    with st.container(key=f"ask_order_{staged.ticket}_{place}_{number}", gap="xsmall"):
        head(visit.say("uploads.ask_order", sample=sample), note)
        with st.container(horizontal=True, gap="xsmall"):
            for order, day in zip(question.orders, days, strict=True):
                said = visit.say(f"uploads.order_{order}", day=formats.full_day(day, visit.language))
                _order_button(staged, place, found, question, f"{place}_{number}", order, said)


def _ask_comma(visit: Visit, staged: Staged, place: int, found: Match, question: Question, number: int) -> None:
    sample = question.samples[0] if question.samples else "?"
    note = visit.say("uploads.ask_comma_note", column=question.header, samples=", ".join(question.samples))
    with st.container(key=f"ask_order_{staged.ticket}_{place}_{number}", gap="xsmall"):
        head(visit.say("uploads.ask_comma", sample=sample), note)
        with st.container(horizontal=True, gap="xsmall"):
            # "1.250" might be read as a thousand again, so it is shown as 1.25.
            values = sample.replace(",", ""), sample.replace(",", ".").rstrip("0").rstrip(".")
            for order, value in zip(question.orders, values, strict=True):
                said = visit.say(f"uploads.order_{order}", value=value)
                _order_button(staged, place, found, question, f"{place}_{number}", order, said)


def _order_button(
    staged: Staged, place: int, found: Match, question: Question, key: str, order: DateOrder, said: str
) -> None:
    st.button(
        said,
        key=f"order_{staged.ticket}_{key}_{order}",
        type="primary" if order == question.proposal else "secondary",
        on_click=_turn_order,
        args=(staged.ticket, place, found, question.header, order),
    )


def _telling(samples: Sequence[str]) -> tuple[str, tuple[date | None, date | None]]:
    """A sample whose two readings are different days, with the readings."""
    for sample in samples:
        days = readings(sample)
        if days and days[0] != days[1]:
            return sample, days
    return (samples[0] if samples else "?"), (None, None)


def _ask_days(visit: Visit, staged: Staged, place: int, found: Match) -> None:
    key = f"days_{staged.ticket}_{place}"
    with st.container(key=f"ask_days_{staged.ticket}_{place}", gap="xsmall"):
        head(visit.say("uploads.ask_days"), visit.say("uploads.ask_days_note"))
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom"):
            st.date_input(
                visit.say("uploads.ask_days"),
                [],
                min_value=FIRST_DAY,
                max_value=LAST_DAY,
                format="YYYY-MM-DD",
                key=key,
                label_visibility="collapsed",
                width=290,
            )
            st.button(
                visit.say("uploads.use_days"),
                key=f"use_{key}",
                on_click=_turn_days,
                args=(staged.ticket, place, found, key),
            )


def _ask_day(visit: Visit, staged: Staged, place: int, found: Match) -> None:
    """The day of a roster, a stock list or a month of the ledger; picking it is the answer."""
    key = f"day_{staged.ticket}_{place}"
    with st.container(key=f"ask_{key}", gap="xsmall"):
        head(visit.say("uploads.ask_day"), visit.say("uploads.ask_day_note"))
        st.date_input(
            visit.say("uploads.ask_day"),
            None,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="YYYY-MM-DD",
            key=key,
            on_change=_turn_day,
            args=(staged.ticket, place, found, key),
            label_visibility="collapsed",
            width=290,
        )


def _turn_order(ticket: str, place: int, found: Match, header: str, order: DateOrder) -> None:
    staged = tray().get(ticket)
    if staged and found.recipe:
        orders = with_order(found.recipe, header, order)
        tray().put(answered(staged, place, found, date_orders=orders))
        if found.how == "saved":
            _keep(found.layout.names, replace(found.recipe, date_orders=orders))


def _keep(headers: Sequence[str], recipe: Recipe) -> None:
    """What somebody answered about a remembered mapping holds for the next file with these headers, too."""
    with visiting() as visit:
        desk = desk_of(visit)
    remember(desk.installation.state, headers, recipe, recipe.names.en, desk.user, desk.now)


def _turn_days(ticket: str, place: int, found: Match, key: str) -> None:
    """Both days were picked, in whichever order; one alone says nothing yet."""
    staged, days = tray().get(ticket), st.session_state[key]
    if staged and len(days) == 2:
        tray().put(answered(staged, place, found, period=(min(days), max(days))))


def _turn_day(ticket: str, place: int, found: Match, key: str) -> None:
    staged, day = tray().get(ticket), st.session_state[key]
    if staged and day:
        tray().put(answered(staged, place, found, period=(day, day)))


def _turn_table(ticket: str, key: str) -> None:
    staged = tray().get(ticket)
    if staged:
        fresh = replace(staged, said=(), trial=(), done=(), trouble=None, replaces=None, own_days=None)
        tray().put(replace(fresh, table=st.session_state[key]))
