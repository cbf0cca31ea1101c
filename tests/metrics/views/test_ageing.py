"""Ageing: which bills were open at the end of the period, and for how long they were overdue."""

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.ageing import ageing
from tests.metrics.engine_for_tests import TinyEngine, cover
from tests.metrics.views.asking import CATALOGUE, scope

OCTOBER = "2026-10-01 2026-10-31"


def bill(due, amount, kind="payable", **more):
    return {"invoice_id": f"{due}{amount}{more}", "invoice_type": kind, "due_date": due, "amount": amount} | more


def seen(rows, asked=None):
    found = ageing(TinyEngine({"fact_invoice": rows}), asked or scope(OCTOBER), EVERYONE, CATALOGUE)
    return {(kind, band): (amount, bills) for kind, band, amount, bills in found.iter_rows()}


def test_bills_stand_in_the_band_of_the_days_since_they_fell_due():
    days = {"2026-10-31": 1, "2026-10-30": 2, "2026-10-01": 4, "2026-09-30": 8, "2026-08-02": 16, "2026-08-01": 32}
    found = seen([bill(due, amount) for due, amount in days.items()])
    assert found == {
        ("payable", "not_due"): (1, 1),
        ("payable", "days_1_30"): (6, 2),
        ("payable", "days_31_60"): (8, 1),
        ("payable", "days_61_90"): (16, 1),
        ("payable", "days_over_90"): (32, 1),
    }


def test_bills_that_fall_due_later_are_open_too():
    assert seen([bill("2026-12-15", 7)])["payable", "not_due"] == (7, 1)


def test_files_need_not_cover_the_days_on_which_bills_fall_due():
    columns = ["invoice_id", "invoice_type", "amount"]
    held = [cover("fact_invoice", "2026-01-01", "2026-10-31", columns)]
    engine = TinyEngine({"fact_invoice": [bill("2026-12-15", 7)]}, held)
    assert ageing(engine, scope(OCTOBER), EVERYONE, CATALOGUE)["amount"][0] == 7


def test_a_bill_that_was_paid_by_then_is_not_open_and_one_paid_later_was():
    rows = [bill("2026-10-10", 5, paid_date="2026-10-31"), bill("2026-10-10", 9, paid_date="2026-11-02", open_amount=0)]
    assert seen(rows)["payable", "days_1_30"] == (9, 1)


def test_a_bill_counts_with_what_is_still_open_of_it():
    rows = [bill("2026-10-10", 100, open_amount=40), bill("2026-10-11", 100, open_amount=0), bill("2026-10-12", 100)]
    assert seen(rows)["payable", "days_1_30"] == (140, 2)


def test_a_bill_that_was_issued_later_is_not_open_yet():
    assert seen([bill("2026-11-30", 5, issue_date="2026-11-01"), bill("2026-11-30", 6, issue_date="2026-10-31")])[
        "payable", "not_due"
    ] == (6, 1)


def test_a_file_without_payments_stands_beside_one_with_them():
    rows = [bill("2026-10-10", 5, paid_date="2026-10-12"), bill("2026-10-11", 9, _source="other", _batch=2)]
    assert seen(rows)["payable", "days_1_30"] == (9, 1)


def test_what_others_owe_and_what_we_owe_are_not_mixed():
    found = seen(
        [bill("2026-10-10", 5), bill("2026-10-10", 9, "receivable"), bill("2026-10-10", 3, "platform_settlement")]
    )
    assert [kind for kind, band in found if band == "not_due"] == ["receivable", "platform_settlement", "payable"]
    assert found["receivable", "days_1_30"] == (9, 1)


def test_where_all_is_paid_the_bands_are_0():
    assert set(seen([bill("2026-10-10", 5, paid_date="2026-10-10")]).values()) == {(0, 0)}


def test_filters_narrow_the_bills():
    rows = [bill("2026-10-10", 5, department="hr"), bill("2026-10-10", 9, department="product")]
    found = seen(rows, scope(OCTOBER, filters=(Filter("department", ("hr",)),)))
    assert found["payable", "days_1_30"] == (5, 1)


def test_without_bills_there_are_no_rows():
    assert seen([]) == {}
