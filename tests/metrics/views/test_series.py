"""Series: KPIs by bucket and segment, the small segments together where that can be added up."""

from datetime import date

import pytest

from metrics.errors import NotSplittable
from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.rest import REST
from metrics.views.series import reaching_back, series
from tests.metrics.engine_for_tests import TinyEngine, cover
from tests.metrics.views.asking import CATALOGUE, columns, scope

TWO_DAYS = "2026-11-16 2026-11-17"


def order(day, channel, gmv, **more):
    placed = {"order_id": f"{day}{channel}{gmv}", "paid_date": day, "is_paid": True}
    return placed | {"sales_channel": channel, "gmv_amount": gmv, "net_amount": gmv} | more


def seen(orders, kpis=("gmv",), asked=None, coverage=None, calendar=(), **more):
    engine = TinyEngine({"fact_order": orders, "dim_date": list(calendar)}, coverage)
    return series(engine, asked or scope(TWO_DAYS), EVERYONE, CATALOGUE, kpis, **more)


def test_without_a_dimension_there_is_one_line_a_kpi():
    found = seen([order("2026-11-16", "jd", 5), order("2026-11-17", "jd", 7)], ("gmv", "paid_orders"))
    assert columns(found, "period", "segment", "gmv", "paid_orders") == [
        (date(2026, 11, 16), None, 5.0, 1.0),
        (date(2026, 11, 17), None, 7.0, 1.0),
    ]


def test_segments_come_by_falling_size_of_the_whole_period():
    orders = [order("2026-11-16", "jd", 5), order("2026-11-16", "tmall", 9), order("2026-11-17", "jd", 6)]
    found = seen(orders, by="sales_channel")
    assert columns(found, "segment", "gmv") == [("jd", 5.0), ("jd", 6.0), ("tmall", 9.0), ("tmall", 0.0)]


def test_small_segments_are_added_up_last():
    found = seen([order("2026-11-16", f"c{n}", 10 - n) for n in range(4)], by="sales_channel", most=2)
    assert columns(found.filter(period=date(2026, 11, 16)), "segment", "gmv") == [("c0", 10), ("c1", 9), (REST, 15)]


def test_a_rest_of_one_segment_would_hide_its_name_for_nothing():
    found = seen([order("2026-11-16", f"c{n}", 10 - n) for n in range(3)], by="sales_channel", most=2)
    assert found["segment"].unique(maintain_order=True).to_list() == ["c0", "c1", "c2"]


def test_averages_have_no_rest():
    orders = [order("2026-11-16", f"c{n}", 10 - n) for n in range(4)]
    assert seen(orders, ("average_order_value",), by="sales_channel", most=2)["segment"].unique().len() == 2
    both = seen(orders, ("gmv", "average_order_value"), by="sales_channel", most=2)
    assert both.filter(segment=REST, period=date(2026, 11, 16)).select("gmv", "average_order_value").row(0) == (
        15,
        None,
    )


def test_a_day_without_a_file_is_null():
    coverage = [cover("fact_order", "2026-11-16", "2026-11-16", ["is_paid", "gmv_amount", "sales_channel"])]
    assert columns(seen([order("2026-11-16", "jd", 5)], coverage=coverage), "gmv") == [(5.0,), (None,)]


def test_a_kpi_that_does_not_carry_the_filter_is_null():
    orders = [order("2026-11-16", "jd", 5, payment_method="card")]
    asked = scope(TWO_DAYS, filters=(Filter("payment_method", ("card",)),))
    assert columns(seen(orders, ("gmv", "sessions"), asked), "gmv", "sessions") == [(5.0, None), (None, None)]
    assert seen(orders, ("sessions",), asked).is_empty()


def test_festivals_stand_beside_their_days():
    calendar = [{"date": "2026-11-17", "shopping_festival": "double_11"}]
    assert columns(seen([order("2026-11-16", "jd", 5)], calendar=calendar), "festival") == [(None,), ("double_11",)]


def test_a_dimension_the_kpi_does_not_carry_is_refused():
    with pytest.raises(NotSplittable):
        seen([order("2026-11-16", "jd", 5)], by="warehouse")


def test_reaching_back_gives_whole_months():
    assert reaching_back(scope(TWO_DAYS), 13).period.first == date(2025, 11, 1)
    assert reaching_back(scope("2025-01-05 2026-11-17"), 2).period.first == date(2025, 1, 5)
