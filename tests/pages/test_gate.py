"""Every answer carries the headers; the gate is the one place that lets in or refuses."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Scope

from pages.access.gate import Gate
from pages.access.headers import SecurityHeaders, content_policy
from tests.pages.web import exchange, get, run


async def page(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"page {request.url.path}")


HOUSE = Starlette(routes=[Route("/", page), Route("/healthz", page)])


class ClosedGate(Gate):
    """A gate that nobody may pass."""

    def may_pass(self, scope: Scope) -> bool:
        return scope["type"] == "lifespan"


def test_for_now_everybody_may_pass() -> None:
    assert get(Gate(HOUSE), "/").status == 200


def test_a_closed_gate_refuses_everything_but_the_health_check() -> None:
    assert get(ClosedGate(HOUSE), "/").status == 401
    assert get(ClosedGate(HOUSE), "/healthz").status == 200


def test_a_closed_gate_closes_a_websocket_before_it_is_accepted() -> None:
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": []}
    assert [message["type"] for message in run(exchange(ClosedGate(HOUSE), scope))] == ["websocket.close"]


def test_what_the_gate_refuses_carries_the_headers_too() -> None:
    reply = get(SecurityHeaders(ClosedGate(HOUSE), content_policy("")), "/")
    assert reply.status == 401
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'self'" in reply.headers["content-security-policy"]


def test_the_policy_allows_this_host_only_and_of_inline_scripts_only_the_index_pages_own() -> None:
    policy = content_policy("<head><script>window.x = 1</script><script src='a.js'></script></head>")
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert scripts.count("'sha256-") == 1
    assert "unsafe" not in scripts
    assert "http" not in policy
