"""Bank, wallet and credit-line accounts by day."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, dimension, flag, money, table, text


@table(
    name="fact_bank_balance",
    department="finance",
    kind="fact",
    time_column="date",
    cadence="day",
    late_after_days=3,
    duplicates="sum",
    levels=("closing_balance", "restricted_amount", "facility_limit", "facility_drawn"),
    is_snapshot=True,
)
class AccountDays(Contract):
    """One row per bank, wallet or credit-line account × day."""

    date = calendar_day("Day", key=True, aliases=("Date", "日期"))
    account_id = text("Account alias, never the account number", key=True, aliases=("账户",), sensitive="confidential")
    account_type = dimension("Kind", values=("bank", "platform_wallet", "credit_line"), aliases=("账户类型",))
    inflow_external = money(
        "Receipts from outside the company (own transfers excluded)", aliases=("收入",), sensitive="confidential"
    )
    outflow_external = money("Payments to outside", aliases=("支出",), sensitive="confidential")
    closing_balance = money(
        "Balance at day end (credit line: 0)", aliases=("余额", "Balance"), sensitive="confidential"
    )
    restricted_amount = money(
        "Part of the balance that is pledged or frozen (deposit, 保证金)",
        aliases=("冻结金额", "保证金"),
        sensitive="confidential",
    )
    facility_limit = money("Credit line: committed limit", aliases=("授信额度",), sensitive="confidential")
    facility_drawn = money("Credit line: drawn", aliases=("已用额度",), sensitive="confidential")
    is_reconciled = flag("Bank statement and ledger agree for the day", aliases=("已对账",))
