"""The two buttons of a file, check and load, and the bar that shows how far they are."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.errors import Text
from data.ingest.pipeline import Prepared
from pages.kit import place
from pages.kit.language import LANGUAGES
from pages.kit.text import say
from pages.kit.uploads.effects import look_with
from pages.kit.uploads.job import Job, Kind, start
from pages.kit.uploads.outcomes import refused_button
from pages.kit.uploads.recognise import recognise
from pages.kit.uploads.tray import Staged, tray
from pages.kit.uploads.workshop import at_this_moment, desk_of, who
from pages.kit.visit import Visit, visiting

# A small file is done within this time, so its reader never sees a bar.
SHORT_SECONDS = 1.5
LOOK_EVERY_SECONDS = 0.5


def act(visit: Visit, staged: Staged, prepared: Prepared) -> None:
    """Draw the buttons: first check, then load what was checked, when what is asked has been answered."""
    good = sum(outcome.loaded + outcome.changed + outcome.unchanged for outcome in staged.trial)
    is_loadable = any(outcome.status == "would_load" for outcome in staged.trial)
    is_asked = any(caution.asks for outcome in staged.trial for caution in outcome.cautions)
    if is_asked:
        _older_box(visit, staged)
    with st.container(horizontal=True, vertical_alignment="center", key=f"act_{staged.ticket}"):
        if is_loadable:
            label, is_open = visit.say("uploads.load", rows=f"{good:,}"), is_asked and not staged.is_older_fine
            _button(staged, "load", label, ":material/upload:", is_main=True, is_disabled=is_open)
        elif any(outcome.others for outcome in staged.trial):
            _bear_button(visit, staged)
        key = "uploads.check_again" if staged.trial else "uploads.check"
        _button(staged, "check", visit.say(key), ":material/fact_check:", is_main=not staged.trial)
        refused_button(visit, staged, prepared)
        if not staged.trial:
            st.caption(visit.say("uploads.check_note"), width="content")


def watch(staged: Staged, prepared: Prepared) -> None:
    """Show how far the file's work is, looking again by itself until it is done."""
    expected = max(1, sum(outcome.rows_read for outcome in staged.trial) or prepared.guessed_rows)
    st.fragment(_bar, run_every=LOOK_EVERY_SECONDS)(staged.ticket, expected)


def _older_box(visit: Visit, staged: Staged) -> None:
    st.checkbox(
        visit.say("uploads.older_is_fine"),
        value=staged.is_older_fine,
        key=f"older_{staged.ticket}",
        on_change=_turn_older,
        args=(staged.ticket,),
    )


def _turn_older(ticket: str) -> None:
    staged = tray().get(ticket)
    if staged:
        tray().put(replace(staged, is_older_fine=st.session_state[f"older_{ticket}"]))


def _bear_button(visit: Visit, staged: Staged) -> None:
    """Load the good rows of a file of which many are refused: it is checked once more, and then shows them."""
    st.button(
        visit.say("uploads.bear_refusals"),
        icon=":material/rule:",
        key=f"bear_{staged.ticket}",
        on_click=_bear,
        args=(staged.ticket,),
    )


def _bear(ticket: str) -> None:
    staged = tray().get(ticket)
    if staged:
        tray().put(replace(staged, are_refusals_fine=True))
        _begin(ticket, "check")


def _button(staged: Staged, kind: Kind, label: str, icon: str, *, is_main: bool, is_disabled: bool = False) -> None:
    st.button(
        label,
        icon=icon,
        type="primary" if is_main else "secondary",
        key=f"{kind}_{staged.ticket}",
        on_click=_begin,
        args=(staged.ticket, kind),
        disabled=is_disabled,
    )


def _begin(ticket: str, kind: Kind) -> None:
    staged = tray().get(ticket)
    if staged is None or staged.job is not None:
        return
    with visiting() as visit:
        desk = at_this_moment(desk_of(visit))
        is_first, look = "company" not in visit.store.choices, look_with(visit.catalogue)
    # The tray is kept until the work is done: its folder must not go with a session that ends before.
    job = start(kind, recognise(staged, desk), desk, look, tray())
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
    if staged is None or job is None:
        st.rerun()
    with visiting() as visit, st.container(horizontal=True, vertical_alignment="bottom", key=f"going_{ticket}"):
        share, said = progress(visit, job, expected, staged.check_seconds)
        st.progress(share, said)
        label = visit.say("uploads.stopping" if job.stop.is_set() else "uploads.stop")
        st.button(
            label, icon=":material/close:", key=f"stop_{ticket}", on_click=job.stop.set, disabled=job.stop.is_set()
        )


def progress(visit: Visit, job: Job, expected: int, check_seconds: float) -> tuple[float, str]:
    """How far a job is, 0 to 1, and a sentence: who is before it, or rows and seconds left as far as they are known.

    A load takes about as long as the check before it did; a check is judged by its rows (of about `expected`).
    """
    if job.is_waiting:
        return 0.0, _waiting(visit, job)
    rows, read = f"{job.rows:,}", min(1.0, job.rows / expected)
    if job.kind == "load" and check_seconds:
        share, left = job.seconds / check_seconds, check_seconds - job.seconds
    else:
        share, left = 0.9 * read, job.seconds * (1 - read) / read if read else 0.0
    said = visit.say(f"uploads.{'writing' if job.is_read else 'working'}_{job.kind}", rows=rows)
    if left >= 1 and not (job.is_read and job.kind == "check"):
        said += visit.say("uploads.seconds_left", seconds=f"{left:.0f}")
    return max(0.0, min(0.97, share)), said


def _waiting(visit: Visit, job: Job) -> str:
    ahead, seconds = job.ahead, f"{job.seconds:.0f}"
    if not ahead:
        return visit.say("uploads.waiting", seconds=seconds)
    first, others = ahead[0], len(ahead) - 1
    key = "uploads.waiting_after_more" if others else "uploads.waiting_after"
    return visit.say(key, file=first.file, who=who(first.user, visit), count=others, seconds=seconds)


def _settle(staged: Staged, job: Job) -> None:
    """Put what the work found beside the file; the company's first load leads the reader to the company's numbers."""
    if job.outcomes is None:
        trouble = job.refusal.sentence if job.refusal else _mistake(staged.name)
        tray().put(replace(staged, job=None, trouble=trouble))
    elif all(outcome.status == "stopped" for outcome in job.outcomes):
        tray().put(replace(staged, job=None, trouble=job.outcomes[0].message))
    elif job.kind == "check":
        tray().put(replace(staged, job=None, trial=job.outcomes, check_seconds=job.took))
    elif all(outcome.status == "older" for outcome in job.outcomes):
        # Somebody loaded a newer file since the check, which shows now what that means.
        tray().put(replace(staged, job=None, trouble=job.outcomes[0].message, trial=()))
    else:
        tray().put(replace(staged, job=None, done=job.outcomes, is_news=True))
        if any(outcome.status == "loaded" for outcome in job.outcomes):
            tray().forget_bytes(staged.ticket)
            if staged.is_first:
                place.go(data="company")


def _mistake(file: str) -> Text:
    return Text(*(say("uploads.failed", language, file=file) for language in LANGUAGES))
