"""What the company owns and owes at each month end, so that both sides agree to the fen, and what was budgeted."""

from __future__ import annotations

import numpy as np

from data.demo import accounts as chart
from data.demo import stories
from data.demo.accounts import Account
from data.demo.bank import Cash
from data.demo.columns import Floats, Ints, stream
from data.demo.company import SALES
from data.demo.daybook import DayBook
from data.demo.ledger import BUDGET_ERROR, DEPOSITS, LOAN, OPENING_EQUIPMENT, POINTS, profit
from data.demo.months import Months
from data.demo.turnover import Turnover

DAYS = stories.HISTORY_DAYS


def make_balances(
    book: DayBook,
    turned: Turnover,
    flows: dict[Account, Ints],
    cash: Cash,
    goods: Ints,
    stock_at_end: int,
    owed_taxes: Ints,
    months: Months,
) -> dict[Account, tuple[int, Ints]]:
    """Opening balance, and balance at the end of each month, of every account that has one.

    `goods` is what suppliers delivered by day, without tax, `stock_at_end` the cost of the units free to sell on the
    last day; `owed_taxes` is by month. Equity is what it was plus all profit since, so that the sheet balances.
    """
    sums, size = months.sums, float(turned.usual[0])
    whole_cost = book.cogs - book.restocked
    stock = stock_at_end - int((goods - whole_cost).sum())
    spent = sums(goods) + sums(turned.equipment) + _services(flows) + turned.input_tax
    drawn = np.array([cash.drawn[min(end, DAYS - 1)] for end in months.ends])
    closing = np.array([cash.closing[min(end, DAYS - 1)] for end in months.ends])
    constant = np.ones(len(months.firsts), np.int64)
    loan, deposits, points = (int(size * share) for share in (LOAN, DEPOSITS, POINTS))
    machines = int(size * OPENING_EQUIPMENT)
    owed_to_us = sums((book.received - book.refunds).sum(axis=1)) + turned.subsidies
    came_in = sums(cash.settled.sum(axis=1) + cash.received)
    held: dict[Account, tuple[int, Ints]] = {
        chart.CASH: (cash.opening, closing),
        chart.RECEIVABLES: (0, np.cumsum(owed_to_us - came_in)),
        chart.GOODS: (stock, stock + np.cumsum(sums(goods - whole_cost))),
        chart.DEPOSITS: (deposits, constant * deposits),
        chart.EQUIPMENT: (machines, machines + np.cumsum(sums(turned.equipment) - flows[chart.DEPRECIATION])),
        chart.PAYABLES: (0, np.cumsum(spent - sums(cash.bills))),
        chart.CREDIT_LINE: (int(cash.drawn[0]), drawn),
        chart.DUTIES: (points, points + owed_taxes),
        chart.LOAN: (loan, constant * loan),
    }
    owned = sum(opening for account, (opening, _) in held.items() if account in ASSETS)
    owed = sum(opening for account, (opening, _) in held.items() if account not in ASSETS)
    held[chart.EQUITY] = (owned - owed, owned - owed + np.cumsum(profit(flows)))
    return held


ASSETS = (chart.CASH, chart.RECEIVABLES, chart.GOODS, chart.DEPOSITS, chart.EQUIPMENT)


def _services(flows: dict[Account, Ints]) -> Ints:
    """Costs for which a bill comes: all operating costs but wages."""
    billed = [amounts for one, amounts in flows.items() if one.account_class.startswith("opex_")
              and one.account_class != "opex_personnel"]  # fmt: skip
    billed_in_all: Ints = np.sum(billed, axis=0)
    return billed_in_all


def make_budgets(
    flows: dict[Account, Ints], turned: Turnover, planned: Floats, months: Months, seed: int
) -> dict[Account, Ints]:
    """What was planned for each month; `planned` is each month's share of the orders, as a planner expected them.

    What follows the orders is planned by them, rent and the like by the trend; the prizes of the draw were in no plan.
    """
    rng = stream(seed, "budgets")
    count = len(months.firsts)
    whole = np.isin(np.arange(count), months.whole)
    by_orders = planned / planned[whole].sum()
    trend = turned.usual / turned.usual[whole].sum()
    places = dict.fromkeys((one.code for one in chart.UPKEEP), trend) | dict.fromkeys(
        (chart.DEPRECIATION.code, chart.INTEREST.code, chart.SUBSIDIES.code, chart.RECRUITING.code), trend
    )
    budgets = {}
    for account, amounts in flows.items():
        total = float(amounts[whole].sum())
        if account.account_class == "opex_personnel":
            plan = _wages(account, amounts, months)
        elif account is chart.PRIZES:
            plan = np.zeros(count)
        else:
            plan = total * places.get(account.code, by_orders) * rng.lognormal(0.0, BUDGET_ERROR, count)
        budgets[account] = np.round(plan).astype(np.int64)
    for number, sales in enumerate(SALES):
        # Shops were meant to grow at their own pace.
        account = chart.SALES_ACCOUNTS[number]
        drift = sales.share_first + (sales.share_last - sales.share_first) * np.arange(count) / (count - 1)
        mean = float((drift * by_orders)[whole].sum())
        budgets[account] = np.round(budgets[account] * drift / mean).astype(np.int64)
    return budgets


def _wages(account: Account, amounts: Ints, months: Months) -> Floats:
    """Places are planned: pay as it was, and what the team that lost people had cost before it lost them."""
    plan = amounts.astype(np.float64)
    if account.department == stories.TEAM:
        begin = DAYS - 1 - stories.TEAM_LEAVES.first
        after = months.ends >= begin
        plan[after] = np.maximum(plan[after], plan[~after][-1])
    rounded: Floats = np.round(plan, -2)
    return rounded
