"""Hands the house's CSS to the page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st


def use_style() -> None:
    """Put style.css into the page; it takes no room."""
    st.html(_sheet("dark" if st.context.theme.type == "dark" else "light"))


@cache
def _sheet(scheme: str) -> str:
    # Streamlit tells the scheme to the app's own box only, but menus open outside it.
    rules = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
    return f"<style>:root {{ color-scheme: {scheme}; }}\n{rules}</style>"
