"""From GMV to revenue: an identity, whatever the files carry."""

from datetime import date

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.revenue_bridge import revenue_bridge
from tests.metrics.engine_for_tests import TinyEngine, cover
from tests.metrics.views.asking import CATALOGUE, columns, scope

OCTOBER = "2026-10-01 2026-10-31"
BOOKED = {"period_end": "2026-10-31", "account_code": "6001", "account_class": "revenue", "amount": 850}


def order(gmv, day="2026-10-05", **more):
    return {"order_id": f"{day}{gmv}", "paid_date": day, "is_paid": True, "gmv_amount": gmv} | more


FULL = order(1000, discount_amount=50, tax_amount=100, shipping_charged=20, refunded_amount=30)


def seen(orders, ledger=(BOOKED,), asked=None, coverage=None):
    engine = TinyEngine({"fact_order": orders, "fact_gl_balance": list(ledger)}, coverage)
    return revenue_bridge(engine, asked or scope(OCTOBER), EVERYONE, CATALOGUE)


def test_what_orders_do_not_explain_is_timing_and_other():
    """1000 - 50 - 100 + 20 - 30 = 840, the ledger says 850."""
    assert columns(seen([FULL]), "step", "amount") == [
        ("gmv", 1000),
        ("discounts", -50),
        ("tax", -100),
        ("shipping", 20),
        ("refunds", -30),
        ("timing_and_other", 10),
        ("net_revenue", 850),
    ]


def test_unpaid_orders_are_no_gmv():
    found = seen([FULL, order(7, is_paid=False)])
    assert found["amount"][0] == 1000


def test_a_step_that_no_file_carries_is_null_and_part_of_the_rest():
    found = dict(columns(seen([order(1000, discount_amount=50)]), "step", "amount"))
    assert found["tax"] is None
    assert found["discounts"] == -50
    assert found["timing_and_other"] == 850 - 950


def test_orders_of_the_booked_month_are_taken_whatever_days_are_asked():
    found = seen([FULL, order(500, "2026-11-05")], asked=scope("2026-10-25 2026-11-21"))
    assert found["amount"][0] == 1000
    assert found["first_month"][0] == found["last_month"][0] == date(2026, 10, 1)


def test_without_orders_there_is_no_gmv_and_no_rest():
    found = dict(columns(seen([]), "step", "amount"))
    assert (found["gmv"], found["timing_and_other"], found["net_revenue"]) == (None, None, 850)


def test_half_a_month_of_orders_says_that_it_is_not_whole():
    ledger = cover("fact_gl_balance", "2026-10-01", "2026-10-31", ["account_class", "amount"])
    half = cover("fact_order", "2026-10-01", "2026-10-15", ["is_paid", "gmv_amount"])
    found = seen([order(1000)], coverage=[ledger, half])
    assert columns(found, "step", "is_whole")[0] == ("gmv", False)


def test_a_filter_that_the_ledger_cannot_follow_has_no_bridge():
    assert seen([FULL], asked=scope(OCTOBER, filters=(Filter("region", ("east",)),))).is_empty()


def test_a_filter_that_orders_cannot_follow_has_no_gmv():
    rows = [BOOKED | {"department": "operations"}]
    found = seen([FULL], rows, scope(OCTOBER, filters=(Filter("department", ("operations",)),)))
    assert columns(found, "step", "amount")[0] == ("gmv", None)
    assert found["amount"][-1] == 850


def test_without_a_booked_month_there_are_no_rows():
    assert seen([FULL], ()).is_empty()
