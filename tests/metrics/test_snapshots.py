"""Semi-additive KPIs take the last snapshot; all here are counted on the first row of a month or a week."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from metrics.load import Catalogue
from tests.metrics.asking import asked, split, value, with_kpi
from tests.metrics.engine_for_tests import TinyEngine

STOCK = """
  - id: stock
    name: {en: Stock, zh-Hans: 库存, zh-Hant: 庫存}
    definition: {en: Units on hand., zh-Hans: 现有件数。, zh-Hant: 現有件數。}
    duty: operations.4
    unit: count
    direction: band
    additivity: semi_additive
    numerator:
      {fact_table: fact_order_line, time_column: paid_date, expression: sum(qty), snapshot: last, cadence: week}
    dimensions: [sku, region]
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return with_kpi(tmp_path, STOCK)


def counted(day: str, sku: str, qty: int) -> dict[str, Any]:
    return {"order_id": day + sku, "line_no": "1", "paid_date": day, "sku": sku, "qty": qty}


@pytest.fixture
def engine() -> TinyEngine:
    """Counted on Mondays: the 3rd (5 a, 7 b), the 10th (6 a), and then not before the 31st (1 a)."""
    rows = [
        counted("2025-03-03", "a", 5),
        counted("2025-03-03", "b", 7),
        counted("2025-03-10", "a", 6),
        counted("2025-03-31", "a", 1),
    ]
    return TinyEngine({"fact_order_line": rows})


def test_a_period_takes_its_last_snapshot_and_adds_none(engine: TinyEngine, catalogue: Catalogue) -> None:
    assert value(engine, "stock", catalogue=catalogue, first="2025-03-01", last="2025-03-12") == 6.0


def test_what_is_not_in_the_last_snapshot_is_gone(engine: TinyEngine, catalogue: Catalogue) -> None:
    """b was there on the 3rd; a filter on b must not bring that older snapshot back."""
    period = {"first": "2025-03-01", "last": "2025-03-12", "catalogue": catalogue}
    assert split(engine, "stock", "sku", **period) == {"a": 6.0}
    assert asked(engine, "stock", only=(("sku", "b"),), **period).rows["stock"].item() is None


def test_a_snapshot_before_the_period_counts_while_it_is_fresh(engine: TinyEngine, catalogue: Catalogue) -> None:
    """A weekly count is fresh for eight days: the 10th still answers on the 17th, not on the 18th."""
    assert value(engine, "stock", catalogue=catalogue, first="2025-03-17", last="2025-03-17") == 6.0
    stale = asked(engine, "stock", catalogue=catalogue, first="2025-03-18", last="2025-03-18", as_of=date(2025, 3, 18))
    assert stale.rows["stock"].item() is None


def test_each_bucket_takes_the_last_snapshot_at_its_own_end(engine: TinyEngine, catalogue: Catalogue) -> None:
    period = {"first": "2025-03-03", "last": "2025-03-16", "catalogue": catalogue}
    assert split(engine, "stock", "period", grain="week", **period) == {date(2025, 3, 3): 12.0, date(2025, 3, 10): 6.0}
