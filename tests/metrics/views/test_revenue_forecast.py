"""Revenue booked, budgeted and forecast, month by month."""

from datetime import date

from metrics.policy import EVERYONE
from metrics.views.revenue_forecast import revenue_forecast
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope


def line(month_end, actual=None, budget=None, forecast=None, account_class="revenue", code="1"):
    amounts = {"amount": actual, "budget_amount": budget, "forecast_amount": forecast}
    return {"period_end": month_end, "account_code": code, "account_class": account_class} | amounts


def seen(rows, asked="2026-10-01 2026-10-31"):
    return revenue_forecast(TinyEngine({"fact_gl_balance": rows}), scope(asked), EVERYONE, CATALOGUE)


def test_each_month_has_its_three_amounts():
    rows = [line("2026-09-30", 90, 100, 95), line("2026-10-31", 60, 60, 70), line("2026-10-31", 50, 60, 30, code="2")]
    assert seen(rows).rows() == [(date(2026, 9, 1), 90, 100, 95), (date(2026, 10, 1), 110, 120, 100)]


def test_budgets_of_the_months_to_come_are_shown_and_their_revenue_is_null():
    rows = [line("2026-10-31", 110, 120), line("2026-12-31", None, 200)]
    assert columns(seen(rows), "month", "actual", "budget") == [
        (date(2026, 10, 1), 110, 120),
        (date(2026, 11, 1), None, None),
        (date(2026, 12, 1), None, 200),
    ]


def test_it_looks_a_year_back_and_three_months_ahead():
    rows = [line("2025-09-30", 1), line("2025-10-31", 2), line("2026-10-31", 3, 4), line("2027-02-28", None, 5)]
    found = seen(rows)["month"]
    assert (found[0], found[-1]) == (date(2025, 10, 1), date(2026, 10, 1))


def test_costs_are_no_revenue():
    assert seen([line("2026-10-31", 9, 9, account_class="cogs")]).is_empty()


def test_an_amount_that_no_file_carries_is_null():
    assert seen([line("2026-10-31", 110)]).rows() == [(date(2026, 10, 1), 110, None, None)]


def test_a_month_that_is_not_over_has_no_revenue_yet():
    rows = [line("2026-10-31", 110, 120), line("2026-11-15", 40, 130)]
    assert columns(seen(rows, "2026-10-20 2026-11-16"), "actual", "budget") == [(110, 120), (None, 130)]
