"""Large files on their way from a browser: each grows on disk, piece by piece, until the page takes it."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from data.scratch import scratch
from pages.api.arrival_errors import (
    NoRoom,
    NotWhole,
    TooLarge,
    TooMany,
    UnknownArrival,
    WrongFile,
    WrongOffset,
)

MB = 1024 * 1024
KEPT_SECONDS = 24 * 3600.0
MOST, MOST_OF_ONE = 16, 4
# So long a file rests before it has to give its place to another one, where all places are taken.
RESTING_SECONDS = 600.0
# What a load needs beside the file itself: its archive copy and what it adds to the lake.
RESERVED = 512 * MB
LONGEST_NAME = 1000


@dataclass
class Arrival:
    """A file that is being sent. `have` bytes of `size` are on disk; `turn` counts the requests that append.

    `mark` is what the browser knows a file by, so that the same file goes on where it stopped. `touched`: when anything
    of it came last, in seconds since 1970. `lock` is held while its bytes change.
    """

    ticket: str
    owner: str
    name: str
    size: int
    mark: str
    path: Path
    touched: float
    have: int = 0
    turn: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Arrivals:
    """All files on their way. Threads may share it. The name a browser gives is kept, and never part of a path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, Arrival] = {}
        self._guard = threading.Lock()

    def begin(self, owner: str, name: str, size: int, mark: str, limit_mb: int, now: float) -> Arrival:
        """A place for a file, or the one where a former attempt stopped.

        Raises:
            WrongFile: nothing in it, or a name that is too long.
            TooLarge: more than `limit_mb`.
            TooMany: too many files are on their way.
            NoRoom: the disk cannot take it.
        """
        if size < 1 or not name or len(name) > LONGEST_NAME or len(mark) > LONGEST_NAME:
            raise WrongFile
        if size > limit_mb * MB:
            raise TooLarge(limit=limit_mb)
        self.clear(now)
        with self._guard:
            for one in self._known.values():
                if (one.owner, one.name, one.size, one.mark) == (owner, name, size, mark):
                    one.touched = now
                    return one
            self._make_place(owner, now)
            promised = sum(one.size - one.have for one in self._known.values())
            if shutil.disk_usage(self.folder).free < promised + size + RESERVED:
                raise NoRoom
            ticket = secrets.token_urlsafe(32)
            path = self.folder / f"{secrets.token_hex(16)}.partial"
            path.touch(mode=0o600)
            self._known[ticket] = Arrival(ticket, owner, name, size, mark, path, now)
            return self._known[ticket]

    def turn(self, ticket: str, owner: str, offset: int, now: float) -> int:
        """The number of a request that appends from `offset` on; an older request of this file that hangs has lost.

        Raises:
            UnknownArrival: there is no such file of this browser.
            WrongOffset: another number of bytes is here.
        """
        arrival = self._of(ticket, owner)
        with arrival.lock:
            arrival.turn += 1
            arrival.touched = now
            if offset != arrival.have:
                raise WrongOffset(have=arrival.have)
            return arrival.turn

    def add(self, ticket: str, owner: str, turn: int, piece: bytes) -> int:
        """Append a piece for the request of this turn; returns how many bytes are here now.

        Raises:
            UnknownArrival: it was given up meanwhile.
            WrongOffset: a newer request appends.
            WrongFile: more came than was said at the beginning.
        """
        arrival = self._of(ticket, owner)
        with arrival.lock:
            if turn != arrival.turn or not arrival.path.exists():
                raise WrongOffset(have=arrival.have)
            if arrival.have + len(piece) > arrival.size:
                raise WrongFile
            # In place, not at the end: a piece of which a full disk took only a part is written again.
            with arrival.path.open("r+b") as file:
                file.seek(arrival.have)
                file.write(piece)
            arrival.have += len(piece)
            return arrival.have

    def finish(self, ticket: str, owner: str) -> None:
        """Make sure that the file is whole.

        Raises:
            UnknownArrival: there is no such file of this browser.
            NotWhole: bytes are missing.
        """
        arrival = self._of(ticket, owner)
        if arrival.have != arrival.size:
            raise NotWhole(have=arrival.have)

    def abort(self, ticket: str, owner: str) -> None:
        """Let go of a file and its bytes. Raises UnknownArrival."""
        self._drop(self._of(ticket, owner))

    def take(self, ticket: str) -> Arrival | None:
        """A whole file for the page, which moves it away; None where there is none of this ticket."""
        with self._guard:
            arrival = self._known.get(ticket)
            if arrival is None or arrival.have != arrival.size:
                return None
            return self._known.pop(ticket)

    def clear(self, now: float) -> int:
        """Let go of files of which nothing came for a day; returns how many. `now` in seconds since 1970."""
        with self._guard:
            old = [one for one in self._known.values() if now - one.touched > KEPT_SECONDS]
        for arrival in old:
            self._drop(arrival)
        return len(old)

    def _make_place(self, owner: str, now: float) -> None:
        own = [one for one in self._known.values() if one.owner == owner]
        full = own if len(own) >= MOST_OF_ONE else list(self._known.values())
        if len(own) < MOST_OF_ONE and len(full) < MOST:
            return
        oldest = min(full, key=lambda one: one.touched)
        if now - oldest.touched < RESTING_SECONDS:
            raise TooMany
        del self._known[oldest.ticket]
        oldest.path.unlink(missing_ok=True)

    def _of(self, ticket: str, owner: str) -> Arrival:
        with self._guard:
            arrival = self._known.get(ticket)
        if arrival is None or not secrets.compare_digest(arrival.owner, owner):
            raise UnknownArrival
        return arrival

    def _drop(self, arrival: Arrival) -> None:
        with self._guard:
            self._known.pop(arrival.ticket, None)
        with arrival.lock:
            arrival.path.unlink(missing_ok=True)


@cache
def arrivals() -> Arrivals:
    """Those of this process, in its scratch folder."""
    return Arrivals(Path(tempfile.mkdtemp(dir=scratch())))
