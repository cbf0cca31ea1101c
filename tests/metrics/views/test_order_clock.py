"""The order clock: average orders an hour of the week, over the weekdays that files cover."""

from metrics.policy import EVERYONE
from metrics.views.order_clock import order_clock
from tests.metrics.engine_for_tests import TinyEngine, cover
from tests.metrics.views.asking import columns, scope

COLUMNS = ["created_at", "is_paid"]


def order(n, at, is_paid=True):
    return {"order_id": str(n), "created_at": at, "order_date": at[:10], "paid_date": at[:10], "is_paid": is_paid}


def seen(orders, first, last, asked):
    engine = TinyEngine({"fact_order": orders}, [cover("fact_order", first, last, COLUMNS)])
    found = order_clock(engine, scope(asked), EVERYONE)
    assert found.height == 168
    return {(weekday, hour): rest for weekday, hour, *rest in columns(found, "weekday", "hour", "orders", "days")}


def test_five_mondays_and_four_tuesdays_compare_fairly():
    """November 2026 begins on a Sunday and has five Sundays and five Mondays; two of its Mondays have orders."""
    orders = [order(1, "2026-11-02 09:59:59"), order(2, "2026-11-09 09:00:00"), order(3, "2026-11-10 09:30:00")]
    found = seen(orders, "2026-11-01", "2026-11-30", "2026-11-01 2026-11-30")
    assert found[1, 9] == [0.4, 5]
    assert found[2, 9] == [0.25, 4]
    assert found[1, 10] == [0.0, 5]


def test_sunday_is_the_seventh_day():
    found = seen([order(1, "2026-11-22 23:00:00")], "2026-11-16", "2026-11-22", "2026-11-16 2026-11-22")
    assert found[7, 23] == [1.0, 1]


def test_days_without_files_do_not_make_an_hour_quieter():
    """Only one of the two Mondays is covered."""
    found = seen([order(1, "2026-11-02 09:00:00")], "2026-11-01", "2026-11-05", "2026-11-01 2026-11-12")
    assert found[1, 9] == [1.0, 1]


def test_a_weekday_that_no_file_covers_is_null():
    found = seen([order(1, "2026-11-16 09:00:00")], "2026-11-16", "2026-11-17", "2026-11-16 2026-11-22")
    assert found[3, 9] == [None, 0]


def test_orders_that_were_never_paid_do_not_count():
    found = seen([order(1, "2026-11-16 09:00:00", is_paid=False)], "2026-11-16", "2026-11-22", "2026-11-16 2026-11-22")
    assert found[1, 9] == [0.0, 1]


def test_without_the_time_of_the_orders_every_hour_is_null():
    engine = TinyEngine({"fact_order": [{"order_id": "a", "paid_date": "2026-11-16", "is_paid": True}]})
    found = order_clock(engine, scope("2026-11-16 2026-11-22"), EVERYONE)
    assert (found.height, found["orders"].null_count()) == (168, 168)
