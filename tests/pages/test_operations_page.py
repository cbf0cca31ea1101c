"""The Operations page, run as Streamlit runs it, on a real lake with a small shop."""

from __future__ import annotations

from datetime import date
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.home import VARIABLE
from metrics.model import Language
from pages.kit.language import LANGUAGES
from pages.kit.text import say
from tests.data.lakes import order
from tests.pages.homes import fill

SHELL = str(Path(__file__).parents[2] / "pages" / "shell.py")
HEADLINES = (
    "gmv", "paid_orders", "session_conversion_rate", "average_order_value",
    "new_customers", "otif_rate", "return_rate", "net_promoter_score",
)  # fmt: skip


def visit(**parameters: str | list[str]) -> AppTest:
    """The page as a link with these parameters opens it."""
    page = AppTest.from_file(SHELL, default_timeout=60)
    for name, value in parameters.items():
        page.query_params[name] = value
    return page.run()


def words(page: AppTest) -> str:
    """Everything the page says in HTML."""
    return unescape(" ".join(str(block.value) for block in page.html))


def days(page: AppTest) -> str:
    """The days that the period bar names."""
    return str(page.get_by_key("range_menu").proto.popover.label)


def card(page: AppTest, kpi: str) -> str:
    """The HTML of one card."""
    return next(unescape(str(block.value)) for block in page.html if f'id="kpi-{kpi}"' in str(block.value))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("shop_home")
def test_the_page_draws_eight_cards_and_nine_charts_in_every_language(language: Language) -> None:
    page = visit(lang=language)
    assert not page.exception
    assert [kpi for kpi in HEADLINES if f'id="kpi-{kpi}"' in words(page)] == list(HEADLINES)
    assert len(page.get("plotly_chart")) == 9
    assert say("department.operations", language) in words(page)
    assert say("panel.questions", language) in words(page)


@pytest.mark.usefixtures("shop_home")
def test_the_default_period_is_the_last_28_days_the_data_reach_to() -> None:
    page = visit(lang="en")
    assert say("trust.data_to", "en", day="31 Mar 2025") in words(page)
    assert days(page) == "4 – 31 Mar 2025"


def test_a_company_with_nothing_but_orders_of_february_2020_sees_february_2020(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One order a day of 100: 29 days of February; the page says what the other numbers need."""
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    days = [date(2020, 2, day) for day in range(1, 30)]
    fill(tmp_path / "company", {"fact_order": [order(f"o{day.day}", day, 100) for day in days]})
    page = visit(lang="en")
    assert not page.exception
    assert "¥2,800" in card(page, "gmv")
    assert '<div class="value">28</div>' in card(page, "paid_orders")
    assert say("cards.compared_partial", "en", comparison="vs previous") in card(page, "gmv")
    assert "–" in card(page, "otif_rate")
    assert "shipments" in card(page, "otif_rate")


def test_numbers_that_no_file_carries_are_a_dash_with_the_reason_and_never_zero(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    fill(tmp_path / "company", {"fact_order": [order("a", date(2026, 11, 2))]})
    shown = card(visit(lang="zh-Hans"), "net_promoter_score")
    assert '<div class="value">–</div>' in shown
    assert "无数据" in shown


@pytest.mark.usefixtures("shop_home")
def test_a_filter_that_a_number_cannot_follow_makes_it_a_dash_that_says_so() -> None:
    page = visit(lang="en", device="mobile")
    assert not page.exception
    assert '<div class="value">–</div>' in card(page, "net_promoter_score")
    assert say("cards.not_by_filter", "en", dimensions="Device") in card(page, "net_promoter_score")
    assert '<div class="value">–</div>' not in card(page, "gmv")


@pytest.mark.usefixtures("shop_home")
def test_the_period_chosen_in_the_bar_goes_into_the_address() -> None:
    page = visit(lang="en")
    page.segmented_control(key="period").set_value("7d").run()
    assert page.query_params["period"] == "7d"
    assert days(page) == "25 – 31 Mar 2025"


@pytest.mark.usefixtures("shop_home")
def test_a_click_with_the_address_of_before_does_not_undo_the_one_before_it() -> None:
    """The second click comes before the browser has heard of the week."""
    page = visit(lang="en")
    shown = dict(page.query_params)
    page.segmented_control(key="period").set_value("7d").run()
    page.query_params.clear()
    page.query_params.update(shown)
    page.segmented_control(key="compare").set_value("last_year").run()
    assert page.query_params == {"period": "7d", "compare": "last_year", "lang": "en"}


@pytest.mark.usefixtures("shop_home")
def test_a_link_means_the_same_in_every_language() -> None:
    where = {"period": "2025-02-01..2025-02-28", "compare": "last_year", "sales_channel": "tmall"}
    english, chinese = visit(lang="en", **where), visit(lang="zh-Hant", **where)
    assert days(english) == "1 – 28 Feb 2025"
    assert days(chinese) == "2025年2月1日–28日"
    assert (
        english.segmented_control(key="compare").value == chinese.segmented_control(key="compare").value == "last_year"
    )


@pytest.mark.usefixtures("shop_home")
def test_without_a_language_in_the_link_the_browsers_counts() -> None:
    page = AppTest.from_file(SHELL, default_timeout=60)
    page.context = {"locale": "zh-TW"}
    assert say("panel.questions", "zh-Hant") in words(page.run())


@pytest.mark.usefixtures("bare_home")
def test_a_home_without_data_says_which_files_the_page_needs() -> None:
    page = visit(lang="en")
    assert not page.exception
    assert "orders" in page.info[0].value


@pytest.mark.usefixtures("shop_home")
def test_the_explanation_of_a_number_holds_its_formula_and_its_sql() -> None:
    page = AppTest.from_file(SHELL, default_timeout=60)
    page.query_params["lang"] = "en"
    page.run()
    page.session_state["about_gmv"] = True
    page.run()
    assert "sum(case when is_paid then gmv_amount end)" in words(page)
    assert "SUM" in page.code[0].value


@pytest.mark.usefixtures("shop_home")
def test_a_garbled_link_opens_the_page_as_if_it_said_nothing() -> None:
    page = visit(lang="en", period="yesterday-ish", rank="no_such_kpi", by="<script>", rows="nothing", page="-3")
    assert not page.exception
    assert page.segmented_control(key="period").value == "28d"


@pytest.mark.usefixtures("shop_home")
def test_the_leaderboard_ranks_what_the_link_asks_for() -> None:
    page = visit(lang="en", rank="paid_orders", by="region")
    assert page.selectbox(key="choose_rank").value == "paid_orders"
    assert "Guangdong" in words(page)
