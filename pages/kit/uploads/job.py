"""Checking or loading a file beside the page: a click elsewhere neither stops it nor starts it again.

The jobs of a process take turns in the order in which they began; a load of another process is waited for too.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Literal

from data.errors import DataError
from data.ingest.batch import Look
from data.ingest.outcome import Outcome
from data.ingest.pipeline import Desk, Prepared, bring
from data.ingest.stop import go_on
from data.warehouse import WriterBusy

Kind = Literal["check", "load"]
PATIENCE_SECONDS = 600.0
LOOK_AGAIN_SECONDS = 0.25
_guard = threading.Lock()
_going: list[Job] = []


@dataclass(eq=False)
class Job:
    """One file on its way. `rows` are read so far, `is_read`: all are; `took` is set
    at the end; `stop` ends it. `outcomes` stay None where
    `refusal` or a mistake ended it."""

    kind: Kind
    file: str
    user: str
    began: float = field(default_factory=time.monotonic)
    turn_at: float | None = None
    took: float = 0.0
    rows: int = 0
    is_read: bool = False
    outcomes: tuple[Outcome, ...] | None = None
    refusal: DataError | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def is_waiting(self) -> bool:
        """Whether its turn has not come yet."""
        return self.turn_at is None

    @property
    def seconds(self) -> float:
        """How long it has been going on; of one that waits, how long it has waited."""
        return time.monotonic() - (self.turn_at or self.began)

    @property
    def ahead(self) -> tuple[Job, ...]:
        """The jobs of this process that began before it, the one whose turn it is first; none when it is its own."""
        with _guard:
            going = tuple(_going)
        return going[: going.index(self)] if self in going else ()

    def run(self, prepared: Prepared, desk: Desk, look: Look, keep: object) -> None:
        """Do the work. `keep` is what must not be cleared away meanwhile. A mistake goes to the thread's hook."""
        try:
            self._wait_for_turn(desk)
            self.outcomes = bring(prepared, desk, self._count, is_trial=self.kind == "check", look=look, stop=self.stop)
        except DataError as error:
            self.refusal = error
        finally:
            del keep
            self.took = self.seconds
            with _guard:
                _going.remove(self)
            self.ended.set()

    def _count(self, rows: int, *, is_read: bool = False) -> None:
        self.rows, self.is_read = rows, is_read

    def _wait_for_turn(self, desk: Desk) -> None:
        while self.is_waiting:
            go_on(self.stop)
            try:
                if self.ahead:
                    self.stop.wait(LOOK_AGAIN_SECONDS)
                else:
                    with desk.warehouse.locked(LOOK_AGAIN_SECONDS):
                        self.turn_at = time.monotonic()
                        return
            except WriterBusy:
                pass
            # A server that is being stopped finishes what it has begun, and begins nothing more.
            if self.seconds > PATIENCE_SECONDS or not threading.main_thread().is_alive():
                raise WriterBusy(seconds=self.seconds)


def start(kind: Kind, prepared: Prepared, desk: Desk, look: Look, keep: object) -> Job:
    """Begin in a thread of its own. The process waits for it before it ends; if it is killed, nothing was loaded."""
    job = Job(kind, prepared.name, desk.user)
    with _guard:
        _going.append(job)
    threading.Thread(target=job.run, args=(prepared, desk, look, keep), name=f"upload-{kind}").start()
    return job
