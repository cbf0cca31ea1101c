"""What the running app does by itself, once an hour: originals whose days are over and files half sent are deleted."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool

from data.errors import DataError
from data.home import Home
from data.ingest import archive
from pages.api.arrivals import arrivals
from pages.api.opened import opened

EVERY_SECONDS = 3600.0
log = logging.getLogger(__name__)


@asynccontextmanager
async def keeping(home: Home) -> AsyncIterator[None]:
    """While the app runs, look after the archive of its home."""
    task = asyncio.create_task(_keep(home))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def clear(home: Home, now: datetime) -> int:
    """Delete the originals whose days are over at `now` (UTC, without zone); returns how many.

    With settings that cannot be used nothing is deleted, and the log says why.
    """
    try:
        return archive.expire(home.archive, now, opened(home).settings.archive_days)
    except DataError as error:
        log.warning("No original was deleted: %s", error)
        return 0


async def _keep(home: Home) -> None:
    while True:
        await run_in_threadpool(clear, home, datetime.now(UTC).replace(tzinfo=None))
        await run_in_threadpool(arrivals().clear, time.time())
        await asyncio.sleep(EVERY_SECONDS)
