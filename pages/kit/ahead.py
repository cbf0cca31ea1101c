"""Pages read ahead: what a department's page asks when it opens is answered before its first reader comes.

Answers live as long as the tables they were read from stay as they are. So after a load, and when the server starts,
each page would have a first reader who waits for all of them; the server is that reader.
"""

from __future__ import annotations

import asyncio
import logging
import math
import threading
from contextlib import suppress
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import duckdb

from data.errors import DataError
from data.home import Home
from metrics.errors import MetricError
from pages.kit.address import Address
from pages.kit.chart_panel import frame_ahead
from pages.kit.department import Board, Row, opening, shown_on
from pages.kit.focus import focus_on, tables_of
from pages.kit.leaderboard import leaders
from pages.kit.menu import PAGES
from pages.kit.soundness import findings_at_hand, today
from pages.kit.standing import series, standings
from pages.kit.trust import batches_in_force
from pages.kit.visit import current, visiting_ahead

EVERY_SECONDS = 60.0
PAGES_FOLDER = Path(__file__).parents[1]
LOG = logging.getLogger(__name__)
State = tuple[str, int, str, date]


async def keep_ahead(home: Home) -> None:
    """Read the pages now, and again whenever the data, the catalogue or the day changed, until the app ends."""
    read: State | None = None
    stop = threading.Event()
    try:
        while True:
            try:
                read = await asyncio.to_thread(look, home, read, stop)
            except (DataError, MetricError, duckdb.Error) as error:
                LOG.warning("The pages are not read ahead; it is tried again in a minute: %s", error)
            await asyncio.sleep(EVERY_SECONDS)
    finally:
        # The thread cannot be cancelled, and the app does not end before it.
        stop.set()


def look(home: Home, read: State | None = None, stop: threading.Event | None = None) -> State:
    """Read every department's page as it opens from the menu, unless that state of things was read already.

    Setting `stop` ends it after the page it is at. Raises DataError.
    """
    with visiting_ahead(home, Address()) as visit:
        state = (visit.store.identity, visit.reader.version(), visit.catalogue.edition, today(visit))
    if state != read:
        for entry in PAGES:
            if entry.section == "departments" and not (stop and stop.is_set()):
                read_page(home, entry.name, Address())
    return state


def read_page(home: Home, name: str, place: Address) -> None:
    """Ask what a department's page asks at an address; the page's own file says what that is. Raises DataError."""
    spec = spec_from_file_location(f"{name}_ahead", PAGES_FOLDER / "departments" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    token = opening.set(_opened)
    try:
        with visiting_ahead(home, place), suppress(_NoData):
            spec.loader.exec_module(module_from_spec(spec))
    finally:
        opening.reset(token)


class _NoData(Exception):
    """None of the page's tables holds a day."""


def _opened(name: str) -> Board:
    visit = current()
    focus = focus_on(visit, name)
    if focus is None:
        raise _NoData
    stand = standings(focus, shown_on(focus.visit, name))
    batches_in_force(focus.visit)
    findings_at_hand(focus.visit, tables_of(focus.visit, focus.page), math.inf)
    return _Asking(focus, stand, ())


class _Asking(Board):
    """A page that asks and does not draw."""

    def cards(self, *kpis: str) -> None:
        series(self.focus, kpis)

    def row(self, columns: int) -> Row:
        del columns
        return _AskingRow(self, None)

    def rows_behind(self) -> None:
        """They are opened by a click."""


class _AskingRow(Row):
    def questions(self, wide: int = 1) -> None:
        """They are answered by what the page knows already."""

    def attention(self, wide: int = 1) -> None:
        """It follows from what the page knows already."""

    def chart(self, chart_id: str, wide: int = 1) -> None:
        del wide
        # What a reader may not see costs one panel, not the page.
        with suppress(MetricError):
            frame_ahead(self.board.focus, chart_id, self.board.standings)

    def leaderboard(self, kpi: str, by: str, wide: int = 1) -> None:
        del wide
        with suppress(MetricError):
            leaders(self.board.focus, kpi, by)
