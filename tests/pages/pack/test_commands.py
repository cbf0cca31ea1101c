"""`python -m pages.pack`: what each command says and how it ends."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from data.home import Home
from data.warehouse import Warehouse
from pages.pack.__main__ import app
from tests.pages.pack.lakes import WEEK, weeks_of_orders


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout + result.stderr


def test_without_data_nothing_is_done_and_it_says_what_to_load(home: Home) -> None:
    assert home.company.exists()
    code, said = run("draft", "--week", WEEK)
    assert (code, "no file with" in said) == (3, True)
    assert run("verify", "--week", WEEK)[0] == 3
    assert run("verify") == (0, "No pack was issued yet, so there is nothing to verify.\n")
    assert run("list", "--json") == (0, "[]\n")


@pytest.mark.parametrize(
    "words",
    [
        ("draft", "--week", "2026-46"),
        ("comment", "late", "--kpi", "gvm", "--week", WEEK),
        ("settle", "7", "--dropped"),
    ],
)
def test_wrong_use_ends_with_two_and_a_sentence(home: Home, words: tuple[str, ...]) -> None:
    assert home.company.exists()
    code, said = run(*words)
    assert (code, bool(said.strip())) == (2, True)


@pytest.mark.slow
def test_a_week_from_its_draft_to_its_verified_pack(home: Home) -> None:
    lake = Warehouse.open(home.company)
    weeks_of_orders(lake)
    lake.close()
    assert run("comment", "双十一 was strong", "--kpi", "gmv")[0] == 0
    assert run("action", "Call the carrier", "--kpi", "gmv", "--person", "Li Wei", "--due", "2026-11-27")[0] == 0
    assert run("summary", "--zh-hans", "平稳的一周")[0] == 0
    code, said = run("draft", "--json")
    draft = json.loads(said)
    assert (code, draft["week"], draft["numbers_hash"]) == (0, WEEK, "")
    assert draft["summary"]["lines"][0]["text"] == {
        "en": "平稳的一周",
        "zh_hans": "平稳的一周",
        "zh_hant": "平稳的一周",
    }
    assert run("issue")[0] == 0
    assert run("issue")[0] == 3
    assert run("comment", "too late", "--kpi", "gmv")[0] == 3
    assert run("verify")[1].startswith(f"{WEEK}: equal")
    issued = json.loads(run("show", "--json")[1])
    assert [(one["kpi"], one["text"]) for one in issued["comments"]] == [("gmv", "双十一 was strong")]
    assert run("settle", "1", "--done-on", "2026-11-20")[0] == 0
    assert "Call the carrier" in run("show")[1]
    assert json.loads(run("list", "--json")[1])[0]["week"] == WEEK
