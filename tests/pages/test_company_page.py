"""The company's page, run as Streamlit runs it: exceptions first, then cards by department."""

from __future__ import annotations

from datetime import date
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.home import Home
from metrics.load import load_catalogue
from pages.kit import menu
from pages.kit.cards import Card
from pages.kit.company import side_by_side
from pages.kit.language import LANGUAGES
from pages.kit.menu import Entry
from pages.kit.text import say
from tests.data.lakes import order
from tests.pages.homes import fill

SHELL = str(Path(__file__).parents[2] / "pages" / "shell.py")
CARDS = load_catalogue().leadership.cards


@pytest.fixture(autouse=True)
def _company_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page opens first, whatever the menu's order, and Operations is the only department with a page."""
    entries = (
        Entry("leadership", "company", ":material/apartment:", menu.title("company")),
        Entry("departments", "operations", "", menu.title("operations")),
    )
    monkeypatch.setattr(menu, "PAGES", (*entries, *(entry for entry in menu.PAGES if entry.section == "analysts")))


def visit(**parameters: str) -> AppTest:
    """The page as a link with these parameters opens it."""
    page = AppTest.from_file(SHELL, default_timeout=60)
    for name, value in parameters.items():
        page.query_params[name] = value
    return page.run()


def words(page: AppTest) -> str:
    """Everything the page says in HTML."""
    return unescape(" ".join(str(block.value) for block in page.html))


def card(page: AppTest, kpi: str) -> str:
    """The HTML of one card."""
    return next(unescape(str(block.value)) for block in page.html if f'id="kpi-{kpi}"' in str(block.value))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("shop_home")
def test_all_cards_of_the_catalogue_are_shown_in_every_language(language: str) -> None:
    page = visit(lang=language)
    assert not page.exception
    assert [name for name in CARDS if f'id="kpi-{name}"' not in words(page)] == []
    assert say("company.sentence", language) in words(page)  # type: ignore[arg-type]


@pytest.mark.usefixtures("shop_home")
def test_a_page_with_half_its_tables_empty_says_which_files_it_waits_for() -> None:
    page = visit(lang="en")
    assert "bank balances" in words(page)
    assert "No file yet. Waiting: Free cash balance, Cash runway" in words(page)
    assert '<div class="value">–</div>' in card(page, "cash_balance")


@pytest.mark.usefixtures("shop_home")
def test_numbers_of_late_files_are_grey_and_never_on_target() -> None:
    """The small shop's files end in March 2025."""
    page = visit(lang="en")
    assert "Data to 31 Mar 2025" in words(page)
    assert "sb-card grey" in card(page, "gmv")
    assert "Late data: the files reach to 31 Mar 2025." in card(page, "gmv")
    assert say("cards.status_good", "en") not in " ".join(card(page, name) for name in CARDS)


@pytest.mark.usefixtures("shop_home")
def test_a_card_leads_to_its_department_for_the_same_period_if_that_has_a_page() -> None:
    page = visit(lang="en", period="90d")
    assert '<a href="operations?period=90d&lang=en"' in card(page, "gmv")
    assert "<a " not in card(page, "cash_balance")


@pytest.mark.usefixtures("shop_home")
def test_the_page_has_no_filters() -> None:
    page = visit(lang="en", sales_channel="tmall")
    assert not page.exception
    with pytest.raises(KeyError):
        page.get_by_key("filters")


@pytest.mark.usefixtures("bare_home")
def test_a_home_without_data_says_which_files_the_page_needs() -> None:
    page = visit(lang="en")
    assert not page.exception
    assert "bank balances" in page.info[0].value


def test_an_exception_that_left_its_band_is_a_red_banner(home: Home) -> None:
    first, last = date(2026, 10, 1), date(2026, 11, 2)
    incident = {"incident_class": "security"}
    incidents = [
        incident | {"incident_id": "i1", "opened_date": first, "severity": "sev3"},
        incident | {"incident_id": "i2", "opened_date": last, "severity": "sev1"},
    ]
    orders = [order("a", first), order("b", last)]
    fill(home.root / "company", {"fact_order": orders, "fact_incident": incidents})
    page = visit(lang="en")
    assert not page.exception
    assert [box.value for box in page.error] == [
        "Serious security incidents: 1, outside its limit of 0. Owner: Technology."
    ]


def test_the_catalogue_has_a_page_of_the_company() -> None:
    """The rows behind a card ask for the page by this name when they turn their own pages."""
    assert load_catalogue().page("company").headline_cards == CARDS


def test_departments_with_few_cards_stand_side_by_side() -> None:
    def some(count: int) -> list[Card]:
        return [Card("x", "", "", "", "", "", (), "", "", "", "", None, "", False, False)] * count

    groups = [("operations", some(6)), ("marketing", some(2)), ("product", some(1)), ("hr", some(2))]
    rows = [[(name, width) for name, _, width in row] for row in side_by_side(groups)]
    assert rows == [[("operations", 4)], [("marketing", 2), ("product", 1)], [("hr", 2)]]
