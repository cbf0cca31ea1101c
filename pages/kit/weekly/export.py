"""Downloads of packs: a route beside the pages that renders one for who asks, and the links that lead to it."""

from __future__ import annotations

from html import escape
from urllib.parse import quote, urlencode

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data.errors import DataError
from data.home import Home
from metrics.errors import MetricError
from metrics.model import Language
from pages.access.viewer import viewer_of
from pages.api.links import language
from pages.api.opened import opened
from pages.kit.address import known_lake
from pages.kit.engine import open_store
from pages.kit.uploads.workshop import moment
from pages.kit.visit import Visit
from pages.pack.canonical import read
from pages.pack.delivery.post import post_for
from pages.pack.desk import Desk
from pages.pack.renderings.pdf import Shape
from pages.pack.renderings.render import FORMATS, MEDIA, Format, Look, file_name, render
from pages.pack.restatements import restatements

PATH = "/export/pack"
SHAPES: tuple[tuple[Format, Shape], ...] = (
    ("pdf", "a4"),
    ("pdf", "wide"),
    ("pptx", "a4"),
    ("xlsx", "a4"),
    ("html", "a4"),
)


def pack_routes() -> list[Route]:
    """The one download."""

    async def pack(request: Request) -> Response:
        return await run_in_threadpool(_answered, request)

    return [Route(PATH, pack)]


def downloads(visit: Visit, week: str) -> None:
    """Draw the links to all renderings of a pack in the reader's language."""
    links = "".join(
        f'<a class="sb-badge" href="{escape(_link(visit, week, form, shape))}" download>'
        f"{escape(visit.say(f'weekly.get_{form}' if shape == 'a4' else 'weekly.get_wide'))}</a>"
        for form, shape in SHAPES
    )
    st.html(f'<div class="sb sb-strip">{links}</div>')


def _link(visit: Visit, week: str, form: Format, shape: Shape) -> str:
    asked = {"week": week, "form": form, "shape": shape, "lang": visit.language, "data": visit.store.kind}
    return f"{PATH.lstrip('/')}?{urlencode(asked)}"


def _answered(request: Request) -> Response:
    asked = request.query_params
    tongue: Language = language(asked.get("lang"))
    form = next((one for one in FORMATS if one == asked.get("form")), FORMATS[0])
    shape: Shape = "wide" if asked.get("shape") == "wide" else "a4"
    home = Home.from_environment()
    try:
        found = opened(home)
        desk = Desk.open(found, is_demo=open_store(home, known_lake(asked.get("data"))).kind == "demo")
        kept = desk.store.issued(asked.get("week", ""))
        if kept is None:
            now, week = moment(), asked.get("week") or desk.current_week()
            content = desk.draft(week, now, restatements(desk, now, week))
        else:
            content = read(kept.text)
        content = content.seen_by(viewer_of(request.headers).access)
        look = Look(shape, post_for(desk.settings, "").look.template, kept.content_hash if kept else "")
        made = render(content, form, tongue, look)
    except (MetricError, DataError) as error:
        return PlainTextResponse(error.say(tongue), 400)
    name = quote(file_name(content, form, tongue, shape))
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}", "cache-control": "no-store"}
    return Response(made, media_type=MEDIA[form], headers=headers)
