"""A server of our own on a free port of this machine, and a browser page that keeps account of everything unwelcome."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, Page

from data.home import VARIABLE, Home

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("SEVENBOARD_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
PATIENCE_SECONDS = 90


@contextmanager
def server(home: Home) -> Iterator[str]:
    """Serve an installation as `streamlit run app.py` does; gives the address. Stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = {**os.environ, VARIABLE: str(home.root)}
    with (home.root / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{address}/healthz", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(f"{address} did not answer; the server's words are in server.log of its home")


@dataclass
class Seen:
    """What a page did that it should not: console errors, failed requests, and every host it asked."""

    errors: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)


@contextmanager
def browsing(
    browser: Browser, *, width: int = 1440, theme: str = "light", locale: str = "en-US"
) -> Iterator[tuple[Page, Seen]]:
    """A page in a browser context of its own, and what it did."""
    seen = Seen()
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if theme == "dark" else "light",
        locale=locale,
        accept_downloads=True,
    )
    page = context.new_page()
    page.on("console", lambda message: seen.errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("requestfailed", lambda request: seen.failed.append(f"{request.url} {request.failure}"))
    page.on("request", lambda request: seen.hosts.add(urlsplit(request.url).netloc))
    try:
        yield page, seen
    finally:
        context.close()


def open_page(page: Page, url: str, charts: int = 9) -> None:
    """Go to the Operations page and wait until all of it, at least so many charts, is drawn."""
    page.goto(url)
    page.wait_for_selector(IDLE, timeout=PATIENCE_SECONDS * 1000)
    page.wait_for_selector("#kpi-net_promoter_score", timeout=PATIENCE_SECONDS * 1000)
    page.wait_for_selector(".sb-board", timeout=PATIENCE_SECONDS * 1000)
    # A function, not an expression: the page's policy forbids to evaluate text.
    drawn = "count => document.querySelectorAll('.js-plotly-plot').length >= count"
    page.wait_for_function(drawn, arg=charts, timeout=PATIENCE_SECONDS * 1000)


def photograph(page: Page, file: Path) -> None:
    """The whole page as a picture: the window grows to the page's height, since only the window is pictured."""
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    width = page.evaluate("window.innerWidth")
    page.set_viewport_size({"width": width, "height": int(height) + 10})
    page.wait_for_timeout(500)
    page.screenshot(path=file)


def values(page: Page) -> list[str]:
    """The values of the cards, in order."""
    return page.locator(".sb-card .value").all_inner_texts()
