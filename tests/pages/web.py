"""Asks an ASGI app one thing, as a server would."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from starlette.types import ASGIApp


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


def get(app: ASGIApp, url: str) -> Reply:
    """GET a path with its query."""
    return ask(app, "GET", url)


def ask(
    app: ASGIApp,
    method: str,
    url: str,
    headers: Mapping[str, str] = MappingProxyType({}),
    pieces: Sequence[bytes] = (b"",),
    *,
    breaks: bool = False,
) -> Reply:
    """Any request, its body in pieces; with `breaks` the connection is gone after the last one, more was to come."""
    parts = urlsplit(url)
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "headers": [(b"host", b"localhost"), *((name.encode(), said.encode()) for name, said in headers.items())],
        "server": ("localhost", 80),
        "client": ("localhost", 1),
    }
    end = len(pieces) - (0 if breaks else 1)
    body = [{"type": "http.request", "body": piece, "more_body": at < end} for at, piece in enumerate(pieces)]
    messages = run(exchange(app, scope, [*body, {"type": "http.disconnect"}] if breaks else body))
    start = messages[0]
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return Reply(start["status"], headers, b"".join(part.get("body", b"") for part in messages[1:]))


def run(answer: Coroutine[Any, Any, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Wait for an answer in a thread of its own: a browser test before this one may have left its loop running here."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, answer).result()


async def exchange(
    app: ASGIApp, scope: dict[str, Any], body: Sequence[dict[str, Any]] = ({"type": "http.request", "body": b""},)
) -> list[dict[str, Any]]:
    """Everything the app sends for one request or connection attempt."""
    sent: list[dict[str, Any]] = []
    waiting = [{"type": "websocket.connect"}] if scope["type"] == "websocket" else list(body)

    async def receive() -> dict[str, Any]:
        if waiting:
            return waiting.pop(0)
        await asyncio.sleep(3600)
        return {}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    await app(scope, receive, send)
    return sent
