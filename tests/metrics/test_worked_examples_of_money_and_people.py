"""The worked examples of the KPI catalogue about ledger, bank and staff, row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from metrics.policy import EVERYONE
from tests.metrics.asking import asked
from tests.metrics.engine_for_tests import TinyEngine

THIRTY_DAYS = {"first": "2025-03-02", "last": "2025-03-31"}
QUARTER = {"first": "2025-01-01", "last": "2025-03-31"}
# What each account class moved, was budgeted and forecast, and its closing balance.
LEDGER = {
    "revenue": (1000, 900, 950, 0),
    "cogs": (600, 500, None, 0),
    "opex_marketing": (150, 120, None, 0),
    "opex_personnel": (100, 130, None, 0),
    "accounts_receivable": (0, None, None, 200),
    "accounts_payable": (0, None, None, 300),
    "cash": (0, None, None, 400),
    "income_tax": (30, None, None, 0),
    "interest_expense": (30, None, None, 0),
}


@pytest.fixture
def ledger() -> TinyEngine:
    names = ("amount", "budget_amount", "forecast_amount", "closing_balance")
    rows = [
        {"period_end": "2025-03-31", "account_code": account, "account_class": account, "department": ""}
        | dict(zip(names, figures, strict=True))
        for account, figures in LEDGER.items()
    ]
    return TinyEngine({"fact_gl_balance": rows})


@pytest.mark.parametrize(
    ("kpi", "expected"),
    [
        pytest.param("dso", 6, id="receivables of 200 are 6 days of a revenue of 1,000 in 30 days"),
        pytest.param("dpo", 15, id="payables of 300 are 15 days of goods of 600 in 30 days"),
        pytest.param("ebitda_margin", 15, id="1,000 less 600 less 250 of 1,000"),
        pytest.param("opex_budget_variance", 0, id="250 against 250"),
        pytest.param("effective_tax_rate", 25, id="30 of a profit of 120"),
        pytest.param("current_ratio", 2, id="600 against 300"),
        pytest.param("forecast_accuracy", 95, id="50 off 1,000"),
    ],
)
def test_one_ledger_gives_each_finance_kpi(ledger: TinyEngine, kpi: str, expected: float) -> None:
    assert asked(ledger, kpi, **THIRTY_DAYS).rows[kpi].item() == pytest.approx(expected)


def test_a_company_without_profit_has_no_tax_rate() -> None:
    """Tax of 5 on a loss of 100: a rate of -5 % would say nothing."""
    rows = [
        {"period_end": "2025-03-31", "account_code": name, "account_class": name, "department": "", "amount": amount}
        for name, amount in (("revenue", 100), ("cogs", 200), ("income_tax", 5))
    ]
    engine = TinyEngine({"fact_gl_balance": rows})
    assert asked(engine, "effective_tax_rate", **THIRTY_DAYS).rows["effective_tax_rate"].item() is None


def test_free_cash_of_900_lasts_270_days_when_100_are_burnt_in_30() -> None:
    """Out 250, in 150; the balance is that of the last day, 900, not the sum of both days."""
    shared = {"account_id": "x", "account_type": "bank", "restricted_amount": 0}
    rows = [
        {"date": "2025-01-01", "closing_balance": 1000, "outflow_external": 100, "inflow_external": 50} | shared,
        {"date": "2025-01-02", "closing_balance": 900, "outflow_external": 150, "inflow_external": 100} | shared,
    ]
    engine = TinyEngine({"fact_bank_balance": rows})
    answer = asked(engine, "cash_runway", first="2024-12-06", last="2025-01-04")
    assert answer.rows["cash_runway"].item() == pytest.approx(270)


@pytest.fixture
def staff() -> TinyEngine:
    """Ten people; e9 leaves of their own will in February, e8 is let go in March: 10, 9 and 8 at the month ends."""
    rows: list[dict[str, Any]] = []
    for day, number_of_rows, leaver, kind in (
        ("2025-01-28", 10, None, ""),
        ("2025-02-28", 10, 9, "voluntary"),
        ("2025-03-28", 9, 8, "involuntary"),
    ):
        rows += [
            {"snapshot_date": day, "employee_id": f"e{number}", "is_active": number != leaver}
            | {"is_exit": number == leaver, "exit_type": kind if number == leaver else "(unknown)"}
            for number in range(number_of_rows)
        ]
    return TinyEngine({"fact_employee_snapshot": rows})


def test_one_leaver_of_nine_in_a_quarter_is_a_yearly_turnover_of_45_percent(staff: TinyEngine) -> None:
    """1 ÷ the mean headcount (10 + 9 + 8) / 3 = 9, times 365 ÷ 90; who was let go does not count."""
    rows = asked(staff, "voluntary_turnover_rate", **QUARTER).rows
    assert rows["voluntary_turnover_rate"].item() == pytest.approx(45.061728)


def test_headcount_is_that_of_the_last_month_end(staff: TinyEngine) -> None:
    assert asked(staff, "headcount", **QUARTER).rows["headcount"].item() == 8


def test_a_month_without_a_dispute_has_a_rate_of_0() -> None:
    """Ten people: a tax filing in January, a dispute in February, nothing in March."""
    people = [
        {"snapshot_date": day, "employee_id": f"e{number}", "is_active": True}
        for day in ("2025-01-31", "2025-02-28", "2025-03-31")
        for number in range(10)
    ]
    items = [
        {"item_id": "a", "domain": "tax", "item_type": "filing", "due_date": "2025-01-01", "opened_date": "2025-01-01"},
        {"item_id": "b", "domain": "labour", "item_type": "dispute", "due_date": "2025-03-31"}
        | {"opened_date": "2025-02-03"},
    ]
    engine = TinyEngine({"fact_employee_snapshot": people, "fact_compliance_item": items})
    rows = asked(engine, "labour_dispute_rate", grain="month", **QUARTER).rows
    assert rows["labour_dispute_rate"].to_list() == [0, 100, 0]


def test_the_pay_of_four_people_is_hidden_however_large_their_salaries_are() -> None:
    """Five in operations, four in marketing: people are counted, not the money that stands in the denominator."""
    rows = [
        {"snapshot_date": "2025-03-31", "employee_id": f"e{number}", "is_active": True}
        | {"department": "operations" if number < 5 else "marketing", "base_salary": 9000, "band_midpoint": 10000}
        for number in range(9)
    ]
    viewer = replace(EVERYONE, is_small_group_hidden=True)
    engine = TinyEngine({"fact_employee_snapshot": rows})
    found = asked(engine, "compa_ratio", viewer=viewer, by=("department",), **QUARTER).rows
    assert dict(found.iter_rows()) == {"marketing": None, "operations": 90}
