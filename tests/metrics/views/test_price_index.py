"""The price index by category: sums of matched listings at the last check."""

from datetime import date

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.price_index import price_index
from tests.metrics.asking import split
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import columns, scope

NOVEMBER = "2026-11-01 2026-11-22"
KINDS = {"a": "shoes", "b": "shoes", "c": "hats"}
PRODUCTS = [{"sku": sku, "category_l1": kind, "launch_date": "2026-01-01"} for sku, kind in KINDS.items()]


def listing(sku, price, other, day="2026-11-18", channel="tmall", **more):
    row = {"snapshot_date": day, "sku": sku, "sales_channel": channel, "is_listed": True}
    return row | {"price": price, "competitor_price": other, "has_price_error": False} | more


ROWS = [
    listing("a", 220, 200), listing("b", 80, 100, has_price_error=True), listing("b", 80, None, channel="jd"),
    listing("c", 90, 100), listing("c", 50, 100, is_listed=False, channel="jd"),
]  # fmt: skip


def seen(rows=ROWS, products=PRODUCTS, asked=None, **more):
    engine = TinyEngine({"fact_listing_snapshot": rows, "dim_product": products})
    return price_index(engine, asked or scope(NOVEMBER), EVERYONE, **more)


def test_a_category_is_a_ratio_of_sums_of_its_matched_listings():
    assert columns(seen(), "category", "index", "matched", "listed", "price_errors") == [
        ("shoes", 100.0, 2, 3, 1),
        ("hats", 90.0, 1, 1, 0),
    ]


def test_the_index_is_that_of_the_kpi():
    engine = TinyEngine({"fact_listing_snapshot": ROWS, "dim_product": PRODUCTS})
    kpi = split(engine, "competitive_price_index", "product.category_l1", first="2026-11-01", last="2026-11-22")
    assert kpi == dict(columns(seen(), "category", "index"))


def test_the_last_check_counts_and_one_of_more_than_a_week_ago_says_nothing():
    found = seen([listing("a", 100, 100, "2026-11-11"), listing("a", 120, 100, "2026-11-18")])
    assert columns(found, "index", "day") == [(120.0, date(2026, 11, 18))]
    assert seen([listing("a", 100, 100, "2026-11-11")]).is_empty()


def test_errors_that_no_file_tells_are_null():
    assert seen([listing("a", 100, 100, has_price_error=None)])["price_errors"].to_list() == [None]


def test_categories_without_a_match_are_left_out_and_only_so_many_are_shown():
    rows = [listing("a", 100, None), listing("c", 90, 100), listing("x", 50, 50)]
    assert seen(rows)["category"].to_list() == ["(unknown)", "hats"]
    assert seen(most=1)["category"].to_list() == ["shoes"]


def test_filters_narrow_the_listings():
    rows = [listing("a", 220, 200), listing("a", 90, 100, channel="jd")]
    assert seen(rows, asked=scope(NOVEMBER, filters=(Filter("sales_channel", ("jd",)),)))["index"].to_list() == [90.0]
    assert seen([]).is_empty()
