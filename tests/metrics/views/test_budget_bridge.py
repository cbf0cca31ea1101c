"""From the budget's EBITDA to the actual one: each class in its direction, whole booked months, and it adds up."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.errors import NotAllowed
from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.budget_bridge import budget_bridge
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope

OCTOBER = "2026-10-01 2026-10-31"


def line(account_class, actual, budget, month="2026-10-31", department="operations", **more):
    amounts = {"amount": actual, "budget_amount": budget}
    keys = {"period_end": month, "account_code": f"{account_class}{more}", "account_class": account_class}
    return keys | {"department": department} | amounts | more


def seen(rows, asked=None, viewer=EVERYONE):
    return budget_bridge(TinyEngine({"fact_gl_balance": rows}), asked or scope(OCTOBER), viewer, CATALOGUE)


BOOKS = [
    line("revenue", 1000, 900),
    line("cogs", 450, 400),
    line("opex_marketing", 120, 150),
    line("income_tax", 99, 10),
]


def test_more_revenue_and_less_cost_are_more_ebitda():
    assert columns(seen(BOOKS), "account_class", "budget", "actual", "effect") == [
        ("revenue", 900, 1000, 100),
        ("cogs", 400, 450, -50),
        ("opex_marketing", 150, 120, 30),
    ]


def test_the_budget_and_all_effects_add_up_to_the_actual_ebitda():
    """900 - 400 - 150 = 350; + 100 - 50 + 30 = 430 = 1000 - 450 - 120."""
    assert 350 + seen(BOOKS)["effect"].sum() == 430


def test_a_cost_without_a_budget_counts_as_over_budget_and_is_not_called_0():
    found = seen([*BOOKS, line("opex_other", 20, None)])
    assert columns(found, "account_class", "budget", "effect")[-1] == ("opex_other", None, -20)


def test_without_any_budget_there_is_no_effect():
    found = seen([line("revenue", 1000, None), line("cogs", 450, None)])
    assert found["effect"].to_list() == [None, None]
    assert found["actual"].to_list() == [1000, 450]


def test_days_inside_a_month_are_answered_by_the_last_booked_month():
    rows = [line("revenue", 1000, 900), line("revenue", 800, 700, "2026-09-30")]
    found = seen(rows, scope("2026-10-25 2026-11-21"))
    assert columns(found, "actual", "first_month", "last_month") == [(1000, date(2026, 10, 1), date(2026, 10, 1))]


def test_a_month_that_has_a_budget_but_no_bookings_yet_is_left_out():
    rows = [line("revenue", 800, 700, "2026-09-30"), line("revenue", None, 900)]
    both = seen(rows, scope("2026-09-01 2026-10-31"))
    assert columns(both, "actual", "budget", "last_month") == [(800, 700, date(2026, 9, 1))]
    assert columns(seen(rows), "actual", "budget", "last_month") == [(800, 700, date(2026, 9, 1))]


def test_budgets_may_come_in_a_file_of_their_own():
    budget = line("revenue", None, 900, account_code="b", _source="plan", _batch=2)
    found = seen([line("revenue", 1000, None), budget])
    assert columns(found, "budget", "actual", "effect") == [(900, 1000, 100)]


def test_filters_narrow_the_ledger():
    rows = [line("revenue", 1000, 900), line("revenue", 5, 4, department="marketing")]
    asked = scope(OCTOBER, filters=(Filter("department", ("marketing",)),))
    assert columns(seen(rows, asked), "actual") == [(5,)]


def test_without_a_ledger_there_are_no_rows():
    assert seen([]).is_empty()


def test_a_viewer_without_restricted_numbers_is_refused():
    with pytest.raises(NotAllowed):
        seen(BOOKS, viewer=replace(EVERYONE, access=frozenset({"open"})))
