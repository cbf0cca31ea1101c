"""The questions of Monday morning, each answered by its KPIs in one line, with a link to the chart that shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from metrics.model import Language, Page, Question
from pages.kit import formats, html
from pages.kit.cards import delta_text, target_text
from pages.kit.focus import Focus
from pages.kit.standing import Standing
from pages.kit.text import say, say_or


@dataclass(frozen=True)
class Part:
    """What one KPI adds to an answer. tone: good, bad, warn or nothing; `value` is – where there is no data."""

    name: str
    value: str
    delta: str
    tone: str
    target: str
    light: str
    reason: str


@dataclass(frozen=True)
class Reply:
    """A question with its answer. `chart` is the id of the chart to look at, empty where the page has none."""

    question: str
    parts: tuple[Part, ...]
    awaited: tuple[str, ...]
    chart: str


def replies(page: Page, standings: Mapping[str, Standing], language: Language, currency: str) -> list[Reply]:
    """The view model: every question of the page, in order."""
    return [
        Reply(
            question=question.text.say(language),
            parts=tuple(_part(standings[name], language, currency) for name in question.kpis),
            awaited=_files_for(question.awaited, language),
            chart=_chart_of(page, question),
        )
        for question in page.questions
    ]


def questions_panel(focus: Focus, answered: list[Reply]) -> None:
    """Draw the questions with their answers."""
    visit = focus.visit
    with st.container(border=True, key="panel_questions", height="stretch"):
        st.html(
            html.head(visit.say("panel.questions"), visit.say("panel.questions_note", days=focus.days), "questions")
        )
        st.html(f'<ul class="sb sb-list">{"".join(_line(reply, visit.language) for reply in answered)}</ul>')


def _part(standing: Standing, language: Language, currency: str) -> Part:
    kpi = standing.kpi
    return Part(
        name=kpi.name.say(language),
        value=formats.short(standing.value, kpi.shown_in, language, currency),
        delta=delta_text(standing, language, currency),
        tone=standing.tone,
        target=target_text(standing, language, currency),
        light=standing.light or "",
        reason="" if standing.value is not None or standing.reason is None else standing.reason.say(language),
    )


def _chart_of(page: Page, question: Question) -> str:
    """The page's chart that shares most KPIs with the question; on a tie the first."""
    shared = {chart.id: len(set(chart.kpis) & set(question.kpis)) for chart in page.charts}
    best = max(shared, key=lambda name: shared[name], default="")
    return best if shared.get(best) else ""


def _files_for(kpis: Sequence[str], language: Language) -> tuple[str, ...]:
    return tuple(dict.fromkeys(say_or(f"awaited.{name}", language, name) for name in kpis))


def _line(reply: Reply, language: Language) -> str:
    link = ""
    if reply.chart:
        link = f' <a class="more" href="#{reply.chart}" target="_self">{escape(say("panel.see", language))} →</a>'
    known = "".join(_answer(part, language) for part in reply.parts if not part.reason)
    missing = "".join(_missing(names, reason) for reason, names in _by_reason(reply.parts, language).items())
    waits = ""
    if reply.awaited:
        listed = say("panel.comma", language).join(reply.awaited)
        waits = f"<span>{escape(say('panel.awaits', language, names=listed))}</span>"
    answer = f'<span class="a">{known}{missing}{waits}</span>'
    return f'<li><span class="q">{escape(reply.question)}</span>{link}{answer}</li>'


def _answer(part: Part, language: Language) -> str:
    delta = f' <span class="{part.tone}">{escape(part.delta)}</span>' if part.delta else ""
    target = ""
    if part.target:
        status = f" · {say(f'cards.status_{part.light}', language)}" if part.light else ""
        wanted = say("cards.target", language, value=part.target)
        target = f' <span class="{part.light}">({escape(wanted + status)})</span>'
    return f"<span>{escape(part.name)} <b>{escape(part.value)}</b>{delta}{target}</span>"


def _by_reason(parts: Sequence[Part], language: Language) -> dict[str, str]:
    """The names of the KPIs without a number, by the reason they share."""
    found: dict[str, list[str]] = {}
    for part in parts:
        if part.reason:
            found.setdefault(part.reason, []).append(part.name)
    return {reason: say("panel.comma", language).join(names) for reason, names in found.items()}


def _missing(names: str, reason: str) -> str:
    return f"<span>{escape(names)} <b>{formats.NOTHING}</b> {escape(reason)}</span>"
