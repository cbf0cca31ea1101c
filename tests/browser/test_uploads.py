"""Uploads in a real browser: a file goes in, the Operations page shows it, and it is taken back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from data.home import Home
from metrics.model import Language
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
        read(page, "gmv_amount is not a number: 'ten'")
        photograph(page, pictures / "uploads-checked.png")
        press(page, "load_")
        read(page, "1 of 4 rows were refused")
        with page.expect_download() as download:
            page.get_by_role("link", name=say("uploads.refused_file", "en")).click()
        refused = csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig")))
        assert [(row["order_id"], row["[Sevenboard] Line"]) for row in refused] == [("A3", "4")]
        page.get_by_text(say("uploads.see", "en")).click()
        page.locator("#kpi-gmv").get_by_text("¥31").wait_for(timeout=PATIENCE)
        assert "period=2026-04-03..2026-06-07" in page.url
        page.get_by_role("link", name=say("shell.uploads", "en")).click()
        press(page, "take_back_")
        read(page, "Take batch 1 back?")
        press(page, "sure")
        read(page, "Batch 1 (orders.csv) is taken back.")
        page.get_by_role("link", name=say("shell.operations", "en")).click()
        read(page, "This lake holds no rows for this page")
    assert seen.errors == []
    assert [failed for failed in seen.failed if "/export/" not in failed] == []
    assert seen.hosts == {urlsplit(bare_address).netloc}


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
