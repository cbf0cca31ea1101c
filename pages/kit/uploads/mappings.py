"""Remembered mappings: one line each, with the ways to rename it, to write it out and to forget it."""

from __future__ import annotations

from html import escape
from typing import cast

import streamlit as st

from data.errors import DataError
from data.home import Home
from data.ingest.remembered import Remembered, forget, remembered, rename, used_by
from data.warehouse import Warehouse
from pages.api.opened import company_lake, has_company_lake
from pages.kit.uploads import show
from pages.kit.uploads.names import tables_title
from pages.kit.uploads.workshop import local_moment, who, workshop
from pages.kit.visit import Visit, current, visiting

SHOWN_HEADERS = 5
_SAID = "mapping_said"


def mappings() -> None:
    """Draw the list; nothing while nobody confirmed a mapping."""
    visit = current()
    known = remembered(workshop().state)
    said: str | None = st.session_state.pop(_SAID, None)
    if said:
        show.tell(said, "good")
    if not known:
        return
    uses = _uses(known)
    with st.container(border=True, key="mappings", gap=None):
        show.head(visit.say("uploads.mappings"), visit.say("uploads.mappings_note"))
        heads = ("mapping_name", "mapping_headers", "mapping_by", "mapping_uses")
        titles = "".join(f"<span>{escape(visit.say(f'uploads.{head}'))}</span>" for head in heads)
        st.html(f'<div class="sb sb-mapping heads">{titles}</div>')
        for number, one in enumerate(known):
            _mapping(visit, one, uses.get(one.name, 0), number)


def _mapping(visit: Visit, one: Remembered, uses: int, number: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", wrap=False, key=f"mapping_{number}", gap="xsmall"):
        st.html(_line(visit, one, uses))
        with st.container(
            horizontal=True, width="content", gap=None, horizontal_alignment="right", key=f"mappingtools_{number}"
        ):
            _tools(visit, one, number)


def _tools(visit: Visit, one: Remembered, number: int) -> None:
    said = visit.say("uploads.mapping_rename")
    if st.button("", icon=":material/edit:", type="tertiary", help=said, key=f"rename_{number}"):
        st.dialog(said, icon=":material/edit:")(_rename)(one.name)
    st.download_button(
        "",
        one.text.encode(),
        file_name=f"{one.name}.map.yaml",
        mime="application/yaml",
        icon=":material/download:",
        type="tertiary",
        help=visit.say("uploads.mapping_export"),
        key=f"export_{number}",
        on_click="ignore",
    )
    said = visit.say("uploads.mapping_delete")
    if st.button("", icon=":material/delete:", type="tertiary", help=said, key=f"forget_{number}"):
        st.dialog(said, icon=":material/delete:")(_forget)(one.name)


def _line(visit: Visit, one: Remembered, uses: int) -> str:
    more = len(one.headers) - SHOWN_HEADERS
    shown = "".join(f"<code>{escape(header[:40])}</code>" for header in one.headers[:SHOWN_HEADERS])
    shown += f"<i>+{more}</i>" if more > 0 else ""
    tables = tables_title(visit, one.tables) if one.recipe else visit.say("uploads.mapping_unreadable")
    when = local_moment(one.saved_at, visit)
    cells = (
        ("name", "", f"<b>{escape(one.name)}</b><i>{escape(tables)}</i>"),
        ("headers", "", shown),
        ("when", "", f"{escape(who(one.saved_by, visit))}<i>{escape(when)}</i>"),
        ("n", visit.say("uploads.mapping_uses"), f"{uses:,}"),
    )
    spans = (f'<span class="{kind}" data-name="{escape(head)}">{cell}</span>' for kind, head, cell in cells)
    return f'<div class="sb sb-mapping">{"".join(spans)}</div>'


def _rename(name: str) -> None:
    # A dialog runs again alone when something in it is clicked, so it opens a visit of its own.
    with visiting() as visit:
        new = st.text_input(visit.say("uploads.mapping_name"), name, 80, key="new_name")
        with st.container(horizontal=True, horizontal_alignment="right"):
            is_sure = st.button(visit.say("uploads.mapping_rename"), type="primary", key="rename_sure")
        if is_sure:
            try:
                rename(workshop().state, name, new or "")
            except DataError as error:
                show.tell(error.say(visit.language), "warn")
                return
            st.session_state[_SAID] = visit.say("uploads.mapping_renamed", name=name, new=(new or "").strip())
            st.rerun()


def _forget(name: str) -> None:
    with visiting() as visit:
        show.head(name, visit.say("uploads.mapping_delete_note"))
        with st.container(horizontal=True, horizontal_alignment="right"):
            is_kept = st.button(visit.say("uploads.keep"), key="keep_mapping")
            is_sure = st.button(visit.say("uploads.mapping_delete"), type="primary", key="forget_sure")
        if is_sure:
            try:
                forget(workshop().state, name)
            except DataError as error:
                show.tell(error.say(visit.language), "warn")
                return
            st.session_state[_SAID] = visit.say("uploads.mapping_deleted", name=name)
        if is_sure or is_kept:
            st.rerun()


def _uses(known: tuple[Remembered, ...]) -> dict[str, int]:
    """By name in how many batches a mapping was used; they change with the lake's version or the mappings only."""
    home = Home.from_environment()
    if not has_company_lake(home):
        return {}
    lake = company_lake(home)
    key = repr([(one.name, one.headers, one.saved_at) for one in known])
    return cast(dict[str, int], _counted(str(lake.folder), lake.version(), key, lake, known))


@st.cache_resource(max_entries=8, show_spinner=False)
def _counted(folder: str, version: int, key: str, _lake: Warehouse, _known: tuple[Remembered, ...]) -> object:
    del folder, version, key
    return used_by(_lake.connection, _known)
