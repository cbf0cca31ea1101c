"""Sums that must not be inflated, averaged or added twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.metrics.asking import asked, split, value
from tests.metrics.engine_for_tests import TinyEngine

MARCH = {"first": "2025-03-01", "last": "2025-03-31"}


def order(number: str, day: str = "2025-03-10", **more: Any) -> dict[str, Any]:
    facts = {"order_id": number, "paid_date": day, "is_paid": True, "gmv_amount": 10, "net_amount": 10}
    return {**facts, "customer_id": number, "customer_order_seq": 1, **more}


def test_spend_and_customers_are_summed_before_they_are_joined() -> None:
    """Two campaigns and two orders share a channel: a naive join gives 4 rows and doubles both sums.

    email:   cost 30 + 50    customers a, b    gmv 10 + 10
    """
    spend = {"date": "2025-03-10", "marketing_channel": "email", "is_paid_media": True}
    spend["cut"] = "campaign_id,marketing_channel"
    engine = TinyEngine(
        {
            "fact_campaign_daily": [
                {**spend, "campaign_id": "x", "cost": 30},
                {**spend, "campaign_id": "y", "cost": 50},
            ],
            "fact_order": [order("a", marketing_channel="email"), order("b", marketing_channel="email")],
        }
    )
    rows = asked(engine, "customer_acquisition_cost", "gmv", by=("marketing_channel",), **MARCH).rows
    assert rows.rows() == [("email", 40.0, 20.0)]


def test_a_channel_that_only_one_of_two_facts_knows_keeps_its_row() -> None:
    spend = {"date": "2025-03-10", "marketing_channel": "display", "is_paid_media": True, "cost": 30}
    engine = TinyEngine(
        {
            "fact_campaign_daily": [{**spend, "cut": "marketing_channel"}],
            "fact_order": [order("a", marketing_channel="email")],
        }
    )
    rows = asked(engine, "customer_acquisition_cost", "gmv", by=("marketing_channel",), **MARCH).rows
    assert rows.rows() == [("display", None, 0.0), ("email", None, 10.0)]


def test_groups_without_a_name_meet_each_other_when_facts_are_joined() -> None:
    """Both facts have a null channel: null keys are one group, not two and not none."""
    spend = {"date": "2025-03-10", "marketing_channel": None, "is_paid_media": True, "cost": 30}
    engine = TinyEngine(
        {
            "fact_campaign_daily": [{**spend, "cut": "marketing_channel"}],
            "fact_order": [order("a", marketing_channel=None)],
        }
    )
    rows = asked(engine, "customer_acquisition_cost", "gmv", by=("marketing_channel",), **MARCH).rows
    assert rows.rows() == [(None, 30.0, 10.0)]


def test_a_ratio_divides_sums_and_never_averages_ratios() -> None:
    """1 of 10 and 50 of 100: 51 of 110 is 46.4 %, the mean of 10 % and 50 % would be 30 %."""
    visit = {"date": "2025-03-10", "touchpoint": "web", "cut": "device,touchpoint"}
    engine = TinyEngine(
        {
            "fact_traffic": [
                {**visit, "device": "mobile", "sessions": 10, "sessions_with_purchase": 1},
                {**visit, "device": "desktop", "sessions": 100, "sessions_with_purchase": 50},
            ]
        }
    )
    assert value(engine, "session_conversion_rate", **MARCH) == pytest.approx(100 * 51 / 110)
    assert split(engine, "session_conversion_rate", "device", **MARCH) == {"mobile": 10.0, "desktop": 50.0}


def test_a_customer_in_two_regions_is_one_customer() -> None:
    """c bought in x and in y on the same day: 1 + 1 by region, 1 in total."""
    orders = [order("1", customer_id="c", region="x"), order("2", customer_id="c", region="y")]
    engine = TinyEngine({"fact_order": orders})
    assert split(engine, "new_customers", "region", **MARCH) == {"x": 1.0, "y": 1.0}
    assert value(engine, "new_customers", **MARCH) == 1.0


def test_a_median_is_taken_of_all_rows_and_not_of_medians() -> None:
    """1 1 1 | 9: the median of all is 1, of the two medians 5."""
    hours = [("east", 1), ("east", 1), ("east", 1), ("west", 9)]
    parcels = [
        {"order_id": str(n), "parcel_no": 1, "warehouse": house, "fulfilment_hours": h, "shipped_date": "2025-03-10"}
        for n, (house, h) in enumerate(hours)
    ]
    engine = TinyEngine({"fact_shipment": parcels, "fact_order": [order("0")]})
    assert value(engine, "fulfilment_lead_time_p50", **MARCH) == 1.0
    assert split(engine, "fulfilment_lead_time_p50", "warehouse", **MARCH) == {"east": 1.0, "west": 9.0}


def test_a_credit_note_reduces_net_sales_of_its_own_day_and_is_no_order() -> None:
    """Sold 100 on the 10th, 30 credited on the 12th."""
    line = {"line_no": "1", "sku": "s", "is_paid": True}
    engine = TinyEngine(
        {
            "fact_order": [order("a")],
            "fact_order_line": [
                {**line, "order_id": "a", "paid_date": "2025-03-10", "qty": 10, "net_amount": 100},
                {**line, "order_id": "C1", "paid_date": "2025-03-12", "qty": -3, "net_amount": -30},
            ],
        }
    )
    by_day = split(engine, "net_sales", "period", grain="day", first="2025-03-10", last="2025-03-12")
    assert list(by_day.values()) == [100.0, 0.0, -30.0]
    assert value(engine, "net_sales", **MARCH) == 70.0
    assert value(engine, "paid_orders", **MARCH) == 1.0


def test_the_day_after_the_last_does_not_belong_to_a_period() -> None:
    """31 March is in March, 1 April is not; so two periods that touch never share an order."""
    engine = TinyEngine({"fact_order": [order("a", "2025-02-28"), order("b", "2025-03-31"), order("c", "2025-04-01")]})
    assert value(engine, "paid_orders", **MARCH) == 1.0
    assert value(engine, "paid_orders", first="2025-04-01", last="2025-04-30") == 1.0


def test_weeks_begin_on_monday_and_a_bucket_is_named_by_its_first_day() -> None:
    """2 March 2025 is a Sunday, so it belongs to the week of 24 February."""
    engine = TinyEngine({"fact_order": [order("a", "2025-03-02"), order("b", "2025-03-03")]})
    weeks = split(engine, "paid_orders", "period", grain="week", first="2025-03-01", last="2025-03-03")
    assert weeks == {date(2025, 2, 24): 1.0, date(2025, 3, 3): 1.0}


def test_an_order_of_a_product_that_nobody_described_is_not_lost_in_the_join() -> None:
    line = {"order_id": "a", "paid_date": "2025-03-10", "is_paid": True, "qty": 1, "net_amount": 5}
    engine = TinyEngine(
        {
            "dim_product": [{"sku": "s", "brand": "North", "launch_date": "2024-01-01"}],
            "fact_order_line": [{**line, "line_no": "1", "sku": "s"}, {**line, "line_no": "2", "sku": "t"}],
        }
    )
    assert split(engine, "net_sales", "product.brand", **MARCH) == {"North": 5.0, "(unknown)": 5.0}
