"""The demo company's tables agree with each other, as the health page judges them."""

from __future__ import annotations

from datetime import timedelta

from data.checks import CHECKS, run
from data.status import status
from data.warehouse import Warehouse
from tests.demo.conftest import LAST_DAY


def test_every_reconciliation_of_the_demo_company_agrees_and_no_table_is_late(demo: Warehouse) -> None:
    today = LAST_DAY + timedelta(days=1)
    states = {one.check.id: one.state for one in run(demo.engine(), CHECKS.values(), today)}
    assert {name for name, state in states.items() if state != "ok"} == set()
    assert status(demo.engine(), today).filter(state="late")["table"].to_list() == []
