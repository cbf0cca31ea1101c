"""The strip at the head of the health page, and what to do next where there is nothing to judge."""

from __future__ import annotations

import streamlit as st

from pages.kit import formats, html
from pages.kit.notice import notice
from pages.kit.soundness import findings, table_status
from pages.kit.visit import current

UPLOADS = "analysts/uploads.py"


def overview() -> None:
    """How many tables are fresh, late and empty, and how many checks agree, differ and cannot be made."""
    visit = current()
    states = table_status(visit)["state"].to_list()
    found = [one.state for one in findings(visit)]
    counts = (
        ("tables_fresh", states.count("fresh") + states.count("as_needed"), "good"),
        ("tables_late", states.count("late"), "warn"),
        ("tables_empty", states.count("empty"), ""),
        ("checks_ok", found.count("ok"), "good"),
        ("checks_differ", found.count("differs"), "bad"),
        ("checks_unknown", found.count("unknown"), ""),
    )
    badges = [
        html.badge(visit.say(f"health.{name}", count=formats.number(count, visit.language)), tone)
        for name, count, tone in counts
        if count
    ]
    st.html(html.strip(badges), width="content")


def next_step() -> None:
    """Where no file was loaded: say so, and lead to the uploads page."""
    visit = current()
    if (table_status(visit)["state"] != "empty").any():
        return
    notice(visit.say("health.nothing"))
    st.page_link(
        UPLOADS,
        label=visit.say("health.to_uploads"),
        icon=":material/upload_file:",
        query_params=visit.address.turn(part=None).parameters(),
    )
