"""`fact_gl_balance`: the ledger by month. Every fen of it is an order, a bill, a wage or a payment told elsewhere.

Revenue is the net amount of the orders paid in a month, with shipping, less what was refunded in it, all without tax.
Cost of goods is that of what was sold and not cancelled, less that of units taken back. Advertising is the cost of
`fact_campaign_daily`, freight that of `fact_shipment`, salaries what `fact_employee_snapshot` pays.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from data.demo import accounts as chart
from data.demo.accounts import Account
from data.demo.columns import Ints, days_from, frame, money, stream
from data.demo.daybook import DayBook
from data.demo.months import Months
from data.demo.staff import NAMES
from data.demo.turnover import Turnover

COSTS = ("cogs", "opex_", "depreciation", "interest", "income_tax")
INCOME_TAX_RATE = 0.25
LIFE_MONTHS = 120
INTEREST_RATE = 0.042
# Balances at the beginning, in months of usual revenue.
OPENING_CASH, OPENING_EQUIPMENT, LOAN, DEPOSITS, POINTS = 2.8, 1.2, 0.8, 0.15, 0.6
BUDGET_ERROR, FORECAST_ERROR, WAGE_ERROR = 0.03, 0.05, 0.012
CORRECTED_SHARE = 0.008


def profit(flows: dict[Account, Ints]) -> Ints:
    """Income less costs, by month."""
    signed = [-amounts if one.account_class.startswith(COSTS) else amounts for one, amounts in flows.items()]
    gained: Ints = np.sum(signed, axis=0)
    return gained


def make_flows(
    book: DayBook, turned: Turnover, wages: Ints, recruiting: Ints, drawn: Ints, months: Months
) -> dict[Account, Ints]:
    """Sales and costs by month. `wages` (months, departments) and `drawn`, the credit line by day, are in fen."""
    sums = months.sums
    sales = sums(book.sales)
    refunds = sums(book.refunds.sum(axis=1) - book.refunded_tax)
    opening = float(turned.usual[0])
    equipment = OPENING_EQUIPMENT * opening + np.concatenate([[0], np.cumsum(sums(turned.equipment))[:-1]])
    flows: dict[Account, Ints] = {account: sales[:, number] for number, account in enumerate(chart.SALES_ACCOUNTS)}
    flows[chart.SHIPPING] = sums(book.shipping - book.shipping_tax)
    flows[chart.RETURNS] = -refunds
    flows[chart.SUBSIDIES] = turned.subsidies
    flows[chart.GOODS_SOLD] = sums(book.cogs - book.restocked)
    flows[chart.ADVERTS] = sums(book.adverts).sum(axis=1)
    flows[chart.FREIGHT] = sums(book.freight).sum(axis=1)
    for number, one in enumerate(chart.UPKEEP):
        flows[one] = turned.upkeep[:, number]
    flows[chart.PRIZES], flows[chart.RECRUITING] = turned.prizes, recruiting
    for number, name in enumerate(NAMES):
        flows[Account(*chart.SALARIES, name)] = wages[:, number]
    flows[chart.DEPRECIATION] = np.round(equipment / LIFE_MONTHS).astype(np.int64)
    owed = LOAN * opening + np.array([drawn[min(end, len(drawn) - 1)] for end in months.ends])
    flows[chart.INTEREST] = np.round(owed * INTEREST_RATE / 12).astype(np.int64)
    flows[chart.INCOME_TAX] = _income_tax(profit(flows), months)
    return flows


def _income_tax(before_tax: Ints, months: Months) -> Ints:
    """A quarter of the year's profit so far, less what was booked before; a loss takes it back."""
    years = np.array([first.year for first in months.firsts])
    tax = np.zeros(len(years), np.int64)
    for year in np.unique(years):
        of_year = years == year
        so_far = np.round(np.maximum(np.cumsum(before_tax[of_year]), 0) * INCOME_TAX_RATE).astype(np.int64)
        tax[of_year] = np.diff(so_far, prepend=0)
    return tax


def value_tax(book: DayBook, turned: Turnover, months: Months) -> Ints:
    """Value added tax of each month: on sales less on purchases; negative where more was bought."""
    return months.sums(book.tax + book.shipping_tax - book.refunded_tax) - turned.input_tax


def gl_frame(
    flows: dict[Account, Ints],
    balances: dict[Account, tuple[int, Ints]],
    budgets: dict[Account, Ints],
    months: Months,
    seed: int,
) -> pl.DataFrame:
    """`fact_gl_balance` of the whole months. `balances` are the opening balance and those at month ends.

    Sales and costs have no balance, balances no budget: null.
    """
    rng = stream(seed, "ledger")
    whole = months.whole
    rows = []
    for account, amounts in flows.items():
        is_wage = account.account_class == "opex_personnel"
        error = WAGE_ERROR if is_wage else FORECAST_ERROR
        forecast = np.round(amounts * rng.lognormal(0.0, error, len(amounts))).astype(np.int64)
        if account is chart.PRIZES:
            forecast = np.zeros(len(amounts), np.int64)
        rows.append(_rows(account, months, amounts[whole], None, budgets[account][whole], forecast[whole], rng))
    for account, (opening, held) in balances.items():
        moved = np.diff(held, prepend=opening)
        rows.append(_rows(account, months, moved[whole], held[whole], None, None, rng))
    return pl.concat(rows).filter((pl.col("amount") != 0) | pl.col("closing_balance").is_not_null())


def _rows(
    account: Account,
    months: Months,
    amounts: Ints,
    held: Ints | None,
    budget: Ints | None,
    forecast: Ints | None,
    rng: np.random.Generator,
) -> pl.DataFrame:
    lines = rng.integers(14, 90, len(amounts))
    return frame(
        "fact_gl_balance",
        {
            "period_end": days_from(months.first_day, months.ends[months.whole]),
            "account_code": account.code,
            "account_name": account.name,
            "account_class": account.account_class,
            "department": account.department,
            "amount": money(amounts),
            "closing_balance": None if held is None else money(held),
            "budget_amount": None if budget is None else money(budget),
            "forecast_amount": None if forecast is None else money(forecast),
            "journal_lines": lines,
            "correction_lines": rng.binomial(lines, CORRECTED_SHARE),
        },
    )
