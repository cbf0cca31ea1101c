"""Two packs side by side: each number in both, as they were issued."""

from __future__ import annotations

from html import escape

import streamlit as st

from metrics.compare import change
from pages.kit import html
from pages.kit.visit import Visit
from pages.kit.weekly.listing import listing
from pages.pack.content import Content, PackCard
from pages.pack.renderings.view import MARKS, week_title
from pages.words import comparisons, formats


def side_by_side(visit: Visit, one: Content, other: Content) -> None:
    """Draw a table a department: the other pack, this one, and the change between them."""
    titles = [week_title(other.week, visit.language), week_title(one.week, visit.language)]
    st.html(html.strip([html.badge(f"{titles[0]} → {titles[1]}", "brand")]))
    heads = [visit.say("report.col_kpi"), *titles, visit.say("report.col_change")]
    groups = [
        (visit.say("report.headline"), one.headline),
        *((d.name.say(visit.language), d.cards) for d in one.departments),
    ]
    earlier = {card.kpi: card for card in other.cards}
    for place, (name, kpis) in enumerate(groups):
        cards = one.cards_of(kpis)
        if not cards:
            continue
        with st.container(border=True, key=f"panel_beside_{place}"):
            st.html(html.head(name, visit.say("weekly.compare_note"), f"beside-{place}"))
            rows = [_row(visit, one, card, earlier.get(card.kpi)) for card in cards]
            st.html(listing(heads, rows, numbers=(1, 2, 3)))


def _row(visit: Visit, pack: Content, card: PackCard, before: PackCard | None) -> list[str]:
    """The cells of one KPI; one that the other pack does not have, or has in another unit, is not compared."""
    is_same = before is not None and before.unit == card.unit
    kpi = visit.catalogue.kpis.get(card.kpi)
    moved = ""
    if is_same and before is not None and kpi is not None:
        found = change(card.value, before.value, kpi)
        moved = comparisons.change_text(found, card.unit, card.shown_in, visit.language, pack.currency)
    return [
        escape(card.name.say(visit.language)),
        _cell(visit, pack, before),
        _cell(visit, pack, card),
        escape(moved or "–"),
    ]


def _cell(visit: Visit, pack: Content, card: PackCard | None) -> str:
    if card is None:
        return "–"
    value = escape(formats.short(card.value, card.shown_in, visit.language, pack.currency))
    return f"{value} {html.badge(MARKS[card.light], card.light)}" if card.light != "none" else value
