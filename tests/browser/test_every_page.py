"""Every page of the menu, on a phone in the dark: nothing fails, comes from elsewhere or sticks out."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from metrics.model import Language
from pages.kit.language import LANGUAGES
from pages.kit.menu import PAGES
from pages.kit.text import say
from tests.browser.serving import IDLE, PATIENCE_SECONDS, browsing

# Each language has its turn.
TURNS = [(entry.name, LANGUAGES[number % len(LANGUAGES)]) for number, entry in enumerate(PAGES)]


@pytest.mark.parametrize(("name", "language"), TURNS)
def test_a_page_opens_without_errors_failed_requests_or_foreign_hosts(
    browser: Browser, address: str, name: str, language: Language
) -> None:
    with browsing(browser, width=390, theme="dark") as (page, seen):
        page.goto(f"{address}/{name}?lang={language}")
        page.get_by_text(say("shell.demo_badge", language), exact=True).wait_for(timeout=PATIENCE_SECONDS * 1000)
        page.wait_for_selector(IDLE, timeout=PATIENCE_SECONDS * 1000)
        failure = say("shell.failure", language, time="|").split("|")[0]
        assert page.get_by_text(failure).count() == 0
        widths = "[document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth]"
        assert max(page.evaluate(widths)) <= 390
    assert seen.errors == []
    assert seen.failed == []
    assert seen.hosts == {urlsplit(address).netloc}
