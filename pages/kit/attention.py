"""What needs attention: KPIs off their target, then those that changed for the worse. Ranked, each with its link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

import streamlit as st

from metrics.model import Language
from pages.kit import formats, html
from pages.kit.cards import delta_text, target_text
from pages.kit.focus import Focus
from pages.kit.standing import Standing
from pages.kit.text import say

SHOWN = 8


@dataclass(frozen=True)
class Concern:
    """One line of the list: what is wrong with which KPI. `weight` ranks within a kind, larger first."""

    kpi: str
    name: str
    kind: Literal["off_target", "worse"]
    sentence: str
    weight: float


def concerns(standings: Iterable[Standing], comparison: str, language: Language, currency: str) -> list[Concern]:
    """KPIs whose light is red, the furthest from target first; then those clearly worse than before."""
    found = []
    for standing in standings:
        kpi = standing.kpi
        name = kpi.name.say(language)
        if standing.light == "bad":
            sentence = _off_target(standing, language, currency)
            found.append(Concern(kpi.id, name, "off_target", sentence, standing.shortfall))
        elif _is_clearly_worse(standing):
            sentence = _worse(standing, comparison, language, currency)
            found.append(Concern(kpi.id, name, "worse", sentence, standing.move))
    order = {"off_target": 0, "worse": 1}
    return sorted(found, key=lambda concern: (order[concern.kind], -concern.weight, concern.kpi))


def attention_panel(focus: Focus, found: Sequence[Concern], has_targets: bool) -> None:
    """Draw the list; without any, say what was looked at."""
    visit = focus.visit
    with st.container(border=True, key="panel_attention", height="stretch"):
        st.html(html.head(visit.say("panel.attention"), visit.say("panel.attention_note"), "attention"))
        if found:
            st.html(f'<ul class="sb sb-list">{"".join(_line(concern, focus) for concern in found[:SHOWN])}</ul>')
        else:
            st.html(html.reason(visit.say("panel.attention_none" if has_targets else "panel.attention_no_targets")))


def _line(concern: Concern, focus: Focus) -> str:
    tone = "bad" if concern.kind == "off_target" else "warn"
    name = escape(concern.name)
    if concern.kpi in focus.page.headline_cards:
        name = f'<a href="#kpi-{concern.kpi}" target="_self">{name}</a>'
    return (
        f'<li><span class="q"><span class="sb-dot {tone}"></span>{name}</span>'
        f'<span class="a">{escape(concern.sentence)}</span></li>'
    )


def _is_clearly_worse(standing: Standing) -> bool:
    return standing.change.good is False and standing.move >= 1


def _off_target(standing: Standing, language: Language, currency: str) -> str:
    value = formats.short(standing.value, standing.kpi.shown_in, language, currency)
    target = target_text(standing, language, currency)
    return say("panel.off_target", language, value=value, target=target)


def _worse(standing: Standing, comparison: str, language: Language, currency: str) -> str:
    return say(
        "panel.worse",
        language,
        value=formats.short(standing.value, standing.kpi.shown_in, language, currency),
        change=delta_text(standing, language, currency),
        comparison=say(f"period.vs_{comparison}", language),
    )
