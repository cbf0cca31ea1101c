"""`python -m data check`: what it prints and how it exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data.__main__ import app
from data.home import VARIABLE
from data.warehouse import Warehouse
from tests.data.agreeing import LINES, ORDERS
from tests.data.lakes import copy_of, put

WRONG = [*LINES[:4], LINES[4] | {"net_amount": 99}]


@pytest.fixture
def lake(lake_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """The company's lake of the current installation."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "home"))
    return copy_of(lake_template, tmp_path / "home" / "company")


def checked(*words: str) -> tuple[int, str]:
    """Exit code and output of the command."""
    result = CliRunner().invoke(app, ["check", *words])
    return result.exit_code, result.stdout


def test_it_exits_with_0_where_all_that_can_be_known_agrees(lake: Warehouse) -> None:
    put(lake, "fact_order", ORDERS)
    put(lake, "fact_order_line", LINES)
    lake.close()
    code, said = checked("--json")
    states = {check["id"]: (check["state"], check["missing"]) for check in json.loads(said)["checks"]}
    assert code == 0
    assert states["order_lines_net"] == ("ok", [])
    assert states["ticket_order"] == ("unknown", ["fact_ticket"])


def test_it_exits_with_1_where_two_tables_differ_and_gives_both_sides(lake: Warehouse) -> None:
    put(lake, "fact_order", ORDERS)
    put(lake, "fact_order_line", WRONG)
    lake.close()
    code, said = checked("--json")
    found = next(check for check in json.loads(said)["checks"] if check["id"] == "order_lines_net")
    assert (code, found["state"], found["sides"]) == (1, "differs", ["Order headers", "Order lines"])
    month = found["months"][0]
    assert (month["period"], month["left"], month["right"], month["difference"], month["off"]) == (
        "2026-10-01", 400, 399, 1, 1,
    )  # fmt: skip


def test_it_exits_with_3_where_nothing_can_be_compared_and_says_so(lake: Warehouse) -> None:
    lake.close()
    result = CliRunner().invoke(app, ["check"])
    assert result.exit_code == 3
    assert "Nothing can be compared yet" in result.stderr


def test_for_people_it_names_the_check_and_the_months_that_differ(lake: Warehouse) -> None:
    put(lake, "fact_order", ORDERS)
    put(lake, "fact_order_line", WRONG)
    lake.close()
    code, said = checked()
    assert code == 1
    for word in ("Orders against their lines: net amount", "Order headers", "2026-10-01", "399.0"):
        assert word in said
