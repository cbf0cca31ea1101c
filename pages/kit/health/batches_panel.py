"""The newest files in force: what came last, and how much of it was refused."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.kit import formats, html
from pages.kit.trust import batches_in_force
from pages.kit.uploads import show
from pages.kit.uploads.names import file_title, tables_title
from pages.kit.uploads.workshop import local_moment
from pages.kit.visit import current

SHOWN = 8
HEADS = ("uploads.batch_file", "health.loaded_at", "uploads.batch_days", "uploads.batch_rows", "uploads.batch_refused")


def newest_files() -> None:
    """Draw the newest files; nothing while there is none. All of them are on the uploads page."""
    visit = current()
    found = batches_in_force(visit)
    if found.is_empty():
        return
    language = visit.language
    with st.container(border=True, key="panel_files", gap="small"):
        st.html(html.head(visit.say("health.files"), visit.say("health.files_note"), "files"))
        rows = []
        for batch in found.head(SHOWN).iter_rows(named=True):
            first, last = batch["first_day"], batch["last_day"]
            rows.append(
                (
                    f"{file_title(visit, batch['file'])} → {tables_title(visit, tuple(batch['tables'] or ()))}",
                    local_moment(batch["loaded_at"], visit),
                    formats.NOTHING if first is None else formats.day_range(first, last, language),
                    formats.full(batch["rows_read"], "count", language, ""),
                    formats.full(batch["rejected"], "count", language, ""),
                )
            )
        show.table([visit.say(head) for head in HEADS], rows, numbers=(3, 4))
        if found.height > SHOWN:
            st.caption(escape(visit.say("health.more_files", shown=SHOWN, count=found.height)))
