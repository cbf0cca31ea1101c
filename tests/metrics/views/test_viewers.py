"""Every view shows a viewer with row filters only those rows, and refuses where it cannot."""

from dataclasses import replace

import pytest

from metrics.errors import NotAllowed
from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.channel_mix import channel_mix
from metrics.views.cohorts import cohorts
from metrics.views.driver_tree import driver_tree
from metrics.views.funnel import funnel
from metrics.views.lead_times import lead_times
from metrics.views.leaderboard import leaderboard
from metrics.views.order_clock import order_clock
from metrics.views.pareto import imperfect_orders, return_reasons
from metrics.views.trend import trend
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, scope

WEEK, BEFORE = "2026-11-16 2026-11-22", "2026-11-09 2026-11-15"
EAST = replace(EVERYONE, name="mei", row_filters=(Filter("region", ("east",)),))


def order(region, day, gmv):
    placed = {"created_at": f"{day} 09:00:00", "order_date": day, "paid_date": day, "is_paid": True}
    return {"order_id": f"{region}{day}", "region": region, "gmv_amount": gmv, "marketing_channel": region} | placed


def parcel(region, warehouse):
    flags = dict.fromkeys(("is_in_full", "is_correct_item", "is_damage_free", "is_docs_correct"), False)
    days = {"shipped_date": "2026-11-17", "promised_delivery_date": "2026-11-17", "delivered_at": "2026-11-17 10:00:00"}
    hours = {"fulfilment_hours": 10, "delivery_hours": 20}
    return {"order_id": region, "parcel_no": 1, "region": region, "warehouse": warehouse} | flags | days | hours


def visits(region, day):
    cut = {"cut": "device,marketing_channel,region,touchpoint", "touchpoint": "web", "marketing_channel": "direct"}
    counted = {"sessions": 100, "sessions_with_purchase": 5}
    return {"date": day, "region": region, "device": "mobile"} | cut | counted


@pytest.fixture(scope="module")
def engine():
    regions, days = ("east", "west"), ("2026-11-10", "2026-11-17")
    return TinyEngine(
        {
            "fact_order": [order(region, day, 70) for region in regions for day in days],
            "fact_traffic": [visits(region, day) for region in regions for day in days],
            "fact_shipment": [parcel("east", "north gate"), parcel("west", "south gate")],
            "fact_return": [
                {"return_id": "r", "line_no": "1", "requested_date": "2026-11-17", "completed_date": "2026-11-17"}
            ],
        }
    )


@pytest.fixture(scope="module")
def asked():
    return scope(WEEK, BEFORE)


def test_trend(engine, asked):
    assert trend(engine, "gmv", asked, EAST, CATALOGUE)["value"].sum() == 70
    assert trend(engine, "gmv", asked, EAST, CATALOGUE)["comparison"].sum() == 70


def test_driver_tree(engine, asked):
    found = driver_tree(engine, asked, EAST, CATALOGUE)
    assert found["after"].to_list()[:2] == [70, 100]


def test_funnel(engine, asked):
    assert funnel(engine, asked, EAST, CATALOGUE)["sessions"][0] == 100


def test_channel_mix(engine, asked):
    found = channel_mix(engine, asked, EAST, CATALOGUE)
    assert "west" not in found["channel"].to_list()
    assert found["sessions"].sum() == 100


def test_leaderboard(engine, asked):
    assert leaderboard(engine, "gmv", "region", asked, EAST, CATALOGUE)["member"].to_list() == ["east"]


def test_order_clock(engine, asked):
    assert order_clock(engine, asked, EAST)["orders"].sum() == 1


def test_imperfect_orders(engine, asked):
    assert imperfect_orders(engine, asked, EAST)["count"].max() == 1


def test_lead_times(engine, asked):
    assert lead_times(engine, asked, EAST)["warehouse"].unique().to_list() == ["north gate"]


def test_returns_have_no_region_and_are_refused(engine, asked):
    with pytest.raises(NotAllowed):
        return_reasons(engine, asked, EAST)


def test_customers_that_are_hidden_have_no_cohorts(engine, asked):
    with pytest.raises(NotAllowed):
        cohorts(engine, asked, replace(EVERYONE, hidden_columns=frozenset({"fact_order.customer_id"})))
