"""The HTML page that starts Streamlit's frontend, served by ourselves at the address of every page.

As installed it guesses where the server is: at `/operations` it first asks `/operations/_stcore/…`, which fails, so
that every shared link would begin with two errors in the console. Told the answer, it asks right at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

BACKEND = "window.__streamlit={BACKEND_BASE_URL:location.origin+'/',MAIN_PAGE_BASE_URL:location.origin+'/'}"
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
# The font that the theme replaces, fetched for nothing.
_PRELOADED_FONT = re.compile(r"<link\s+rel=\"preload\"[^>]*?as=\"font\"[^>]*>", re.DOTALL)


def index_page(title: str) -> str:
    """The installed page with our title, knowing where its server is."""
    page = (files("streamlit") / "static" / "index.html").read_text(encoding="utf-8")
    page = _PRELOADED_FONT.sub("", page)
    return _TITLE.sub(f"<title>{title}</title>\n    <script>{BACKEND}</script>", page, count=1)


def index_routes(page: str, names: Iterable[str]) -> list[Route]:
    """Routes of the pages of these names; the root leads to the first one, whatever its query says."""
    held = list(names)

    async def start(request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/{held[0]}{query}")

    async def index(request: Request) -> Response:
        del request
        return HTMLResponse(page, headers={"cache-control": "no-cache"})

    return [Route("/", start), *(Route(f"/{name}", index) for name in held)]
