"""How the text of a file is read, where the guess is wrong: its encoding and delimiter, with its first rows to see."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.ingest.encoding import ENCODINGS, known_encoding
from data.ingest.layout import Layout
from data.ingest.pipeline import Prepared
from data.ingest.rows import DELIMITERS
from pages.kit.uploads import show
from pages.kit.uploads.names import DELIMITER_NAMES
from pages.kit.uploads.tray import Staged, tray
from pages.kit.visit import Visit

GUESSED = ""
SHOWN_ROWS, SHOWN_COLUMNS = 3, 6


def text_form(visit: Visit, staged: Staged, prepared: Prepared | None) -> None:
    """A menu beside a file of text; without `prepared` (it cannot be read) there is nothing to show below."""
    layout = next((found.layout for found in prepared.matches), None) if prepared else None
    if layout is not None and layout.kind != "csv":
        return
    said = visit.say("uploads.text_form")
    # Streamlit keeps a menu open by its key, so another answer shows its rows at once.
    menu = st.popover(
        said,
        icon=":material/translate:",
        type="tertiary",
        key=f"textform_{staged.ticket}",
        on_change="rerun",
    )
    if not menu.open:
        return
    with menu, st.container(width=460):
        show.head(said, visit.say("uploads.text_form_note"))
        left, right = st.columns(2)
        with left:
            _encoding(visit, staged, layout)
        with right:
            _delimiter(visit, staged, layout)
        if layout is not None:
            _preview(layout)


def _encoding(visit: Visit, staged: Staged, layout: Layout | None) -> None:
    now = _name_of(layout.encoding) if layout else ""
    options = [GUESSED, *ENCODINGS]
    key = f"encoding_{staged.ticket}"
    st.selectbox(
        visit.say("uploads.encoding"),
        options,
        options.index(staged.encoding) if staged.encoding in ENCODINGS else 0,
        format_func=lambda name: name or _guessed(visit, now if staged.encoding is None else ""),
        key=key,
        on_change=_turn,
        args=(staged.ticket, "encoding", key),
    )


def _delimiter(visit: Visit, staged: Staged, layout: Layout | None) -> None:
    names = {sign: visit.say(f"uploads.delimiter_{DELIMITER_NAMES[sign]}") for sign in DELIMITERS}
    now = names.get(layout.delimiter, layout.delimiter) if layout and staged.delimiter is None else ""
    options = [GUESSED, *DELIMITERS]
    key = f"delimiter_{staged.ticket}"
    st.selectbox(
        visit.say("uploads.delimiter"),
        options,
        options.index(staged.delimiter) if staged.delimiter in DELIMITERS else 0,
        format_func=lambda sign: names[sign] if sign else _guessed(visit, now),
        key=key,
        on_change=_turn,
        args=(staged.ticket, "delimiter", key),
    )


def _guessed(visit: Visit, now: str) -> str:
    return visit.say("uploads.as_guessed_now", now=now) if now else visit.say("uploads.as_guessed")


def _preview(layout: Layout) -> None:
    table = layout.physical or layout
    rows = [[*row, *[""] * len(table.names)][:SHOWN_COLUMNS] for row in table.sample[:SHOWN_ROWS]]
    width = min(len(table.names), SHOWN_COLUMNS)
    show.table(table.names[:width], [row[:width] for row in rows], kind="peek")


def _name_of(codec: str) -> str:
    """An encoding as people know it."""
    return next((name for name in ENCODINGS if known_encoding(name) == codec.removesuffix("-sig")), codec.upper())


def _turn(ticket: str, field: str, key: str) -> None:
    """Read the file anew; what was said about its columns was said about others."""
    staged = tray().get(ticket)
    if staged:
        changed = replace(staged, said=(), trial=(), done=(), trouble=None, answers=staged.answers + 1)
        value = st.session_state[key] or None
        tray().put(replace(changed, encoding=value) if field == "encoding" else replace(changed, delimiter=value))
