"""Planned runs of reports, pipelines, backups and closes."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, dimension, flag, integer, number, table, text
from data.contracts.codes import DEPARTMENTS


@table(
    name="fact_scheduled_job",
    department="technology",
    kind="fact",
    time_column="scheduled_date",
    cadence="day",
    late_after_days=2,
    duplicates="refuse",
)
class ScheduledJobs(Contract):
    """One row per planned run of a report, pipeline, backup, automation or month-end close."""

    job_id = text("Job", key=True, aliases=("dag_id", "job", "报表名称"))
    scheduled_date = calendar_day(
        "Planned day (month-end close: the period end)", key=True, aliases=("execution_date", "计划日期")
    )
    job_type = dimension(
        "Kind",
        values=("report", "pipeline", "backup", "restore_test", "automation", "month_end_close"),
        aliases=("类型",),
    )
    owner_department = dimension("Owner", values=DEPARTMENTS, aliases=("负责部门",))
    is_success = flag("Finished without error", aliases=("state", "status", "是否成功"))
    is_on_time = flag("Finished by its due time; FALSE if missing", aliases=("是否按时",))
    lag_days = number("Working days from scheduled_date to finished", unit="days", aliases=("延迟工作日",))
    tests_run = integer("Data-quality tests run", aliases=("检查数",))
    tests_passed = integer("Data-quality tests passed", aliases=("通过数",))
    minutes_saved = number(
        "Automation: manual minutes saved by the run (agreed estimate)", unit="minutes", aliases=("节省分钟",)
    )
