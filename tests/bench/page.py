"""The Operations page, server side: the first run, a changed filter, and a run with nothing new."""

from __future__ import annotations

import logging
import os
import statistics
from pathlib import Path

from streamlit.testing.v1 import AppTest

from data.home import VARIABLE, Home
from tests.bench.timing import seconds

SHELL = Path(__file__).parents[2] / "pages" / "shell.py"


def page_reruns(home: Home) -> dict[str, float]:
    """Milliseconds by kind of run; the warm one is the median of five."""
    os.environ[VARIABLE] = str(home.root)
    # Without a server Streamlit warns at every call that there is none.
    for name in [name for name in logging.root.manager.loggerDict if name.startswith("streamlit")]:
        logging.getLogger(name).setLevel(logging.ERROR)
    page = AppTest.from_file(str(SHELL), default_timeout=120)
    cold = seconds(page.run)
    warm = statistics.median(seconds(page.run) for _ in range(5))
    page.query_params["period"] = "90d"
    changed = seconds(page.run)
    assert not page.exception
    return {"cold": cold * 1000, "another period": changed * 1000, "warm": warm * 1000}
