"""A large file comes in slices, goes on where it stopped, and comes from our own page only."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.types import ASGIApp

from data.home import Home
from data.scratch import scratch
from data.settings import Settings, write_settings
from pages.access.xsrf import sender
from pages.api.arrival_errors import TooMany, WrongOffset
from pages.api.arrivals import KEPT_SECONDS, MB, MOST_OF_ONE, RESTING_SECONDS, Arrivals
from pages.api.uploads import upload_routes
from pages.kit.uploads.tray import Tray
from tests.pages.web import ask

TOKEN = "2|00000000|0102030405060708090a0b0c0d0e0f10|1700000000"
# The same token under another mask, as the next page gives it.
MASKED = "2|ffffffff|fefdfcfbfaf9f8f7f6f5f4f3f2f1f0ef|1700000000"
OTHER = "2|00000000|ffffffffffffffffffffffffffffffff|1700000000"
OURS = {"cookie": f"_streamlit_xsrf={TOKEN}", "x-xsrftoken": MASKED, "origin": "http://localhost"}
ROWS = b"order_id,paid_at\nA1,2026-11-02\n"


class Browser:
    """Asks the routes of a home as a page does."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str] = OURS) -> None:
        self.app, self.headers = app, headers

    def __call__(
        self, method: str, path: str, body: bytes | Sequence[bytes] = b"", *, breaks: bool = False
    ) -> tuple[int, dict[str, Any]]:
        pieces = (body,) if isinstance(body, bytes) else body
        reply = ask(self.app, method, f"/incoming{path}", self.headers, pieces, breaks=breaks)
        return reply.status, json.loads(reply.body)

    def begin(self, size: int = len(ROWS), name: str = "orders.csv") -> tuple[int, dict[str, Any]]:
        return self("POST", "", json.dumps({"name": name, "size": size, "mark": f"{name}|{size}|17"}).encode())


@pytest.fixture
def store() -> Arrivals:
    return Arrivals(Path(tempfile.mkdtemp(dir=scratch())))


@pytest.fixture
def open_app(bare_home: Home, store: Arrivals) -> Callable[..., Starlette]:
    def opened(limit_mb: int = 2048) -> Starlette:
        write_settings(bare_home.settings_file, Settings(max_upload_mb=limit_mb))
        return Starlette(routes=upload_routes(lambda: bare_home, sender, store))

    return opened


@pytest.fixture
def browser(open_app: Callable[..., Starlette]) -> Browser:
    return Browser(open_app())


def test_a_file_goes_on_after_a_broken_connection_and_lands_in_the_tray(browser: Browser, store: Arrivals) -> None:
    _, begun = browser.begin()
    ticket = begun["upload"]
    browser("PUT", f"/{ticket}?offset=0", (ROWS[:3], ROWS[3:10]), breaks=True)
    assert browser.begin() == (200, {"upload": ticket, "have": 10})
    assert browser("POST", f"/{ticket}/finish")[0] == 409
    assert store.take(ticket) is None
    assert browser("PUT", f"/{ticket}?offset=10", ROWS[10:]) == (200, {"have": len(ROWS)})
    assert browser("POST", f"/{ticket}/finish") == (200, {"upload": ticket})
    found = store.take(ticket)
    assert found is not None
    tray = Tray()
    staged = tray.add_file(found.name, found.path, found.size)
    assert (staged.name, staged.size, staged.path.read_bytes()) == ("orders.csv", len(ROWS), ROWS)
    assert not found.path.exists()


@pytest.mark.parametrize("offset", [0, 4, 6])
def test_a_wrong_offset_is_told_the_right_one_and_writes_nothing(browser: Browser, offset: int) -> None:
    ticket = browser.begin()[1]["upload"]
    browser("PUT", f"/{ticket}?offset=0", ROWS[:5])
    status, said = browser("PUT", f"/{ticket}?offset={offset}", b"zz")
    assert (status, said["have"]) == (409, 5)
    assert browser.begin()[1]["have"] == 5


def test_a_request_that_hangs_loses_to_the_next_one(store: Arrivals) -> None:
    ticket = store.begin("me", "a.csv", 6, "", 1, 0).ticket
    hanging = store.turn(ticket, "me", 0, 0)
    store.add(ticket, "me", hanging, b"abc")
    newer = store.turn(ticket, "me", 3, 0)
    with pytest.raises(WrongOffset):
        store.add(ticket, "me", hanging, b"xyz")
    assert store.add(ticket, "me", newer, b"def") == 6
    found = store.take(ticket)
    assert found is not None
    assert found.path.read_bytes() == b"abcdef"


