"""Nothing, zero and unknown are three things."""

from __future__ import annotations

from typing import Any

from tests.metrics.asking import asked, split, value
from tests.metrics.engine_for_tests import TinyEngine, cover

MARCH = {"first": "2025-03-01", "last": "2025-03-31"}
ORDER = ["is_paid", "gmv_amount", "net_amount", "customer_id", "customer_order_seq"]


def order(number: str, day: str = "2025-03-10", **more: Any) -> dict[str, Any]:
    return {"order_id": number, "paid_date": day, "is_paid": True, "gmv_amount": 10, "net_amount": 10, **more}


def test_a_column_that_no_file_carries_gives_no_value_and_not_zero() -> None:
    """Nobody said which orders were cancelled: the rate is unknown, not 0 %."""
    engine = TinyEngine({"fact_order": [order("a"), order("b")]})
    answer = asked(engine, "order_cancellation_rate", "paid_orders", **MARCH)
    assert answer.rows.row(0) == (None, 2.0)
    missing = answer.availability["order_cancellation_rate"]
    assert (missing.state, missing.missing_columns) == ("no_data", ("is_cancelled",))
    assert missing.reason.en == "needs is_cancelled: no file with orders that covers these days carries it"


def test_a_table_without_a_file_is_named_in_three_languages() -> None:
    engine = TinyEngine({"fact_order_line": [{"order_id": "a", "line_no": "1", "paid_date": "2025-03-10", "qty": 1}]})
    missing = asked(engine, "return_rate", **MARCH).availability["return_rate"]
    assert (missing.state, missing.missing_tables) == ("no_data", ("fact_return",))
    assert missing.reason.en == "needs returns: no file of that kind covers these days"
    assert "退货退款" in missing.reason.zh_hans
    assert "退貨退款" in missing.reason.zh_hant


def test_a_day_without_orders_is_zero_inside_coverage_and_null_outside() -> None:
    """Files cover the 10th to the 12th; nothing was sold on the 11th and 12th."""
    engine = TinyEngine({"fact_order": [order("a")]}, [cover("fact_order", "2025-03-10", "2025-03-12", ORDER)])
    week = {"grain": "day", "first": "2025-03-09", "last": "2025-03-13"}
    assert list(split(engine, "gmv", "period", **week).values()) == [None, 10.0, 0.0, 0.0, None]
    assert list(split(engine, "paid_orders", "period", **week).values()) == [None, 1.0, 0.0, 0.0, None]


def test_a_ratio_of_nothing_is_null_even_inside_coverage() -> None:
    engine = TinyEngine({"fact_order": [order("a")]}, [cover("fact_order", "2025-03-10", "2025-03-12", ORDER)])
    days = split(engine, "average_order_value", "period", grain="day", first="2025-03-10", last="2025-03-12")
    assert list(days.values()) == [10.0, None, None]


def test_every_group_has_every_day_of_a_series() -> None:
    engine = TinyEngine({"fact_order": [order("a", region="x"), order("b", "2025-03-11", region="y")]})
    rows = asked(engine, "gmv", by=("region",), grain="day", first="2025-03-10", last="2025-03-11").rows
    assert [(str(day), region, value) for day, region, value in rows.iter_rows()] == [
        ("2025-03-10", "x", 10.0),
        ("2025-03-10", "y", 0.0),
        ("2025-03-11", "x", 0.0),
        ("2025-03-11", "y", 10.0),
    ]


def test_a_shop_that_does_not_tell_is_left_out_of_both_sides_of_a_ratio() -> None:
    """North tells cancellations (1 of 2), south does not (2 orders): 50 %, not 25 %, and partial."""
    north = {"_source": "north", "_batch": 1}
    south = {"_source": "south", "_batch": 2}
    engine = TinyEngine(
        {
            "fact_order": [
                order("a", is_cancelled=True, **north),
                order("b", is_cancelled=False, **north),
                order("c", **south),
                order("d", **south),
            ]
        }
    )
    answer = asked(engine, "order_cancellation_rate", "paid_orders", first="2025-03-10", last="2025-03-10")
    assert answer.rows.row(0) == (50.0, 4.0)
    assert answer.availability["paid_orders"].state == "ok"
    assert answer.availability["order_cancellation_rate"].state == "partial"
    assert "south" in answer.availability["order_cancellation_rate"].reason.en


def test_an_answer_is_partial_when_a_usual_source_did_not_deliver() -> None:
    """Tmall and JD delivered until the 9th, since then only Tmall."""
    engine = TinyEngine(
        {"fact_order": [order("a")]},
        [
            cover("fact_order", "2025-02-01", "2025-03-31", ORDER, source="tmall"),
            cover("fact_order", "2025-02-01", "2025-03-09", ORDER, source="jd", batch=2),
        ],
    )
    found = asked(engine, "gmv", first="2025-03-01", last="2025-03-10").availability["gmv"]
    assert (found.state, found.missing_days) == ("partial", 1)
    assert found.reason.en == "1 of 10 days are incomplete: jd lacks 1"


def test_a_new_shop_does_not_make_the_days_before_it_incomplete() -> None:
    engine = TinyEngine(
        {"fact_order": [order("a")]},
        [
            cover("fact_order", "2025-02-01", "2025-03-31", ORDER, source="tmall"),
            cover("fact_order", "2025-03-05", "2025-03-31", ORDER, source="jd", batch=2),
        ],
    )
    assert asked(engine, "gmv", **MARCH).availability["gmv"].state == "ok"


def test_a_shop_that_closed_long_ago_is_not_missed() -> None:
    engine = TinyEngine(
        {"fact_order": [order("a")]},
        [
            cover("fact_order", "2025-01-01", "2025-03-31", ORDER, source="tmall"),
            cover("fact_order", "2025-01-01", "2025-01-20", ORDER, source="jd", batch=2),
        ],
    )
    assert asked(engine, "gmv", **MARCH).availability["gmv"].state == "ok"


def test_a_parcel_whose_day_is_still_to_come_is_neither_late_nor_on_time() -> None:
    """Judged on the 10th: a came in time, b is overdue, c is promised for the 12th (and already there)."""
    parcel = {"parcel_no": 1, "shipped_date": "2025-03-08", "is_in_full": True}
    engine = TinyEngine(
        {
            "fact_shipment": [
                {**parcel, "order_id": "a", "promised_delivery_date": "2025-03-09", "delivered_at": "2025-03-09"},
                {**parcel, "order_id": "b", "promised_delivery_date": "2025-03-09"},
                {**parcel, "order_id": "c", "promised_delivery_date": "2025-03-12", "delivered_at": "2025-03-09"},
            ]
        },
        [cover("fact_shipment", "2025-03-01", "2025-03-10", ["order_id", "is_delivered_on_time", "is_in_full"])],
    )
    assert value(engine, "otif_rate", **MARCH) == 50.0


def test_division_by_zero_is_no_value_and_not_infinity() -> None:
    spend = {"date": "2025-03-10", "is_paid_media": True, "cost": 0, "conversion_value": 5}
    assert value(TinyEngine({"fact_campaign_daily": [spend]}), "roas", **MARCH) is None


def test_members_who_bought_nothing_have_a_share_of_zero_where_membership_is_known() -> None:
    engine = TinyEngine({"fact_order": [order("a", region="x", is_member_order=False), order("b", region="y")]})
    assert split(engine, "member_sales_share", "region", **MARCH) == {"x": 0.0, "y": None}
