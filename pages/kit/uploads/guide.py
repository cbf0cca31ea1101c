"""What to do first, and what there is to help: our templates and the exports known by themselves."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.ingest.recipe_yaml import presets
from data.ingest.template import template
from pages.kit.uploads import show
from pages.kit.uploads.asks import by_title
from pages.kit.uploads.names import table_title, tables_title
from pages.kit.uploads.tray import tray
from pages.kit.uploads.workshop import known_batches
from pages.kit.visit import Visit, current

STEPS = (1, 2, 3)


def help_menu() -> None:
    """A menu with the templates to download and the list of known sources."""
    visit = current()
    menu = st.popover(visit.say("uploads.help"), icon=":material/help_center:", key="upload_help", on_change="rerun")
    if menu.open:
        with menu:
            _templates(visit)
            _sources(visit)


def first_steps() -> None:
    """Three steps, until the company loaded its first file."""
    visit = current()
    known = known_batches()
    if (known is not None and not known.is_empty()) or any(tray()):
        return
    with st.container(border=True, key="first_steps"):
        show.head(visit.say("uploads.first"), visit.say("uploads.first_note"))
        steps = "".join(
            f"<li><b>{escape(visit.say(f'uploads.step_{step}'))}</b>"
            f"<span>{escape(visit.say(f'uploads.step_{step}_note'))}</span></li>"
            for step in STEPS
        )
        st.html(f'<ol class="sb sb-steps">{steps}</ol>')


def _templates(visit: Visit) -> None:
    show.head(visit.say("uploads.templates"), visit.say("uploads.templates_note"))
    with st.container(horizontal=True, gap="xsmall", key="templates"):
        for table in by_title(visit):
            st.download_button(
                table_title(visit, table),
                # Excel takes UTF-8 for something else without this mark.
                template(table).encode("utf-8-sig"),
                file_name=f"{table}.csv",
                mime="text/csv",
                icon=":material/download:",
                key=f"template_{table}",
                on_click="ignore",
            )


def _sources(visit: Visit) -> None:
    show.head(visit.say("uploads.sources"), visit.say("uploads.sources_note"))
    rows = "".join(
        f"<li><b>{escape(recipe.names.say(visit.language))}</b>"
        f"<span>{escape(tables_title(visit, tuple(dict.fromkeys(part.table for part in recipe.parts))))}</span></li>"
        for recipe in presets()
    )
    st.html(f'<ul class="sb sb-sources">{rows}</ul>')
