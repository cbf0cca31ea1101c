"""Uploads in a real browser: a file goes in, the Operations page shows it, and it is taken back."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from data.home import Home
from data.ingest.pipeline import Desk, bring, prepare
from data.installation import Installation
from metrics.model import Language
from pages.kit.menu import title
from pages.kit.text import say
from tests.browser.serving import IDLE, browsing, photograph, server

pytestmark = pytest.mark.browser

PATIENCE = 60_000
# Which day is meant is open, and one amount is no number.
ORDERS = b"order_id,paid_at,gmv_amount\nA1,03/04/2026,10\nA2,05/06/2026,20\nA3,05/06/2026,ten\nA4,07/06/2026,1\n"


@pytest.fixture(scope="module")
def bare_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of an installation into which nothing was ever loaded."""
    with server(Home(tmp_path_factory.mktemp("bare"))) as found:
        yield found


# Two headers that say nothing to us, and days that fit both orders.
UNKNOWN = b"bestelling,betaald,gmv_amount\nB1,03/04/2026,10\nB2,05/06/2026,20\nB3,07/06/2026,1\n"
TWO_MINUTES = 120


@pytest.fixture(scope="module")
def shop_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of an installation with one order of 100 on 2 May 2026."""
    home = Home(tmp_path_factory.mktemp("shop"))
    file = tmp_path_factory.mktemp("files") / "before.csv"
    file.write_bytes(b"order_id,paid_at,gmv_amount\nA1,2026-05-02,100\nA2,2026-07-02,5\n")
    installation = Installation.open(home)
    lake = installation.lake(is_demo=False)
    desk = Desk(installation, lake, "mei", datetime(2026, 11, 22, 8))
    assert bring(prepare(file, desk), desk)[0].status == "loaded"
    lake.close()
    installation.state.close()
    with server(home) as found:
        yield found


def press(page: Page, key: str) -> None:
    """Press the first button under a key that begins like this, once the page is at rest."""
    page.wait_for_selector(IDLE, timeout=PATIENCE)
    # On a touch screen Streamlit draws a second, hidden button for the tooltip.
    page.locator(f"[class*='st-key-{key}'] button:visible").first.click()


def read(page: Page, sentence: str) -> None:
    """Wait until the page says it."""
    page.get_by_text(sentence).first.wait_for(timeout=PATIENCE)


def test_an_analyst_uploads_answers_loads_looks_and_takes_it_back(
    browser: Browser, bare_address: str, tmp_path: Path, pictures: Path
) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes(ORDERS)
    with browsing(browser) as (page, seen):
        page.goto(f"{bare_address}/uploads?lang=en")
        read(page, say("uploads.first", "en"))
        page.locator(".st-key-drop input[type=file]").set_input_files(file)
        read(page, "Which day is 03/04/2026?")
        press(page, "order_")
        press(page, "check_")
        read(page, "GMV (gmv_amount) is not a number: 'ten'")
        photograph(page, pictures / "uploads-checked.png")
        press(page, "load_")
        read(page, "1 of 4 rows were refused")
        with page.expect_download() as download:
            page.get_by_role("link", name=say("uploads.refused_file", "en")).click()
        refused = csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig")))
        # The header says how the whole file's days were read: the second column day first.
        assert [(row["order_id"], row["[Sevenboard] Line (2 dmy)"]) for row in refused] == [("A3", "4")]
        page.get_by_text(say("uploads.see", "en", page=title("operations").say("en"))).click()
        page.locator("#kpi-gmv").get_by_text("¥31").wait_for(timeout=PATIENCE)
        assert "period=2026-04-03..2026-06-07" in page.url
        page.get_by_role("link", name=title("uploads").say("en")).click()
        press(page, "take_back_")
        read(page, "Take batch 1 back?")
        press(page, "sure")
        read(page, "Batch 1 (orders.csv) is taken back.")
        page.get_by_role("link", name=title("operations").say("en")).click()
        read(page, "This lake holds no rows for this page")
    assert seen.errors == []
    assert [failed for failed in seen.failed if "/export/" not in failed] == []
    assert seen.hosts == {urlsplit(bare_address).netloc}


def choose(page: Page, key: str, option: str) -> None:
    """Choose an option of the menu under a key that ends like this."""
    page.wait_for_selector(IDLE, timeout=PATIENCE)
    page.locator(f"[class*='{key}'] [data-testid=stSelectbox] input").first.click()
    page.keyboard.type(option)
    page.get_by_role("option", name=option, exact=True).click()


def see_gmv(page: Page, amount: str) -> None:
    """Wait for the amount on the Operations page."""
    page.locator("#kpi-gmv").get_by_text(amount, exact=True).wait_for(timeout=PATIENCE)


@pytest.mark.slow
def test_two_columns_are_mapped_a_question_answered_and_operations_changes_and_changes_back(
    browser: Browser, shop_address: str, tmp_path: Path, pictures: Path
) -> None:
    """From dropping an unknown file to its numbers and back, in far less than two minutes."""
    file = tmp_path / "bestellingen.csv"
    file.write_bytes(UNKNOWN)
    with browsing(browser) as (page, seen):
        operations = f"{shop_address}/operations?lang=en&data=company&period=2026-04-03..2026-06-07"
        page.goto(operations)
        see_gmv(page, "¥100")
        page.get_by_role("link", name=title("uploads").say("en")).click()
        began = time.monotonic()
        page.locator(".st-key-drop input[type=file]").set_input_files(file)
        choose(page, "st-key-ask_table_", "Orders")
        choose(page, "_fact_order_order_id", "bestelling")
        choose(page, "_fact_order_paid_at", "betaald")
        read(page, say("uploads.asked_next", "en"))
        photograph(page, pictures / "uploads-mapping.png")
        page.locator("[class*='st-key-edit_'][class*='_use'] button:visible").first.click()
        read(page, "Which day is 03/04/2026?")
        press(page, "order_")
        press(page, "check_")
        press(page, "load_")
        read(page, "3 rows are loaded")
        page.get_by_text(say("uploads.see", "en", page=title("operations").say("en"))).click()
        see_gmv(page, "¥131")
        page.get_by_role("link", name=title("uploads").say("en")).click()
        read(page, say("uploads.mappings", "en"))
        press(page, "take_back_2")
        press(page, "sure")
        read(page, "is taken back.")
        page.goto(operations)
        see_gmv(page, "¥100")
        assert time.monotonic() - began < TWO_MINUTES
    assert seen.errors == []


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("zh-Hans", "dark"), ("zh-Hant", "light")])
@pytest.mark.parametrize("name", ["uploads", "settings"])
def test_the_pages_fit_a_phone_without_errors(
    browser: Browser, bare_address: str, pictures: Path, name: str, language: Language, theme: str
) -> None:
    with browsing(browser, width=390, theme=theme) as (page, seen):
        page.goto(f"{bare_address}/{name}?lang={language}")
        read(page, say(f"{name}.title", language))
        page.wait_for_selector(IDLE, timeout=PATIENCE)
        widths = "[document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth]"
        assert max(page.evaluate(widths)) <= 390
        photograph(page, pictures / f"390-{name}-{theme}-{language}.png")
    assert seen.errors == []
    assert seen.failed == []
