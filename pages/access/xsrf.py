"""Whether a request that changes something comes from our own page, and from which browser."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from starlette.requests import Request
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string, validate_xsrf_token

COOKIE = "_streamlit_xsrf"
HEADER = "x-xsrftoken"


def sender(request: Request) -> str | None:
    """The browser that sends this, as a name that does not give its token away; None for any other site's request.

    The page proves itself as Streamlit's own uploader does: it sends the token of its cookie in a header as well, which
    no other site can read. Compared in constant time.
    """
    cookie = request.cookies.get(COOKIE)
    if not _is_same_origin(request) or not validate_xsrf_token(request.headers.get(HEADER), cookie):
        return None
    # The cookie's text is masked anew with every page; the token in it stays.
    token, _ = decode_xsrf_token_string(cookie or "")
    return hashlib.sha256(token).hexdigest() if token else None


def _is_same_origin(request: Request) -> bool:
    said = request.headers.get("sec-fetch-site")
    if said is not None:
        return said == "same-origin"
    # Browsers say it over TLS and on this machine only; else the host has to be the one that was asked.
    origin = request.headers.get("origin", "")
    return bool(origin) and urlsplit(origin).netloc == request.headers.get("host")
