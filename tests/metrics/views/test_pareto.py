"""Paretos: every order and every unit counted once a reason."""

import pytest

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.pareto import imperfect_orders, return_reasons
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import columns, scope

WEEK = "2026-11-16 2026-11-22"
GOOD = {"is_in_full": True, "is_correct_item": True, "is_damage_free": True, "is_docs_correct": True}


def parcel(order, number=1, delivered="2026-11-17 10:00:00", **more):
    due = {"promised_delivery_date": "2026-11-18", "shipped_date": "2026-11-16", "delivered_at": delivered}
    return {"order_id": order, "parcel_no": number} | due | GOOD | more


def failed(parcels, asked=None):
    return imperfect_orders(TinyEngine({"fact_shipment": parcels}), asked or scope(WEEK, as_of="2026-11-22"), EVERYONE)


def test_an_order_in_three_late_parcels_is_late_once():
    late = "2026-11-20 10:00:00"
    parcels = [parcel("a", n, late) for n in (1, 2, 3)] + [parcel("b", 1, late), parcel("c", 1, is_in_full=False)]
    assert columns(failed(parcels), "reason", "count") == [
        ("late", 2.0),
        ("short", 1.0),
        ("damaged", 0.0),
        ("papers", 0.0),
        ("wrong_item", 0.0),
    ]


def test_an_order_that_fails_twice_counts_for_both_reasons():
    found = failed([parcel("a", 1, is_correct_item=False, is_damage_free=False), parcel("b", 1, is_damage_free=False)])
    assert columns(found, "reason", "count", "share", "cumulative_share")[:2] == [
        ("damaged", 2.0, pytest.approx(2 / 3), pytest.approx(2 / 3)),
        ("wrong_item", 1.0, pytest.approx(1 / 3), pytest.approx(1.0)),
    ]


def test_an_undelivered_order_is_late_once_its_day_has_passed():
    waiting = [parcel("a", 1, delivered=None), parcel("b")]
    assert dict(columns(failed(waiting, scope(WEEK, as_of="2026-11-19")), "reason", "count"))["late"] == 1
    assert dict(columns(failed(waiting, scope(WEEK, as_of="2026-11-18")), "reason", "count"))["late"] == 0


def test_a_check_that_no_file_carries_is_null_and_not_zero():
    parcels = [parcel("a", is_docs_correct=None), parcel("b", is_docs_correct=None, is_in_full=False)]
    found = {row[0]: row[1:] for row in columns(failed(parcels), "reason", "count", "share")}
    assert found["papers"] == (None, None)
    assert found["short"] == (1.0, 1.0)


def test_when_nothing_failed_there_are_no_shares():
    found = failed([parcel("a")])
    assert found["count"].to_list() == [0.0] * 5
    assert found["share"].null_count() == 5


def test_filters_narrow_the_orders():
    parcels = [parcel("a", warehouse="east", is_in_full=False), parcel("b", warehouse="west", is_in_full=False)]
    asked = scope(WEEK, filters=(Filter("warehouse", ("east",)),), as_of="2026-11-22")
    assert dict(columns(failed(parcels, asked), "reason", "count"))["short"] == 1


def test_without_shipments_every_reason_is_null():
    assert failed([])["count"].null_count() == 5


def back(reason, qty, money, requested="2026-11-17"):
    row = {"return_id": f"{reason}{qty}{requested}", "line_no": "1", "reason_group": reason, "qty": qty}
    return row | {"refund_amount": money, "requested_date": requested, "completed_date": "2026-11-20"}


def returned(rows, by="count"):
    return return_reasons(TinyEngine({"fact_return": rows}), scope(WEEK), EVERYONE, by)


RETURNS = [back("size_fit", 3, 30), back("size_fit", 2, 20), back("quality", 4, 400), back("other", 1, 50)]


def test_returns_are_ranked_by_units():
    assert columns(returned(RETURNS), "reason", "count", "refund_amount", "cumulative_share") == [
        ("size_fit", 5.0, 50.0, 0.5),
        ("quality", 4.0, 400.0, 0.9),
        ("other", 1.0, 50.0, 1.0),
    ]


def test_or_by_money_back():
    found = returned(RETURNS, "refund_amount")
    assert found["reason"].to_list() == ["quality", "other", "size_fit"]
    assert found["share"].to_list() == [0.8, 0.1, 0.1]


def test_a_return_belongs_to_the_day_it_was_requested():
    rows = [back("quality", 1, 1, requested="2026-11-15"), back("other", 2, 1)]
    assert columns(returned(rows), "reason", "count") == [("other", 2.0)]


def test_refunds_without_units_are_still_a_reason():
    found = returned([back("quality", None, 100), back("other", None, 300)], "refund_amount")
    assert columns(found, "reason", "count", "share") == [("other", None, 0.75), ("quality", None, 0.25)]


def test_without_returns_there_are_no_rows():
    assert returned([]).is_empty()
