"""What the tests of views share: the house's catalogue, and scopes and frames written as short text."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from metrics.load import load_catalogue
from metrics.periods import Period
from metrics.query import Filter
from metrics.views.scope import Scope

CATALOGUE = load_catalogue()


def scope(period: str, comparison: str | None = None, filters: tuple[Filter, ...] = (), as_of: str | None = None):
    """`scope("2026-11-16 2026-11-22", "2026-11-09 2026-11-15")`."""
    judged_on = date.fromisoformat(as_of) if as_of else None
    return Scope(_period(period), _period(comparison) if comparison else None, filters, judged_on)


def days(first: str, count: int) -> list[date]:
    """That many days from the first."""
    return [date.fromisoformat(first) + timedelta(days=i) for i in range(count)]


def columns(frame: pl.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    """Some columns of a frame, row by row."""
    return frame.select(names).rows()


def _period(text: str) -> Period:
    first, last = text.split()
    return Period(date.fromisoformat(first), date.fromisoformat(last))
