"""Heads: who was here, who came, who went."""

from __future__ import annotations

from data.checks.base import Check
from data.errors import Text

HEADS = """
    with counted as (
        select snapshot_date, last_day(snapshot_date) as month_end,
            if(count(is_active) = count(*), count(*) filter (is_active), null) as heads,
            if(count(is_hire) = count(*), count(*) filter (is_hire), null) as hires,
            if(count(is_exit) = count(*), count(*) filter (is_exit), null) as exits
        from @fact_employee_snapshot group by 1
        qualify row_number() over (partition by month_end order by snapshot_date desc) = 1
    ), met as (
        select *, lag(heads) over by_month as before, lag(month_end) over by_month as month_before
        from counted window by_month as (order by month_end)
    )
    select cast(date_trunc('month', month_end) as date) as period, heads as left_side,
        before + hires - exits as right_side, 0 as tolerance, cast(null as bigint) as off
    from met where last_day(month_before + interval 1 day) = month_end
"""

CHECKS = (
    Check(
        "headcount",
        Text("Headcount against hires and leavers", "人数与入离职", "人數與到離職"),
        Text(
            "People at a month end are those of the month end before, plus hires, less leavers of the month.",
            "月末人数应等于上月末人数加当月入职减当月离职。",
            "月底人數應等於上月底人數加當月到職減當月離職。",
        ),
        (
            Text("People at month end", "月末人数", "月底人數"),
            Text("Month before + hires - leavers", "上月 + 入职 - 离职", "上月 + 到職 - 離職"),
        ),
        "count",
        {"fact_employee_snapshot": ("is_active", "is_hire", "is_exit")},
        HEADS,
    ),
)
