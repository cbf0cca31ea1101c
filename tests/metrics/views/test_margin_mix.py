"""Gross margin by category and channel, from lines of which both net amount and cost are known."""

import pytest

from metrics.policy import EVERYONE
from metrics.views.margin_mix import margin_mix
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope


def line(sku, channel, net, cost, **more):
    keys = {"order_id": f"{sku}{channel}{net}", "line_no": "1", "sku": sku, "sales_channel": channel}
    return keys | {"paid_date": "2026-10-05", "is_paid": True, "net_amount": net, "cogs_amount": cost} | more


NEW = {"launch_date": "2026-01-01"}
PRODUCTS = [{"sku": "s", "category_l1": "shoes"} | NEW, {"sku": "h", "category_l1": "hats"} | NEW]
LINES = [line("s", "jd", 100, 60), line("s", "tmall", 300, 240), line("h", "jd", 50, 30)]


def seen(lines, products=PRODUCTS, **more):
    engine = TinyEngine({"fact_order_line": lines, "dim_product": products})
    return margin_mix(engine, scope("2026-10-01 2026-10-31"), EVERYONE, CATALOGUE, **more)


def test_cells_and_their_categories_together_by_falling_size():
    assert columns(seen(LINES), "category", "channel", "margin") == [
        ("shoes", None, 25),
        ("shoes", "tmall", 20),
        ("shoes", "jd", 40),
        ("hats", None, 40),
        ("hats", "jd", 40),
    ]


def test_unpaid_lines_and_lines_without_a_cost_do_not_count():
    more = [line("s", "jd", 7, 1, is_paid=False), line("s", "jd", 9, None)]
    assert seen([*LINES, *more])["margin"].to_list() == seen(LINES)["margin"].to_list()


def test_a_sku_that_no_product_file_knows_is_unknown():
    assert seen([*LINES, line("x", "jd", 10, 9)])["category"].to_list()[-1] == "(unknown)"


def test_small_categories_and_channels_are_left_out_of_the_totals_too():
    found = seen(LINES, categories=1, channels=1)
    assert columns(found, "category", "channel", "margin") == [("shoes", None, 20), ("shoes", "tmall", 20)]


def test_a_loss_is_negative_and_nothing_sold_is_null():
    found = seen([line("s", "jd", 100, 150), line("h", "jd", 0, 5)])
    assert columns(found, "category", "margin")[::2] == [("shoes", -50), ("hats", None)]


@pytest.mark.parametrize(("lines", "products"), [([], PRODUCTS), (LINES, []), ([line("s", "jd", 9, None)], PRODUCTS)])
def test_without_lines_products_or_costs_there_are_no_rows(lines, products):
    assert seen(lines, products).is_empty()
