"""Taking a batch back: a dialog that says what would change, and does it when confirmed."""

from __future__ import annotations

import streamlit as st

from data.errors import DataError
from data.ingest.undo import TakenBack, undo
from pages.kit.uploads import show
from pages.kit.uploads.effects import look_with, tell_effects
from pages.kit.uploads.names import table_title
from pages.kit.uploads.tray import tray
from pages.kit.uploads.workshop import at_this_moment, desk_of
from pages.kit.visit import Visit, visiting

PATIENCE_SECONDS = 5.0
_SAID, _TRIAL = "taken_back", "take_back_trial"


def take_back_button(visit: Visit, batch: int, file: str) -> None:
    """An icon that opens the dialog."""
    said = visit.say("uploads.take_back")
    if st.button("", icon=":material/undo:", type="tertiary", help=said, key=f"take_back_{batch}"):
        st.session_state.pop(_TRIAL, None)
        title = visit.say("uploads.take_back_title", batch=batch)
        st.dialog(title, icon=":material/undo:", width="medium")(_dialog)(batch, file)


def taken_back() -> None:
    """Say once what was taken back."""
    said: str | None = st.session_state.pop(_SAID, None)
    if said:
        show.tell(said, "good")


def _dialog(batch: int, file: str) -> None:
    # A dialog runs again alone when something in it is clicked, so it opens a visit of its own.
    with visiting() as visit:
        try:
            _body(visit, batch, file)
        except DataError as error:
            show.tell(error.say(visit.language), "warn")


def _body(visit: Visit, batch: int, file: str) -> None:
    desk, look = at_this_moment(desk_of(visit)), look_with(visit.catalogue)
    if _TRIAL not in st.session_state:
        # Whoever looks at a dialog is told at once that a load is running, not after it.
        with desk.warehouse.locked(PATIENCE_SECONDS):
            st.session_state[_TRIAL] = undo(desk.warehouse, batch, desk.user, desk.now, is_trial=True, look=look)
    trial: TakenBack = st.session_state[_TRIAL]
    show.head("", visit.say("uploads.take_back_note", file=file))
    heads = [visit.say(f"uploads.undo_{name}") for name in ("table", "removed", "restored", "left")]
    rows = [
        (table_title(visit, table), f"{what.removed:,}", f"{what.restored + what.returned:,}", f"{what.left:,}")
        for table, what in trial.tables.items()
    ]
    show.table(heads, rows, numbers=(1, 2, 3))
    if not any(what.removed or what.restored or what.returned for what in trial.tables.values()):
        st.caption(visit.say("uploads.undo_nothing"))
    if any(what.left for what in trial.tables.values()):
        st.caption(visit.say("uploads.undo_left_note"))
    tell_effects(visit, trial.effects, is_done=False)
    with st.container(horizontal=True, horizontal_alignment="right"):
        is_kept = st.button(visit.say("uploads.keep"), key="keep_batch")
        is_sure = st.button(visit.say("uploads.take_back"), type="primary", icon=":material/undo:", key="sure")
    if is_sure:
        with st.spinner(visit.say("uploads.undo_working")):
            undo(desk.warehouse, batch, desk.user, desk.now, look=look)
        _clear_away(batch)
        st.session_state[_SAID] = visit.say("uploads.undone", batch=batch, file=file)
    if is_sure or is_kept:
        st.rerun()


def _clear_away(batch: int) -> None:
    """A card that says "loaded" would no longer be true."""
    for staged in tray():
        if any(outcome.batch == batch for outcome in staged.done):
            tray().remove(staged.ticket)
