"""Filings, inspections and disputes."""

from __future__ import annotations

from data.contracts.base import Contract, Virtual, calendar_day, dimension, money, table, text
from data.contracts.codes import DEPARTMENTS
from data.contracts.flags import on_time


@table(
    name="fact_compliance_item",
    department="finance",
    kind="fact",
    time_column="due_date",
    cadence="month",
    late_after_days=36,
    duplicates="refuse",
    valued_on=("closed_date", "opened_date", "due_date"),
    looks_ahead=True,
    virtual=(
        Virtual(
            "is_on_time",
            on_time("closed_date", "due_date"),
            ("closed_date", "due_date"),
            "Closed on or before the due day; false once that day has passed",
        ),
    ),
)
class ComplianceItems(Contract):
    """One row per statutory filing, inspection or dispute."""

    item_id = text("Item", key=True, aliases=("事项编号",))
    domain = dimension("Domain", values=("tax", "social_insurance", "labour", "privacy", "licence"), aliases=("领域",))
    item_type = dimension("Kind", values=("filing", "inspection", "dispute"), aliases=("事项类型",))
    department = dimension("Department concerned", values=DEPARTMENTS, aliases=("部门",))
    opened_date = calendar_day("Opened", aliases=("开立日期",))
    due_date = calendar_day(
        "Due by law (disputes: hearing or answer date)", required=True, aliases=("申报期限", "到期日")
    )
    closed_date = calendar_day("Filed / closed", aliases=("申报日期", "结案日期"))
    penalty_amount = money("Fines and late fees (罚款, 滞纳金)", aliases=("罚款金额",), sensitive="confidential")
    adjustment_amount = money(
        "Back payments fixed by an inspection or award", aliases=("补缴金额",), sensitive="confidential"
    )
    outcome = dimension(
        "Result",
        values=("no_finding", "finding", "won", "settled", "lost"),
        aliases=("结果",),
        sensitive="confidential",
    )
