"""The head of every page: title, whose data it shows, the language switch; and the switch between lakes."""

from __future__ import annotations

from typing import Any

import streamlit as st

from data.settings import Settings
from pages.kit import html, place
from pages.kit.language import LANGUAGES, NAMES, SHORT_NAMES
from pages.kit.visit import Visit, current


def page_header(title: str, sentence: str) -> Any:
    """Draw the title with its grey sentence and, at the right, the language switch.

    Returns the container before the switch, for what else a page wants to say up there.
    """
    visit = current()
    mark = html.badge(visit.say("shell.demo_badge"), "brand") if visit.is_demo else _company(visit)
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute", key="header"):
        st.html(html.title(title, sentence, mark), width="content")
        with st.container(
            horizontal=True, horizontal_alignment="right", vertical_alignment="center", width="content", key="corner"
        ):
            slot = st.container(width="content")
            _language_menu(visit)
    return slot


def _company(visit: Visit) -> str:
    """Whose numbers these are; nothing as long as the setting has the name it came with."""
    name = visit.store.settings.company_name
    return "" if name == Settings().company_name else html.badge(name)


def lake_switch() -> None:
    """In the sidebar: go back and forth between the demo company and the reader's own, once both have data."""
    visit = current()
    with st.sidebar:
        if visit.is_demo:
            is_alone = visit.store.choices == ("demo",)
            st.caption(visit.say("shell.demo_note" if is_alone else "shell.demo_note_beside"))
        if len(visit.store.choices) > 1:
            place.mirror("lake", visit.store.kind)
            st.segmented_control(
                visit.say("shell.lake"),
                visit.store.choices,
                format_func=lambda kind: visit.say(f"shell.lake_{kind}"),
                key="lake",
                on_change=place.turn_lake,
                args=("lake",),
            )


def _language_menu(visit: Visit) -> None:
    def turn() -> None:
        place.go(lang=place.value("language"))

    st.menu_button(
        SHORT_NAMES[visit.language],
        LANGUAGES,
        format_func=lambda language: NAMES[language],
        icon=":material/translate:",
        help=visit.say("shell.language"),
        key="language",
        on_click=turn,
    )
