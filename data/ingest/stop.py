"""Ending a load that goes on: between two chunks, or in the middle of a statement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import duckdb

from data.errors import DataError, Text

LOOK_EVERY_SECONDS = 0.1


class Stopped(DataError):
    """Somebody ended the work before it was done."""

    text = Text(
        "Stopped. Nothing was loaded; the numbers stand as they were. Start again when you like.",
        "已停止。没有加载任何内容，现有数字不变。可随时重新开始。",
        "已停止。沒有載入任何內容，現有數字不變。可隨時重新開始。",
    )


def go_on(stop: Event | None) -> None:
    """Nothing, unless the work is to end. Raises Stopped."""
    if stop is not None and stop.is_set():
        raise Stopped


@contextmanager
def stoppable(cursor: duckdb.DuckDBPyConnection, stop: Event | None) -> Iterator[None]:
    """Interrupt what runs on the cursor once `stop` is set. Commit and rollback belong outside.

    Raises:
        Stopped: instead of going on.
    """
    if stop is None:
        yield
        return
    is_over = Event()

    def watch() -> None:
        # An interrupt between two statements is lost, so it is said until it was heard.
        while not is_over.wait(LOOK_EVERY_SECONDS):
            if stop.is_set():
                cursor.interrupt()

    watcher = Thread(target=watch, daemon=True, name="stop-watch")
    watcher.start()
    try:
        go_on(stop)
        yield
    except duckdb.InterruptException as error:
        raise Stopped from error
    finally:
        is_over.set()
        watcher.join()
    go_on(stop)
