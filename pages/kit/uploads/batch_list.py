"""What was loaded: one line a batch, the newest first, each with its original and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from data.errors import Text
from data.home import Home
from pages.api.batches import is_kept, original_link, refused_link
from pages.kit import formats, html, place
from pages.kit.uploads import show
from pages.kit.uploads.batch_effects import effects_button
from pages.kit.uploads.names import source_title, tables_title
from pages.kit.uploads.take_back import take_back_button
from pages.kit.uploads.workshop import known_batches, local_moment, own_sources, who
from pages.kit.visit import Visit, current

SHOWN = 20


def batches() -> None:
    """Draw the list: the newest 20, more on demand."""
    visit = current()
    known = known_batches()
    if known is None or known.is_empty():
        return
    shown = SHOWN * visit.address.page
    own = own_sources()
    with st.container(border=True, key="batches", gap=None):
        show.head(visit.say("uploads.batches"), visit.say("uploads.batches_note"))
        heads = ("batch_file", "batch_when", "batch_days", "batch_rows", "batch_refused", "batch_state")
        titles = "".join(f"<span>{escape(visit.say(f'uploads.{head}'))}</span>" for head in heads)
        st.html(f'<div class="sb sb-batch heads">{titles}</div>')
        for batch in known.head(shown).iter_rows(named=True):
            _batch(visit, batch, own)
        left = known.height - shown
        if left > 0:
            more = visit.say("uploads.more", count=min(left, SHOWN))
            turn = {"page": visit.address.page + 1}
            st.button(more, type="tertiary", key="more_batches", on_click=place.go, kwargs=turn)


def _batch(visit: Visit, batch: Mapping[str, Any], own: Mapping[str, Text]) -> None:
    number = int(batch["batch"])
    with st.container(horizontal=True, vertical_alignment="center", wrap=False, key=f"batch_{number}", gap="xsmall"):
        st.html(_line(visit, batch, own))
        with st.container(
            horizontal=True, width="content", gap=None, horizontal_alignment="right", key=f"batchtools_{number}"
        ):
            _tools(visit, batch, Home.from_environment())


def _tools(visit: Visit, batch: Mapping[str, Any], home: Home) -> None:
    number, name = int(batch["batch"]), str(batch["file"])
    if is_kept(batch["sha256"] or "", home):
        link = original_link(number, visit.language)
        said = visit.say("uploads.original")
        st.link_button("", link, icon=":material/download:", type="tertiary", help=said, key=f"original_{number}")
        if batch["rejected"]:
            link, said = refused_link(number, visit.language), visit.say("uploads.refused_of")
            st.link_button("", link, icon=":material/rule:", type="tertiary", help=said, key=f"refused_{number}")
    if batch["has_effects"]:
        effects_button(visit, number, name)
    if batch["undone_at"] is None:
        take_back_button(visit, number, name)


def _line(visit: Visit, batch: Mapping[str, Any], own: Mapping[str, Text]) -> str:
    language = visit.language
    source = source_title(visit, batch["source"], own)
    tables = tables_title(visit, tuple(batch["tables"] or ()))
    account = f" · {batch['account']}" if batch["account"] else ""
    first, last = batch["first_day"], batch["last_day"]
    days = formats.NOTHING if first is None else formats.day_range(first, last, language)
    undone = batch["undone_at"]
    state = (
        html.badge(visit.say("uploads.in_force"), "good")
        if undone is None
        else html.badge(visit.say("uploads.taken_back")) + f"<i>{escape(local_moment(undone, visit))}</i>"
    )
    if batch["sha256"] and not is_kept(batch["sha256"], Home.from_environment()):
        state += f"<i>{escape(visit.say('uploads.original_gone'))}</i>"
    number = visit.say("uploads.batch_number", batch=batch["batch"])
    cells = (
        f"<b>{escape(str(batch['file']))}</b><i>{escape(f'{number} · {source} → {tables}{account}')}</i>",
        f"{escape(local_moment(batch['loaded_at'], visit))}<i>{escape(who(batch['loaded_by'], visit))}</i>",
        escape(days),
        escape(f"{batch['rows_read']:,}"),
        escape(f"{batch['rejected']:,}"),
        state,
    )
    kinds = ("file", "when", "days", "n", f"n{' bad' if batch['rejected'] else ''}", "state")
    heads = ("", "", "", visit.say("uploads.batch_rows"), visit.say("uploads.batch_refused"), "")
    shown = "".join(
        f'<span class="{kind}" data-name="{escape(head)}">{cell}</span>'
        for kind, head, cell in zip(kinds, heads, cells, strict=True)
    )
    gone = "" if undone is None else " gone"
    return f'<div class="sb sb-batch{gone}">{shown}</div>'
