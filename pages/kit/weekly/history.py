"""One KPI over all packs: as it was reported each week, and as it is known now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from data.state_packs import IssuedPack
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
from pages.pack.frozen import Reported, content_of, reported
from pages.pack.renderings.view import MARKS, week_title
from pages.words import formats
from pages.words.text import texts


def history(visit: Visit, desk: Desk, packs: Sequence[IssuedPack]) -> None:
    """Draw the chooser, the chart and the table."""
    if not packs:
        st.html(html.reason(visit.say("weekly.no_packs")))
        return
    newest = content_of(desk.store, packs[0]).seen_by(visit.viewer.access)
    known = {card.kpi: card for card in newest.cards}
    chosen = visit.address.kpi if visit.address.kpi in known else next(iter(known))
    place.mirror("weekly_kpi", chosen)
    st.selectbox(
        visit.say("report.col_kpi"),
        list(known),
        format_func=lambda kpi: known[kpi].name.say(visit.language),
        key="weekly_kpi",
        on_change=lambda: place.go(kpi=place.value("weekly_kpi")),
        width=420,
    )
    cards = [(pack.week, found) for pack in packs if (found := reported(desk.store, pack).get(chosen))]
    now = _as_known_now(desk, chosen, cards)
    name = known[chosen].name.say(visit.language)
    with st.container(border=True, key="panel_history"):
        st.html(html.head(name, visit.say("weekly.history_note"), "history"))
        theme = DARK if st.context.theme.type == "dark" else LIGHT
        view = history_view(known[chosen], cards, now, newest.currency)
        drawn = lines.figure(view, theme, visit.language)
        if drawn is not None and len(cards) > 1:
            st.plotly_chart(ReadyFigure(drawn), config=CONFIG, theme=None, key="history_chart")
    with st.container(border=True, key="panel_history_rows"):
        heads = [visit.say(f"report.col_{name}") for name in ("week", "then", "now", "target")]
        st.html(
            listing(
                heads,
                [_row(visit, known[chosen], week, one, now[week], newest.currency) for week, one in cards],
                (1, 2, 3),
            )
        )


def history_view(
    card: PackCard, found: Sequence[tuple[str, Reported]], now: Mapping[str, float | None], currency: str
) -> LinesView:
    """Two lines over the weeks, the oldest first: as reported, and as known now."""
    ordered = sorted(found, key=lambda pair: pair[0])
    then = Line(texts()["weekly.reported"], tuple(one.value for _, one in ordered), "data")
    known = Line(texts()["weekly.known_now"], tuple(now[week] for week, _ in ordered), "comparison")
    panel = Panel(None, Measure(card.shown_in, currency), (then, known))
    return LinesView(card.name, tuple(one.first for _, one in ordered), card.line_grain, None, (panel,))


def _as_known_now(desk: Desk, kpi: str, found: Sequence[tuple[str, Reported]]) -> dict[str, float | None]:
    """The value of each week after everything that was loaded and taken back since, by the pack's own formula."""
    newest = {effect.week: effect.after for effect in desk.store.effects() if effect.kpi == kpi}
    return {week: newest.get(week, one.value) for week, one in found}


def _row(visit: Visit, card: PackCard, week: str, one: Reported, now: float | None, currency: str) -> list[str]:
    def full(value: float | None) -> str:
        return escape(formats.full(value, card.shown_in, visit.language, currency))

    # The mark beside the number, as where packs are compared: words of their own would not fit a phone.
    mark = "" if one.light == "none" else f" {html.badge(MARKS[one.light], one.light)}"
    return [escape(week_title(week, visit.language)), f"{full(one.value)}{mark}", full(now), full(one.target)]
