"""Fields that may be folded away: drawn they are asked, else what they held last counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Fields:
    """The fields of one menu; each keeps its value while the menu is closed."""

    key: str
    is_open: bool

    def text(self, name: str, label: str, before: str, help_text: str | None = None) -> str:
        """A short text."""
        key = f"{self.key}_{name}"
        if not self.is_open:
            return str(st.session_state.get(key, before) or "")
        return st.text_input(label, before, 40, key=key, help=help_text, persist_state="page") or ""

    def number(self, name: str, label: str, before: float | None, help_text: str | None = None) -> float | None:
        """A number, or nothing."""
        key = f"{self.key}_{name}"
        if not self.is_open:
            held: float | None = st.session_state.get(key, before)
            return held
        return st.number_input(label, value=before, key=key, help=help_text, format="%g", persist_state="page")

    def choice(
        self,
        name: str,
        label: str,
        options: Sequence[str],
        before: str,
        say: Callable[[str], str],
        *,
        is_bare: bool = False,
    ) -> str:
        """One of several."""
        key = f"{self.key}_{name}"
        if not self.is_open:
            return str(st.session_state.get(key, before))
        return str(
            st.selectbox(
                label,
                options,
                options.index(before) if before in options else 0,
                format_func=say,
                key=key,
                label_visibility="collapsed" if is_bare else "visible",
                persist_state="page",
            )
        )
