"""What would happen with a file, and what happened: counts, days, refused rows with their reasons."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.ingest.outcome import Outcome
from data.ingest.pipeline import Prepared
from pages.api.batches import refused_link
from pages.kit import formats
from pages.kit.uploads import show
from pages.kit.uploads.days_link import days_link
from pages.kit.uploads.effects import tell_effects
from pages.kit.uploads.names import table_title, with_title
from pages.kit.uploads.refusals import refused_file, refused_name
from pages.kit.uploads.refused_rows import every_row, reasons
from pages.kit.uploads.tray import Staged
from pages.kit.uploads.workshop import desk_of
from pages.kit.visit import Visit


def checked(visit: Visit, staged: Staged) -> None:
    """What a check found; nothing is loaded."""
    _outcomes(visit, staged, staged.trial)


def refused_button(visit: Visit, staged: Staged, prepared: Prepared) -> None:
    """The rows that a check refused, as a file."""
    if not any(outcome.rejected for outcome in staged.trial):
        return
    desk = desk_of(visit)
    st.download_button(
        visit.say("uploads.refused_file"),
        lambda: refused_file(prepared, desk, visit.language),
        file_name=refused_name(prepared),
        icon=":material/download:",
        key=f"refused_{staged.ticket}",
        on_click="ignore",
    )


def finished(visit: Visit, staged: Staged) -> None:
    """What a load did, with the way to its refused rows and to its days."""
    _outcomes(visit, staged, staged.done)
    with st.container(horizontal=True, vertical_alignment="center", key=f"after_{staged.ticket}"):
        days_link(visit, staged.done)
        for outcome in staged.done:
            if outcome.rejected and outcome.batch is not None:
                link = refused_link(outcome.batch, visit.language)
                st.link_button(visit.say("uploads.refused_file"), link, icon=":material/download:")


def _outcomes(visit: Visit, staged: Staged, outcomes: Sequence[Outcome]) -> None:
    """One after the other; the tables of an archive share its name, so the place in the file tells them apart."""
    for place, outcome in enumerate(outcomes):
        if len(outcomes) > 1:
            show.head(outcome.file, "")
        _outcome(visit, outcome, f"{staged.ticket}_{place}")


def _outcome(visit: Visit, outcome: Outcome, key: str) -> None:
    if not outcome.is_loaded:
        show.tell(outcome.message.say(visit.language), "" if outcome.status == "already_here" else "bad")
    elif outcome.status == "loaded":
        show.tell(outcome.message.say(visit.language), "warn" if outcome.rejected else "good")
    # A file that is refused whole for its bad rows loads none of the good ones either: its sentence counts them.
    if outcome.rows_read and outcome.status != "too_many_refused":
        show.tiles(_counts(visit, outcome))
    if len(outcome.tables) > 1:
        st.caption(_by_table(visit, outcome))
    if outcome.is_loaded:
        for caution in outcome.cautions:
            show.tell(with_title(caution.message, caution.column, visit.language), "warn")
        tell_effects(visit, outcome.effects, is_done=outcome.status == "loaded")
    if outcome.reasons:
        reasons(visit, outcome)
        every_row(visit, outcome, key)


def _counts(visit: Visit, outcome: Outcome) -> list[tuple[str, str, str]]:
    parts = [
        ("new", outcome.loaded, "good"),
        ("changed", outcome.changed, "good"),
        ("unchanged", outcome.unchanged, ""),
        ("refused", outcome.rejected, "bad"),
        ("skipped", outcome.skipped, ""),
    ]
    if outcome.removed:
        parts.insert(3, ("removed", outcome.removed, "bad"))
    shown = [(visit.say(f"uploads.{key}"), f"{count:,}", tone if count else "none") for key, count, tone in parts]
    if outcome.days:
        shown.append((visit.say("uploads.days"), formats.day_range(*outcome.days, visit.language), "days"))
    return shown


def _by_table(visit: Visit, outcome: Outcome) -> str:
    tables = [
        visit.say("uploads.in_table", table=table_title(visit, name), new=f"{n.loaded:,}", changed=f"{n.changed:,}")
        for name, n in outcome.tables.items()
    ]
    return visit.say("uploads.in_tables", tables=" · ".join(tables))
