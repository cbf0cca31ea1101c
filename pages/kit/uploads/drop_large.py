"""The place for files that are too large for Streamlit's uploader, which holds them in memory: see `pages.api.uploads`.

The component in `large/` sends a file in slices, goes on where it stopped, and tells the page when all of it is there.
Its script is a file of this server and not text in the page, so the content policy stays as narrow as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from pages.api.arrivals import MB, arrivals
from pages.kit.uploads.show import size_text
from pages.kit.uploads.tray import tray
from pages.kit.visit import Visit

NAME = "sevenboard.large"
_KEY, _TAKEN = "large_files", "large_taken"
_FOLDER = Path(__file__).with_name("large")
_WORDS = ("here", "browse", "label", "progress", "seconds", "minutes", "waits", "paused", "resumed", "broken", "ended",
          "arrived", "changed", "too_large", "pause", "resume", "cancel", "away")  # fmt: skip


def drop_large(visit: Visit, small_mb: int) -> None:
    """Draw it, folded away: most files are smaller than `small_mb`, which the other uploader takes."""
    largest = visit.store.settings.max_upload_mb
    small, limit = size_text(small_mb * MB), size_text(largest * MB)
    with st.expander(visit.say("uploads.large", size=small), icon=":material/cloud_upload:", key="large"):
        st.caption(visit.say("uploads.large_note", size=limit))
        _component()(
            key=_KEY,
            data={
                "words": {word: visit.say(f"uploads.large_{word}") for word in _WORDS} | {"limit": limit},
                "limit": largest * MB,
                "language": visit.language,
                "taken": st.session_state.get(_TAKEN, []),
            },
            on_arrived_change=_take,
        )


def _take() -> None:
    """The page was told of files that are whole: they become files of the tray like any other."""
    told: Any = st.session_state[_KEY].arrived
    for ticket in told if isinstance(told, list) else []:
        found = arrivals().take(str(ticket))
        if found is not None:
            tray().add_file(found.name, found.path, found.size)
            st.session_state[_TAKEN] = [*st.session_state.get(_TAKEN, []), found.ticket]


def _component() -> Callable[..., Any]:
    """The component, known to the server that runs now: a test starts several in one process."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(NAME) is None:
        package, _, name = NAME.partition(".")
        manifest = ComponentManifest(package, "1", [ComponentConfig(name, _FOLDER.name)])
        manager.register_from_manifest(manifest, _FOLDER.parent)
    return _mounted()


@cache
def _mounted() -> Callable[..., Any]:
    html = (_FOLDER / "large.html").read_text(encoding="utf-8")
    mounted: Callable[..., Any] = st.components.v2.component(NAME, html=html, css="large.css", js="large.js")
    return mounted
