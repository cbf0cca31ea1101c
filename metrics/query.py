"""A question: which KPIs, over which days, split and filtered how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from metrics.periods import Grain, Period


@dataclass(frozen=True)
class Filter:
    """Keep the rows whose dimension is one of these values; no values keeps nothing."""

    dimension: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """KPI ids over a period; `by` splits, `grain` makes a series, `as_of` is the day flags are judged on.

    Without `as_of` each table is judged on the last day its files cover.
    """

    kpis: tuple[str, ...]
    period: Period
    by: tuple[str, ...] = ()
    grain: Grain | None = None
    filters: tuple[Filter, ...] = ()
    as_of: date | None = None
