"""Who gets the packs, and what was sent to whom."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.state_delivery import DeliveryStore
from pages.kit import html
from pages.kit.language import LANGUAGES, NAMES
from pages.kit.uploads.workshop import local_moment, moment
from pages.kit.visit import Visit
from pages.kit.weekly.listing import listing
from pages.pack.delivery.post import channel_of
from pages.pack.desk import Desk
from pages.pack.renderings.render import FORMATS
from pages.pack.renderings.view import week_title

LEVELS = ("open", "restricted", "salary")
SHOWN = 100
TONES = {"sent": "good", "failed": "bad", "waiting": "warn", "unclear": "warn", "sending": "brand"}


def sending(visit: Visit, desk: Desk) -> None:
    """Draw the recipients, the form for another, and the log."""
    store = DeliveryStore(desk.store.state, desk.store.lake)
    with st.container(border=True, key="panel_recipients"):
        st.html(html.head(visit.say("weekly.recipients"), visit.say("weekly.recipients_note"), "recipients"))
        found = store.recipients()
        if not found:
            st.html(html.reason(visit.say("weekly.recipients_none")))
        for one in found:
            with st.container(horizontal=True, vertical_alignment="center", key=f"recipient_{one.id}"):
                levels = ", ".join(visit.say(f"weekly.level_{level}") for level in LEVELS if level in one.levels)
                about = f"{NAMES.get(one.language, one.language)} · {levels}"  # type: ignore[call-overload]
                text = f"<b>{escape(one.address)}</b> <span>{escape(about)}</span>"
                st.html(
                    f'<div class="sb">{html.badge(visit.say(f"weekly.channel_{one.channel}"))} {text}</div>',
                    width="stretch",
                )
                if st.button(
                    visit.say("weekly.remove"), key=f"remove_{one.id}", type="tertiary", icon=":material/close:"
                ):
                    store.remove(one.id, moment())
                    st.rerun()
        with st.popover(visit.say("weekly.add"), icon=":material/person_add:", width="content"):
            _add_form(visit, store)
    with st.container(border=True, key="panel_deliveries"):
        st.html(html.head(visit.say("weekly.deliveries"), visit.say("weekly.deliveries_note"), "deliveries"))
        log = store.log()[:SHOWN]
        if not log:
            st.html(html.reason(visit.say("weekly.deliveries_none")))
            return
        heads = [visit.say(f"weekly.col_{name}") for name in ("week", "to", "when", "state", "detail")]
        rows = [
            [
                escape(week_title(one.week, visit.language)),
                escape(one.address),
                escape(local_moment(one.begun_at, visit)),
                html.badge(visit.say(f"weekly.state_{one.state}"), TONES[one.state]),
                escape(one.detail),
            ]
            for one in log
        ]
        st.html(listing(heads, rows))


def _add_form(visit: Visit, store: DeliveryStore) -> None:
    with st.form("weekly_recipient", clear_on_submit=True, border=False):
        address = st.text_input(visit.say("weekly.address"), max_chars=500, help=visit.say("weekly.address_help"))
        tongue = st.selectbox(visit.say("settings.language"), LANGUAGES, format_func=lambda code: NAMES[code])
        levels = st.multiselect(
            visit.say("weekly.access"), LEVELS, ["open"], format_func=lambda level: visit.say(f"weekly.level_{level}")
        )
        formats = st.multiselect(visit.say("weekly.formats"), FORMATS, ["pdf"], format_func=str.upper)
        if st.form_submit_button(visit.say("weekly.add"), type="primary") and address.strip():
            channel, now = channel_of(address.strip()), moment()
            store.add(channel, address.strip(), tongue, ["open", *levels], formats or ["pdf"], visit.viewer.name, now)
            st.rerun()
