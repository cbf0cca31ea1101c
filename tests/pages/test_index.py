"""The page that starts the frontend, at the address of every page."""

from __future__ import annotations

from starlette.applications import Starlette

from pages.access.headers import content_policy
from pages.api.index import BACKEND, index_page, index_routes
from pages.kit.menu import PAGES
from tests.pages.web import get

PAGE = index_page("Sevenboard")
HOUSE = Starlette(routes=index_routes(PAGE, ["operations", "uploads"]))


def test_the_installed_page_is_told_where_its_server_is_before_any_other_script_runs() -> None:
    assert PAGE.index(BACKEND) < PAGE.index('type="module"')
    assert "<title>Sevenboard</title>" in PAGE
    assert 'as="font"' not in PAGE


def test_the_policy_knows_every_script_in_the_page() -> None:
    assert content_policy(PAGE).count("'sha256-") == PAGE.count("<script>")


def test_the_root_leads_to_the_first_page_with_the_whole_link() -> None:
    reply = get(HOUSE, "/?lang=zh-Hans&region=a&region=b")
    assert reply.status == 307
    assert reply.headers["location"] == "/operations?lang=zh-Hans&region=a&region=b"
    assert get(HOUSE, "/").headers["location"] == "/operations"


def test_every_page_of_the_menu_answers_at_its_own_address_and_is_never_kept_by_the_browser() -> None:
    house = Starlette(routes=index_routes(PAGE, [entry.name for entry in PAGES]))
    for entry in PAGES:
        reply = get(house, f"/{entry.name}")
        assert reply.status == 200
        assert reply.headers["cache-control"] == "no-cache"
