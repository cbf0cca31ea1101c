"""Openings."""

from __future__ import annotations

from data.contracts.base import Contract, Virtual, calendar_day, dimension, flag, integer, money, table, text
from data.contracts.codes import DEPARTMENTS
from data.contracts.flags import on_time


@table(
    name="fact_requisition",
    department="hr",
    kind="fact",
    time_column="filled_date",
    cadence="month",
    late_after_days=36,
    duplicates="refuse",
    valued_on=("filled_date", "opened_date"),
    virtual=(
        Virtual(
            "is_filled_by_plan_date",
            on_time("filled_date", "target_start_date"),
            ("filled_date", "target_start_date"),
            "Filled by the planned start; false once that day has passed",
        ),
        Virtual(
            "time_to_fill_days",
            "filled_date - opened_date",
            ("filled_date", "opened_date"),
            "Opened to offer accepted, calendar days",
        ),
    ),
)
class Requisitions(Contract):
    """One row per opening."""

    requisition_id = text("Opening", key=True, aliases=("Job ID", "Requisition ID", "职位编号"))
    department = dimension("Department", values=DEPARTMENTS, aliases=("Department", "部门"))
    job_family = dimension("Job family", aliases=("职位",))
    is_planned = flag("In the hiring plan", aliases=("计划内",))
    opened_date = calendar_day("Approved and opened", aliases=("Opened", "发布日期"))
    target_start_date = calendar_day("Start date in the plan", aliases=("计划到岗日期",))
    filled_date = calendar_day("Offer accepted", aliases=("Filled Date", "Offer接受日期"))
    source = dimension("referral, job_board, agency, internal, campus, direct", aliases=("Source", "招聘渠道"))
    applicants = integer("Applications (funnel)", aliases=("简历数",))
    interviewed = integer("Interviewed (funnel)", aliases=("面试数",))
    offers_made = integer("Offers made", aliases=("Offer数",))
    offers_accepted = integer("Offers accepted", aliases=("接受数",))
    is_filled = flag("Filled", made=True)
    is_internal_fill = flag("Filled from inside", aliases=("内部",))
    recruitment_cost = money(
        "External + internal recruiting cost (ANSI/SHRM 06001.2012)", aliases=("招聘费用",), sensitive="confidential"
    )