@pytest.mark.parametrize(
    "wrong",
    [
        {"x-xsrftoken": OTHER},
        {"x-xsrftoken": ""},
        {"cookie": ""},
        {"origin": "http://evil.example"},
        {"origin": ""},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_only_our_own_page_may_send(open_app: Callable[..., Starlette], store: Arrivals, wrong: dict[str, str]) -> None:
    app = open_app()
    ticket = Browser(app).begin()[1]["upload"]
    stranger = Browser(app, {**OURS, **wrong})
    for method, path in (("POST", ""), ("PUT", f"/{ticket}?offset=0"), ("POST", f"/{ticket}/finish")):
        assert stranger(method, path, ROWS)[0] == 403
    assert stranger("DELETE", f"/{ticket}")[0] == 403
    assert Browser(app).begin()[1] == {"upload": ticket, "have": 0}
    assert len(list(store.folder.glob("*.partial"))) == 1


def test_another_browser_neither_sees_nor_touches_a_file(open_app: Callable[..., Starlette]) -> None:
    app = open_app()
    ticket = Browser(app).begin()[1]["upload"]
    other = Browser(app, {**OURS, "cookie": f"_streamlit_xsrf={OTHER}", "x-xsrftoken": OTHER})
    assert other("PUT", f"/{ticket}?offset=0", ROWS)[0] == 404
    assert other("DELETE", f"/{ticket}")[0] == 404
    assert other.begin()[1]["upload"] != ticket


def test_a_file_beyond_the_limit_is_refused_before_and_while_it_is_sent(open_app: Callable[..., Starlette]) -> None:
    app = open_app(limit_mb=1)
    status, said = Browser(app)("POST", "?lang=zh-Hant", b'{"name": "a.csv", "size": 1048577, "mark": ""}')
    assert status == 413
    assert said["sentence"].startswith("此檔案超過 1 MB")
    ticket = Browser(app).begin(MB)[1]["upload"]
    announced = Browser(app, {**OURS, "content-length": str(MB + 1)})
    assert announced("PUT", f"/{ticket}?offset=0", b"")[0] == 413
    assert Browser(app)("PUT", f"/{ticket}?offset=0", (b"x" * MB, b"y"))[0] == 413
    assert Browser(app).begin(MB)[1]["have"] == MB


def test_more_bytes_than_were_announced_are_refused(browser: Browser) -> None:
    ticket = browser.begin(5)[1]["upload"]
    assert browser("PUT", f"/{ticket}?offset=0", (b"12345", b"6"))[0] == 400
    assert browser.begin(5)[1]["have"] == 5


def test_a_file_that_the_disk_cannot_take_is_refused(open_app: Callable[..., Starlette]) -> None:
    status, said = Browser(open_app(limit_mb=10**9)).begin(10**15)
    assert status == 507
    assert "no room" in said["sentence"]


def test_a_cancelled_file_leaves_nothing(browser: Browser, store: Arrivals) -> None:
    ticket = browser.begin()[1]["upload"]
    browser("PUT", f"/{ticket}?offset=0", ROWS)
    assert browser("DELETE", f"/{ticket}") == (200, {})
    assert list(store.folder.glob("*.partial")) == []
    assert browser("PUT", f"/{ticket}?offset=0", ROWS)[0] == 404


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\..\\a.csv", "a\x00b.csv", "."])
def test_a_name_is_never_a_path(browser: Browser, store: Arrivals, name: str) -> None:
    ticket = browser.begin(name=name)[1]["upload"]
    browser("PUT", f"/{ticket}?offset=0", ROWS)
    assert [path.parent for path in store.folder.rglob("*.partial")] == [store.folder]
    found = store.take(ticket)
    assert found is not None
    tray = Tray()
    assert tray.folder in tray.add_file(found.name, found.path, found.size).path.resolve().parents


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b'{"name": "a", "size": "1", "mark": ""}', b'{"name": "", "size": 1, "mark": ""}',
     b'{"name": "a", "size": 0, "mark": ""}', b'{"name": "a", "size": -1, "mark": ""}', b"x" * 9000],
)  # fmt: skip
def test_an_announcement_that_says_nothing_is_refused(browser: Browser, body: bytes) -> None:
    status, said = browser("POST", "", body)
    assert status == 400
    assert "Nothing was loaded" in said["sentence"]


@pytest.mark.parametrize("path", ["/../x?offset=0", "/x?offset=0", "/x"])
def test_an_unknown_upload_is_refused(browser: Browser, path: str) -> None:
    assert ask(browser.app, "PUT", f"/incoming{path}", OURS, (ROWS,)).status in (400, 404)


def test_a_browser_has_a_few_files_on_their_way_and_a_resting_one_gives_way(store: Arrivals) -> None:
    first, *_ = [store.begin("me", f"{at}.csv", 1, "", 1, at) for at in range(MOST_OF_ONE)]
    with pytest.raises(TooMany):
        store.begin("me", "one more.csv", 1, "", 1, MOST_OF_ONE)
    store.begin("you", "0.csv", 1, "", 1, MOST_OF_ONE)
    store.begin("me", "one more.csv", 1, "", 1, RESTING_SECONDS + 1)
    assert not first.path.exists()


def test_a_file_that_nobody_sends_on_goes_after_a_day(store: Arrivals) -> None:
    left = store.begin("me", "a.csv", 1, "", 1, 0)
    assert store.clear(KEPT_SECONDS) == 0
    assert store.clear(KEPT_SECONDS + 1) == 1
    assert not left.path.exists()


def test_many_threads_at_one_file_leave_its_bytes_in_order(store: Arrivals) -> None:
    size, step = 4000, 10
    content = bytes(at % 251 for at in range(size))
    ticket = store.begin("me", "a.csv", size, "", 1, 0).ticket

    def send() -> None:
        have = 0
        while have < size:
            try:
                turn = store.turn(ticket, "me", have, 0)
                have = store.add(ticket, "me", turn, content[have : have + step])
            except WrongOffset as error:
                have = int(str(error.values["have"]))

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = store.take(ticket)
    assert found is not None
    assert found.path.read_bytes() == content
