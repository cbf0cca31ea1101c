"""The worked examples of the KPI catalogue, row by row."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from metrics.ask import Query, ask
from metrics.load import load_catalogue
from metrics.periods import Period
from metrics.policy import EVERYONE
from tests.metrics.engine_for_tests import TinyEngine

JANUARY = Period(date(2025, 1, 1), date(2025, 1, 30))
DAY = "2025-01-10"


def answer(kpi: str, tables: dict[str, list[dict[str, Any]]]) -> float | None:
    query = Query((kpi,), JANUARY, as_of=date(2025, 1, 30))
    value: float | None = ask(TinyEngine(tables), query, EVERYONE, load_catalogue()).rows[kpi][0]
    return value


def vote(number: int, score: int, kind: str = "nps") -> dict[str, Any]:
    return {"feedback_id": f"f{number}", "submitted_date": DAY, "feedback_type": kind, "score": score}


def test_three_promoters_less_two_detractors_of_seven_are_a_net_promoter_score_of_14() -> None:
    """10 9 9 promote, 8 7 are passive, 6 3 detract; an answer to another survey is not counted."""
    votes = [vote(n, score) for n, score in enumerate((10, 9, 9, 8, 7, 6, 3))]
    assert answer("net_promoter_score", {"fact_feedback": [*votes, vote(9, 7, "ces")]}) == pytest.approx(14.285714)


def parcel(order: str, number: int, delivered: str, is_in_full: bool) -> dict[str, Any]:
    return {
        "order_id": order,
        "parcel_no": number,
        "shipped_date": "2025-01-08",
        "promised_delivery_date": DAY,
        "delivered_at": delivered,
        "is_in_full": is_in_full,
    }


def test_an_order_is_on_time_in_full_only_when_all_of_its_parcels_are() -> None:
    """Order a fails through its second parcel, c is short; b and d keep their promise: 2 of 4."""
    parcels = [
        parcel("a", 1, "2025-01-10 18:00", True),
        parcel("a", 2, "2025-01-11 09:00", True),
        parcel("b", 1, "2025-01-09 10:00", True),
        parcel("c", 1, "2025-01-10 10:00", False),
        parcel("d", 1, "2025-01-10 23:59", True),
    ]
    assert answer("otif_rate", {"fact_shipment": parcels}) == 50


def order(number: str, customer: str, seq: int) -> dict[str, Any]:
    facts = {"order_id": number, "customer_id": customer, "customer_order_seq": seq}
    return {**facts, "is_paid": True, "net_amount": 100, "paid_date": DAY}


def spend(platform: str, touch: str, is_paid_media: bool, cost: int) -> dict[str, Any]:
    facts = {"date": DAY, "platform": platform, "campaign_id": "k", "touch_type": touch}
    return {**facts, "is_paid_media": is_paid_media, "cost": cost}


def test_media_cost_is_divided_by_customers_who_bought_for_the_first_time() -> None:
    """80 of media ÷ customers a and b; a's second order and the cost of a text message do not count."""
    tables = {
        "fact_order": [order("a1", "a", 1), order("a2", "a", 2), order("b1", "b", 1)],
        "fact_campaign_daily": [spend("meta", "", True, 80), spend("sms", "coupon", False, 999)],
    }
    assert answer("customer_acquisition_cost", tables) == 40


def test_carts_in_the_help_centre_are_not_abandoned() -> None:
    """10 carts, 3 bought: 70 % abandoned; 99 carts of the help centre are left out."""
    visits = [
        {"date": DAY, "touchpoint": "web", "sessions_with_add_to_cart": 10, "cart_sessions_with_purchase": 3},
        {"date": DAY, "touchpoint": "help_centre", "sessions_with_add_to_cart": 99, "cart_sessions_with_purchase": 0},
    ]
    assert answer("cart_abandonment_rate", {"fact_traffic": visits}) == 70
