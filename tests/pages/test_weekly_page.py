"""The weekly page on a real small lake: write, issue, read again, compare, search, download."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from data.home import VARIABLE, Home
from data.warehouse import Warehouse
from pages.kit import menu
from pages.kit.language import LANGUAGES
from pages.kit.menu import Entry
from pages.kit.text import say
from tests.data.lakes import copy_of
from tests.pages.pack.lakes import WEEK, late_orders, sale, weeks_of_orders

SHELL = str(Path(__file__).parents[2] / "pages" / "shell.py")


@pytest.fixture
def home(lake_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A company with three weeks of orders; the weekly page opens first."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "home"))
    monkeypatch.setattr(
        menu, "PAGES", (Entry("leadership", "weekly", ":material/newsmode:", menu.title("weekly")), *menu.PAGES[-4:])
    )
    found = Home(tmp_path / "home")
    lake = copy_of(lake_template, found.company)
    weeks_of_orders(lake)
    lake.close()
    return found


def visit(**parameters: str) -> AppTest:
    """The page as a link with these parameters opens it; the first run only leads from the root to the page."""
    page = AppTest.from_file(SHELL, default_timeout=120)
    page.run()
    for name, value in parameters.items():
        page.query_params[name] = value
    return page.run()


def words(page: AppTest) -> str:
    assert not page.exception
    return unescape(" ".join(str(block.value) for block in (*page.html, *page.caption)))


def button(page: AppTest, key: str) -> Button:
    return next(one for one in page.button if one.key == key)


@pytest.mark.usefixtures("home")
def test_a_draft_is_answered_and_issued_and_stays_while_the_data_move(home: Home) -> None:
    page = visit(lang="en")
    assert "¥750" in words(page)
    assert say("weekly.owed", "en", count=1) in words(page)
    assert button(page, "weekly_issue").label == say("weekly.issue_anyway", "en", count=1)
    form = {one.label: one for one in (*page.text_area, *page.text_input)}
    form[say("report.col_comment", "en")].set_value("Parcels were late")
    form[say("report.col_action", "en")].set_value("Call the carrier")
    next(one for one in page.button if one.label == say("weekly.keep", "en")).click().run()
    assert "Parcels were late" in words(page)
    assert say("weekly.owed_none", "en") in words(page)
    button(page, "weekly_issue").click().run()
    assert say("weekly.issue_nameless", "en") in [str(one.value) for one in page.error]
    assert not page.success
    page.text_input(key="weekly_issuer").set_value("Mei")
    button(page, "weekly_issue").click().run()
    assert say("weekly.is_issued", "en", by="Mei") in [str(one.value) for one in page.success]
    assert " by Mei" in words(page)
    assert "weekly_issue" not in [one.key for one in page.button]
    assert page.query_params["week"] == WEEK

    lake = Warehouse.open(home.company)
    late_orders(lake, [sale("late", amount=25)])
    lake.close()
    page = visit(lang="en", week=WEEK)
    said = words(page)
    assert "¥750" in said
    assert "+¥25" in said
    assert "late.csv" in said
    assert "Call the carrier" in words(visit(lang="en", part="search", find="carrier"))
    assert say("weekly.found_none", "en") in words(visit(lang="en", part="search", find="no such words"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("home")
def test_every_part_of_the_page_speaks_every_language_without_packs(language: str) -> None:
    for part in ("read", "compare", "history", "search", "sending"):
        assert say("weekly.sentence", language) in words(visit(lang=language, part=part))  # type: ignore[arg-type]


@pytest.mark.usefixtures("home")
def test_a_week_that_is_none_or_lies_ahead_is_not_invented() -> None:
    for week in ("2031-W01", "2026-W60"):
        page = visit(lang="en", week=week)
        assert say("weekly.no_such_week", "en", week=week) in [str(one.value) for one in page.warning]
