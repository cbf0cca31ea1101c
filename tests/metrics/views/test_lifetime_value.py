"""Lifetime value: gross profit cumulated by cohort, null as soon as a month is not known."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.errors import NotAllowed
from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.lifetime_value import lifetime_value
from tests.metrics.engine_for_tests import TinyEngine, cover
from tests.metrics.views.asking import CATALOGUE, columns, scope

SPRING = "2026-03-01 2026-03-31"
ORDER = ["customer_id", "customer_order_seq", "is_paid", "order_id", "region", "device"]
LINE = ["order_id", "is_paid", "net_amount", "cogs_amount", "region"]


def bought(customer, day, seq, net=100, cost=60, **more):
    key = f"{customer}/{day}"
    shared = {"order_id": key, "paid_date": day, "is_paid": True, "region": "east"}
    order = shared | {"customer_id": customer, "customer_order_seq": seq} | more
    return order, shared | {"line_no": "1", "net_amount": net, "cogs_amount": cost, "returned_amount": 0}


def cohort(day, count, **more):
    return [bought(f"{day}#{n}", day, 1, **more) for n in range(count)]


def seen(sales, until="2026-03-31", asked=None, viewer=EVERYONE, costs=(), lines=None):
    coverage = [cover("fact_order", "2026-01-01", until, ORDER), cover("fact_order_line", "2026-01-01", until, LINE)]
    coverage += [cover("fact_campaign_daily", "2026-01-01", until, ["is_paid_media", "cost"])] if costs else []
    tables = {"fact_order": [order for order, _ in sales], "fact_order_line": lines or [line for _, line in sales]}
    engine = TinyEngine({**tables, "fact_campaign_daily": costs}, coverage)
    found = lifetime_value(engine, asked or scope(SPRING), viewer, CATALOGUE)
    return {(month.month, since): tuple(rest) for month, since, *rest in columns(found, *found.columns)}


def test_profit_is_cumulated_and_shared_by_all_customers_of_the_cohort():
    """40 customers bring 40 each in January; ten of them 40 again in March: 40, 40, 40 + 400 / 40."""
    again = [bought(f"2026-01-10#{n}", "2026-03-05", 2) for n in range(10)]
    found = seen(cohort("2026-01-10", 40) + again)
    assert [found[1, since][:2] for since in (0, 1, 2)] == [(40, 40.0), (40, 40.0), (40, 50.0)]


def test_money_back_lowers_the_profit():
    sales = cohort("2026-01-10", 30)
    lines = [line | {"returned_amount": 10} for _, line in sales]
    assert seen(sales, lines=lines)[1, 0][1] == 30.0


def test_cohorts_below_30_customers_are_hidden():
    assert seen(cohort("2026-01-10", 29))[1, 0] == (None, None, True, None)


def test_a_month_that_is_not_over_is_null_and_so_are_all_after_it():
    found = seen(cohort("2026-01-10", 30), until="2026-02-20")
    assert [found[1, since][1] for since in (0, 1, 2)] == [40.0, None, None]


def test_a_month_of_unknown_cost_is_null_and_not_zero():
    again = [bought(f"2026-01-10#{n}", "2026-02-05", 2, cost=None) for n in range(10)]
    found = seen(cohort("2026-01-10", 30) + again)
    assert [found[1, since][1] for since in (0, 1, 2)] == [40.0, None, None]


def test_what_a_new_customer_cost_stands_beside_it():
    adverts = [{"date": "2026-02-01", "is_paid_media": True, "cost": 1500}]
    assert seen(cohort("2026-01-10", 30), costs=adverts)[1, 0][3] == 50.0


def test_a_filter_narrows_the_tables_that_carry_it():
    sales = cohort("2026-01-10", 30, device="mobile") + cohort("2026-01-11", 30, device="desktop")
    found = seen(sales, asked=scope(SPRING, filters=(Filter("device", ("mobile",)),)))
    assert found[1, 0][:2] == (30, 40.0)


def test_the_cohorts_are_named_by_their_first_day():
    engine = TinyEngine(
        {"fact_order": [bought("a", "2026-01-10", 1)[0]], "fact_order_line": [bought("a", "2026-01-10", 1)[1]]}
    )
    assert lifetime_value(engine, scope(SPRING), EVERYONE, CATALOGUE)["cohort"][0] == date(2026, 1, 1)


def test_without_costs_or_customers_there_are_no_rows():
    assert lifetime_value(TinyEngine({}), scope(SPRING), EVERYONE, CATALOGUE).is_empty()


def test_margins_are_for_viewers_who_may_see_them():
    with pytest.raises(NotAllowed):
        seen(cohort("2026-01-10", 30), viewer=replace(EVERYONE, access=frozenset({"open"})))
