"""Employees at month ends."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, dimension, flag, integer, money, number, table, text
from data.contracts.codes import DEPARTMENTS


@table(
    name="fact_employee_snapshot",
    department="hr",
    kind="fact",
    time_column="snapshot_date",
    cadence="month",
    late_after_days=36,
    duplicates="refuse",
    is_snapshot=True,
)
class EmployeeMonths(Contract):
    """One row per employee at a month end (leavers stay in the month they leave, with is_active false)."""

    snapshot_date = calendar_day("Month end", key=True, aliases=("统计日期",))
    employee_id = text(
        "Pseudonymous staff key",
        key=True,
        aliases=("Employee #", "Employee Number", "工号", "员工编号"),
        sensitive="personal_employee",
    )
    department = dimension("Department", values=DEPARTMENTS, aliases=("Department", "部门"))
    job_family = dimension("Job family", aliases=("Job Title", "岗位序列"))
    job_level = dimension("Level", aliases=("职级",))
    manager_id = text(
        "Pseudonymous key of the manager (span of control)",
        aliases=("Reporting to", "直属上级"),
        sensitive="personal_employee",
    )
    employment_type = dimension("full_time, part_time, intern, outsourced", aliases=("Employment Status", "用工类型"))
    tenure_months = integer("Months since hire", made=True)
    fte = number("Full-time equivalent; 0 for leavers", unit="count", minimum=0, aliases=("FTE", "全职当量"))
    is_active = flag("Employed at snapshot_date", aliases=("在职状态",), made=True)
    is_hire = flag("Joined in the month", aliases=("是否入职",), made=True)
    is_exit = flag("Left in the month", aliases=("是否离职",), made=True)
    exit_type = dimension(
        "Kind of exit",
        values=("voluntary", "involuntary", "retirement", "end_of_contract", "other"),
        aliases=("Termination Type", "离职类型"),
        sensitive="personal_employee",
    )
    is_regretted_exit = flag(
        "Exit of someone the company wanted to keep", aliases=("是否遗憾离职",), sensitive="personal_employee"
    )
    is_internal_move = flag("Changed department or was promoted in the month", aliases=("是否内部调动",))
    scheduled_hours = number("Contract hours of the month", unit="hours", aliases=("应出勤工时",))
    absence_hours = number(
        "Unplanned absence (sickness, unexcused); holiday and statutory leave excluded",
        unit="hours",
        aliases=("缺勤工时",),
        sensitive="personal_employee",
    )
    overtime_hours = number("Overtime of the month", unit="hours", aliases=("加班工时",))
    base_salary = money("Monthly base pay at full time", aliases=("基本工资", "Pay rate"), sensitive="salary")
    band_midpoint = money("Midpoint of the pay band", aliases=("薪级中位值",), sensitive="salary")
    is_review_due = flag("An appraisal was due in the month", aliases=("应考核",))
    is_review_completed = flag("The appraisal that was due was completed", aliases=("已考核",))
    performance_rating = integer(
        "Last rating 1-5", unit="score", minimum=1, maximum=5, aliases=("绩效等级",), sensitive="personal_employee"
    )
    joined_activity = flag("Took part in a team or care activity in the month", aliases=("参加活动",))
    has_valid_contract = flag("Signed contract in force", aliases=("劳动合同状态",))
    is_social_insurance_due = flag("Social insurance is owed for this person", aliases=("应缴社保",))
    is_social_insurance_paid = flag(
        "Social insurance that is owed was paid in full for the month", aliases=("社保缴纳",)
    )
    hire_date = calendar_day(
        "First day of work", aliases=("Hire Date", "Start Date", "入职日期"), sensitive="personal_employee"
    )
    exit_date = calendar_day(
        "Last day of work; null while employed", aliases=("Termination Date", "离职日期"), sensitive="personal_employee"
    )
