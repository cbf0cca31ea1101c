"""Who is looking. Everybody is EVERYONE until a login names people; pages and routes ask only here."""

from __future__ import annotations

from collections.abc import Mapping

from metrics.policy import EVERYONE, Viewer


def viewer_of(headers: Mapping[str, str]) -> Viewer:
    """The viewer behind the headers of a request or of a WebSocket's first message."""
    del headers
    return EVERYONE
