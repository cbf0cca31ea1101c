"""Supplier bills, customer invoices and platform settlements."""

from __future__ import annotations

from data.contracts.base import Contract, Virtual, calendar_day, dimension, flag, money, table, text
from data.contracts.codes import DEPARTMENTS
from data.contracts.flags import on_time


@table(
    name="fact_invoice",
    department="finance",
    kind="fact",
    time_column="due_date",
    cadence="week",
    late_after_days=8,
    duplicates="refuse",
    valued_on=("issue_date", "due_date"),
    looks_ahead=True,
    virtual=(
        Virtual(
            "is_paid_on_time",
            on_time("paid_date", "due_date"),
            ("paid_date", "due_date"),
            "Paid on or before the due day; false once that day has passed",
        ),
    ),
)
class Invoices(Contract):
    """One row per supplier bill or customer/platform settlement."""

    invoice_id = text("Number", key=True, aliases=("InvoiceNumber", "发票号码", "单据编号"))
    invoice_type = text(
        "Kind", key=True, values=("payable", "receivable", "platform_settlement"), aliases=("单据类型",)
    )
    counterparty = dimension("Company", aliases=("ContactName", "往来单位"))
    department = dimension("Cost centre", values=DEPARTMENTS, aliases=("部门",))
    issue_date = calendar_day("Issued", aliases=("InvoiceDate", "开票日期"))
    due_date = calendar_day("Due", required=True, aliases=("DueDate", "到期日"))
    paid_date = calendar_day("Paid", aliases=("付款日期",))
    amount = money("Incl. tax", aliases=("Total", "价税合计"), sensitive="confidential")
    open_amount = money("Not yet paid", aliases=("InvoiceAmountDue", "未付金额"), sensitive="confidential")
    is_exception = flag("Duplicate, wrong amount, wrong account, or returned payment", aliases=("是否异常",))
