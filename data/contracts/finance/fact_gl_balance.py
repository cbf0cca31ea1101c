"""Ledger: actual, budget and forecast by month."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, dimension, integer, money, table, text
from data.contracts.codes import ACCOUNT_CLASSES, DEPARTMENTS


@table(
    name="fact_gl_balance",
    department="finance",
    kind="fact",
    time_column="period_end",
    cadence="month",
    late_after_days=46,
    duplicates="sum",
    is_snapshot=True,
)
class LedgerMonths(Contract):
    """One row per month × ledger account × department."""

    period_end = calendar_day("Month end", key=True, aliases=("期间", "As at"))
    account_code = text("Account", key=True, aliases=("Account Code", "科目编码", "Account number"))
    account_name = dimension("Name", aliases=("Account", "科目名称", "Account name"))
    account_class = dimension(
        "Class the KPIs use; set once per account in a mapping screen",
        values=ACCOUNT_CLASSES,
        aliases=("Account Type", "Account Class"),
    )
    department = dimension("Cost centre", key=True, values=DEPARTMENTS, aliases=("Tracking Category", "Class", "部门"))
    amount = money(
        "Movement of the month, positive in the usual direction of its class (income, costs, liabilities)",
        aliases=("Amount",),
        sensitive="confidential",
    )
    closing_balance = money(
        "Balance at month end, same sign rule",
        aliases=("期末余额", "Balance"),
        sensitive="confidential",
    )
    budget_amount = money("Budget of the month", aliases=("Budget", "预算数"), sensitive="confidential")
    forecast_amount = money("Forecast made one month ahead", aliases=("Forecast", "预测数"), sensitive="confidential")
    journal_lines = integer("Journal lines posted", aliases=("凭证行数",))
    correction_lines = integer("Journal lines that reverse or correct posted entries", aliases=("更正行数",))
