"""What every view is asked about: which days, compared with which, of which part of the company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from metrics.periods import Grain, Period
from metrics.query import Filter, Query


@dataclass(frozen=True)
class Scope:
    """A period, what it is compared with (None: with nothing), filters, and the day flags are judged on.

    Without `as_of` each table is judged on the last day its files cover. Hashable, so it can key a cache.
    """

    period: Period
    comparison: Period | None = None
    filters: tuple[Filter, ...] = ()
    as_of: date | None = None

    def query(
        self, *kpis: str, by: tuple[str, ...] = (), grain: Grain | None = None, period: Period | None = None
    ) -> Query:
        """A question of this scope, about its own period or another."""
        return Query(kpis, period or self.period, by, grain, self.filters, self.as_of)
