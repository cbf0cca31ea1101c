"""The tables that files filled: how fresh against how often they come, how many rows, what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from pages.kit import formats, html
from pages.kit.soundness import table_status
from pages.kit.uploads.names import file_title, table_title
from pages.kit.uploads.workshop import local_moment
from pages.kit.visit import Visit, current

TONES = {"fresh": "good", "late": "warn", "as_needed": ""}
HEADS = ("table", "state", "data_to", "rows", "refused", "last_file")


def tables() -> None:
    """Draw one line a filled table, by department; nothing while none is filled."""
    visit = current()
    filled = table_status(visit).filter(pl.col("state") != "empty")
    if filled.is_empty():
        return
    order = ["company", *(one.id for one in visit.catalogue.departments)]
    with st.container(border=True, key="panel_tables", gap="small"):
        st.html(html.head(visit.say("health.tables"), visit.say("health.tables_note"), "tables"))
        titles = "".join(f"<th{_right(name)}>{escape(visit.say(f'health.{name}'))}</th>" for name in HEADS)
        body = "".join(_group(visit, name, filled.filter(pl.col("department") == name)) for name in order)
        st.html(f'<table class="sb sb-tables"><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>')


def rhythm(visit: Visit, table: Mapping[str, Any]) -> str:
    """How often a table comes, and when it counts as late."""
    if table["late_after_days"] is None:
        return visit.say("health.cadence_none")
    limit = formats.days(table["late_after_days"], visit.language)
    return visit.say("health.cadence", often=visit.say(f"health.cadence_{table['cadence']}"), limit=limit)


def _group(visit: Visit, department: str, found: pl.DataFrame) -> str:
    if found.is_empty():
        return ""
    named = next((one.name.say(visit.language) for one in visit.catalogue.departments if one.id == department), None)
    title = named or visit.say("health.company")
    head = f'<tr class="group"><th colspan="{len(HEADS)}">{escape(title)}</th></tr>'
    return head + "".join(_table(visit, row) for row in found.iter_rows(named=True))


def _table(visit: Visit, row: Mapping[str, Any]) -> str:
    language = visit.language
    is_late = row["state"] == "late"
    late = visit.say("health.late_by", days=formats.days(row["late_by_days"], language))
    state = late if is_late else visit.say(f"health.table_{row['state']}")
    when = local_moment(row["last_loaded_at"], visit)
    refused = formats.full(row["rejected"], "count", language, "")
    number = visit.say("uploads.batch_number", batch=row["last_batch"])
    cells = (
        ("state", html.badge(state, TONES[row["state"]])),
        ("data_to", escape(formats.full_day(row["last_day"], language))),
        ("rows", escape(formats.full(row["rows"], "count", language, ""))),
        ("refused", f'<span class="{"bad" if row["rejected"] else ""}">{escape(refused)}</span>'),
        ("last_file", f"{escape(file_title(visit, row['last_file']))}<i>{escape(f'{number} · {when}')}</i>"),
    )
    shown = "".join(
        f'<td{_right(name)} data-name="{escape(visit.say(f"health.{name}"))}">{cell}</td>' for name, cell in cells
    )
    title = f"{escape(table_title(visit, row['table']))}<i>{escape(rhythm(visit, row))}</i>"
    return f'<tr class="{row["state"]}"><th>{title}</th>{shown}</tr>'


def _right(name: str) -> str:
    return ' class="n"' if name in ("rows", "refused") else f' class="{name}"'
