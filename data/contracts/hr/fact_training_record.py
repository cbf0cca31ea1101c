"""Course assignments."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, dimension, flag, number, table, text
from data.contracts.codes import DEPARTMENTS


@table(
    name="fact_training_record",
    department="hr",
    kind="fact",
    time_column="due_date",
    cadence="month",
    late_after_days=36,
    duplicates="refuse",
    looks_ahead=True,
)
class TrainingRecords(Contract):
    """One row per person × course assignment."""

    record_id = text(
        "Record id of the LMS, or person + course + due date; a keyed hash is stored",
        key=True,
        aliases=("记录编号",),
        sensitive="personal_employee",
    )
    department = dimension("Department", values=DEPARTMENTS, aliases=("部门",))
    course_type = dimension(
        "Kind",
        values=("onboarding", "job_skill", "technical_tool", "security", "compliance", "leadership"),
        aliases=("课程类型",),
    )
    due_date = calendar_day("Planned or due", required=True, aliases=("Due date", "计划日期"))
    completed_date = calendar_day("Completed", aliases=("Completed", "完成日期"))
    is_completed = flag("Completed", aliases=("是否完成",), made=True)
    hours = number("Hours attended", unit="hours", aliases=("学时",))
    score_pre = number("Test before", unit="score", aliases=("训前得分",))
    score_post = number("Test after", unit="score", aliases=("训后得分",))
