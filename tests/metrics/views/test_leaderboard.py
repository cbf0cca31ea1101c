"""The leaderboard: who leads, who moved the total, and what adds up."""

import pytest

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.leaderboard import leaderboard, spark_period
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope

WEEK, BEFORE = "2026-11-16 2026-11-22", "2026-11-09 2026-11-15"


def order(day, region, gmv, **more):
    row = {"order_id": f"{day}{region}{gmv}", "paid_date": day, "is_paid": True, "region": region}
    return row | {"gmv_amount": gmv, "net_amount": gmv, "customer_id": f"{region}{gmv}", "customer_order_seq": 1} | more


ORDERS = [
    order("2026-11-10", "east", 100),
    order("2026-11-10", "west", 60),
    order("2026-11-10", "gone", 40),
    order("2026-11-16", "east", 100),
    order("2026-11-22", "east", 50),
    order("2026-11-18", "west", 40),
    order("2026-11-18", "north", 10),
]


def seen(kpi="gmv", asked=None, rows=ORDERS, **more):
    engine = TinyEngine({"fact_order": rows})
    return leaderboard(engine, kpi, "region", asked or scope(WEEK, BEFORE), EVERYONE, CATALOGUE, **more)


def test_the_largest_comes_first_with_its_share_and_change():
    found = seen().row(0, named=True)
    assert (found["member"], found["value"], found["share"], found["before"]) == ("east", 150.0, 0.75, 100.0)
    assert (found["absolute"], found["relative"], found["material"], found["good"]) == (50.0, 0.5, True, True)


def test_who_sold_nothing_this_time_is_still_there_with_zero():
    assert columns(seen(), "member", "value", "before") == [
        ("east", 150.0, 100.0),
        ("west", 40.0, 60.0),
        ("north", 10.0, 0.0),
        ("gone", 0.0, 40.0),
    ]


def test_shares_and_parts_of_the_change_sum_to_one():
    """200 before, 200 now would leave nothing to share out, so one order more: + 20."""
    found = seen(rows=[*ORDERS, order("2026-11-20", "west", 20)])
    assert found["share"].sum() == pytest.approx(1)
    assert found["contribution_share"].sum() == pytest.approx(1)
    assert dict(columns(found, "member", "contribution_share"))["gone"] == -2.0


def test_when_the_total_stands_still_nobody_has_a_part_of_its_change():
    assert seen()["contribution_share"].null_count() == 4


def test_the_others_are_one_row_that_adds_up():
    found = seen(limit=1)
    assert columns(found, "member", "is_rest", "value", "before", "share") == [
        ("east", False, 150.0, 100.0, 0.75),
        ("(other)", True, 50.0, 100.0, 0.25),
    ]


def test_a_ratio_has_no_shares_no_parts_and_no_other():
    found = seen("average_order_value", limit=1)
    assert columns(found, "member", "value", "share", "contribution_share") == [("east", 75.0, None, None)]


def test_a_distinct_count_does_not_add_up_either():
    found = seen("new_customers", limit=2)
    assert found["member"].to_list() == ["east", "north"]
    assert found["share"].null_count() == 2


def test_ordered_by_change_the_largest_fall_can_lead():
    assert seen(order="change")["member"].to_list()[:2] == ["east", "gone"]


def test_a_sparkline_has_a_value_a_day_and_zero_where_nothing_sold():
    found = dict(columns(seen(), "member", "spark"))
    assert found["east"] == [100, 0, 0, 0, 0, 0, 50]


def test_a_rest_has_no_sparkline():
    assert dict(columns(seen(limit=1), "member", "spark"))["(other)"] is None


@pytest.mark.parametrize(
    ("asked", "days", "grain"),
    [
        ("2026-11-10 2026-11-22", "2026-11-10 2026-11-22", "day"),
        ("2026-10-26 2026-11-22", "2026-10-26 2026-11-22", "week"),
        ("2026-08-25 2026-11-22", "2026-08-25 2026-11-22", "week"),
        ("2026-01-01 2026-11-22", "2026-01-01 2026-11-22", "month"),
        ("2024-05-05 2026-11-22", "2025-11-01 2026-11-22", "month"),
    ],
)
def test_a_sparkline_has_at_most_thirteen_values(asked, days, grain):
    assert spark_period(scope(asked).period) == (scope(days).period, grain)


def test_a_month_has_no_days_of_its_own_so_its_sparkline_shows_a_year():
    october = scope("2026-10-01 2026-10-31").period
    assert spark_period(october, "month") == (scope("2025-10-01 2026-10-31").period, "month")


def test_without_a_comparison_there_are_values_and_no_changes():
    found = seen(asked=scope(WEEK))
    assert found["member"].to_list() == ["east", "west", "north"]
    assert found["absolute"].null_count() == 3
    assert found["before"].null_count() == 3


def test_filters_narrow_members_and_total():
    found = seen(asked=scope(WEEK, BEFORE, (Filter("region", ("west", "north")),)))
    assert columns(found, "member", "share") == [("west", 0.8), ("north", 0.2)]


def test_without_files_there_is_no_leader():
    assert seen(rows=[]).is_empty()
