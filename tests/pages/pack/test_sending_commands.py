"""Rendering and sending from the command line, as a nightly job would."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from data.home import VARIABLE
from data.warehouse import Warehouse
from pages.pack.__main__ import app
from tests.data.lakes import copy_of
from tests.pages.pack.lakes import WEEK, weeks_of_orders


@pytest.fixture
def run(lake_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Runs a command in a home with three weeks of orders."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "home"))
    lake: Warehouse = copy_of(lake_template, tmp_path / "home" / "company")
    weeks_of_orders(lake)
    lake.close()
    runner = CliRunner()

    def invoke(*words: str) -> Result:
        return runner.invoke(app, list(words))

    return invoke


def test_an_issued_pack_reaches_a_folder_once_and_once_more_when_somebody_asks(run: Any, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("deliver", "--week", WEEK).exit_code == 3
    assert run("add-recipient", str(out), "--format", "html", "--lang", "zh-Hans").exit_code == 0
    assert run("issue", "--week", WEEK).exit_code == 0
    assert run("deliver", "--week", WEEK).exit_code == 0
    (page,) = out.iterdir()
    assert page.name == "2026-W46-zh-Hans.html"
    assert "¥750" in page.read_text(encoding="utf-8")
    page.unlink()
    assert run("deliver", "--week", WEEK).exit_code == 3
    assert list(out.iterdir()) == []
    assert run("deliver", "--week", WEEK, "--again", "--only", "1").exit_code == 0
    assert [one["state"] for one in json.loads(run("deliveries", "--json").stdout)] == ["sent", "sent"]
    assert run("remove-recipient", "1").exit_code == 0
    assert run("remove-recipient", "1").exit_code == 2


def test_without_a_mail_server_a_mail_fails_and_says_what_is_missing(run: Any) -> None:
    run("add-recipient", "ceo@example.com")
    run("issue", "--week", WEEK)
    done = run("deliver", "--week", WEEK, "--json")
    assert done.exit_code == 1
    (row,) = json.loads(done.stdout)
    assert (row["state"], "smtp_host" in row["detail"]) == ("failed", True)


def test_a_draft_is_rendered_too_and_wrong_words_are_refused(run: Any, tmp_path: Path) -> None:
    words = ("render", "--week", WEEK, "--out", str(tmp_path / "draft"))
    assert run(*words, "--lang", "en", "--format", "xlsx,html").exit_code == 0
    assert sorted(one.name for one in (tmp_path / "draft").iterdir()) == [
        "2026-W46-draft-en.html",
        "2026-W46-draft-en.xlsx",
    ]
    assert run(*words, "--lang", "fr").exit_code == 2
    assert run(*words, "--format", "doc").exit_code == 2
