"""The Operations page in a real browser."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from metrics.model import Language
from pages.kit.language import LANGUAGES, NAMES
from pages.kit.menu import title
from pages.kit.text import say
from tests.browser.serving import IDLE, browsing, open_page, photograph, values

pytestmark = pytest.mark.browser
# Each theme has its turn, the phone below has simplified Chinese; `make test-slow` shows every language in both.
QUICK = {("light", "en"), ("dark", "zh-Hant")}
DRESSES = [
    pytest.param(theme, language, marks=[] if (theme, language) in QUICK else [pytest.mark.slow])
    for theme in ("light", "dark")
    for language in LANGUAGES
]


@pytest.mark.parametrize(("theme", "language"), DRESSES)
def test_the_page_renders_without_errors_failed_requests_or_foreign_hosts(
    browser: Browser, address: str, pictures: Path, theme: str, language: Language
) -> None:
    with browsing(browser, theme=theme) as (page, seen):
        open_page(page, f"{address}/?lang={language}")
        assert page.get_by_text(say("department.operations", language)).is_visible()
        assert page.get_by_text(say("shell.demo_badge", language), exact=True).is_visible()
        photograph(page, pictures / f"1440-{theme}-{language}.png")
        assert page.evaluate("document.fonts.check('14px Inter')")
    assert seen.errors == []
    assert seen.failed == []
    assert seen.hosts == {urlsplit(address).netloc}


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.slow), "zh-Hans"])
def test_a_phone_shows_two_cards_side_by_side_and_nothing_sticks_out(
    browser: Browser, address: str, pictures: Path, language: Language
) -> None:
    with browsing(browser, width=390, theme="dark") as (page, seen):
        open_page(page, f"{address}/operations?lang={language}")
        boxes = [
            page.locator(f"#kpi-{kpi}").bounding_box() for kpi in ("gmv", "paid_orders", "session_conversion_rate")
        ]
        first, second, third = (box or {} for box in boxes)
        assert first["y"] == pytest.approx(second["y"], abs=2)
        assert third["y"] > first["y"] + 50
        widths = "[document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth]"
        assert max(page.evaluate(widths)) <= 390
        photograph(page, pictures / f"390-dark-{language}.png")
    assert seen.errors == []
    assert seen.failed == []


def test_a_link_to_another_page_opens_it_without_a_failed_request(browser: Browser, address: str) -> None:
    """Left to itself the frontend first asks `/uploads/_stcore/health`, and is told 404."""
    with browsing(browser) as (page, seen):
        page.goto(f"{address}/uploads?lang=en")
        page.get_by_role("heading", name=title("uploads").say("en")).wait_for()
        page.get_by_role("link", name=title("operations").say("en")).click()
        page.wait_for_selector("#kpi-gmv")
        assert "/operations" in page.url
        assert "lang=en" in page.url
    assert seen.errors == []
    assert seen.failed == []


def test_a_shared_link_opens_the_same_view_for_somebody_with_another_browser(browser: Browser, address: str) -> None:
    with browsing(browser) as (page, _):
        open_page(page, f"{address}/operations?lang=en")
        before = values(page)
        page.get_by_role("radio", name="7D").click()
        page.wait_for_function("text => document.querySelector('.sb-card .value').innerText !== text", arg=before[0])
        page.get_by_role("radio", name=say("period.last_year", "en")).click()
        page.wait_for_url("**/*compare=last_year*")
        page.wait_for_selector(IDLE)
        page.wait_for_function(
            "text => document.querySelector('.sb-card .delta').innerText.includes(text)",
            arg=say("period.vs_last_year", "en"),
        )
        link, seen_here = page.url, values(page)
    assert {"period=7d", "compare=last_year", "lang=en"} <= set(urlsplit(link).query.split("&"))
    with browsing(browser, theme="dark", locale="zh-TW") as (page, _):
        # A week of a small company may lack what one of the charts shows.
        open_page(page, link, charts=6)
        assert values(page) == seen_here


def test_the_language_menu_turns_the_page_and_keeps_the_period(browser: Browser, address: str) -> None:
    with browsing(browser) as (page, seen):
        open_page(page, f"{address}/operations?period=90d")
        page.locator(".st-key-language button").first.click()
        page.get_by_text(NAMES["zh-Hant"]).click()
        page.get_by_text(say("panel.questions", "zh-Hant"), exact=True).wait_for()
        assert {"period=90d", "lang=zh-Hant"} <= set(urlsplit(page.url).query.split("&"))
    assert seen.errors == []


def test_the_calendar_menu_does_not_bring_back_old_days(browser: Browser, address: str) -> None:
    """Opened and closed, its dates must not come along with the next click elsewhere."""
    with browsing(browser) as (page, _):
        open_page(page, f"{address}/operations?lang=en&period=2026-09-01..2026-10-15")
        page.locator(".st-key-range_menu button").first.click()
        page.get_by_text(say("period.range", "en")).wait_for()
        page.keyboard.press("Escape")
        page.get_by_role("radio", name="7D").click()
        page.get_by_role("radio", name=say("period.last_year", "en")).click()
        page.wait_for_url("**/*compare=last_year*")
        page.wait_for_selector(IDLE)
        assert "period=7d" in page.url


def test_clicks_into_a_run_that_is_going_on_are_all_heeded(browser: Browser, address: str) -> None:
    """Each comes with the address as it was before the ones that the browser has not heard of."""
    with browsing(browser) as (page, seen):
        open_page(page, f"{address}/operations?lang=en")
        last_year, previous = (say(f"period.{name}", "en") for name in ("last_year", "previous"))
        _click_fast(page, ("90D", last_year, "7D"), 5)
        page.wait_for_url(lambda url: {"period=7d", "compare=last_year"} <= set(urlsplit(url).query.split("&")))
        _click_fast(page, ("90D", previous, "28D"), 60)
        page.wait_for_url(lambda url: not {"period", "compare"} & set(parse_qs(urlsplit(url).query)))
        _click_fast(page, ("7D", last_year), 5)
        page.wait_for_url("**/*compare=last_year*")
        page.wait_for_selector(IDLE)
        page.go_back()
        page.wait_for_url(lambda url: "compare" not in url)
        page.wait_for_selector(IDLE)
        assert "compare" not in page.url
    assert seen.errors == []


def test_the_rows_behind_a_number_open_by_link_turn_and_download(browser: Browser, address: str) -> None:
    with browsing(browser) as (page, seen):
        open_page(page, f"{address}/operations?lang=en&rows=gmv&period=90d")
        dialog = page.get_by_role("dialog")
        dialog.get_by_text("1 to 50 of").wait_for()
        dialog.get_by_role("button", name=say("rows.next", "en")).click()
        dialog.get_by_text("51 to 100 of").wait_for()
        dialog.get_by_test_id("stDataFrame").hover()
        assert not dialog.get_by_test_id("stElementToolbar").is_visible()
        assert "page=2" in page.url
        with page.expect_download() as download:
            dialog.get_by_role("link", name="CSV").click()
        assert download.value.suggested_filename.startswith("gmv_")
        page.keyboard.press("Escape")
        page.wait_for_url(lambda url: "rows=" not in url)
    assert seen.errors == []


def _click_fast(page: Page, names: tuple[str, ...], gap: int) -> None:
    """Click the named choices, so many milliseconds after each other, whatever the page is doing."""
    page.evaluate(
        """([names, gap]) => names.forEach((name, at) => setTimeout(() => {
            const choices = [...document.querySelectorAll("[role=radio]")];
            choices.find(choice => choice.innerText.trim() === name).click();
        }, at * gap))""",
        [list(names), gap],
    )
