"""Deployments to production."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, dimension, flag, number, table, text


@table(
    name="fact_deployment",
    department="technology",
    kind="fact",
    time_column="deployed_date",
    cadence="week",
    late_after_days=10,
    duplicates="refuse",
)
class Deployments(Contract):
    """One row per deployment to production."""

    deployment_id = text("Deployment id", key=True, aliases=("id", "发布编号"))
    deployed_date = calendar_day("Local date finished", required=True, aliases=("created_at", "发布日期"))
    service = dimension("Service or app", aliases=("repository", "environment", "服务"))
    platform = dimension("web, ios, android, mini_program, server", aliases=("平台",))
    lead_time_hours = number(
        "Median over its commits: commit to running in production", unit="hours", aliases=("前置时长",)
    )
    is_failed = flag("Needed immediate intervention: rollback, hotfix, fix-forward", aliases=("是否失败",))
    is_rework = flag("Unplanned, made because of a production incident", aliases=("是否返工",))
    recovery_hours = number("Failed ones: until service was right again", unit="hours", aliases=("恢复时长",))
