"""The demo company in a real lake, small, made once for all workers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.demo.fill import fill
from data.demo.stories import HISTORY_DAYS
from data.ingest.batch import Origin
from data.warehouse import Warehouse
from tests.data.lakes import NOW, MadeOnce

LAST_DAY = date(2026, 11, 21)
DAYS = (LAST_DAY - timedelta(days=HISTORY_DAYS - 1), LAST_DAY)


def make(folder: Path) -> None:
    lake = Warehouse.open(folder)
    fill(lake, Origin("demo", "demo", "", "mei", NOW, days=DAYS), 4_000, LAST_DAY, seed=7)
    lake.close()


@pytest.fixture(scope="session")
def demo(made_once: MadeOnce) -> Iterator[Warehouse]:
    """Two years of the demo company with some 4,000 orders. Tests only read it."""
    lake = Warehouse.open(made_once("demo-company", make))
    yield lake
    lake.close()
