"""Hands the CSS of the health page to it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from pages.kit.uploads import show


def use_style() -> None:
    """Put health.css, and uploads.css whose tables it shares, into the page; they take no room."""
    show.use_style()
    st.html(f"<style>{_sheet()}</style>")


@cache
def _sheet() -> str:
    return Path(__file__).with_name("health.css").read_text(encoding="utf-8")
