"""Packs of a real month: five ISO weeks of Tmall's report hold all its paid orders."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from pages.pack.issue import issue
from pages.pack.verify import verify
from tests.data.desks import bring_file, opened_desk
from tests.pages.pack.lakes import desk_of

NOW = datetime(2026, 11, 16, 1)
WEEKS = ("2020-W05", "2020-W06", "2020-W07", "2020-W08", "2020-W09")


@pytest.mark.slow
def test_the_packs_of_february_2020_sum_to_the_months_paid_orders(
    lake_template: Path, tmp_path: Path, real: Path
) -> None:
    with opened_desk(lake_template, tmp_path / "home") as opened:
        bring_file(opened, real / "operations" / "makisekurisuDDL" / "tmall_order_report.csv")
        desk = desk_of(opened.warehouse, tmp_path)
        packs = [issue(desk, week, "mei", NOW) for week in WEEKS]
        assert [pack.number for pack in packs] == [1, 2, 3, 4, 5]
        paid = [desk.draft(week, NOW).card("paid_orders").value for week in WEEKS]
        assert sum(value or 0 for value in paid) == 24_087
        assert [one.state for one in verify(desk, None, NOW)] == ["equal"] * 5
        desk.store.state.close()
