"""The place where files are dropped: their bytes go to disk at once and out of Streamlit's memory."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.settings import Settings
from pages.kit.uploads.drop_large import drop_large
from pages.kit.uploads.show import tell, uploader_words
from pages.kit.uploads.tray import tray
from pages.kit.visit import current

_COUNT = "drops"


def drop() -> None:
    """Draw the uploader; it is empty again as soon as its files are in the tray."""
    visit = current()
    st.session_state.setdefault(_COUNT, 0)
    key, largest = f"drop_{st.session_state[_COUNT]}", largest_mb(visit.store.settings)
    uploader_words(visit, largest)
    with st.container(key="drop"):
        st.file_uploader(
            visit.say("uploads.drop"),
            accept_multiple_files=True,
            key=key,
            max_upload_size=largest,
            on_change=_take,
            args=(key,),
            label_visibility="collapsed",
        )
        # Inside this block, so that nothing below moves when the reader's first load makes it go away.
        if visit.is_demo and "demo" in visit.store.choices:
            tell(visit.say("uploads.to_company"), "brand")
    if visit.store.settings.max_upload_mb > largest:
        drop_large(visit, largest)


def largest_mb(settings: Settings) -> int:
    """The largest file that may be held in memory: what the server takes, or less where the company says so."""
    return min(int(st.get_option("server.maxUploadSize")), settings.max_upload_mb)


def _take(key: str) -> None:
    dropped: list[UploadedFile] = st.session_state[key] or []
    for file in dropped:
        tray().add(file.name, file, file.size)
        _forget(file)
    st.session_state[_COUNT] += 1


def _forget(file: UploadedFile) -> None:
    """Streamlit keeps an upload until the session ends; the tray has its bytes, so they may go now."""
    context = get_script_run_ctx()
    manager = context.uploaded_file_mgr if context else None
    if context and isinstance(manager, MemoryUploadedFileManager):
        manager.remove_file(session_id=context.session_id, file_id=file.file_id)
