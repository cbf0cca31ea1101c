"""The Operations page, server side: the first run, a changed filter, a run with nothing new, and one read ahead."""

from __future__ import annotations

import logging
import os
import statistics
from pathlib import Path

import streamlit as st
from streamlit.testing.v1 import AppTest

from data.home import VARIABLE, Home
from pages.kit.address import Address
from pages.kit.ahead import read_page
from tests.bench.timing import seconds

SHELL = Path(__file__).parents[2] / "pages" / "shell.py"


def page_reruns(home: Home) -> dict[str, float]:
    """Milliseconds by kind of run; the warm one is the median of five.

    The one read ahead is what the first reader meets once the server has read the page after a load.
    """
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
    st.cache_resource.clear()
    read_page(home, "operations", Address())
    ahead = seconds(AppTest.from_file(str(SHELL), default_timeout=120).run)
    found = {"cold": cold, "another period": changed, "warm": warm, "first run after reading ahead": ahead}
    return {name: taken * 1000 for name, taken in found.items()}
