"""The small shop's books: ledger, bank, bills, filings and closes."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from metrics.periods import Period

Rows = list[dict[str, Any]]
FLOWS = {
    "revenue": 900,
    "other_income": 20,
    "cogs": 400,
    "opex_marketing": 90,
    "opex_logistics": 60,
    "opex_technology": 50,
    "opex_personnel": 120,
    "opex_other": 10,
    "depreciation_amortisation": 15,
    "interest_expense": 5,
    "income_tax": 40,
}
BALANCES = {
    "cash": 800,
    "accounts_receivable": 300,
    "inventory": 500,
    "other_current_asset": 40,
    "noncurrent_asset": 900,
    "accounts_payable": 350,
    "short_term_debt": 100,
    "other_current_liability": 60,
    "equity": 1000,
}
UNITS = ("operations", "marketing", "(unknown)")
ACCOUNTS = {"b1": "bank", "b2": "bank", "w1": "platform_wallet", "k1": "credit_line"}


def books(period: Period) -> dict[str, Rows]:
    """The rows of each table over a period of whole months."""
    dice = Random(13)
    days = [period.first + timedelta(days=n) for n in range(period.days)]
    ends = [day for day in days if (day + timedelta(days=1)).day == 1]
    return {
        "fact_gl_balance": [row for end in ends for row in _ledger(dice, end)],
        "fact_bank_balance": [_account(dice, day, account) for day in days for account in ACCOUNTS],
        "fact_invoice": [_bill(dice, number, days) for number in range(120)],
        "fact_compliance_item": [_filing(dice, number, days) for number in range(60)],
        "fact_scheduled_job": [row for end in ends for row in _closes(dice, end)],
    }


def _maybe(dice: Random, value: object, share: float = 0.85) -> Any:
    return value if dice.random() < share else None


def _around(dice: Random, amount: float) -> float:
    return round(amount * dice.uniform(0.7, 1.3), 2)


def _ledger(dice: Random, end: date) -> Rows:
    rows: Rows = []
    for account_class, amount in FLOWS.items():
        for unit in UNITS:
            # One cost has no budget, and not every account is forecast.
            has_budget = (account_class, unit) != ("opex_other", "(unknown)")
            line = {
                "amount": _around(dice, amount),
                "budget_amount": _around(dice, amount) if has_budget else None,
                "forecast_amount": _maybe(dice, _around(dice, amount), 0.7),
                "journal_lines": dice.randrange(5, 60),
                "correction_lines": _maybe(dice, dice.randrange(0, 3)),
            }
            rows.append(_entry(end, account_class, unit) | line)
    rows += [
        _entry(end, account_class, "(unknown)") | {"closing_balance": _around(dice, amount)}
        for account_class, amount in BALANCES.items()
    ]
    return rows


def _entry(end: date, account_class: str, unit: str) -> dict[str, Any]:
    return {
        "period_end": end,
        "account_code": account_class,
        "account_name": f"{account_class} {'online' if unit == 'marketing' else 'general'}",
        "account_class": account_class,
        "department": unit,
    }


def _account(dice: Random, day: date, account: str) -> dict[str, Any]:
    is_line = ACCOUNTS[account] == "credit_line"
    facility = {"facility_limit": 5000, "facility_drawn": dice.randrange(0, 4000), "closing_balance": 0}
    money = {
        "closing_balance": dice.randrange(1000, 9000),
        "restricted_amount": dice.choice((0, 0, 250)),
        "outflow_external": _maybe(dice, dice.randrange(100, 900)),
        "inflow_external": _maybe(dice, dice.randrange(50, 500)),
        "is_reconciled": _maybe(dice, dice.random() < 0.9),
    }
    row = {"date": day, "account_id": account, "account_type": ACCOUNTS[account]}
    return row | (facility if is_line else money)


def _bill(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    # Three bills fall due on the last day: unpaid they are not late yet.
    due = days[-1] if number < 3 else dice.choice(days)
    return {
        "invoice_id": f"i{number}",
        "invoice_type": dice.choice(("payable", "payable", "receivable")),
        "counterparty": dice.choice(("Acme", "Zhong", "(unknown)")),
        "department": dice.choice(UNITS),
        "due_date": due,
        "paid_date": None if number < 2 else _maybe(dice, due + timedelta(days=dice.randrange(-9, 6))),
        "amount": dice.randrange(10, 900),
    }


def _filing(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    opened = dice.choice(days)
    due = min(opened + timedelta(days=dice.randrange(0, 20)), days[-1])
    closed = _maybe(dice, due + timedelta(days=dice.randrange(-5, 5)))
    return {
        "item_id": f"f{number}",
        "domain": dice.choice(("tax", "tax", "labour")),
        "item_type": dice.choice(("filing", "filing", "inspection", "dispute")),
        "department": dice.choice(UNITS),
        "opened_date": opened,
        "due_date": due,
        "closed_date": closed,
        "penalty_amount": _maybe(dice, dice.randrange(0, 90), 0.5),
        "adjustment_amount": _maybe(dice, dice.randrange(0, 300), 0.5),
        "outcome": dice.choice(("finding", "no_finding", "(unknown)")),
    }


def _closes(dice: Random, end: date) -> Rows:
    runs = [("close-cn", "month_end_close"), ("close-hk", "month_end_close"), ("weekly-report", "report")]
    return [
        {
            "job_id": job,
            "scheduled_date": end,
            "job_type": kind,
            "owner_department": "finance",
            "lag_days": None if (job, end.month) == ("close-hk", 3) else dice.randrange(3, 12),
        }
        for job, kind in runs
    ]
