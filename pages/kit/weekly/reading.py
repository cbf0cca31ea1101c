"""One pack as it reads: what it rests on, summary, cards, what needs attention, answers, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from pages.kit import html
from pages.kit.cards import NARROWEST, Card, card_html
from pages.kit.visit import Visit
from pages.kit.weekly.listing import listing
from pages.pack.content import Content, Restatement
from pages.pack.renderings.view import Answer, CardView, Promise, Report, Section, moved

ACROSS = 5
OF_A_DEPARTMENT = 4


def seen(visit: Visit, content: Content) -> Content:
    """The pack as this reader may see it."""
    return content.seen_by(visit.viewer.access)


def read_pack(visit: Visit, content: Content, shown: Report, changed: Sequence[Restatement]) -> None:
    """Draw a pack. changed: what became of its numbers since it was issued."""
    _head(visit, content, shown)
    if content.is_issued:
        _changes(visit, content, changed)
    _summary(visit, shown)
    # Five across leave no room for the share beside the status.
    draw_cards([replace(one, attained="") for one in shown.headline], "headline", ACROSS)
    _attention(visit, shown)
    tabs = st.tabs([section.name for section in shown.sections])
    for tab, section in zip(tabs, shown.sections, strict=True):
        with tab:
            draw_cards(section.cards, section.id, OF_A_DEPARTMENT)
            _answers(visit, section)
    _earlier(visit, shown.earlier)


def draw_cards(cards: Sequence[CardView], group: str, columns: int) -> None:
    """Draw frozen cards side by side."""
    with st.grid(columns, min_column_width=NARROWEST):
        for one in cards:
            with st.container(border=True, key=f"card_{group}_{one.kpi}", height="stretch"):
                st.html(card_html(_card(one)))


def _card(view: CardView) -> Card:
    """The frozen card in the shape that pages draw; its mark stands before the status, since colour is not enough."""
    both = " · ".join(part for part in (view.versus, view.year) if part)
    # That there is no week before is not worth saying beside a year before; together they are too long for a card.
    against = both if view.delta else view.year or view.versus
    return Card(
        id=view.kpi,
        label=view.label,
        value=view.value,
        delta=view.delta,
        tone=view.tone,
        against=against,
        spark=view.line,
        target=view.target,
        attained=view.attained,
        light="" if view.light == "none" else view.light,
        status=f"{view.mark} {view.status}" if view.status else "",
        reach=view.reach,
        why=" · ".join(part for part in (view.days, view.reason) if part),
        is_empty=view.is_empty,
        is_grey=view.is_grey,
    )


def _head(visit: Visit, content: Content, shown: Report) -> None:
    state = html.badge(visit.say("weekly.issued" if content.is_issued else "weekly.draft"), "brand")
    counts = [html.badge(f"{count} {name}", light) for light, count, name in shown.counts]
    # The page's own title says already that the data are the demo company's.
    said = [fact for fact in shown.facts if fact != visit.say("report.demo")]
    facts = [html.badge(shown.days), *map(html.badge, said)]
    st.html(html.strip([state, *counts, *facts]))


def _summary(visit: Visit, shown: Report) -> None:
    with st.container(border=True, key="panel_summary"):
        st.html(html.head(visit.say("report.summary"), shown.summary_by, "summary"))
        lines = "".join(f"<li>{escape(line)}</li>" for line in shown.summary)
        st.html(f'<ul class="sb sb-list">{lines}</ul>' if lines else html.reason(visit.say("report.summary_none")))


def _attention(visit: Visit, shown: Report) -> None:
    with st.container(border=True, key="panel_attention"):
        st.html(html.head(visit.say("report.attention"), visit.say("weekly.attention_note"), "attention"))
        if not shown.lines:
            st.caption(visit.say("report.attention_none"))
            return
        st.html(
            listing(
                [visit.say("report.col_kpi"), visit.say("report.col_note")],
                [(f"<b>{escape(line.name)}</b>", escape(line.sentence)) for line in shown.lines],
            )
        )


def _answers(visit: Visit, section: Section) -> None:
    with st.container(border=True, key=f"panel_answers_{section.id}"):
        st.html(html.head(visit.say("report.answers"), section.name, f"answers-{section.id}"))
        if not section.answers:
            st.caption(visit.say("report.answers_none"))
            return
        st.html(f'<ul class="sb sb-list">{"".join(_answer(one) for one in section.answers)}</ul>')


def _answer(one: Answer) -> str:
    status = html.badge(f"{one.card.mark} {one.card.status}", one.card.light) if one.card.status else ""
    said = [f"<span><b>{escape(author)}</b>: {escape(text)}</span>" for author, text in one.comments]
    said += [f"<span>→ {_promised(action)}</span>" for action in one.actions]
    body = "<br>".join(said) or f"<i>{escape(one.missing)}</i>"
    name = f'<span class="q">{escape(one.card.label)} · {escape(one.card.value)}</span>'
    return f'<li>{status} {name}<div class="a">{body}</div></li>'


def _promised(action: Promise) -> str:
    state = html.badge(action.state, "bad" if action.is_late else "")
    return f"{escape(action.text)} ({escape(action.person)}, {escape(action.due)}) {state}"


def _earlier(visit: Visit, earlier: Sequence[Promise]) -> None:
    with st.container(border=True, key="panel_earlier"):
        st.html(html.head(visit.say("report.earlier"), visit.say("weekly.earlier_note"), "earlier"))
        if not earlier:
            st.caption(visit.say("report.earlier_none"))
            return
        heads = [visit.say(f"report.col_{name}") for name in ("week", "kpi", "action", "person", "due", "state")]
        rows = [[*map(escape, (one.agreed, one.kpi, one.text, one.person, one.due)), _state(one)] for one in earlier]
        st.html(listing(heads, rows))


def _state(one: Promise) -> str:
    return html.badge(one.state, "bad" if one.is_late else "")


def _changes(visit: Visit, content: Content, changed: Sequence[Restatement]) -> None:
    """Then, now, difference, because of."""
    with st.container(border=True, key="panel_changes"):
        st.html(html.head(visit.say("weekly.changes"), visit.say("weekly.changes_note"), "changes"))
        if not changed:
            st.caption(visit.say("weekly.changes_none"))
            return
        heads = [visit.say(f"report.col_{name}") for name in ("kpi", "then", "now", "difference", "because")]
        rows = []
        for item in changed:
            one = moved(item, visit.language, content.currency)
            causes = [f"<b>{escape(amount)}</b> {escape(why)}" for why, amount in one.causes]
            because = "<br>".join([*causes, *([escape(one.target)] if one.target else [])])
            rows.append([escape(one.name), escape(one.then), escape(one.now), escape(one.difference), because])
        st.html(listing(heads, rows, numbers=(1, 2, 3)))
