"""`python -m metrics`, on a real lake in a home of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data.warehouse import Warehouse
from metrics.__main__ import app
from metrics.json_schema import json_schema
from tests.data.lakes import copy_of, order, put
from tests.metrics.test_load import OWN

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


@pytest.fixture
def own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a home's own KPI files: one is right, one is not."""
    folder = tmp_path / "catalogue"
    folder.mkdir()
    (folder / "right.yaml").write_text(OWN, encoding="utf-8")
    (folder / "wrong.yaml").write_text("kpis: [{id: a}]", encoding="utf-8")
    monkeypatch.setenv("SEVENBOARD_HOME", str(tmp_path))
    return folder


@pytest.mark.usefixtures("own_files")
def test_the_list_has_the_right_own_kpis_and_says_which_are_refused() -> None:
    code, out, err = run("list", "--json")
    assert code == 0
    assert "units_sold" in {kpi["id"] for kpi in json.loads(out)}
    assert "wrong.yaml, a: the field 'name' is missing. Add it." in " ".join(err.split())


def test_check_fails_as_long_as_an_own_kpi_is_refused(own_files: Path) -> None:
    code, out, err = run("check")
    assert code == 1
    assert "units_sold: right.yaml" in out
    assert "1 own KPIs are used; mistakes to put right: 6." in out
    assert "wrong.yaml, a" in err
    (own_files / "wrong.yaml").unlink()
    assert run("check")[0] == 0


def test_the_schema_for_editors_is_written_beside_the_own_files(own_files: Path, tmp_path: Path) -> None:
    code, out, _ = run("schema")
    written = own_files / "kpi.schema.json"
    assert code == 0
    assert "# yaml-language-server: $schema=kpi.schema.json" in out
    assert json.loads(written.read_text(encoding="utf-8")) == json_schema()
    run("schema", "--to", str(tmp_path / "elsewhere" / "s.json"))
    assert (tmp_path / "elsewhere" / "s.json").read_bytes() == written.read_bytes()


@pytest.mark.usefixtures("home")
def test_the_list_names_every_kpi() -> None:
    _, out, _ = run("list")
    assert "net_sales" in out
    _, out, _ = run("list", "--json")
    described = {kpi["id"]: kpi for kpi in json.loads(out)}
    assert described["gmv"]["unit"] == "currency"
    assert described["gmv"]["name"].keys() == {"en", "zh-Hans", "zh-Hant"}
