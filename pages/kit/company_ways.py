"""From the company's page to the departments: only to pages that the menu has, with the period kept."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from pages.kit import menu
from pages.kit.visit import Visit


def link(visit: Visit, department: str) -> str:
    """The address of a department's page for the same period; empty where the menu has no such page."""
    if not _is_page(department):
        return ""
    query = urlencode(_parameters(visit), doseq=True)
    return f"{department}?{query}" if query else department


def heading(visit: Visit, department: str) -> None:
    """The department's name above its cards, leading to its page."""
    name = next(item.name for item in visit.catalogue.departments if item.id == department).say(visit.language)
    if not _is_page(department):
        st.html(f'<div class="sb sb-owner"><b>{escape(name)}</b></div>')
        return
    st.page_link(
        f"departments/{department}.py",
        label=f"**{name}**",
        icon=":material/arrow_forward:",
        icon_position="right",
        query_params=_parameters(visit),
        width="content",
    )


def _parameters(visit: Visit) -> dict[str, list[str]]:
    return visit.address.turn(filters=(), rows=None, table=None, rank=None, by=None, part=None).parameters()


def _is_page(department: str) -> bool:
    return any(entry.section == "departments" and entry.name == department for entry in menu.PAGES)
