"""`fact_bank_balance`: every account by day. In and out go settlements, bills, wages, taxes and credit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import Floats, Ints, days_from, frame, money, picks, stream
from data.demo.months import Months
from data.demo.papers import Papers

DAYS = stories.HISTORY_DAYS
MAIN, PAYROLL = "Main account", "Payroll account"
LINE = "Credit line"
WALLETS = {
    "Alipay wallet": ("Own shop payments", "Tmall", "Taobao"),
    "WeChat Pay wallet": ("WeChat Pay",),
    "JD wallet": ("JD",),
    "Pinduoduo wallet": ("Pinduoduo",),
    "Douyin wallet": ("Douyin",),
}
# In months of usual revenue at the beginning: the deposit of each wallet, and the credit line.
DEPOSIT, LIMIT = 0.03, 1.3
DRAWN_SHARE, DRAWN_MORE_SHARE = 0.38, 0.16
STOCKING_UP = ((10, 8), (12, 5))
SWEPT_WEEKDAY = 4
TAX_DAY = 15
UNRECONCILED = {"bank": 0.003, "platform_wallet": 0.012}


@dataclass(frozen=True)
class Cash:
    """What passed through the accounts, by day in fen. `closing` is what all of them hold at the day's end."""

    settled: Ints
    received: Ints
    bills: Ints
    wages: Ints
    interest: Ints
    taxes: Ints
    drawn: Ints
    opening: int
    deposit: int
    limit: int

    @property
    def more_drawn(self) -> Ints:
        """What was drawn from the credit line that day; negative where it was paid back."""
        return np.diff(self.drawn, prepend=self.drawn[0])

    @property
    def closing(self) -> Ints:
        """Money in all accounts at the end of each day."""
        paid_out = self.bills + self.wages + self.interest + self.taxes
        closing: Ints = self.opening + np.cumsum(self.settled.sum(axis=1) + self.received + self.more_drawn - paid_out)
        return closing


def line_drawn(usual: Floats, months: Months) -> Ints:
    """What is drawn from the credit line on each day: more while the company stocks up for Double 11."""
    first, last = STOCKING_UP
    dates = [months.date(day) for day in range(DAYS)]
    is_more = np.array([first <= (day.month, day.day) < last for day in dates])
    limit = int(usual[0] * LIMIT)
    return (limit * (DRAWN_SHARE + DRAWN_MORE_SHARE * is_more)).astype(np.int64)


def owed_taxes(booked: Ints, months: Months) -> tuple[Ints, Ints]:
    """What is owed at each month end, and what is paid by day: the debt of a month on the 15th of the next.

    A credit (a month that took tax back) is kept and set off later.
    """
    owed, paid = np.zeros(len(booked), np.int64), np.zeros(DAYS, np.int64)
    debt = 0
    for number, amount in enumerate(booked):
        day = months.day(months.firsts[number]) + TAX_DAY - 1
        if number and 0 <= day < DAYS:
            paid[day] = max(int(owed[number - 1]), 0)
            debt -= int(paid[day])
        debt += int(amount)
        owed[number] = debt
    return owed, paid


def make_cash(
    held: Papers, wages: Ints, interest: Ints, taxes: Ints, drawn: Ints, usual: Floats, opening: float, months: Months
) -> Cash:
    """The bank's side of the books; `wages` and `interest` are by month and leave on its last day."""
    ended = months.ended
    settled = np.stack([_settled(held, names) for names in WALLETS.values()], axis=1)
    deposit, limit = int(usual[0] * DEPOSIT), int(usual[0] * LIMIT)
    return Cash(
        settled,
        held.paid_by_day(held.kind == "receivable"),
        held.paid_by_day(held.kind == "payable"),
        _on(months.ends[ended], wages[ended]),
        _on(months.ends[ended], interest[ended]),
        taxes,
        drawn,
        int(usual[0] * opening),
        deposit,
        limit,
    )


def _settled(held: Papers, names: tuple[str, ...]) -> Ints:
    return held.paid_by_day((held.kind == "platform_settlement") & np.isin(held.counterparty, names))


def _on(days: Ints, amounts: Ints) -> Ints:
    by_day = np.zeros(DAYS, np.int64)
    by_day[days] = amounts
    return by_day


def bank_frame(cash: Cash, months: Months, seed: int) -> pl.DataFrame:
    """`fact_bank_balance`: one row an account and day. Wallets keep their deposit and are emptied on Fridays."""
    rng = stream(seed, "bank")
    weekday = (months.first_day.weekday() + np.arange(DAYS)) % 7
    into = np.cumsum(cash.settled, axis=0)
    swept = np.maximum.accumulate(np.where(weekday == SWEPT_WEEKDAY, np.arange(DAYS), -1))
    emptied = np.where(swept[:, None] >= 0, into[swept.clip(0)], 0)
    wallets = cash.deposit + into - emptied
    zero = np.zeros(DAYS, np.int64)
    more = cash.more_drawn
    paid_out = cash.bills + cash.interest + cash.taxes + np.maximum(-more, 0)
    main = cash.closing - wallets.sum(axis=1) - cash.deposit
    rows = [
        _rows(months, MAIN, "bank", cash.received + np.maximum(more, 0), paid_out, main, 0, rng),
        _rows(months, PAYROLL, "bank", zero, cash.wages, zero + cash.deposit, 0, rng),
    ]
    for number, name in enumerate(WALLETS):
        into_wallet = cash.settled[:, number]
        rows.append(_rows(months, name, "platform_wallet", into_wallet, zero, wallets[:, number], cash.deposit, rng))
    rows.append(_line(months, cash))
    return pl.concat(rows)


def _rows(
    months: Months,
    name: str,
    kind: str,
    into: Ints,
    out: Ints,
    closing: Ints,
    restricted: int,
    rng: np.random.Generator,
) -> pl.DataFrame:
    return frame(
        "fact_bank_balance",
        {
            "date": days_from(months.first_day, np.arange(DAYS)),
            "account_id": name,
            "account_type": kind,
            "inflow_external": money(into),
            "outflow_external": money(out),
            "closing_balance": money(closing),
            "restricted_amount": money(np.full(DAYS, restricted)),
            "facility_limit": None,
            "facility_drawn": None,
            "is_reconciled": rng.random(DAYS) >= UNRECONCILED[kind],
        },
    )


def _line(months: Months, cash: Cash) -> pl.DataFrame:
    """The credit line holds no money; it has a limit and what is drawn of it."""
    return frame(
        "fact_bank_balance",
        {
            "date": days_from(months.first_day, np.arange(DAYS)),
            "account_id": LINE,
            "account_type": picks(("credit_line",), np.zeros(DAYS, np.int64)),
            "inflow_external": None,
            "outflow_external": None,
            "closing_balance": money(np.zeros(DAYS, np.int64)),
            "restricted_amount": None,
            "facility_limit": money(np.full(DAYS, cash.limit)),
            "facility_drawn": money(cash.drawn),
            "is_reconciled": None,
        },
    )
