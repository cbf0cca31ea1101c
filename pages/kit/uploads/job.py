"""Checking or loading a file beside the page: a click elsewhere neither stops it nor starts it again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from data.errors import DataError
from data.ingest.outcome import Outcome
from data.ingest.pipeline import Desk, Prepared, bring
from data.warehouse import WriterBusy

Kind = Literal["check", "load"]
Finish = Callable[[tuple[Outcome, ...]], None]
PATIENCE_SECONDS = 600.0
LOOK_AGAIN_SECONDS = 0.25


@dataclass
class Job:
    """One file on its way. `rows` are read so far; `outcomes` stay None where `refusal` or a mistake ended it."""

    kind: Kind
    began: float = field(default_factory=time.monotonic)
    rows: int = 0
    is_waiting: bool = True
    is_read: bool = False
    outcomes: tuple[Outcome, ...] | None = None
    refusal: DataError | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def seconds(self) -> float:
        """How long it has been going on."""
        return time.monotonic() - self.began

    def run(self, prepared: Prepared, desk: Desk, keep: object) -> None:
        """Do the work. `keep` is what must not be cleared away meanwhile. A mistake goes to the thread's hook."""
        try:
            self._wait_for_turn(desk)
            self.outcomes = bring(prepared, desk, self._count, is_trial=self.kind == "check")
        except DataError as error:
            self.refusal = error
        finally:
            del keep
            self.ended.set()

    def _count(self, rows: int, *, is_read: bool = False) -> None:
        self.rows, self.is_read = rows, is_read

    def _wait_for_turn(self, desk: Desk) -> None:
        while self.is_waiting:
            try:
                with desk.warehouse.locked(LOOK_AGAIN_SECONDS):
                    self.is_waiting = False
            except WriterBusy:
                # A server that is being stopped finishes what it has begun, and begins nothing more.
                if self.seconds > PATIENCE_SECONDS or not threading.main_thread().is_alive():
                    raise WriterBusy(seconds=self.seconds) from None


def start(kind: Kind, prepared: Prepared, desk: Desk, keep: object) -> Job:
    """Begin in a thread of its own. The process waits for it before it ends; if it is killed, nothing was loaded."""
    job = Job(kind)
    threading.Thread(target=job.run, args=(prepared, desk, keep), name=f"upload-{kind}").start()
    return job
