"""One KPI over all packs: as it was reported each week, and as it is known now."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from data.state_packs import IssuedPack, PackEffect
from metrics.model import Text
from pages.kit import html, place
from pages.kit.chart_panel import CONFIG, ReadyFigure
from pages.kit.charts import lines
from pages.kit.charts.lines_view import Line, LinesView, Panel
from pages.kit.charts.palette import DARK, LIGHT
from pages.kit.charts.words import Measure
from pages.kit.visit import Visit
from pages.kit.weekly.listing import listing
from pages.pack.content import PackCard
from pages.pack.desk import Desk
from pages.pack.frozen import content_of
from pages.pack.renderings.view import MARKS, week_title
from pages.words import formats
from pages.words.text import texts

# Two years of weeks are read at most: each is a content of its own.
MOST = 104


def history(visit: Visit, desk: Desk, packs: Sequence[IssuedPack]) -> None:
    """Draw the chooser, the chart and the table."""
    if not packs:
        st.html(html.reason(visit.say("weekly.no_packs")))
        return
    newest = content_of(desk.store, packs[0]).seen_by(visit.viewer.access)
    known = {card.kpi: card for card in newest.cards}
    chosen = visit.address.kpi if visit.address.kpi in known else next(iter(known))
    st.session_state["weekly_kpi"] = chosen
    st.selectbox(
        visit.say("report.col_kpi"),
        list(known),
        format_func=lambda kpi: known[kpi].name.say(visit.language),
        key="weekly_kpi",
        on_change=lambda: place.go(kpi=st.session_state["weekly_kpi"]),
        width=420,
    )
    cards = _cards(desk, packs[:MOST], chosen)
    now = _as_known_now(desk, chosen, cards)
    name = known[chosen].name.say(visit.language)
    with st.container(border=True, key="panel_history"):
        st.html(html.head(name, visit.say("weekly.history_note"), "history"))
        theme = DARK if st.context.theme.type == "dark" else LIGHT
        view = history_view(cards, now, newest.currency)
        drawn = lines.figure(view, theme, visit.language)
        if drawn is not None and len(cards) > 1:
            st.plotly_chart(ReadyFigure(drawn), config=CONFIG, theme=None, key="history_chart")
    with st.container(border=True, key="panel_history_rows"):
        heads = [visit.say(f"report.col_{name}") for name in ("week", "then", "now", "target", "status")]
        st.html(
            listing(heads, [_row(visit, week, card, now[week], newest.currency) for week, card in cards], (1, 2, 3))
        )


def history_view(cards: Sequence[tuple[str, PackCard]], now: dict[str, float | None], currency: str) -> LinesView:
    """Two lines over the weeks, the oldest first: as reported, and as known now."""
    ordered = sorted(cards, key=lambda pair: pair[0])
    last = ordered[-1][1]
    reported = Line(texts()["weekly.reported"], tuple(card.value for _, card in ordered), "data")
    known = Line(texts()["weekly.known_now"], tuple(now[week] for week, _ in ordered), "comparison")
    panel = Panel(None, Measure(last.shown_in, currency), (reported, known))
    days = tuple(card.line[-1].first for _, card in ordered)
    return LinesView(last.name, days, last.line_grain, None, (panel,))


def _cards(desk: Desk, packs: Sequence[IssuedPack], kpi: str) -> list[tuple[str, PackCard]]:
    """The KPI's card in each pack that has it, the newest first; of several packs of one month the newest."""
    found = []
    for pack in packs:
        card = next((one for one in content_of(desk.store, pack).cards if one.kpi == kpi), None)
        if card is not None:
            found.append((pack.week, card))
    return found


def _as_known_now(desk: Desk, kpi: str, cards: Sequence[tuple[str, PackCard]]) -> dict[str, float | None]:
    """The value of each week after everything that was loaded and taken back since, by the pack's own formula."""
    newest: dict[str, PackEffect] = {}
    for effect in desk.store.effects():
        if effect.kpi == kpi:
            newest[effect.week] = effect
    return {week: newest[week].after if week in newest else card.value for week, card in cards}


def _row(visit: Visit, week: str, card: PackCard, now: float | None, currency: str) -> list[str]:
    target: Text | str = formats.short(card.target.value, card.shown_in, visit.language, currency)
    return [
        escape(week_title(week, visit.language)),
        escape(formats.full(card.value, card.shown_in, visit.language, currency)),
        escape(formats.full(now, card.shown_in, visit.language, currency)),
        escape(str(target)) if card.target.value is not None else "–",
        html.badge(f"{MARKS[card.light]} {visit.say(f'cards.status_{card.light}')}", card.light)
        if card.light != "none"
        else "–",
    ]
