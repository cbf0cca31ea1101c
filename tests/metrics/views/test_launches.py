"""Launch curves: sales by whole week since a product's first day."""

from datetime import date

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.launches import launch_curves
from tests.metrics.engine_for_tests import TinyEngine, cover
from tests.metrics.views.asking import columns, scope

NOVEMBER = "2026-11-01 2026-11-22"
CARRIED = ["is_paid", "net_amount", "sku", "region"]


def product(sku, launched, spu="(unknown)", name="(unknown)"):
    return {"sku": sku, "launch_date": launched, "product_id": spu, "product_name": name}


def sold(sku, day, net, **more):
    row = {"order_id": f"{sku}{day}{net}", "line_no": "1", "sku": sku, "paid_date": day, "is_paid": True}
    return row | {"net_amount": net, "region": "east"} | more


def seen(products, lines, until="2026-11-22", asked=None, **more):
    coverage = [cover("fact_order_line", "2026-01-01", until, CARRIED)]
    coverage += [cover("dim_product", "2026-01-01", until, ["launch_date"])]
    engine = TinyEngine({"dim_product": products, "fact_order_line": lines}, coverage)
    return launch_curves(engine, asked or scope(NOVEMBER), EVERYONE, **more)


def test_a_week_runs_from_the_launch_and_one_that_is_not_over_is_null():
    """Launched on 2 November: week 1 to the 8th, week 2 to the 15th, week 3 to the 22nd, week 4 is to come."""
    lines = [
        sold("a", "2026-11-02", 10),
        sold("a", "2026-11-08", 20),
        sold("a", "2026-11-09", 5),
        sold("a", "2026-11-22", 1),
    ]
    found = seen([product("a", "2026-11-02")], lines, weeks=4)
    assert columns(found, "product", "launched", "week", "sales") == [
        ("a", date(2026, 11, 2), 1, 30.0),
        ("a", date(2026, 11, 2), 2, 5.0),
        ("a", date(2026, 11, 2), 3, 1.0),
        ("a", date(2026, 11, 2), 4, None),
    ]


def test_a_week_without_sales_is_zero_and_one_without_files_is_null():
    lines = [sold("a", "2026-11-02", 10)]
    assert seen([product("a", "2026-11-02")], lines, weeks=3)["sales"].to_list() == [10.0, 0.0, 0.0]
    assert seen([product("a", "2026-11-02")], lines, "2026-11-16", weeks=3)["sales"].to_list() == [10.0, 0.0, None]


def test_the_skus_of_one_product_are_launched_together():
    products = [product("a-s", "2026-11-02", "a", "Coat, S"), product("a-m", "2026-11-04", "a", "Coat, M")]
    found = seen(products, [sold("a-s", "2026-11-03", 10), sold("a-m", "2026-11-10", 7)], weeks=2)
    assert columns(found, "product", "name", "week", "sales") == [
        ("a", "Coat, M", 1, 10.0),
        ("a", "Coat, M", 2, 7.0),
    ]


def test_a_new_sku_of_an_old_product_is_a_launch_without_the_old_skus():
    products = [product("old", "2024-01-01", "a", "Coat"), product("new", "2026-11-02", "a", "Coat")]
    found = seen(products, [sold("old", "2026-11-03", 900), sold("new", "2026-11-03", 10)], weeks=1)
    assert columns(found, "product", "launched", "sales") == [("a", date(2026, 11, 2), 10.0)]


def test_the_largest_launches_come_first_and_old_or_unsold_ones_are_left_out():
    products = [
        product("old", "2026-01-02"),
        product("a", "2026-11-02"),
        product("b", "2026-10-05"),
        product("none", "2026-11-01"),
    ]
    lines = [sold("old", "2026-11-03", 900), sold("a", "2026-11-03", 10), sold("b", "2026-11-03", 70)]
    assert seen(products, lines)["product"].unique(maintain_order=True).to_list() == ["b", "a"]
    assert seen(products, lines, most=1)["product"].unique().to_list() == ["b"]


def test_unpaid_lines_and_sales_before_the_launch_do_not_count():
    lines = [sold("a", "2026-10-30", 50), sold("a", "2026-11-03", 10), sold("a", "2026-11-03", 99, is_paid=False)]
    assert seen([product("a", "2026-11-02")], lines)["sales"][0] == 10.0


def test_filters_narrow_the_sales_and_without_launches_there_are_no_rows():
    lines = [sold("a", "2026-11-03", 10), sold("a", "2026-11-03", 70, region="west")]
    asked = scope(NOVEMBER, filters=(Filter("region", ("west",)),))
    assert seen([product("a", "2026-11-02")], lines, asked=asked)["sales"][0] == 70.0
    assert seen([], lines).is_empty()
