"""Stock: its age by category, its cover against sell-through, and the days without."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.errors import NotAllowed
from metrics.periods import Period
from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.stock_age import stock_age
from metrics.views.stock_cover import stock_cover
from metrics.views.stock_outs import calendar_grain, stock_outs
from tests.metrics.asking import split
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope

WEEK, LAST = "2026-11-16 2026-11-22", "2026-11-22"
PRODUCTS = [{"sku": sku, "category_l1": kind} for sku, kind in (("a", "shoes"), ("b", "shoes"), ("c", "hats"))]


def stock(sku, age, value, day=LAST, **more):
    row = {"snapshot_date": day, "sku": sku, "warehouse": "east", "stock_age_days": age, "on_hand_value": value}
    return row | {"on_hand_qty": 10} | more


def ages(rows, products=PRODUCTS, viewer=EVERYONE, asked=None, **more):
    engine = TinyEngine({"fact_inventory_snapshot": rows, "dim_product": products})
    found = stock_age(engine, asked or scope(WEEK), viewer, **more)
    return found, {(category, band): amount for category, band, amount in columns(found, "category", "band", "amount")}


def test_stock_is_added_up_by_category_and_age_and_bands_end_on_their_last_day():
    found, amounts = ages(
        [stock("a", 30, 100), stock("b", 30.5, 50), stock("a", 180, 7, warehouse="west"), stock("c", 181, 20)]
    )
    assert found["category"].unique(maintain_order=True).to_list() == ["shoes", "hats"]
    assert found["band"].to_list()[:5] == ["0-30", "31-60", "61-90", "91-180", "180+"]
    assert [amounts["shoes", band] for band in ("0-30", "31-60", "61-90", "91-180", "180+")] == [100, 50, 0, 7, 0]
    assert amounts["hats", "180+"] == 20
    assert found["is_value"].all()


def test_only_the_last_day_counts():
    found, amounts = ages([stock("a", 5, 100, "2026-11-20"), stock("a", 6, 40, "2026-11-21")])
    assert (amounts["shoes", "0-30"], found["day"][0]) == (40, date(2026, 11, 21))
    assert ages([stock("a", 5, 100, "2026-11-10")])[0].is_empty()


def test_stock_of_unknown_age_is_a_band_of_its_own():
    _, amounts = ages([stock("a", 5, 100), stock("b", None, 30)])
    assert amounts["shoes", "unknown"] == 30


def test_a_viewer_without_values_sees_units():
    blind = replace(EVERYONE, hidden_columns=frozenset({"fact_inventory_snapshot.on_hand_value"}))
    found, amounts = ages([stock("a", 5, 100)], viewer=blind)
    assert (amounts["shoes", "0-30"], found["is_value"][0]) == (10, False)


def test_small_categories_are_added_up_and_products_nobody_knows_stand_under_unknown():
    products = [{"sku": f"s{n}", "category_l1": f"kind {n}"} for n in range(5)]
    rows = [stock(f"s{n}", 5, 10 * (n + 1)) for n in range(5)] + [stock("x", 5, 1)]
    _, amounts = ages(rows, products, most=2)
    assert {category: amount for (category, band), amount in amounts.items() if band == "0-30"} == {
        "kind 4": 50, "kind 3": 40, "(other)": 61,
    }  # fmt: skip
    assert ages(rows, [])[1]["(unknown)", "0-30"] == 151


def test_filters_narrow_the_stock_and_without_ages_there_is_nothing():
    rows = [stock("a", 5, 100), stock("b", 5, 30, warehouse="west")]
    assert ages(rows, asked=scope(WEEK, filters=(Filter("warehouse", ("west",)),)))[1]["shoes", "0-30"] == 30
    assert ages([stock("a", None, 100)])[0].is_empty()


def line(sku, qty, cost):
    row = {"order_id": f"{sku}{qty}", "line_no": "1", "sku": sku, "paid_date": "2026-11-17", "is_paid": True}
    return row | {"qty": qty, "returned_qty": 0, "cogs_amount": cost}


def received(sku, units):
    return {
        "po_id": sku,
        "line_no": 1,
        "sku": sku,
        "received_date": "2026-11-18",
        "promised_date": "2026-11-18",
        "qty_received": units,
    }


COVER = {
    "fact_inventory_snapshot": [stock("a", 5, 200), stock("b", 5, 90), stock("c", 5, 50)],
    "fact_order_line": [line("a", 5, 100), line("b", 2, 30), line("c", 1, 10)],
    "fact_purchase_order_line": [received("a", 10), received("b", 1)],
    "fact_return": [{"return_id": "r", "line_no": "1", "completed_date": "2026-11-17", "requested_date": "2026-11-17"}],
    "dim_product": PRODUCTS,
}


def test_cover_and_sell_through_are_those_of_the_kpis():
    """a: 200 of stock at 100 in 91 days lasts 182 days, 5 sold of 10 received; c received nothing and is left out."""
    found = stock_cover(TinyEngine(COVER), scope(WEEK), EVERYONE, CATALOGUE)
    assert columns(found, *found.columns) == [
        ("a", "a", "shoes", 182.0, 50.0, 200.0),
        ("b", "b", "shoes", 273.0, 200.0, 90.0),
    ]
    days = {"first": "2026-08-24", "last": "2026-11-22"}
    assert split(TinyEngine(COVER), "days_of_inventory", "sku", **days)["a"] == 182.0


def test_longer_periods_are_taken_as_they_are():
    found = stock_cover(TinyEngine(COVER), scope("2026-01-01 2026-12-31"), EVERYONE, CATALOGUE)
    assert found["cover"][0] == 730.0


def test_the_largest_stocks_come_first_and_only_so_many():
    assert stock_cover(TinyEngine(COVER), scope(WEEK), EVERYONE, CATALOGUE, most=1)["sku"].to_list() == ["a"]


def test_without_one_of_the_three_files_there_is_no_cover():
    for table in ("fact_inventory_snapshot", "fact_order_line", "fact_purchase_order_line"):
        lacking = TinyEngine({name: rows for name, rows in COVER.items() if name != table})
        assert stock_cover(lacking, scope(WEEK), EVERYONE, CATALOGUE).is_empty()


def test_a_filter_that_the_kpis_do_not_carry_leaves_nothing_to_show():
    asked = scope(WEEK, filters=(Filter("warehouse", ("east",)),))
    assert stock_cover(TinyEngine(COVER), asked, EVERYONE, CATALOGUE).is_empty()


def shelf(sku, day, available, is_sellable=True, warehouse="east"):
    row = {"snapshot_date": f"2026-11-{day}", "sku": sku, "warehouse": warehouse}
    return row | {"available_qty": available, "is_sellable": is_sellable}


KEY = [
    {"sku": "a", "product_name": "Cup", "is_key_sku": True},
    {"sku": "b", "is_key_sku": True},
    {"sku": "c", "is_key_sku": False},
]


def outs(rows, products=KEY, asked=None, viewer=EVERYONE, **more):
    engine = TinyEngine({"fact_inventory_snapshot": rows, "dim_product": products})
    return stock_outs(engine, asked or scope(WEEK), viewer, **more)


def test_a_key_product_has_a_cell_a_day_and_each_warehouse_counts():
    """On the 17th one of two warehouses lacks a; on the 18th nobody reported it; on the 19th it was not on sale."""
    rows = [
        shelf("a", 17, 0), shelf("a", 17, 5, warehouse="west"), shelf("b", 18, 3), shelf("a", 19, 0, is_sellable=False),
    ]  # fmt: skip
    assert columns(outs(rows), "name", "period", "out", "sellable", "rate") == [
        ("Cup", date(2026, 11, 17), 1, 2, 50.0),
        ("Cup", date(2026, 11, 18), None, None, None),
        ("Cup", date(2026, 11, 19), 0, 0, None),
    ]


def test_key_products_come_first_and_products_that_never_ran_out_are_left_out():
    rows = [shelf("a", 17, 5), shelf("b", 17, 0), shelf("c", 17, 0), shelf("c", 18, 0), shelf("x", 17, 0)]
    found = outs(rows).select("sku", "is_key").unique(maintain_order=True)
    assert found.rows() == [("b", True), ("c", False), ("x", False)]
    assert outs([shelf("a", 17, 5)]).is_empty()


def test_the_most_often_out_come_first_and_only_so_many():
    rows = [shelf("a", 17, 0), shelf("b", 17, 0), shelf("b", 18, 0)]
    assert outs(rows)["sku"].unique(maintain_order=True).to_list() == ["b", "a"]
    assert outs(rows, most=1)["sku"].unique().to_list() == ["b"]


def test_long_periods_go_by_week_and_by_month():
    assert calendar_grain(Period(date(2026, 11, 1), date(2026, 12, 5))) == "day"
    assert calendar_grain(Period(date(2026, 11, 1), date(2026, 12, 6))) == "week"
    assert calendar_grain(Period(date(2025, 1, 1), date(2026, 12, 6))) == "month"
    found = outs([shelf("a", 17, 0), shelf("a", 18, 5)], asked=scope("2026-10-01 2026-11-22"))
    assert columns(found, "period", "rate") == [(date(2026, 11, 16), 50.0)]


@pytest.mark.parametrize("period", [WEEK, "2026-09-01 2026-11-22", "2025-01-01 2026-11-22"])
def test_without_stock_files_there_is_no_calendar(period):
    assert outs([], asked=scope(period)).is_empty()


def test_a_viewer_whose_rows_stock_cannot_be_narrowed_to_sees_none():
    viewer = replace(EVERYONE, row_filters=(Filter("region", ("east",)),))
    with pytest.raises(NotAllowed):
        outs([shelf("a", 17, 0)], viewer=viewer)
