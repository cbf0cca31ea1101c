"""What a batch did to the KPIs, and what taking it back did: a dialog from the list of batches."""

from __future__ import annotations

import streamlit as st

from data.batches import effects_of, list_batches
from pages.kit import formats
from pages.kit.uploads import show
from pages.kit.uploads.effects import tell_effects
from pages.kit.uploads.workshop import desk_of, local_moment, who
from pages.kit.visit import Visit, visiting


def effects_button(visit: Visit, batch: int, file: str) -> None:
    """An icon that opens the dialog."""
    said = visit.say("uploads.effects_of")
    if st.button("", icon=":material/query_stats:", type="tertiary", help=said, key=f"effects_{batch}"):
        title = visit.say("uploads.batch_number", batch=batch)
        st.dialog(title, icon=":material/query_stats:", width="medium")(_dialog)(batch, file)


def _dialog(batch: int, file: str) -> None:
    with visiting() as visit:
        connection = desk_of(visit).warehouse.connection
        row = next(list_batches(connection).filter(batch=batch).iter_rows(named=True))
        by = f"{local_moment(row['loaded_at'], visit)} · {who(row['loaded_by'], visit)}"
        facts = [(visit.say("uploads.batch_file"), file), (visit.say("uploads.batch_when"), by)]
        if row["version"] is not None:
            facts.append((visit.say("uploads.batch_version"), f"{row['version']:,}"))
        if row["replaced_first"]:
            days = formats.day_range(row["replaced_first"], row["replaced_last"], visit.language)
            facts.append((visit.say("uploads.batch_replaced"), days))
        if row["removed"]:
            facts.append((visit.say("uploads.removed"), f"{row['removed']:,}"))
        show.facts(facts)
        tell_effects(visit, effects_of(connection, batch), is_done=True)
        undone = effects_of(connection, batch, "undo")
        if undone:
            show.head(visit.say("uploads.effects_undone"), "")
            tell_effects(visit, undone, is_done=True)
