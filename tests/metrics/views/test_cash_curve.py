"""Free cash by day, and the projection from the burn of the last 90 days."""

from datetime import date, timedelta

import pytest

from metrics.periods import Period
from metrics.policy import EVERYONE
from metrics.views.cash_curve import cash_curve, shown
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope

LAST = date(2026, 10, 31)
MONTH = "2026-10-01 2026-10-31"


def day(back, balance, outflow=None, inflow=None, **more):
    row = {"date": LAST - timedelta(days=back), "account_id": "a", "account_type": "bank", "restricted_amount": 0}
    return row | {"closing_balance": balance, "outflow_external": outflow, "inflow_external": inflow} | more


def line(limit, drawn):
    facility = {"facility_limit": limit, "facility_drawn": drawn}
    return {"date": LAST, "account_id": "k", "account_type": "credit_line"} | facility


def seen(rows, asked=MONTH):
    return cash_curve(TinyEngine({"fact_bank_balance": rows}), scope(asked), EVERYONE, CATALOGUE)


def burning(days=90, cash=200, a_day=10):
    return [day(back, cash, a_day, 0) for back in range(days)]


def test_pledged_money_is_not_free():
    found = seen([day(0, 500, restricted_amount=80)])
    assert found.filter(period=LAST)["free_cash"].item() == 420


def test_the_past_is_at_least_the_90_days_the_burn_is_taken_from():
    assert shown(Period(date(2026, 10, 1), LAST)) == Period(date(2026, 8, 3), LAST)
    assert shown(Period(date(2026, 1, 1), LAST)) == Period(date(2026, 1, 1), LAST)


def test_cash_falls_by_the_burn_until_it_is_gone():
    """200 free, 10 a day more out than in: 20 days."""
    found = seen(burning())
    ahead = found.filter("is_projected")
    assert found["runway"].unique().to_list() == [pytest.approx(20)]
    assert ahead["period"].to_list() == [LAST + timedelta(days=n) for n in range(1, 21)]
    assert ahead["free_cash"].to_list() == pytest.approx([200 - 10 * n for n in range(1, 21)])


def test_a_long_runway_is_drawn_no_longer_than_the_past():
    ahead = seen(burning(cash=9000)).filter("is_projected")
    assert ahead.height == 90
    assert ahead["free_cash"][-1] == pytest.approx(9000 - 900)


def test_where_nothing_burns_nothing_is_projected():
    found = seen([day(back, 200, 5, 9) for back in range(90)])
    assert not found["is_projected"].any()
    assert found["runway"].null_count() == found.height


def test_the_past_ends_with_the_files_and_the_projection_begins_there():
    found = seen([day(back, 100, 10, 0) for back in range(20, 90)])
    known = found.filter(~found["is_projected"])
    assert known["period"][-1] == LAST - timedelta(days=20)
    assert found.filter("is_projected")["period"][0] == LAST - timedelta(days=19)


def test_days_without_a_statement_are_null():
    found = seen([*burning(5), *(day(back, 100, 10, 0) for back in range(20, 90))])
    known = dict(columns(found, "period", "free_cash"))
    assert known[LAST - timedelta(days=10)] is None
    assert known[LAST - timedelta(days=4)] == 200


def test_the_undrawn_part_of_credit_lines_stands_beside_it():
    found = seen([*burning(5), line(1000, 250)])
    assert columns(found.filter(period=LAST), "free_cash", "headroom") == [(200, 75)]


def test_longer_periods_go_by_week():
    found = seen(burning(200), "2026-05-01 2026-10-31")
    assert {day.isoweekday() for day in found["period"]} == {1}


def test_without_statements_there_are_no_rows():
    assert seen([]).is_empty()
    assert seen([day(200, 100)]).is_empty()
