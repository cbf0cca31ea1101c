"""One server with the demo company and one browser for all browser tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from data.demo.fill import fill
from data.home import Home
from data.ingest.batch import Origin
from data.warehouse import Warehouse
from tests.browser.serving import CHROMIUM, FLAGS, server
from tests.data.lakes import MadeOnce

LAST_DAY = date(2026, 11, 22)
ORDERS = 1500


def make(folder: Path) -> None:
    lake = Warehouse.open(folder)
    loaded_at = datetime(2026, 11, 23, 6)
    origin = Origin(file="demo company", source="demo", account="", loaded_by="test", loaded_at=loaded_at)
    fill(lake, origin, ORDERS, LAST_DAY, seed=7)
    lake.close()


@pytest.fixture(scope="session")
def demo_home(made_once: MadeOnce, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """An installation with a small demo company whose data reach to 22 November 2026."""
    home = Home(tmp_path_factory.mktemp("demo"))
    shutil.copytree(made_once("browser-demo", make), home.demo)
    return home


@pytest.fixture(scope="session")
def address(demo_home: Home) -> Iterator[str]:
    """Where the server is."""
    with server(demo_home) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the tests leave their pictures of the page."""
    return tmp_path_factory.mktemp("pictures")
