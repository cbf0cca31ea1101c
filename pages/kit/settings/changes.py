"""Who changed which setting, when, from what to what."""

from __future__ import annotations

import streamlit as st

from pages.kit.settings.values import shown, title
from pages.kit.uploads import show
from pages.kit.uploads.workshop import local_moment, who, workshop
from pages.kit.visit import current

SHOWN = 20


def changes() -> None:
    """Draw the newest changes."""
    visit = current()
    found = workshop().state.setting_changes(SHOWN)
    with st.container(border=True, key="setting_changes"):
        show.head(visit.say("settings.changes"), visit.say("settings.changes_note"))
        if not found:
            st.caption(visit.say("settings.changes_none"))
            return
        heads = [visit.say(f"settings.change_{name}") for name in ("when", "who", "what", "before", "after")]
        language = visit.language
        rows = [
            (
                local_moment(change.changed_at, visit),
                who(change.changed_by, visit),
                title(change.name, language),
                shown(change.name, change.before, language),
                shown(change.name, change.after, language),
            )
            for change in found
        ]
        show.table(heads, rows)
