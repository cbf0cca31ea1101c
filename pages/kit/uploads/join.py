"""How a file joins what is there: by key, or as the whole of some days of its source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from data.contracts import TABLES
from data.ingest.pipeline import Prepared
from pages.kit.period_bar import FIRST_DAY, LAST_DAY
from pages.kit.uploads.tray import Staged, tray
from pages.kit.visit import Visit

WAYS = ("add", "replace")


def join_choice(visit: Visit, staged: Staged, prepared: Prepared) -> None:
    """The choice, once a check has shown the file's days; not for lists that have none. A change calls for a check."""
    days = staged.days
    can_be_replaced = any(TABLES[table].can_be_replaced for found in prepared.certain for table in found.tables)
    if not can_be_replaced or (days is None and staged.replaces is None):
        return
    ticket = staged.ticket
    with st.container(key=f"join_{ticket}", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.segmented_control(
            visit.say("uploads.join"),
            WAYS,
            default="replace" if staged.replaces else "add",
            format_func=lambda way: visit.say(f"uploads.join_{way}"),
            key=f"way_{ticket}",
            required=True,
            on_change=_turn_way,
            args=(ticket, days),
            help=visit.say("uploads.join_help"),
        )
        if staged.replaces:
            st.date_input(
                visit.say("uploads.join_days"),
                staged.replaces,
                min_value=FIRST_DAY,
                max_value=LAST_DAY,
                format="YYYY-MM-DD",
                key=f"period_{ticket}",
                on_change=_turn_period,
                args=(ticket,),
                width=260,
            )


def _turn_way(ticket: str, days: tuple[date, date] | None) -> None:
    staged = tray().get(ticket)
    if staged and staged.job is None:
        is_whole = st.session_state[f"way_{ticket}"] == "replace"
        tray().put(replace(staged, replaces=days if is_whole else None, trial=(), own_days=days, is_older_fine=False))


def _turn_period(ticket: str) -> None:
    """Both days were picked; one alone says nothing yet."""
    staged, days = tray().get(ticket), st.session_state[f"period_{ticket}"]
    if staged and staged.job is None and len(days) == 2:
        period = (min(days), max(days))
        tray().put(replace(staged, replaces=period, trial=(), own_days=staged.days, is_older_fine=False))
