"""Cohorts: who came back, and which cells cannot say."""

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.cohorts import cohorts
from tests.metrics.engine_for_tests import TinyEngine, cover
from tests.metrics.views.asking import columns, scope

COLUMNS = ["customer_id", "customer_order_seq", "is_paid", "region"]
FIRST_HALF = [cover("fact_order", "2026-01-01", "2026-06-30", COLUMNS)]


def order(customer, day, seq, **more):
    row = {"order_id": f"{customer}-{day}-{seq}", "customer_id": customer, "customer_order_seq": seq}
    return row | {"paid_date": day, "is_paid": True} | more


def firsts(day, count):
    return [order(f"{day}/{n}", day, 1) for n in range(count)]


def again(first_day, day, count, seq=2):
    return [order(f"{first_day}/{n}", day, seq) for n in range(count)]


def seen(rows, coverage=FIRST_HALF, asked=None, months=13):
    frame = cohorts(
        TinyEngine({"fact_order": rows}, coverage), asked or scope("2026-06-01 2026-06-30"), EVERYONE, months
    )
    return {(month.month, since): tuple(rest) for month, since, *rest in columns(frame, *frame.columns)}


def test_a_cell_is_the_share_that_ordered_again_in_that_month():
    """Of 40 customers of January 10 order in February, 4 of them and 2 others in March."""
    rows = firsts("2026-01-10", 40) + again("2026-01-10", "2026-02-05", 10)
    rows += again("2026-01-10", "2026-03-31", 4, seq=3) + [order(f"2026-01-10/{n}", "2026-03-01", 2) for n in (20, 21)]
    found = seen(rows)
    assert found[1, 1] == (40, 10, 25.0, False)
    assert found[1, 2] == (40, 6, 15.0, False)
    assert found[1, 3] == (40, 0, 0.0, False)


def test_two_orders_of_a_customer_in_a_month_are_one_customer():
    rows = firsts("2026-01-10", 40) + again("2026-01-10", "2026-02-05", 1) + again("2026-01-10", "2026-02-06", 1, seq=3)
    assert seen(rows)[1, 1][1] == 1


def test_a_month_that_is_not_over_is_null_and_not_zero():
    """The files reach to 20 June: June is young for every cohort."""
    coverage = [cover("fact_order", "2026-01-01", "2026-06-20", COLUMNS)]
    found = seen(firsts("2026-04-10", 30) + again("2026-04-10", "2026-06-02", 3), coverage)
    assert found[4, 1] == (30, 0, 0.0, False)
    assert found[4, 2] == (30, None, None, False)


def test_a_month_without_its_file_is_null():
    coverage = [
        cover("fact_order", "2026-01-01", "2026-02-28", COLUMNS),
        cover("fact_order", "2026-04-01", "2026-06-30", COLUMNS),
    ]
    found = seen(firsts("2026-01-10", 30), coverage)
    assert [found[1, since][2] for since in (1, 2, 3)] == [0.0, None, 0.0]


def test_cohorts_below_30_customers_are_hidden():
    found = seen(firsts("2026-01-10", 29) + firsts("2026-02-10", 30))
    assert found[1, 1] == (None, None, None, True)
    assert found[2, 1] == (30, 0, 0.0, False)


def test_the_months_since_cross_the_turn_of_the_year():
    coverage = [cover("fact_order", "2025-11-01", "2026-02-28", COLUMNS)]
    rows = firsts("2025-12-31", 30) + again("2025-12-31", "2026-01-01", 3) + again("2025-12-31", "2026-02-28", 6, seq=3)
    found = seen(rows, coverage, scope("2026-02-01 2026-02-28"))
    assert [found[12, since][2] for since in (1, 2)] == [10.0, 20.0]


def test_only_the_last_months_have_cohorts_and_the_newest_has_no_cell_yet():
    rows = firsts("2026-01-10", 30) + firsts("2026-05-10", 30) + firsts("2026-06-10", 30)
    found = seen(rows, months=3)
    assert set(found) == {(5, 1)}


def test_customers_of_before_the_window_and_unpaid_orders_are_in_no_cohort():
    others = [order("old", "2026-05-11", 7), order("new", "2026-05-12", 1, is_paid=False)]
    assert seen(firsts("2026-05-10", 30) + others)[5, 1][0] == 30


def test_the_files_end_before_the_period_does():
    """Asked for a year that has not ended: the newest month with files decides."""
    found = seen(firsts("2026-05-10", 30), asked=scope("2026-01-01 2026-12-31"))
    assert found[5, 1][2] == 0.0
    assert all(found[5, since][2] is None for since in range(2, 8))


def test_filters_narrow_cohort_and_return():
    rows = firsts("2026-01-10", 30) + again("2026-01-10", "2026-02-05", 3)
    rows = [row | {"region": "Fujian"} for row in rows] + [order("x", "2026-01-10", 1, region="Hunan")]
    found = seen(rows, asked=scope("2026-06-01 2026-06-30", filters=(Filter("region", ("Fujian",)),)))
    assert found[1, 1][:2] == (30, 3)


def test_without_customers_there_are_no_cohorts():
    coverage = [cover("fact_order", "2026-01-01", "2026-06-30", ["is_paid"])]
    assert seen([{"order_id": "a", "paid_date": "2026-01-10", "is_paid": True}], coverage) == {}
    assert seen([], coverage=[]) == {}
