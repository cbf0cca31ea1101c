"""What a reader sees when a page breaks: one sentence with the time under which the log tells the rest."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from data.errors import DataError
from metrics.errors import MetricError
from pages.kit import language, place
from pages.kit.text import say


def show_failure(error: Exception) -> bool:
    """Draw the sentence instead of a stack trace; the log keeps the trace. For `st.App(on_script_error=…)`."""
    tongue = language.choose(place.here().lang, st.context.locale, "en")
    if isinstance(error, MetricError | DataError):
        st.warning(error.say(tongue), icon=":material/info:")
        return True
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    st.error(say("shell.failure", tongue, time=now), icon=":material/error:")
    return True
