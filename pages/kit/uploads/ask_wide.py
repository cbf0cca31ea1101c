"""The question about a table with a month or a day a column: rows of them, or columns as they are?"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.ingest.match import Match
from data.ingest.wide import PERIOD, PERIOD_END, VALUE, unpivoted, wide_of
from pages.kit.uploads import show
from pages.kit.uploads.tray import Staged, tray
from pages.kit.visit import Visit

SHOWN_ROWS, SHOWN_COLUMNS = 3, 6
FIRST_YEAR, LAST_YEAR = 2000, 2099


def ask_wide(visit: Visit, staged: Staged, place: int, found: Match) -> None:
    """Draw the question where it is open; the answer counts for all tables of the file."""
    if found.wide is None:
        return
    key = f"wide_{staged.ticket}_{place}"
    names = [header.name for header in found.wide.headers]
    shown = f"{names[0]} … {names[-1]}"
    with st.container(key=f"ask_{key}", gap="xsmall"):
        title = visit.say(f"uploads.ask_wide_{found.wide.grain}", count=len(names))
        show.head(title, visit.say("uploads.ask_wide_note", headers=shown))
        year = None
        if found.wide.is_year_open:
            year = st.number_input(
                visit.say("uploads.wide_year"), FIRST_YEAR, LAST_YEAR, value=None, step=1, key=f"year_{key}", width=200
            )
        wide = wide_of(found.layout, year)
        if wide is not None and not wide.is_year_open:
            long = unpivoted(found.layout, wide)
            # The last columns are the days and the value; of the others the first few say which row it is.
            made = 2 if wide.grain == "day" else 3
            others = min(len(long.names), SHOWN_COLUMNS) - made
            places = [*range(others), *range(-made, 0)]
            rows = [[row[at] for at in places] for row in long.sample[:SHOWN_ROWS]]
            made_here = [visit.say(f"uploads.wide_{name}") for name in (PERIOD, PERIOD_END, VALUE)]
            heads = [long.names[at] for at in places]
            heads[-made:] = made_here if made == 3 else [made_here[0], made_here[2]]
            show.table(heads, rows, kind="peek")
        with st.container(horizontal=True, gap="xsmall"):
            for is_unpivoted, said in ((True, "wide_yes"), (False, "wide_no")):
                st.button(
                    visit.say(f"uploads.{said}"),
                    key=f"{said}_{key}",
                    type="primary" if is_unpivoted else "secondary",
                    disabled=is_unpivoted and (wide is None or wide.is_year_open),
                    on_click=_turn,
                    args=(staged.ticket, is_unpivoted, year),
                )


def _turn(ticket: str, is_unpivoted: bool, year: int | None) -> None:
    staged = tray().get(ticket)
    if staged:
        tray().put(
            replace(
                staged, is_unpivoted=is_unpivoted, year=year, said=(), trial=(), done=(), trouble=None,
                answers=staged.answers + 1,
            )
        )  # fmt: skip
