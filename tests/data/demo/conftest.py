"""Two demo companies: a small one for sums to the last fen, a larger one in which stories can be seen."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import polars as pl
import pytest

from data.demo import generate

LAST_DAY = date(2026, 9, 15)


def company(orders: int, seed: int = 3, last_day: date = LAST_DAY) -> dict[str, pl.DataFrame]:
    """All rows of a demo company by table."""
    parts: dict[str, list[pl.DataFrame]] = defaultdict(list)
    for table, frame in generate(orders, last_day, seed):
        parts[table].append(frame)
    return {table: pl.concat(frames) for table, frames in parts.items()}


@pytest.fixture(scope="session")
def small() -> dict[str, pl.DataFrame]:
    return company(3_000)


@pytest.fixture(scope="session")
def larger() -> dict[str, pl.DataFrame]:
    return company(120_000)
