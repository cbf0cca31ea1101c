"""One entry as a whole: what the number means, its last value, how far its data reach, the SQL as it was run."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from metrics.query import Query
from pages.kit import formats, html, place
from pages.kit.about import freshness
from pages.kit.cards import target_text
from pages.kit.dictionary import show
from pages.kit.dictionary.entries import Entry
from pages.kit.focus import Focus, focus_on
from pages.kit.notice import explaining
from pages.kit.standing import Standing, asked, standings
from pages.kit.visit import Visit


def entry_panel(visit: Visit, entry: Entry) -> None:
    """Draw the entry; a value that cannot be asked for says why in its place."""
    with st.container(border=True, key="panel_entry"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="top"):
            st.html(show.entry_head(visit, entry), width="content")
            st.button(
                visit.say("dictionary.close"),
                icon=":material/close:",
                type="tertiary",
                key="dictionary_close",
                on_click=place.go,
                kwargs={"kpi": None},
            )
        with explaining():
            _value(visit, entry)
        st.html(show.facts(visit, entry))
        with explaining():
            _sql(visit, entry)


def focus_of(visit: Visit, entry: Entry) -> Focus | None:
    """The days the number is shown for, without any filter; None while nothing of its department is loaded."""
    unfiltered = replace(visit, address=visit.address.turn(filters=()))
    focus = focus_on(unfiltered, entry.kpi.department)
    return None if focus is None else focus.settled(entry.kpi.tables)


def _value(visit: Visit, entry: Entry) -> None:
    focus = focus_of(visit, entry)
    fresh = "<br>".join(escape(line) for line in freshness(visit, entry.kpi))
    pairs = [(visit.say("dictionary.value"), _said(visit, focus, entry)), (visit.say("dictionary.fresh"), fresh)]
    st.html(show.pairs_html(pairs))


def _said(visit: Visit, focus: Focus | None, entry: Entry) -> str:
    if focus is None:
        return escape(visit.say("dictionary.no_value"))
    standing = standings(focus, (entry.kpi.id,))[entry.kpi.id]
    value = formats.full(standing.value, entry.kpi.shown_in, visit.language, visit.currency)
    days = formats.day_range(standing.period.first, standing.period.last, visit.language)
    reason = "" if standing.reason is None else f"<br>{escape(standing.reason.say(visit.language))}"
    return f"<big>{escape(value)}</big> · {escape(days)}{_light(visit, standing)}{reason}"


def _light(visit: Visit, standing: Standing) -> str:
    wanted = target_text(standing, visit.language, visit.currency)
    if not wanted:
        return ""
    said = visit.say("cards.target", value=wanted)
    if standing.light is None:
        return f" · {escape(said)}"
    status = visit.say(f"cards.status_{standing.light}")
    return " " + html.badge(f"{said} · {status}", standing.light)


def _sql(visit: Visit, entry: Entry) -> None:
    focus = focus_of(visit, entry)
    sql = asked(focus.visit, Query((entry.kpi.id,), focus.period)).sql if focus else ""
    st.caption(visit.say("cards.sql") if sql else visit.say("dictionary.sql_waits"))
    if sql:
        st.code(sql, language="sql", wrap_lines=True, height=260)
