"""Budget burn: what was used of the year's budget, against the months that are over."""

from datetime import date

from metrics.policy import EVERYONE
from metrics.views.burn import burn
from metrics.views.ledger import fiscal_year
from tests.metrics.engine_for_tests import TinyEngine, cover
from tests.metrics.views.asking import CATALOGUE, columns, scope


def month(number, actual, budget, department="marketing", account_class="opex_marketing", year=2026):
    ends = {1: 31, 2: 28, 3: 31, 4: 30, 12: 31}
    keys = {"period_end": f"{year}-{number:02}-{ends[number]}", "account_code": f"{department}{account_class}"}
    amounts = {"amount": actual, "budget_amount": budget}
    return keys | {"account_class": account_class, "department": department} | amounts


def seen(rows, asked="2026-03-01 2026-03-31", **more):
    return burn(TinyEngine({"fact_gl_balance": rows}), scope(asked), EVERYONE, CATALOGUE, **more)


YEAR = [month(1, 30, 20), month(2, 30, 20), month(3, None, 20), month(4, None, 40)]


def test_used_is_of_the_whole_budget_and_elapsed_of_its_months():
    """60 of 100 are used when two of four months, and 40 of 100 of the plan, are over."""
    found = seen(YEAR, "2026-02-01 2026-02-28")
    names = ("department", "actual", "planned", "budget", "used", "planned_use", "elapsed", "last_month")
    assert columns(found, *names) == [("marketing", 60, 40, 100, 60, 40, 50, date(2026, 2, 1))]


def test_a_month_without_bookings_is_not_over():
    assert seen(YEAR, "2026-04-01 2026-04-30")["elapsed"].to_list() == [50]


def test_budgets_count_beyond_the_day_that_files_cover():
    held = [
        cover("fact_gl_balance", "2026-01-01", "2026-02-28", ["account_class", "department", "amount", "budget_amount"])
    ]
    found = burn(TinyEngine({"fact_gl_balance": YEAR}, held), scope("2026-02-01 2026-02-28"), EVERYONE, CATALOGUE)
    assert found["budget"].to_list() == [100]


def test_departments_come_by_falling_budget_and_one_without_has_no_rate():
    rows = [month(1, 5, 10, "hr"), month(1, 9, 40, "technology"), month(1, 7, None, "product")]
    found = seen(rows, "2026-01-01 2026-01-31")
    assert columns(found, "department", "used") == [("technology", 22.5), ("hr", 50), ("product", None)]


def test_costs_of_goods_and_taxes_are_no_operating_costs():
    rows = [month(1, 5, 10), month(1, 900, 900, account_class="cogs"), month(1, 9, 9, account_class="income_tax")]
    assert seen(rows, "2026-01-01 2026-01-31")["actual"].to_list() == [5]


def test_the_fiscal_year_begins_where_the_company_says():
    rows = [month(12, 50, 50, year=2025), month(1, 10, 25)]
    assert seen(rows, "2026-01-01 2026-01-31")["budget"].to_list() == [25]
    assert seen(rows, "2026-01-01 2026-01-31", first_month=12)["budget"].to_list() == [75]


def test_a_fiscal_year_holds_its_month():
    assert fiscal_year(date(2026, 3, 31), 4).first == date(2025, 4, 1)
    assert fiscal_year(date(2026, 4, 1), 4).last == date(2027, 3, 31)


def test_without_budgets_there_is_nothing_to_measure_against():
    found = seen([month(1, 5, None)], "2026-01-01 2026-01-31")
    assert columns(found, "actual", "budget", "used", "elapsed") == [(5, None, None, None)]


def test_without_a_ledger_there_are_no_rows():
    assert seen([]).is_empty()
