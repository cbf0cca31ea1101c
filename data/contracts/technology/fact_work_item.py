"""Tracked pieces of work of all departments."""

from __future__ import annotations

from data.contracts.base import Contract, Virtual, calendar_day, dimension, number, table, text
from data.contracts.codes import DEPARTMENTS, SALES_CHANNELS, SEVERITIES
from data.contracts.flags import on_time


@table(
    name="fact_work_item",
    department="technology",
    kind="fact",
    time_column="due_date",
    cadence="week",
    late_after_days=8,
    duplicates="refuse",
    looks_ahead=True,
    virtual=(
        Virtual("is_done", "status = 'done'", ("status",), "Done; cancelled is not done"),
        Virtual(
            "is_on_time",
            on_time("resolved_date", "due_date"),
            ("resolved_date", "due_date"),
            "Done on or before the due day; false once that day has passed",
        ),
    ),
)
class WorkItems(Contract):
    """One row per tracked piece of work (issue, task, action, experiment, finding)."""

    item_key = text("Issue key", key=True, aliases=("Issue key", "任务编号", "ID"))
    item_type = dimension(
        "Kind, mapped from issue type and labels",
        values=(
            "feature",
            "bug",
            "roadmap_epic",
            "new_product",
            "listing_change",
            "experiment",
            "report_action",
            "market_insight",
            "voc_action",
            "vulnerability",
            "innovation",
            "org_change",
            "other",
        ),
        aliases=("Issue Type", "任务类型"),
    )
    owner_department = dimension("Who does it", values=DEPARTMENTS, aliases=("Project name", "负责部门"))
    requesting_department = dimension("Who asked", values=DEPARTMENTS, aliases=("提出部门",))
    team = dimension("Team", aliases=("Component/s", "团队", "组"))
    sales_channel = dimension("listing_change: channel concerned", values=SALES_CHANNELS, aliases=("销售渠道",))
    severity = dimension("Bugs and vulnerabilities: sev1 … sev4", values=SEVERITIES, aliases=("Priority", "级别"))
    origin = dimension(
        "Where the idea came from",
        values=(
            "customer_feedback",
            "market_research",
            "competitor_watch",
            "ops_report",
            "cs_voc",
            "finance_analysis",
            "incident",
            "internal",
        ),
        aliases=("来源",),
    )
    created_date = calendar_day("Opened", aliases=("Created", "创建时间"))
    due_date = calendar_day("Committed date (first commitment)", aliases=("Due date", "截止日期"))
    resolved_date = calendar_day("Done", aliases=("Resolved", "完成时间"))
    status = dimension("open, in_progress, done, cancelled", aliases=("Status", "状态"))
    outcome = dimension(
        "experiment: win/flat/loss; insight or pilot: adopted/rejected",
        values=("win", "flat", "loss", "adopted", "rejected"),
        aliases=("Resolution", "结论"),
    )
    story_points = number("Size (burn-up chart)", unit="count", aliases=("Custom field (Story Points)", "Story Points"))
