"""Taking times in one run: the two sides by turns, medians told."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    """Median seconds of ours and of what it is measured against."""

    ours: float
    theirs: float

    @property
    def ratio(self) -> float:
        """How many times longer ours takes."""
        return self.ours / self.theirs


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def by_turns(ours: Callable[[], object], theirs: Callable[[], object], times: int) -> Pair:
    """Both once to warm up, then by turns, so that what else the machine does meets both."""
    ours(), theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(times)]
    return Pair(statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs))
