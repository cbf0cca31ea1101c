"""The demo company in a real lake, small, made once a session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.demo.fill import fill
from data.demo.stories import HISTORY_DAYS
from data.ingest.batch import Origin
from data.warehouse import Warehouse
from tests.data.lakes import NOW, copy_of

LAST_DAY = date(2026, 11, 21)
DAYS = (LAST_DAY - timedelta(days=HISTORY_DAYS - 1), LAST_DAY)


@pytest.fixture(scope="session")
def demo(lake_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """Two years of the demo company with some 4,000 orders."""
    lake = copy_of(lake_template, tmp_path_factory.mktemp("demo") / "lake")
    fill(lake, Origin("demo", "demo", "", "mei", NOW, days=DAYS), 4_000, LAST_DAY, seed=7)
    yield lake
    lake.close()
