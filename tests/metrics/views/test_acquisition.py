"""Spend against new customers: what both files say of a channel, and what only one does."""

from dataclasses import replace

import pytest

from metrics.errors import NotAllowed
from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.acquisition import acquisition
from tests.metrics.asking import split
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope

WEEK = "2026-11-16 2026-11-22"


def adverts(channel, cost, **more):
    row = {"date": "2026-11-17", "cut": "marketing_channel,region", "marketing_channel": channel, "cost": cost}
    return row | {"region": "east", "is_paid_media": True} | more


def first(channel, customer, **more):
    row = {"order_id": customer, "customer_id": customer, "customer_order_seq": 1, "paid_date": "2026-11-18"}
    return row | {"is_paid": True, "marketing_channel": channel, "region": "east", "device": "mobile"} | more


ADVERTS = [adverts("display", 300, conversion_value=900), adverts("email", 50), adverts("video", 40)]
ORDERS = [first("display", "a"), first("display", "b"), first("direct", "c"), first("email", "d"), first("email", "e")]


def seen(adverts=ADVERTS, orders=ORDERS, asked=None, viewer=EVERYONE):
    engine = TinyEngine({"fact_campaign_daily": adverts, "fact_order": orders})
    found = acquisition(engine, asked or scope(WEEK), viewer, CATALOGUE)
    return columns(found, *found.columns)


def test_a_channel_has_its_spend_its_first_orders_and_what_one_cost():
    assert seen() == [
        ("display", 300.0, 2.0, 150.0, 900.0),
        ("email", 50.0, 2.0, 25.0, None),
        ("video", 40.0, 0.0, None, None),
        ("direct", 0.0, 1.0, None, None),
    ]


def test_the_cost_is_that_of_the_kpi():
    engine = TinyEngine({"fact_campaign_daily": ADVERTS, "fact_order": ORDERS})
    days = {"first": "2026-11-16", "last": "2026-11-22"}
    kpi = split(engine, "customer_acquisition_cost", "marketing_channel", **days)
    assert kpi == {row[0]: row[3] for row in seen()}


def test_unpaid_media_and_later_orders_do_not_count():
    rows = [*ADVERTS, adverts("email", 999, is_paid_media=False)]
    found = {row[0]: row[1:3] for row in seen(rows, [*ORDERS, first("email", "f", customer_order_seq=2)])}
    assert found["email"] == (50.0, 2.0)


def test_spend_that_a_filter_cannot_narrow_is_unknown_and_not_that_of_all():
    found = seen(asked=scope(WEEK, filters=(Filter("device", ("mobile",)),)))
    assert {row[1] for row in found} == {None}
    assert {row[0]: row[2] for row in found} == {"display": 2.0, "email": 2.0, "direct": 1.0}


def test_filters_that_both_carry_narrow_both():
    rows = [*ADVERTS, adverts("display", 700, region="west")]
    assert seen(rows, asked=scope(WEEK, filters=(Filter("region", ("east",)),)))[0][:3] == ("display", 300.0, 2.0)


def test_without_media_files_spend_is_unknown_and_without_orders_nobody_is_known_to_be_won():
    assert [row[1:3] for row in seen(adverts=[])] == [(None, 1.0), (None, 2.0), (None, 2.0)]
    assert [row[1:3] for row in seen(orders=[])] == [(300.0, None), (50.0, None), (40.0, None)]
    assert seen([], []) == []


def test_a_viewer_without_costs_sees_nothing():
    with pytest.raises(NotAllowed):
        seen(viewer=replace(EVERYONE, hidden_columns=frozenset({"fact_campaign_daily.cost"})))
