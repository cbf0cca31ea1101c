"""The two buttons of a file, check and load, and the bar that shows how far they are."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.errors import Text
from data.ingest.pipeline import Prepared
from pages.kit import place
from pages.kit.language import LANGUAGES
from pages.kit.text import say
from pages.kit.uploads.job import Job, Kind, start
from pages.kit.uploads.outcomes import refused_button
from pages.kit.uploads.recognise import recognise
from pages.kit.uploads.tray import Staged, tray
from pages.kit.uploads.workshop import at_this_moment, desk_of
from pages.kit.visit import Visit, visiting

# A small file is done within this time, so its reader never sees a bar.
SHORT_SECONDS = 1.5
LOOK_EVERY_SECONDS = 0.5


def act(visit: Visit, staged: Staged, prepared: Prepared) -> None:
    """Draw the buttons: first check, then load what was checked."""
    good = sum(outcome.loaded + outcome.changed + outcome.unchanged for outcome in staged.trial)
    is_loadable = any(outcome.status == "would_load" for outcome in staged.trial)
    with st.container(horizontal=True, vertical_alignment="center", key=f"act_{staged.ticket}"):
        if is_loadable:
            _button(staged, "load", visit.say("uploads.load", rows=f"{good:,}"), ":material/upload:", is_main=True)
        key = "uploads.check_again" if staged.trial else "uploads.check"
        _button(staged, "check", visit.say(key), ":material/fact_check:", is_main=not staged.trial)
        refused_button(visit, staged, prepared)
        if not staged.trial:
            st.caption(visit.say("uploads.check_note"), width="content")


def watch(staged: Staged, prepared: Prepared) -> None:
    """Show how far the file's work is, looking again by itself until it is done."""
    expected = max(1, sum(outcome.rows_read for outcome in staged.trial) or _guess(staged, prepared))
    st.fragment(_bar, run_every=LOOK_EVERY_SECONDS)(staged.ticket, expected)


def _button(staged: Staged, kind: Kind, label: str, icon: str, *, is_main: bool) -> None:
    st.button(
        label,
        icon=icon,
        type="primary" if is_main else "secondary",
        key=f"{kind}_{staged.ticket}",
        on_click=_begin,
        args=(staged.ticket, kind),
    )


def _begin(ticket: str, kind: Kind) -> None:
    staged = tray().get(ticket)
    if staged is None or staged.job is not None:
        return
    with visiting() as visit:
        desk = at_this_moment(desk_of(visit))
        is_first = "company" not in visit.store.choices
    # The tray is kept until the work is done: its folder must not go with a session that ends before.
    job = start(kind, recognise(staged, desk), desk, tray())
    staged = replace(staged, job=job, trouble=None, is_first=is_first)
    tray().put(staged)
    job.ended.wait(SHORT_SECONDS)
    settled(ticket)


def settled(ticket: str) -> Staged | None:
    """The file of a ticket, with what its work found where that is done; None once it was removed."""
    staged = tray().get(ticket)
    if staged is not None and staged.job is not None and staged.job.ended.is_set():
        _settle(staged, staged.job)
    return tray().get(ticket)


def _bar(ticket: str, expected: int) -> None:
    staged = settled(ticket)
    job = staged.job if staged else None
    if job is None:
        st.rerun()
    seconds = f"{job.seconds:.0f}"
    with visiting() as visit:
        if job.is_waiting and job.seconds > 1:
            st.progress(0.0, visit.say("uploads.waiting", seconds=seconds))
        else:
            said = visit.say(f"uploads.working_{job.kind}", rows=f"{job.rows:,}", seconds=seconds)
            st.progress(min(0.95, job.rows / expected), said)


def _settle(staged: Staged, job: Job) -> None:
    """Put what the work found beside the file; the company's first load leads the reader to the company's numbers."""
    if job.outcomes is None:
        trouble = job.refusal.sentence if job.refusal else _mistake(staged.name)
        tray().put(replace(staged, job=None, trouble=trouble))
    elif job.kind == "check":
        tray().put(replace(staged, job=None, trial=job.outcomes))
    else:
        tray().put(replace(staged, job=None, done=job.outcomes, is_news=True))
        if any(outcome.status == "loaded" for outcome in job.outcomes):
            tray().forget_bytes(staged.ticket)
            if staged.is_first:
                place.go(data="company")


def _mistake(file: str) -> Text:
    return Text(*(say("uploads.failed", language, file=file) for language in LANGUAGES))


def _guess(staged: Staged, prepared: Prepared) -> int:
    """About how many rows the file has, by the length of its first ones."""
    rows = [row for found in prepared.matches for row in found.layout.sample]
    width = sum(len(cell.encode()) + 1 for row in rows for cell in row) / len(rows) if rows else 100
    return int(staged.size / max(width, 1))
