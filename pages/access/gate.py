"""The gate: every request and every WebSocket passes here before anything else of the house sees it."""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

OPEN_PATHS = ("/healthz", "/_stcore/health")


class Gate:
    """ASGI middleware that lets in whoever `may_pass` names: for now everybody.

    A refused HTTP request is answered 401; a refused WebSocket is closed before it is accepted (the browser sees 403).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def may_pass(self, scope: Scope) -> bool:
        """Whether this request may go on. The one place that a login changes."""
        return scope["type"] in ("http", "websocket", "lifespan")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("path", "") in OPEN_PATHS or self.may_pass(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 4401})
        else:
            await PlainTextResponse("Sign in first.", 401)(scope, receive, send)
