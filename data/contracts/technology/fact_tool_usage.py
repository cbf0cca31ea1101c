"""Use of the licensed tools."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, dimension, integer, table, text
from data.contracts.codes import DEPARTMENTS


@table(
    name="fact_tool_usage",
    department="technology",
    kind="fact",
    time_column="month_end",
    cadence="month",
    late_after_days=41,
    duplicates="sum",
    is_snapshot=True,
)
class ToolMonths(Contract):
    """One row per month × tool × department."""

    month_end = calendar_day("Month end", key=True, aliases=("月份",))
    tool = text("Tool", key=True, aliases=("Product", "工具"))
    tool_type = dimension("bi, crm, erp, helpdesk, collaboration, ai_assistant, hris …", aliases=("工具类型",))
    department = dimension("Department", key=True, values=DEPARTMENTS, aliases=("Department", "部门"))
    licensed_users = integer("People who should use it", aliases=("Licenses", "授权人数"))
    active_users = integer(
        "People who used it in the month (only the number, no names)", aliases=("Active users", "活跃人数")
    )
