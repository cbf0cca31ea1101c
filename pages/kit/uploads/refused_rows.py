"""Every refused row of a check or a load: line, column, value as written, the sentence and the rule, by reason."""

from __future__ import annotations

import polars as pl
import streamlit as st

from data.ingest.outcome import Outcome, Reason, Refusal
from pages.kit.uploads import show
from pages.kit.uploads.names import with_title
from pages.kit.visit import Visit

SHOWN_REASONS = 8
HEIGHT, FITTING_ROWS = 320, 8


def reasons(visit: Visit, outcome: Outcome) -> None:
    """The reasons with their counts, the most frequent first."""
    heads = [visit.say(f"uploads.why_{key}") for key in ("count", "first", "reason")]
    rows = [
        (f"{reason.count:,}", f"{reason.first.line:,}", _said(visit, reason.first))
        for reason in outcome.reasons[:SHOWN_REASONS]
    ]
    show.head(visit.say("uploads.why"), "")
    show.table(heads, rows, numbers=(0, 1), kind="why")
    if len(outcome.reasons) > SHOWN_REASONS:
        st.caption(visit.say("uploads.why_more", count=len(outcome.reasons) - SHOWN_REASONS))


def every_row(visit: Visit, outcome: Outcome, key: str) -> None:
    """The rows themselves, folded away; of one reason where the reader chooses it."""
    every = sum(reason.count for reason in outcome.reasons)
    said = visit.say("uploads.rows_refused", count=f"{every:,}")
    menu = st.expander(said, icon=":material/list:", key=f"rows_{key}", on_change="rerun")
    if not menu.open:
        return
    with menu:
        chosen = st.selectbox(
            visit.say("uploads.why_reason"),
            [None, *range(len(outcome.reasons))],
            format_func=lambda at: (
                visit.say("uploads.every_reason") if at is None else _named(visit, outcome.reasons[at])
            ),
            key=f"reason_{key}",
        )
        found = refused_frame(visit, outcome, None if chosen is None else outcome.reasons[chosen])
        st.dataframe(
            found,
            hide_index=True,
            height=HEIGHT if found.height > FITTING_ROWS else "auto",
            key=f"refusals_{key}",
        )
        if every > len(outcome.rejects):
            st.caption(visit.say("uploads.rows_more", count=f"{len(outcome.rejects):,}"))


def refused_frame(visit: Visit, outcome: Outcome, reason: Reason | None) -> pl.DataFrame:
    """One row a refused cell, by line; columns named for the reader. A value that is not known is null."""
    same = (reason.first.rule, reason.first.column) if reason else None
    found = [one for one in outcome.rejects if same in (None, (one.rule, one.column))]
    columns = {
        "line": [one.line for one in found],
        "column": [one.column for one in found],
        "value": [one.value for one in found],
        "reason": [_said(visit, one) for one in found],
        "rule": [one.rule for one in found],
    }
    return pl.DataFrame({visit.say(f"uploads.row_{name}"): cells for name, cells in columns.items()}, strict=False)


def _said(visit: Visit, refusal: Refusal) -> str:
    return with_title(refusal.message, refusal.column, visit.language)


def _named(visit: Visit, reason: Reason | None) -> str:
    if reason is None:
        return visit.say("uploads.every_reason")
    return f"{_said(visit, reason.first)[:80]} ({reason.count:,})"
