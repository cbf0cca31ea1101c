"""What a page asks when it opens is answered before its first reader comes."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from data.engines.lake import LakeEngine
from data.home import VARIABLE, Home
from pages.kit import ahead
from tests.data.lakes import order
from tests.pages.homes import fill

SHELL = str(Path(__file__).parents[2] / "pages" / "shell.py")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that a lake is asked, as it is asked."""
    found: list[str] = []
    query = LakeEngine.query

    def listening(engine: LakeEngine, sql: str, parameters: Mapping[str, object]) -> pa.Table:
        found.append(sql)
        return query(engine, sql, parameters)

    monkeypatch.setattr(LakeEngine, "query", listening)
    return found


def test_the_first_reader_of_a_page_that_was_read_ahead_asks_the_lake_nothing(
    shop_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    """A home of its own: another test may have asked the shared one already."""
    home = Home(shutil.copytree(shop_folder, tmp_path / "home"))
    monkeypatch.setenv(VARIABLE, str(home.root))
    state = ahead.look(home)
    assert asked
    asked.clear()
    page = AppTest.from_file(SHELL, default_timeout=60).run()
    assert not page.exception
    assert len(page.get("plotly_chart")) == 9
    page.switch_page("departments/finance.py").run()
    assert not page.exception
    assert asked == []
    assert ahead.look(home, state) == state
    assert asked == []


def test_pages_are_read_again_after_a_load(home: Home, asked: list[str]) -> None:
    empty = ahead.look(home)
    fill(home.company, {"fact_order": [order("a")]})
    loaded = ahead.look(home, empty)
    assert loaded != empty
    assert any("fact_order" in sql for sql in asked)
