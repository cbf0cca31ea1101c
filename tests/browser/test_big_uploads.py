"""A file above Streamlit's limit in a real browser: the connection breaks, the page is reloaded, and it goes on."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil
import pytest
from playwright.sync_api import Browser, Page, Request, Response

from data.home import Home
from pages.kit.text import say
from tests.browser.serving import IDLE, browsing, server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE = 60_000
MB = 1024 * 1024
ROWS = 70_000
# Slow enough to be broken off in the middle.
BYTES_A_SECOND = 16 * MB


def export(file: Path) -> None:
    """About 60 MB of orders, most of it remarks that nothing reads."""
    with file.open("w", encoding="utf-8") as target:
        target.write("order_id,paid_at,gmv_amount,remark\n")
        for at in range(ROWS):
            target.write(f"A{at},2026-11-{at % 20 + 1:02d} 10:00:00,{at % 90 + 10},{'x' * 850}\n")


def memory_mb(address: str) -> float:
    """What the server at this address holds, which this process started."""
    port = str(urlsplit(address).port)
    found = next(one for one in psutil.Process(os.getpid()).children() if port in one.cmdline())
    return float(found.memory_info().rss) / MB


def open_zone(page: Page, address: str) -> None:
    """Open the page and unfold the place for large files."""
    page.goto(f"{address}/uploads?lang=en")
    page.wait_for_selector(IDLE, timeout=PATIENCE)
    page.locator(".st-key-large summary").click()
    page.locator(".st-key-large .browse").wait_for(timeout=PATIENCE)


def choose(page: Page, file: Path) -> None:
    """Choose a large file."""
    page.locator(".st-key-large input[type=file]").set_input_files(file)


def offset(one: Request) -> int | None:
    """From which byte on a request appends; None for any other request."""
    said = parse_qs(urlsplit(one.url).query).get("offset")
    return int(said[0]) if said and one.method == "PUT" else None


def test_a_large_file_goes_on_after_a_broken_connection_and_a_reload(browser: Browser, tmp_path: Path) -> None:
    file, home = tmp_path / "large.csv", Home(tmp_path / "home")
    home.root.mkdir()
    export(file)
    with server(home) as address, browsing(browser) as (page, seen):
        line = page.context.new_cdp_session(page)

        def throttle(*, is_offline: bool, speed: int) -> None:
            facts = {"offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": speed}
            line.send("Network.emulateNetworkConditions", facts)

        open_zone(page, address)
        offsets: list[int] = []
        grown: list[float] = []
        before = memory_mb(address)

        def watch(reply: Response) -> None:
            start = offset(reply.request)
            if start is not None:
                offsets.append(start)
                grown.append(memory_mb(address) - before)

        page.on("response", watch)
        throttle(is_offline=False, speed=BYTES_A_SECOND)
        choose(page, file)
        page.wait_for_event("response", lambda reply: (offset(reply.request) or 0) > 0, timeout=PATIENCE)
        throttle(is_offline=True, speed=0)
        page.get_by_text(say("uploads.large_broken", "en")).wait_for(timeout=PATIENCE)
        throttle(is_offline=False, speed=-1)
        page.goto("about:blank")
        # What the break itself left behind.
        seen.errors.clear()
        seen.failed.clear()
        sent = len(offsets)

        open_zone(page, address)
        choose(page, file)
        page.locator(".sb-file", has_text="large.csv").wait_for(timeout=PATIENCE)
        assert offsets[sent] >= 8 * MB
        assert offsets == sorted(set(offsets))
        assert max(grown) < 30
        page.locator("[class*='st-key-check_'] button:visible").first.click()
        page.get_by_text(say("uploads.load", "en", rows=f"{ROWS:,}")).wait_for(timeout=PATIENCE)
        assert seen.errors == []
        assert seen.failed == []
        assert seen.hosts == {urlsplit(address).netloc}
