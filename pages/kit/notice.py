"""A quiet box for what a reader should know: expected errors, reasons, next steps. Never a stack trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import streamlit as st

from data.errors import DataError
from metrics.errors import MetricError
from pages.kit.visit import current

Kind = Literal["info", "good", "warn", "bad"]


def notice(sentence: str, kind: Kind = "info") -> None:
    """Say one sentence in a box; `kind` chooses its colour and icon."""
    draw = {"info": st.info, "good": st.success, "warn": st.warning, "bad": st.error}[kind]
    icons = {"info": "info", "good": "check_circle", "warn": "warning", "bad": "error"}
    draw(sentence, icon=f":material/{icons[kind]}:")


@contextmanager
def explaining() -> Iterator[None]:
    """Turn an expected error inside the block into a notice in the reader's language; the page goes on."""
    try:
        yield
    except (MetricError, DataError) as error:
        notice(error.say(current().language), "warn")
