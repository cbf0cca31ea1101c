"""The front door: `streamlit run app.py` (or any ASGI server, `app:app`) serves pages and routes in one process."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request

from data.home import Home
from pages.access.gate import Gate
from pages.access.headers import SecurityHeaders, content_policy
from pages.access.viewer import viewer_of
from pages.access.xsrf import sender
from pages.api.index import index_page, index_routes
from pages.api.keeping import keeping
from pages.api.routes import Source, routes
from pages.kit.address import known_lake
from pages.kit.ahead import keep_ahead
from pages.kit.engine import open_store
from pages.kit.failure import show_failure
from pages.kit.menu import PAGES
from pages.kit.visit import catalogue_of
from pages.kit.weekly.clock import keep_time
from pages.kit.weekly.export import pack_routes

HOME = Home.from_environment()
INDEX = index_page("Sevenboard")


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Open what every page needs, then take it out of the garbage collector's sight: reruns get three times faster."""
    catalogue_of(HOME)
    open_store(HOME)
    gc.collect()
    gc.freeze()
    async with keeping(HOME):
        tasks = [asyncio.create_task(keep_time(HOME)), asyncio.create_task(keep_ahead(HOME))]
    yield
    for task in tasks:
        task.cancel()


def open_source(request: Request, wanted: str | None) -> Source:
    """The lake that an export reads, and the viewer it is for."""
    return Source(open_store(HOME, known_lake(wanted)).engine, catalogue_of(HOME), viewer_of(request.headers))


app = st.App(
    Path(__file__).with_name("pages") / "shell.py",
    lifespan=lifespan,
    routes=[*routes(open_source, sender), *pack_routes(), *index_routes(INDEX, (entry.name for entry in PAGES))],
    # The first one listed meets a request first: what the gate refuses carries the headers too.
    middleware=[Middleware(SecurityHeaders, policy=content_policy(INDEX)), Middleware(Gate)],
    on_script_error=show_failure,
)
