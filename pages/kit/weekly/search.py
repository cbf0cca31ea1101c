"""What people wrote: comments and actions of all weeks, found by words."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.kit import html, place
from pages.kit.address import LONGEST_SEARCH
from pages.kit.visit import Visit
from pages.kit.weekly.listing import listing
from pages.pack.desk import Desk
from pages.pack.renderings.view import week_title

MOST = 200


def search(visit: Visit, desk: Desk) -> None:
    """Draw the field and what it found, the newest first."""
    place.mirror("weekly_find", visit.address.find or "")
    st.text_input(
        visit.say("weekly.find"),
        key="weekly_find",
        type="search",
        max_chars=LONGEST_SEARCH,
        icon=":material/search:",
        on_change=lambda: place.go(find=place.value("weekly_find").strip() or None),
        width=420,
    )
    found = written(visit, desk, visit.address.find or "")
    with st.container(border=True, key="panel_found"):
        is_searched = bool(visit.address.find)
        note = visit.say("weekly.found" if is_searched else "weekly.written", count=len(found)) if found else ""
        st.html(html.head(visit.say("weekly.part_search"), note, "found"))
        if not found:
            st.html(html.reason(visit.say("weekly.found_none" if is_searched else "weekly.written_none")))
            return
        heads = [visit.say(f"report.col_{name}") for name in ("week", "kpi", "comment", "by")]
        st.html(listing(heads, found[:MOST]))


def written(visit: Visit, desk: Desk, words: str) -> list[list[str]]:
    """Rows of what people wrote that holds all the words; only of KPIs that this reader may see."""
    kpis = visit.catalogue.kpis
    names = {name: kpi.name.say(visit.language) for name, kpi in kpis.items()}
    hidden = {name for name, kpi in kpis.items() if kpi.access not in visit.viewer.access}
    rows = [(one.at, one.week, one.kpi, one.text, one.author) for one in desk.store.comments()]
    rows += [(one.at, one.week, one.kpi, f"→ {one.text} ({one.person})", one.author) for one in desk.store.actions()]
    wanted = words.casefold().split()
    found = []
    for _, week, kpi, text, author in sorted(rows, reverse=True):
        name = names.get(kpi, kpi)
        heap = " ".join((week, kpi, name, text, author)).casefold()
        if kpi not in hidden and all(word in heap for word in wanted):
            link = f"weekly?week={week}&lang={visit.language}&data={visit.store.kind}"
            title = escape(week_title(week, visit.language))
            found.append([f'<a href="{link}" target="_self">{title}</a>', escape(name), escape(text), escape(author)])
    return found
