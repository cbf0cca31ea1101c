"""What people write in an open draft: comments, actions, the summary; and the button that issues it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import streamlit as st

from data.errors import DataError
from data.state_delivery import DeliveryStore
from metrics.errors import MetricError
from metrics.model import Text
from metrics.policy import EVERYONE
from pages.kit import html, place
from pages.kit.language import LANGUAGES, NAMES
from pages.kit.notice import Kind, notice
from pages.kit.uploads.workshop import moment
from pages.kit.visit import Visit
from pages.pack.content import Content
from pages.pack.delivery.post import deliver, post_for
from pages.pack.desk import Desk
from pages.pack.writing import comment, promise, publish, settle, summarise

PASSWORD = "SEVENBOARD_SMTP_PASSWORD"
A_WEEK = timedelta(days=7)
OWED_SHOWN = 6
_SAID = "weekly_said"


def tell() -> None:
    """Say once what became of what was just done here, whether the week is still a draft or has its pack by now."""
    said: tuple[str, Kind] | None = st.session_state.pop(_SAID, None)
    if said:
        notice(*said)


def write_pack(visit: Visit, desk: Desk, content: Content) -> None:
    """Draw who has not answered, and what may be written."""
    owed = content.unanswered
    with st.container(border=True, key="panel_writing"):
        note = visit.say("weekly.owed", count=len(owed)) if owed else visit.say("weekly.owed_none")
        st.html(html.head(visit.say("weekly.write"), note, "write"))
        with st.container(horizontal=True, key="write_buttons"):
            with st.popover(visit.say("weekly.answer"), icon=":material/edit:", width="content"):
                _answer_form(visit, desk, content)
            with st.popover(visit.say("weekly.edit_summary"), icon=":material/subject:", width="content"):
                _summary_form(visit, desk, content)
            if content.earlier_actions:
                with st.popover(visit.say("weekly.settle"), icon=":material/task_alt:", width="content"):
                    _settle_form(visit, desk, content)
            with st.popover(visit.say("weekly.issue"), icon=":material/lock:", width="content"):
                _issue_form(visit, desk, content)
        if owed:
            st.html(html.strip(_owed(visit, content)))


def _owed(visit: Visit, content: Content) -> list[str]:
    """Badges of the numbers without an answer, the first few by name."""
    departments = {one.id: one.name.say(visit.language) for one in content.departments}
    owed = content.unanswered
    names = [f"{departments.get(card.department, card.department)}: {card.name.say(visit.language)}" for card in owed]
    more = len(names) - OWED_SHOWN
    badges = [html.badge(name, "warn") for name in names[:OWED_SHOWN]]
    return [*badges, html.badge(visit.say("report.more", count=more))] if more > 0 else badges


def _answer_form(visit: Visit, desk: Desk, content: Content) -> None:
    owed = [card.kpi for card in content.unanswered]
    names = {card.kpi: card.name.say(visit.language) for card in content.cards}
    with st.form("weekly_answer", clear_on_submit=True, border=False):
        kpi = st.selectbox(
            visit.say("report.col_kpi"),
            [*owed, *(name for name in names if name not in owed)],
            format_func=lambda name: f"{names[name]} !" if name in owed else names[name],
        )
        author = st.text_input(visit.say("weekly.your_name"), max_chars=80)
        text = st.text_area(visit.say("report.col_comment"), max_chars=2000)
        action = st.text_input(visit.say("report.col_action"), max_chars=500)
        person = st.text_input(visit.say("report.col_person"), max_chars=80)
        due = st.date_input(visit.say("report.col_due"), value=desk.local(moment()).date() + A_WEEK)
        if st.form_submit_button(visit.say("weekly.keep"), type="primary"):
            by, now = author.strip() or visit.viewer.name, moment()

            def work() -> None:
                if action.strip():
                    promise(desk, content.week, kpi, action, person.strip() or by, due, by, now)
                if text.strip() or not action.strip():
                    comment(desk, content.week, kpi, text, by, now)

            _do(visit, work, visit.say("weekly.kept"))


def _summary_form(visit: Visit, desk: Desk, content: Content) -> None:
    """The proposal (or what was written last) in three scripts, to be put right."""
    with st.form("weekly_summary", border=False):
        drafted = [
            st.text_area(NAMES[tongue], "\n".join(line.text.say(tongue) for line in content.summary.lines), height=140)
            for tongue in LANGUAGES
        ]
        author = st.text_input(visit.say("weekly.your_name"), max_chars=80)
        if st.form_submit_button(visit.say("weekly.keep"), type="primary"):
            by = author.strip() or visit.viewer.name
            _do(
                visit,
                lambda: summarise(desk, content.week, Text(*drafted), by, moment()),
                visit.say("weekly.kept"),
            )


def _settle_form(visit: Visit, desk: Desk, content: Content) -> None:
    today = desk.local(moment()).date()
    for one in content.earlier_actions:
        is_open = one.done_on is None and not one.is_dropped
        with st.container(horizontal=True, vertical_alignment="center", key=f"settle_{one.id}"):
            st.markdown(f"{one.text} ({one.person})".replace("$", "\\$"), width="stretch")
            if is_open and st.button(visit.say("weekly.done"), key=f"done_{one.id}", icon=":material/check:"):
                _do(visit, partial(_settle, visit, desk, one.id, today), visit.say("weekly.kept"))
            if not is_open and st.button(visit.say("weekly.reopen"), key=f"reopen_{one.id}"):
                _do(visit, partial(_settle, visit, desk, one.id, None), visit.say("weekly.kept"))


def _settle(visit: Visit, desk: Desk, number: int, day: date | None) -> None:
    settle(desk, number, day, visit.viewer.name, moment())


def _issue_form(visit: Visit, desk: Desk, content: Content) -> None:
    place_of_form = st.empty()
    with place_of_form.container(), st.form("weekly_issuing", border=False):
        st.markdown(visit.say("weekly.issue_note"))
        # Where a login names people it names the issuer too; everybody without one writes a name.
        known = "" if visit.viewer == EVERYONE else visit.viewer.name
        author = st.text_input(visit.say("weekly.your_name"), known, max_chars=80, key="weekly_issuer").strip()
        owed = len(content.unanswered)
        if owed:
            notice(visit.say("weekly.issue_owed", count=owed), "warn")
        label = visit.say("weekly.issue_anyway", count=owed) if owed else visit.say("weekly.issue_now")
        is_asked = st.form_submit_button(label, type="primary", key="weekly_issue")
        if is_asked and not author:
            notice(visit.say("weekly.issue_nameless"), "bad")
    if is_asked and author:
        # The form is away while it works, so that nobody issues twice.
        place_of_form.empty()
        with st.spinner(visit.say("weekly.issuing")):
            said = _issue(visit, desk, content.week, author)
        _anew(*said, week=content.week)


def _issue(visit: Visit, desk: Desk, week: str, by: str) -> tuple[str, Kind]:
    """Issue the pack and send it; says what became of it."""
    try:
        publish(desk, week, by, moment())
    except (MetricError, DataError) as error:
        return error.say(visit.language), "warn"
    threading.Thread(target=_send, args=(desk, week), daemon=True).start()
    return visit.say("weekly.is_issued", by=by), "good"


def _send(desk: Desk, week: str) -> None:
    """Send the issued pack to everybody, beside the page that issued it; the log says what became of it."""
    pack = desk.store.issued(week)
    if pack is not None:
        post = post_for(desk.settings, os.environ.get(PASSWORD, ""))
        deliver(DeliveryStore(desk.store.state, desk.store.lake), pack, post, moment())


def _do(visit: Visit, work: Callable[[], None], said: str) -> None:
    """Do it and show the page anew, or say why it was not done; what was typed stays then."""
    try:
        work()
    except (MetricError, DataError) as error:
        notice(error.say(visit.language), "warn")
        return
    _anew(said, "good")


def _anew(said: str, kind: Kind, **changes: str) -> None:
    st.session_state[_SAID] = said, kind
    place.go(**changes)
    st.rerun()
