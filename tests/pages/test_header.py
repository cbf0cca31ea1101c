"""The head and the side of a page say whose numbers it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.home import Home
from data.settings import Settings, write_settings
from pages.kit.text import say
from tests.data.lakes import copy_of, order, put

SHELL = str(Path(__file__).parents[2] / "pages" / "shell.py")


@pytest.fixture
def both(bare_home: Home, lake_template: Path) -> Home:
    """An installation with one order in the company's lake and one in the demo's."""
    for folder in (bare_home.company, bare_home.demo):
        lake = copy_of(lake_template, folder)
        put(lake, "fact_order", [order("a")])
        lake.close()
    return bare_home


def visit(data: str) -> AppTest:
    page = AppTest.from_file(SHELL, default_timeout=60)
    page.query_params["data"] = data
    page.query_params["lang"] = "en"
    return page.run()


def side(page: AppTest) -> list[str]:
    assert not page.exception
    return [str(one.value) for one in page.sidebar.caption]


@pytest.mark.usefixtures("both")
def test_the_demo_says_where_the_companys_own_numbers_are() -> None:
    assert side(visit("demo")) == [say("shell.demo_note_beside", "en")]
    assert side(visit("company")) == []


def test_the_companys_name_stands_beside_the_titles_of_its_own_numbers_only(both: Home) -> None:
    write_settings(both.settings_file, Settings(company_name="Tea & Co"))
    own, demo = (" ".join(str(one.value) for one in visit(data).html) for data in ("company", "demo"))
    assert ">Tea &amp; Co</span></h1>" in own
    assert "Tea &amp; Co" not in demo
