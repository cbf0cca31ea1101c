"""What each missing file would unlock, with the template that fills it and the way to the uploads page."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.ingest.template import template
from metrics.model import Kpi, Text
from pages.kit import html
from pages.kit.about import table_name
from pages.kit.health.overview import UPLOADS
from pages.kit.health.unlock import Waiting, waiting
from pages.kit.soundness import carried
from pages.kit.uploads.names import column_title, table_title
from pages.kit.visit import Visit, current

SHOWN_KPIS, SHOWN_DUTIES, SHOWN_COLUMNS = 6, 3, 12


def missing_files() -> None:
    """Draw one block a missing table, then the columns that no file carries; nothing where nothing is missing."""
    visit = current()
    found = waiting(visit.catalogue, carried(visit).columns)
    whole = [one for one in found if one.column is None]
    parts = [one for one in found if one.column is not None]
    if not found:
        return
    with st.container(border=True, key="panel_unlock", gap="small"):
        st.html(html.head(visit.say("health.unlock"), visit.say("health.unlock_note"), "unlock"))
        st.page_link(
            UPLOADS,
            label=visit.say("health.to_uploads"),
            icon=":material/upload_file:",
            query_params=visit.address.turn(part=None).parameters(),
        )
        for one in whole:
            with st.container(
                horizontal=True, vertical_alignment="center", key=f"unlock_{one.table}", gap="small", wrap=False
            ):
                st.html(_whole(visit, one))
                _template_button(visit, one.table)
        if parts:
            st.html(_columns(visit, parts))


def _template_button(visit: Visit, table: str) -> None:
    st.download_button(
        visit.say("health.template"),
        # Excel takes UTF-8 for something else without this mark.
        template(table).encode("utf-8-sig"),
        file_name=f"{table}.csv",
        mime="text/csv",
        icon=":material/download:",
        key=f"health_template_{table}",
        on_click="ignore",
        help=visit.say("health.template_of", table=table_name(visit, table)),
    )


def _whole(visit: Visit, one: Waiting) -> str:
    count = len(one.kpis)
    mark = html.badge(visit.say("health.kpis", count=count), "brand") if count else ""
    lines = []
    if one.answered:
        lines.append((visit.say("health.would_answer"), _kpis(visit, one.answered)))
    if one.helped:
        others = _joined(visit, [table_name(visit, table) for table in one.with_others])
        lines.append((visit.say("health.together_with", tables=others), _kpis(visit, one.helped)))
    if one.duties:
        lines.append((visit.say("health.duties"), _few(visit, _said(visit, one.duties), SHOWN_DUTIES)))
    sources = _joined(visit, _said(visit, one.sources)) or visit.say("health.only_template")
    lines.append((visit.say("health.sources"), sources))
    shown = "".join(f"<dt>{escape(head)}</dt><dd>{escape(text)}</dd>" for head, text in lines)
    return f'<div class="sb sb-unlock"><b>{escape(table_title(visit, one.table))}</b>{mark}<dl>{shown}</dl></div>'


def _columns(visit: Visit, parts: list[Waiting]) -> str:
    """Columns of filled tables that no file carries, with what waits for them."""
    rows = "".join(
        f"<li><b>{escape(column_title(str(one.column), visit.language))}</b> "
        f"<i>{escape(table_name(visit, one.table))}</i><span>{escape(_kpis(visit, one.kpis))}</span></li>"
        for one in parts[:SHOWN_COLUMNS]
    )
    left = len(parts) - SHOWN_COLUMNS
    more = f"<li>{escape(visit.say('health.more_columns', count=left))}</li>" if left > 0 else ""
    title = f"<b>{escape(visit.say('health.columns'))}</b><span>{escape(visit.say('health.columns_note'))}</span>"
    return f'<div class="sb sb-sub">{title}</div><ul class="sb sb-lacks">{rows}{more}</ul>'


def _kpis(visit: Visit, kpis: tuple[Kpi, ...]) -> str:
    return _few(visit, _said(visit, tuple(kpi.name for kpi in kpis)), SHOWN_KPIS)


def _said(visit: Visit, texts: tuple[Text, ...]) -> list[str]:
    return [text.say(visit.language) for text in texts]


def _few(visit: Visit, names: list[str], most: int) -> str:
    """The first names, and how many more there are."""
    shown = _joined(visit, names[:most])
    return visit.say("health.and_more", names=shown, count=len(names) - most) if len(names) > most else shown


def _joined(visit: Visit, names: list[str]) -> str:
    return visit.say("panel.comma").join(names)
