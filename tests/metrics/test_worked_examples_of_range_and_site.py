"""The worked examples of the KPI catalogue about customers, stock and the site, row by row."""

from __future__ import annotations

from typing import Any

import pytest

from tests.metrics.asking import value
from tests.metrics.engine_for_tests import TinyEngine

THIRTY_DAYS = {"first": "2025-01-01", "last": "2025-01-30"}
FOUR_WEEKS = {"first": "2025-01-01", "last": "2025-01-28"}


def test_a_budget_of_20_bad_requests_of_which_5_were_used_has_75_percent_left() -> None:
    """1 + 4 bad of 2,000 requests, where 1 % may be bad."""
    day = {"service": "checkout", "platform": "web", "valid_events": 1000, "slo_target": 0.99}
    days = [{**day, "date": "2025-01-10", "good_events": 999}, {**day, "date": "2025-01-11", "good_events": 996}]
    assert value(TinyEngine({"fact_service_health": days}), "error_budget_remaining", **FOUR_WEEKS) == pytest.approx(75)


def test_a_promise_without_room_for_errors_has_no_budget() -> None:
    day = {
        "date": "2025-01-10",
        "service": "s",
        "platform": "web",
        "valid_events": 9,
        "good_events": 9,
        "slo_target": 1,
    }
    assert value(TinyEngine({"fact_service_health": [day]}), "error_budget_remaining", **FOUR_WEEKS) is None


def order(number: str, customer: str, seq: int, is_paid: bool = True) -> dict[str, Any]:
    facts = {"order_id": number, "customer_id": customer, "customer_order_seq": seq, "is_paid": is_paid}
    return {**facts, "net_amount": 100, "paid_date": "2025-01-10"}


def test_two_of_three_buyers_had_bought_before() -> None:
    """a and c of a, b, c; d did not pay."""
    orders = [order("a1", "a", 1), order("a2", "a", 2), order("b1", "b", 1), order("c5", "c", 5)]
    engine = TinyEngine({"fact_order": [*orders, order("d1", "d", 1, is_paid=False)]})
    assert value(engine, "repeat_purchase_rate", **THIRTY_DAYS) == pytest.approx(66.666667)


def stock(day: str, sku: str, amount: int | None) -> dict[str, Any]:
    return {"snapshot_date": day, "sku": sku, "warehouse": "w", "on_hand_value": amount}


SOLD = {"order_id": "a", "line_no": "1", "sku": "s1", "paid_date": "2025-01-02", "is_paid": True, "cogs_amount": 450}


def test_stock_of_300_on_the_mean_day_lasts_20_days_at_15_a_day() -> None:
    """The days hold 200 and 400 (not the mean of three rows); 450 were sold in 30 days."""
    rows = [stock("2025-01-01", "s1", 100), stock("2025-01-01", "s2", 100), stock("2025-01-02", "s1", 400)]
    engine = TinyEngine({"fact_inventory_snapshot": rows, "fact_order_line": [SOLD]})
    assert value(engine, "days_of_inventory", **THIRTY_DAYS) == pytest.approx(20)


def test_a_day_without_values_does_not_thin_the_mean_stock() -> None:
    rows = [stock("2025-01-01", "s1", 300), stock("2025-01-02", "s1", None)]
    engine = TinyEngine({"fact_inventory_snapshot": rows, "fact_order_line": [SOLD]})
    assert value(engine, "days_of_inventory", **THIRTY_DAYS) == pytest.approx(20)


def test_half_of_the_page_loads_are_good_when_no_interaction_passes_and_lab_runs_do_not_count() -> None:
    """m1 and m2 are good, m3 is slow to paint, m4 slow to answer; m5 is a lab run of weight 100."""
    figures = {
        "m1": (2000, 100, 0.05, 1, "field_rum"),
        "m2": (2000, None, 0.05, 1, "field_rum"),
        "m3": (3000, 100, 0.05, 1, "field_rum"),
        "m4": (2000, 300, 0.05, 1, "field_rum"),
        "m5": (1, 1, 0, 100, "lab_lighthouse"),
    }
    names = ("lcp_ms", "inp_ms", "cls", "sample_weight", "source")
    loads = [
        {"measurement_id": number, "date": "2025-01-10"} | dict(zip(names, row, strict=True))
        for number, row in figures.items()
    ]
    assert value(TinyEngine({"fact_web_performance": loads}), "core_web_vitals_pass_rate", **THIRTY_DAYS) == 50
