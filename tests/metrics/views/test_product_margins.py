"""ABC: margins by product, what makes 80 % of them, and what loses money."""

from dataclasses import replace

import pytest

from metrics.errors import NotAllowed
from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.product_margins import product_margins
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope

WEEK = "2026-11-16 2026-11-22"


def sold(sku, net, cost, **more):
    row = {"order_id": f"{sku}{net}{cost}", "line_no": "1", "sku": sku, "paid_date": "2026-11-17", "is_paid": True}
    return row | {"net_amount": net, "cogs_amount": cost, "region": "east"} | more


LINES = [
    sold("a", 500, 100),
    sold("b", 300, 100),
    sold("b", 200, 0),
    sold("c", 150, 50),
    sold("d", 120, 20),
    sold("e", 10, 90),
]
PRODUCTS = [{"sku": "a", "product_name": "Cup", "category_l1": "kitchen"}, {"sku": "b", "product_name": "(unknown)"}]


def seen(lines=LINES, products=PRODUCTS, asked=None, viewer=EVERYONE):
    engine = TinyEngine({"fact_order_line": lines, "dim_product": products})
    return product_margins(engine, asked or scope(WEEK), viewer, CATALOGUE)


def test_products_stand_by_falling_margin_with_what_they_add_up_to():
    assert columns(seen(), "sku", "margin", "sales", "share", "cumulative_share", "class") == [
        ("a", 400.0, 500.0, 0.4, 0.4, "A"),
        ("b", 400.0, 500.0, 0.4, 0.8, "A"),
        ("c", 100.0, 150.0, 0.1, 0.9, "B"),
        ("d", 100.0, 120.0, 0.1, 1.0, "B"),
        ("e", -80.0, 10.0, None, None, "loss"),
    ]


def test_a_product_without_a_name_goes_by_its_sku():
    assert columns(seen(), "name", "category")[:3] == [("Cup", "kitchen"), ("b", "(unknown)"), ("c", "(unknown)")]


def test_lines_of_unknown_cost_and_unpaid_ones_count_in_nothing():
    found = seen([sold("a", 500, 100), sold("a", 999, None), sold("a", 999, 1, is_paid=False), sold("b", 9, None)])
    assert columns(found, "sku", "margin", "sales") == [("a", 400.0, 500.0)]


def test_lines_without_a_sku_stand_together():
    assert columns(seen([sold("a", 10, 5), sold(None, 9, 5), sold(None, 8, 5)]), "sku", "margin") == [
        ("(unknown)", 7.0),
        ("a", 5.0),
    ]


def test_filters_narrow_the_lines():
    lines = [sold("a", 500, 100), sold("b", 300, 100, region="west")]
    assert seen(lines, asked=scope(WEEK, filters=(Filter("region", ("west",)),)))["sku"].to_list() == ["b"]


def test_margins_are_for_viewers_who_may_see_them():
    with pytest.raises(NotAllowed):
        seen(viewer=replace(EVERYONE, access=frozenset({"open"})))
    with pytest.raises(NotAllowed):
        seen(viewer=replace(EVERYONE, hidden_columns=frozenset({"fact_order_line.cogs_amount"})))


def test_without_costs_there_are_no_rows():
    assert seen([sold("a", 500, None)]).is_empty()
    assert seen([]).is_empty()
