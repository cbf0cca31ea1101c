"""The uploads page as a person uses it: drop files, press its buttons, read what it says."""

from __future__ import annotations

import time
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
from streamlit.testing.v1 import AppTest

from data.home import Home
from pages.api.opened import company_lake

SHELL = str(Path(__file__).parents[2] / "pages" / "shell.py")
PATIENCE_SECONDS = 60
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
ORDERS = b"order_id,paid_at,gmv_amount\nA1,2026-11-02 10:00:00,10\nA2,2026-11-03 11:00:00,20\n"


def opened(name: str, **parameters: str) -> AppTest:
    """A page of the analysts, as a link with these parameters opens it."""
    page = AppTest.from_file(SHELL, default_timeout=PATIENCE_SECONDS)
    for parameter, value in parameters.items():
        page.query_params[parameter] = value
    return page.switch_page(f"analysts/{name}.py").run()


def drop(page: AppTest, *files: tuple[str, bytes]) -> None:
    """Drop files onto the page, the last one lands on top."""
    uploader = page.get("file_uploader")[0]
    uploader.set_value([(name, content, "text/csv") for name, content in files]).run()
    assert not page.exception


def press(page: AppTest, prefix: str) -> None:
    """Press the first button whose key begins like this."""
    button(page, prefix).click().run()
    assert not page.exception


def wait(page: AppTest) -> None:
    """Look again and again, as a browser does by itself, until no work is going on."""
    end = time.monotonic() + PATIENCE_SECONDS
    while page.get("progress") and time.monotonic() < end:
        time.sleep(0.1)
        page.run()
    page.run()


def button(page: AppTest, prefix: str) -> Any:
    """The first button whose key begins like this."""
    return next(one for one in page.button if (one.key or "").startswith(prefix))


def buttons(page: AppTest) -> list[str]:
    """What the buttons of the page do, those of remembered mappings aside: their keys up to the first underscore."""
    return sorted({(one.key or "").partition("_")[0] for one in page.button} - {"rename", "forget"})


def words(page: AppTest) -> str:
    """Everything the page says in HTML."""
    return unescape(" ".join(str(block.value) for block in page.html))


def rows(home: Home, sql: str) -> list[tuple[Any, ...]]:
    """What the company's lake answers."""
    cursor: duckdb.DuckDBPyConnection = company_lake(home).connection.cursor()
    return cursor.execute(sql).fetchall()
