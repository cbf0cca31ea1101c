"""The pages of marketing and product, run as Streamlit runs them, on a real lake with a small company."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.home import VARIABLE
from metrics.load import load_catalogue
from metrics.model import Language
from pages.kit.text import say
from tests.metrics.company import company
from tests.pages.homes import fill, small_shop

SHELL = str(Path(__file__).parents[2] / "pages" / "shell.py")
TABLES = {
    "marketing": (
        "fact_campaign", "fact_campaign_daily", "fact_customer_snapshot", "fact_feedback", "fact_market_snapshot",
        "fact_partner_contract",
    ),
    "product": (
        "dim_product", "fact_inventory_snapshot", "fact_listing_snapshot", "fact_purchase_order_line", "fact_work_item",
        "fact_order_line", "fact_traffic",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def company_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation whose lake holds what the two pages read."""
    root = tmp_path_factory.mktemp("company")
    rows, shop = company(), small_shop()
    names = dict.fromkeys(("fact_order", *TABLES["product"], *TABLES["marketing"]))
    fill(root / "company", {name: rows[name] for name in names} | {"fact_order": shop["fact_order"]})
    return root


def visit(department: str, **parameters: str) -> AppTest:
    page = AppTest.from_file(SHELL, default_timeout=90)
    for name, value in {"period": "2025-01-01..2025-03-31", **parameters}.items():
        page.query_params[name] = value
    page.run()
    return page.switch_page(f"departments/{department}.py").run()


def words(page: AppTest) -> str:
    return unescape(" ".join(str(block.value) for block in page.html))


@pytest.mark.parametrize(("department", "language"), [("marketing", "en"), ("product", "zh-Hant")])
def test_the_page_says_every_card_and_chart(
    department: str, language: Language, company_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(company_folder))
    page = visit(department, lang=language)
    assert not page.exception
    said, entry = words(page), load_catalogue().page(department)
    assert say(f"department.{department}", language) in said
    assert [kpi for kpi in entry.headline_cards if f'id="kpi-{kpi}"' in said] == list(entry.headline_cards)
    assert [chart.id for chart in entry.charts if chart.title.say(language) not in said] == []
    assert len(page.get("plotly_chart")) >= 5


@pytest.mark.parametrize("department", TABLES)
@pytest.mark.usefixtures("shop_home")
def test_a_company_that_has_only_some_of_the_files_sees_what_the_page_waits_for(department: str) -> None:
    page = visit(department, lang="en")
    assert not page.exception
    assert "needs" in words(page)
