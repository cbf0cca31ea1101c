"""Breakdown: KPIs by one dimension or two, the largest first, the others together where they add up."""

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.breakdown import breakdown
from metrics.views.rest import REST
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, scope

WEEK = "2026-11-16 2026-11-22"


def order(channel, gmv, region="east", **more):
    placed = {"order_id": f"{channel}{region}{gmv}", "paid_date": "2026-11-17", "is_paid": True}
    return placed | {"sales_channel": channel, "region": region, "gmv_amount": gmv, "net_amount": gmv} | more


def seen(orders, *kpis, by=("sales_channel",), asked=None, **more):
    engine = TinyEngine({"fact_order": orders})
    return breakdown(engine, asked or scope(WEEK), EVERYONE, CATALOGUE, kpis, by, **more).rows()


def test_the_largest_comes_first_with_every_kpi_beside_it():
    found = seen([order("jd", 4), order("tmall", 10), order("jd", 2)], "gmv", "average_order_value")
    assert found == [("tmall", 10.0, 10.0), ("jd", 6.0, 3.0)]


def test_the_others_are_one_row_that_holds_what_adds_up():
    found = seen([order(f"c{n}", 10 - n) for n in range(4)], "gmv", "average_order_value", most=2)
    assert found == [("c0", 10.0, 10.0), ("c1", 9.0, 9.0), (REST, 15.0, None)]


def test_others_that_do_not_add_up_are_left_out():
    found = seen([order(f"c{n}", 10 - n) for n in range(4)], "average_order_value", most=2)
    assert found == [("c0", 10.0), ("c1", 9.0)]


def test_two_dimensions_are_each_ranked_by_their_own_size():
    orders = [order("jd", 5), order("jd", 9, "west"), order("tmall", 6), order("tmall", 3, "west")]
    assert seen(orders, "gmv", by=("sales_channel", "region")) == [
        ("jd", "west", 9.0), ("jd", "east", 5.0), ("tmall", "west", 3.0), ("tmall", "east", 6.0)
    ]  # fmt: skip


def test_with_two_dimensions_the_others_of_both_are_added_up():
    orders = [order(f"c{n}", 10 - n, f"r{n}") for n in range(4)]
    found = seen(orders, "gmv", by=("sales_channel", "region"), most=2)
    assert found == [("c0", "r0", 10.0), ("c1", "r1", 9.0), (REST, REST, 15.0)]


def test_a_kpi_that_does_not_carry_the_filter_is_null():
    asked = scope(WEEK, filters=(Filter("payment_method", ("card",)),))
    orders = [order("jd", 5, payment_method="card")]
    assert seen(orders, "gmv", "otif_rate", asked=asked) == [("jd", 5.0, None)]
    assert seen(orders, "otif_rate", asked=asked) == []


def test_no_rows_give_no_groups():
    assert seen([], "gmv") == []
