"""KPI cards: one anatomy for every number, made as a view model first, then as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from metrics.model import Language
from pages.kit import formats, html
from pages.kit.about import about_menu
from pages.kit.focus import Focus
from pages.kit.rows_dialog import rows_button
from pages.kit.standing import Standing
from pages.kit.text import say
from pages.words import comparisons

NARROWEST = 158
_LONG = 15
_ARROWS = {True: "↑", False: "↓"}


@dataclass(frozen=True)
class Card:
    """What a card shows, ready to read. `delta` is empty where nothing can be compared; `tone` and `light` are
    good, warn, bad or flat; `reach` (0 to 1) fills the target bar; `is_grey` marks a number one cannot build on; `link`
    leads from the label to another page."""

    id: str
    label: str
    value: str
    delta: str
    tone: str
    against: str
    spark: tuple[float | None, ...]
    target: str
    attained: str
    light: str
    status: str
    reach: float | None
    why: str
    is_empty: bool
    is_grey: bool
    link: str = ""


def card(
    standing: Standing,
    spark: Sequence[float | None],
    comparison: str,
    language: Language,
    currency: str,
    days: str = "",
) -> Card:
    """The view model. comparison: `previous` or `last_year`; days: what the number stands for, where not the page's."""
    kpi, delta = standing.kpi, delta_text(standing, language, currency)
    versus = say(f"period.vs_{comparison}", language)
    against = f"{days} · {versus}" if days else versus
    wanted = target_text(standing, language, currency)
    attained = standing.target.attainment
    return Card(
        id=kpi.id,
        label=kpi.name.say(language),
        value=formats.short(standing.value, kpi.shown_in, language, currency),
        delta=delta,
        tone=standing.tone,
        against=against if delta else say(f"cards.compared_{standing.compared.state}", language, comparison=against),
        spark=tuple(spark),
        target=say("cards.target", language, value=wanted) if wanted else "",
        attained=comparisons.attained_text(attained, language),
        light=standing.light or "",
        status=say(f"cards.status_{standing.light}", language) if standing.light else "",
        reach=None if attained is None else max(0.0, min(1.0, attained)),
        why="" if standing.reason is None else standing.reason.say(language),
        is_empty=standing.value is None,
        is_grey=standing.is_partial or standing.is_immature,
    )


def delta_text(standing: Standing, language: Language, currency: str) -> str:
    """The change as people say it; empty where there is none to say."""
    kpi = standing.kpi
    return comparisons.change_text(standing.change, kpi.unit, kpi.shown_in, language, currency)


def target_text(standing: Standing, language: Language, currency: str) -> str:
    """The target as people say it; empty where none is set."""
    return comparisons.target_text(standing.target, standing.kpi.shown_in, language, currency)


def card_html(shown: Card) -> str:
    """The card as HTML."""
    kind = "empty" if shown.is_empty else "grey" if shown.is_grey else ""
    label = escape(shown.label)
    if shown.link:
        label = f'<a href="{escape(shown.link)}" target="_self">{label}</a>'
    parts = [
        f'<div class="label" title="{escape(shown.label)}">{label}</div>',
        # A value with words, such as "23.7 per 1,000 orders", would break the height of its row at full size.
        f'<div class="value{" long" if len(shown.value) > _LONG else ""}">{escape(shown.value)}</div>',
    ]
    if not shown.is_empty:
        parts += [_delta(shown), html.sparkline(shown.spark, shown.tone), _target(shown)]
    if shown.why:
        parts.append(f'<p class="why sb-why" title="{escape(shown.why)}">{escape(shown.why)}</p>')
    return f'<article class="sb sb-card {kind}" id="kpi-{shown.id}">{"".join(parts)}</article>'


def cards(focus: Focus, shown: Sequence[Card], columns: int = 4) -> None:
    """Draw cards side by side, so many in a row, two on a phone."""
    with st.grid(columns, min_column_width=NARROWEST):
        for one in shown:
            with st.container(border=True, key=f"card_{one.id}", height="stretch"):
                st.html(card_html(one))
                with st.container(key=f"tools_{one.id}", horizontal=True, gap=None):
                    about_menu(focus, one.id)
                    rows_button(focus.visit, one.id)


def _delta(shown: Card) -> str:
    if not shown.delta:
        return f'<div class="delta"><span>{escape(shown.against)}</span></div>'
    arrow = _ARROWS[True] if shown.delta[0] == "+" else _ARROWS[False] if shown.delta[0] == "-" else ""
    pill = f'<span class="sb-pill {shown.tone}">{arrow} {escape(shown.delta)}</span>'
    return f'<div class="delta">{pill}<span>{escape(shown.against)}</span></div>'


def _target(shown: Card) -> str:
    if not shown.target:
        return '<div class="sb-target"></div>'
    width = f"{(shown.reach or 0) * 100:.1f}%"
    bar = f'<i><u style="width:{width}"></u></i>' if shown.reach is not None else "<i></i>"
    words = " · ".join(word for word in (shown.attained, shown.status) if word)
    return f'<div class="sb-target {shown.light}"><span>{escape(shown.target)}</span>{bar}<b>{escape(words)}</b></div>'
