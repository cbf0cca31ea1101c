"""What each part adds to a change sums to the change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from metrics.contribution import contributions, largest_segment
from metrics.load import load_catalogue
from metrics.periods import Period
from metrics.policy import EVERYONE
from tests.metrics.engine_for_tests import TinyEngine

NOW, THEN = Period(date(2025, 1, 8), date(2025, 1, 14)), Period(date(2025, 1, 1), date(2025, 1, 7))


def order(number: str, day: str, channel: str, amount: int) -> dict[str, Any]:
    return {
        "order_id": number,
        "paid_date": day,
        "order_date": day,
        "is_paid": True,
        "gmv_amount": amount,
        "net_amount": amount,
        "sales_channel": channel,
    }


def shop() -> TinyEngine:
    """GMV 300 -> 500: tmall 200 -> 450, jd 100 -> 50. Orders 3 -> 3, so the average rises from 100 to 166.67."""
    return TinyEngine(
        {
            "fact_order": [
                order("a", "2025-01-01", "tmall", 100),
                order("b", "2025-01-07", "tmall", 100),
                order("c", "2025-01-02", "jd", 100),
                order("d", "2025-01-08", "tmall", 150),
                order("e", "2025-01-14", "tmall", 300),
                order("f", "2025-01-09", "jd", 50),
            ]
        }
    )


def test_an_amount_is_moved_by_the_difference_of_each_channel() -> None:
    catalogue = load_catalogue()
    found = contributions(shop(), catalogue.kpi("gmv"), "sales_channel", NOW, THEN, EVERYONE, catalogue)
    assert dict(found.iter_rows()) == {"tmall": 250.0, "jd": -50.0}
    segment = largest_segment(shop(), catalogue.kpi("gmv"), NOW, THEN, EVERYONE, catalogue)
    assert segment is not None
    assert (segment.value, segment.amount) == ("tmall", 250.0)


def test_the_parts_of_a_rate_sum_to_its_change() -> None:
    """Average order value 100 -> 166.67: tmall adds (450 - 100·2) ÷ 3, jd (50 - 100·1) ÷ 3."""
    catalogue = load_catalogue()
    kpi = catalogue.kpi("average_order_value")
    found = dict(contributions(shop(), kpi, "sales_channel", NOW, THEN, EVERYONE, catalogue).iter_rows())
    assert found == {"tmall": pytest.approx(250 / 3), "jd": pytest.approx(-50 / 3)}
    assert sum(found.values()) == pytest.approx(500 / 3 - 100)


def test_what_does_not_add_up_has_no_part_that_moved_it() -> None:
    catalogue = load_catalogue()
    composite = next(kpi for kpi in catalogue.kpis.values() if kpi.composite)
    assert largest_segment(shop(), composite, NOW, THEN, EVERYONE, catalogue) is None
