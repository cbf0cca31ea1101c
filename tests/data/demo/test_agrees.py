"""The demo company's tables agree with each other, as the health page judges them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from data.checks import CHECKS, run
from data.demo.fill import fill
from data.demo.stories import HISTORY_DAYS
from data.ingest.batch import Origin
from data.status import status
from tests.data.demo.conftest import LAST_DAY
from tests.data.lakes import copy_of


def test_every_reconciliation_of_the_demo_company_agrees_and_no_table_is_late(
    lake_template: Path, tmp_path: Path
) -> None:
    lake = copy_of(lake_template, tmp_path / "lake")
    days = (LAST_DAY - timedelta(days=HISTORY_DAYS - 1), LAST_DAY)
    now = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day) + timedelta(days=1)
    origin = Origin(file="demo", source="demo", account="", loaded_by="mei", loaded_at=now, days=days)
    fill(lake, origin, 2_000, LAST_DAY, seed=7)
    states = {one.check.id: one.state for one in run(lake.engine(), CHECKS.values(), now.date())}
    late = status(lake.engine(), now.date()).filter(state="late")["table"].to_list()
    lake.close()
    assert {name for name, state in states.items() if state != "ok"} == set()
    assert late == []
