"""The health page, run as Streamlit runs it, on real lakes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from data.contracts import TABLES
from data.home import Home
from metrics.load import load_catalogue
from metrics.model import Language
from pages.api.opened import company_lake
from pages.kit.health.unlock import waiting
from pages.kit.language import LANGUAGES
from pages.kit.text import say
from tests.data.agreeing import LINES, ORDERS
from tests.data.lakes import order, put
from tests.pages.uploading import PATIENCE_SECONDS, SHELL, opened, words


def visit(**parameters: str) -> AppTest:
    """The page as a link with these parameters opens it, whole."""
    page = opened("health", **parameters)
    assert not page.exception
    return page


def block(page: AppTest, marker: str) -> str:
    """The check or table whose HTML begins with the marker, up to the next one."""
    said = words(page)
    start = said.index(marker)
    end = said.find("</details>" if marker.startswith('<details id="check-') else "</tr>", start)
    return said[start:end]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("empty_home")
def test_an_empty_warehouse_says_what_to_do_next_and_what_each_file_would_bring(language: Language) -> None:
    page = visit(lang=language)
    assert page.info[0].value == say("health.nothing", language)
    assert say("health.checks_unknown", language, count=21) in words(page)
    assert say("health.tables", language) not in words(page)
    templates = [button for button in page.get("download_button") if "health_template_" in str(button.proto.id)]
    assert len(templates) == len([table for table in TABLES.values() if not table.generated])
    assert "Zendesk" in words(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("shop_home")
def test_a_filled_lake_shows_checks_tables_missing_files_and_the_newest_files(language: Language) -> None:
    page = visit(lang=language)
    for key in ("checks", "tables", "unlock", "files"):
        assert say(f"health.{key}", language) in words(page)
    assert not page.info
    assert "shop.csv" in words(page)
    unknown = block(page, '<details id="check-ledger_revenue"')
    assert say("health.state_unknown", language) in unknown
    assert "<table>" not in unknown


@pytest.mark.usefixtures("shop_home")
def test_a_check_that_differs_stands_first_and_open_with_both_sides_and_the_difference() -> None:
    """The small shop sells a product that is not in its list of products."""
    page = visit(lang="en")
    checks = words(page)[words(page).index('class="sb sb-checks"') :]
    assert checks.index("Differs") < checks.index("Not known")
    found = block(page, '<details id="check-order_line_sku"')
    assert " open" in found[:60]
    assert "Found among products" in found
    assert '<tr class="differs"><th>Mar 2025</th>' in found


def test_right_amounts_agree_and_one_changed_line_names_its_month(home: Home) -> None:
    lake = company_lake(home)
    put(lake, "fact_order", ORDERS)
    put(lake, "fact_order_line", LINES)
    agreed = block(visit(lang="en"), '<details id="check-order_lines_net"')
    assert "Months that agree: 1" in agreed
    assert '<td class="n">¥400.00</td><td class="n">¥400.00</td><td class="n">¥0.00</td>' in agreed
    put(lake, "fact_order_line", [*LINES[:4], LINES[4] | {"net_amount": 99}])
    differs = block(visit(lang="en"), '<details id="check-order_lines_net"')
    assert "1 of 1 months differ, last in Oct 2026" in differs
    assert '<td class="n">¥399.00</td><td class="n">¥1.00</td>' in differs


@pytest.mark.usefixtures("shop_home")
def test_a_link_opens_one_check() -> None:
    closed = block(visit(lang="en"), '<details id="check-order_times"')
    assert " open" not in closed[:40]
    named = block(visit(lang="en", part="order_times"), '<details id="check-order_times"')
    assert " open" in named[:40]


def test_a_table_is_late_by_the_days_beyond_what_its_contract_allows(home: Home) -> None:
    """An order of long ago is late; work that was registered long ago and loaded now is not."""
    put(company_lake(home), "fact_order", [order("a", date.today() - timedelta(days=12))])
    page = visit(lang="en")
    row = block(page, '<tr class="late"><th>Orders')
    assert "daily, late after 2 days" in row
    assert "Late by 10 days" in row or "Late by 9 days" in row or "Late by 11 days" in row
    assert "fact_order.csv" in row


def operations(home: Home) -> str:
    """What the Operations page of a lake says once it had time to reconcile."""
    assert home.root.exists()
    page = AppTest.from_file(SHELL, default_timeout=PATIENCE_SECONDS)
    page.query_params["lang"] = "en"
    for _ in range(20):
        page.run()
        if "Checks that" in words(page):
            break
    assert not page.exception
    return words(page)


def test_a_departments_page_says_how_many_checks_of_its_tables_agree(home: Home) -> None:
    put(company_lake(home), "fact_order", ORDERS)
    put(company_lake(home), "fact_order_line", LINES)
    said = operations(home)
    assert '<span class="sb-badge good"><a href="health?lang=en#checks" target="_self">Checks that agree: 4</a>' in said


def test_a_departments_page_leads_to_the_check_that_differs(home: Home) -> None:
    put(company_lake(home), "fact_order", ORDERS)
    put(company_lake(home), "fact_order_line", [*LINES[:4], LINES[4] | {"net_amount": 99}])
    assert (
        '<a href="health?lang=en&part=order_lines_net#checks" target="_self">Checks that differ: 1</a>'
        in operations(home)
    )


def test_what_files_brought_is_shown_as_text_never_as_markup(home: Home) -> None:
    put(company_lake(home), "fact_order", [order("a")], file="<img src=x>.csv")
    page = visit(lang="en")
    assert "<img" not in " ".join(str(block.value) for block in page.html)


def test_a_missing_table_names_the_kpis_that_wait_for_it_alone_and_those_that_wait_for_more() -> None:
    """Only orders are there: complaints per order need tickets alone, cost per new customer needs ads alone."""
    catalogue = load_catalogue()
    found = {one.table: one for one in waiting(catalogue, {"fact_order": set(TABLES["fact_order"].columns)})}
    tickets = found["fact_ticket"]
    assert "complaint_rate" in {kpi.id for kpi in tickets.answered}
    assert "cash_conversion_cycle" in {kpi.id for kpi in found["fact_gl_balance"].helped}
    assert "fact_inventory_snapshot" in found["fact_gl_balance"].with_others
    assert any(source.en == "Zendesk tickets" for source in tickets.sources)
    assert tickets.duties
    assert [one.column for one in found.values()] == [None] * len(found)
    assert "fact_order" not in found


def test_a_column_that_no_file_carries_names_the_kpis_that_wait_for_it() -> None:
    catalogue = load_catalogue()
    carried = {table.name: set(table.columns) for table in TABLES.values()}
    carried["fact_order"] -= {"is_cancelled"}
    found = waiting(catalogue, carried)
    assert [(one.table, one.column) for one in found] == [("fact_order", "is_cancelled")]
    assert "order_cancellation_rate" in {kpi.id for kpi in found[0].kpis}
    assert waiting(catalogue, carried | {"fact_order": set(TABLES["fact_order"].columns)}) == ()
