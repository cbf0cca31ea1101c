"""Every page of the menu, wide and narrow, by day and night, in every language: nothing fails or is cut."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from metrics.model import Language
from pages.kit.language import LANGUAGES
from pages.kit.menu import PAGES
from pages.kit.text import say
from tests.browser.faults import faults, settle
from tests.browser.serving import PATIENCE_SECONDS, browsing

WIDTHS, THEMES = (390, 1440), ("dark", "light")
# Each way to look at a page has its turn; `make test-slow` looks at every page in all of them.
WAYS = tuple(product(WIDTHS, THEMES, LANGUAGES))
TURNS = [(entry.name, *WAYS[number * 5 % len(WAYS)]) for number, entry in enumerate(PAGES)]
# One page of each kind is looked at every time: departments share a frame, the others are each of their own kind.
QUICK = ("company", "weekly", "finance", "uploads", "catalogue", "settings")
LOOKS = [pytest.param(*turn, marks=[] if turn[0] in QUICK else [pytest.mark.slow]) for turn in TURNS]
ALL = [(entry.name, *way) for entry in PAGES for way in WAYS if (entry.name, *way) not in TURNS]


def look(browser: Browser, address: str, name: str, width: int, theme: str, language: Language) -> None:
    """Open a page and say everything that is wrong with it."""
    with browsing(browser, width=width, theme=theme) as (page, seen):
        page.goto(f"{address}/{name}?lang={language}")
        page.get_by_text(say("shell.demo_badge", language), exact=True).wait_for(timeout=PATIENCE_SECONDS * 1000)
        settle(page)
        failure = say("shell.failure", language, time="|").split("|")[0]
        assert page.get_by_text(failure).count() == 0
        assert faults(page) == []
    assert seen.errors == []
    assert seen.failed == []
    assert seen.hosts == {urlsplit(address).netloc}


@pytest.mark.parametrize(("name", "width", "theme", "language"), LOOKS)
def test_a_page_opens_whole_without_errors_failed_requests_or_foreign_hosts(
    browser: Browser, address: str, name: str, width: int, theme: str, language: Language
) -> None:
    look(browser, address, name, width, theme, language)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "width", "theme", "language"), ALL)
def test_a_page_is_whole_at_every_width_in_every_theme_and_language(
    browser: Browser, address: str, name: str, width: int, theme: str, language: Language
) -> None:
    look(browser, address, name, width, theme, language)


@pytest.mark.parametrize(
    ("spoilt", "fault"),
    [
        ("document.querySelector('.sb-card .value').style.cssText = 'width: 9rem; position: relative; left: 900px'",
         "leaves its card"),
        ("document.querySelector('.sb-head span').style.cssText = 'width: 2rem; white-space: nowrap'",
         "wider than its place"),
        ("document.querySelector('.js-plotly-plot text').setAttribute('x', -900)", "cut by"),
        ("document.querySelector('[class*=st-key-panel_]').innerHTML = '<b>Sales</b>'", "an empty panel"),
        ("document.querySelector('.sb-title').style.width = '3000px'", "the page is"),
    ],
)  # fmt: skip
def test_each_fault_is_found_where_it_is_planted(planted: Page, spoilt: str, fault: str) -> None:
    assert faults(planted) == []
    planted.evaluate(f"() => {{ {spoilt} }}")
    assert any(found.startswith(fault) for found in faults(planted))
    planted.reload()
    settle(planted)


@pytest.fixture(scope="module")
def planted(browser: Browser, address: str) -> Iterator[Page]:
    """A page on which all is well."""
    with browsing(browser, width=390) as (page, _):
        page.goto(f"{address}/technology?lang=en")
        settle(page)
        yield page
