"""`python -m metrics`, on a real lake in a home of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data.warehouse import Warehouse
from metrics.__main__ import app
from tests.data.lakes import copy_of, order, put

MARCH = ["--from", "2026-11-02", "--to", "2026-11-03"]


@pytest.fixture(scope="module")
def filled(lake_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose lake holds two orders of one day."""
    folder = tmp_path_factory.mktemp("home")
    lake: Warehouse = copy_of(lake_template, folder / "company")
    put(lake, "fact_order", [order("a", amount=10.5, region="上海"), order("b", amount=20)])
    lake.close()
    return folder


@pytest.fixture
def home(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEVENBOARD_HOME", str(filled))
    return filled


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.usefixtures("home")
def test_asking_for_json_prints_the_version_and_the_rows() -> None:
    code, out, _ = run("ask", "gmv", "paid_orders", "sessions", *MARCH, "--grain", "day", "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer.keys() == {"version", "rows"}
    assert answer["rows"][0] == {"period": "2026-11-02", "gmv": 30.5, "paid_orders": 2, "sessions": None}
    assert answer["rows"][1] == {"period": "2026-11-03", "gmv": None, "paid_orders": None, "sessions": None}


@pytest.mark.usefixtures("home")
def test_a_split_prints_a_row_for_each_group() -> None:
    _, out, _ = run("ask", "gmv", *MARCH, "--by", "region", "--json")
    assert json.loads(out)["rows"] == [{"region": "(unknown)", "gmv": 20.0}, {"region": "上海", "gmv": 10.5}]


@pytest.mark.usefixtures("home")
def test_people_get_a_table_and_what_is_missing() -> None:
    code, out, _ = run("ask", "gmv", "return_rate", *MARCH)
    assert code == 0
    assert "30.50" in out
    assert "return_rate: needs order lines, returns" in out


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ask", "gmvv", *MARCH], "Did you mean 'gmv'?"),
        (["ask", "gmv", *MARCH, "--by", "sku"], "cannot be split by 'sku'"),
        (["ask", "gmv", "--from", "2026-11-03", "--to", "2026-11-02"], "before it begins"),
        (["ask", "gmv", "--from", "03/11/2026", "--to", "2026-11-02"], "does not match"),
        (["ask", "gmv", *MARCH, "--grain", "hour"], "hour"),
        (["ask", *MARCH], "KPI"),
    ],
)
def test_wrong_use_exits_with_2_and_one_sentence(words: list[str], said: str) -> None:
    code, out, err = run(*words)
    assert code == 2
    assert out == ""
    assert said in " ".join(err.replace("│", " ").split())


def test_a_wrong_own_definition_fails_with_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "own.yaml").write_text("kpis: [{id: a}]", encoding="utf-8")
    monkeypatch.setenv("SEVENBOARD_HOME", str(tmp_path))
    code, _, err = run("list")
    assert code == 1
    assert "own.yaml, a: the field 'name' is missing" in " ".join(err.split())


@pytest.mark.usefixtures("home")
def test_the_list_names_every_kpi() -> None:
    _, out, _ = run("list")
    assert "net_sales" in out
    _, out, _ = run("list", "--json")
    described = {kpi["id"]: kpi for kpi in json.loads(out)}
    assert described["gmv"]["unit"] == "currency"
    assert described["gmv"]["name"].keys() == {"en", "zh-Hans", "zh-Hant"}
