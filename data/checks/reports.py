"""Reports of the same days that are split in different ways: they must add up to the same total."""

from __future__ import annotations

from data.checks.base import Check
from data.errors import Text

CUTS = """
    with split as (
        select _source, _account, date, cut, sum({column}) as amount from @{table}
        where from_date = to_date and {column} is not null group by all
    ), met as (
        select date, min(amount) as least, max(amount) as most from split
        group by _source, _account, date having count(*) > 1
    )
    select cast(date_trunc('month', date) as date) as period, sum(most) as left_side, sum(least) as right_side,
        greatest(1, 0.01 * sum(most)) as tolerance, cast(null as bigint) as off
    from met group by 1
"""
EXPLANATION = Text(
    "Two reports of one source and day that split the same {what} differently have the same total, within 1 %.",
    "同一来源、同一天、按不同维度拆分的两份报表，{what}合计应相差不超过 1%。",
    "同一來源、同一天、按不同維度拆分的兩份報表，{what}合計應相差不超過 1%。",
)
SIDES = (Text("Largest total", "最大合计", "最大合計"), Text("Smallest total", "最小合计", "最小合計"))


def cuts(name: Text, what: Text, table: str, column: str, unit: str) -> Check:
    """A check of a report table that may be split in several ways."""
    return Check(
        f"{table.removeprefix('fact_')}_splits",
        name,
        EXPLANATION.fill(what=what),
        SIDES,
        "currency" if unit == "currency" else "count",
        {table: ("date", column)},
        CUTS.format(column=column, table=table),
    )


CHECKS = (
    cuts(
        Text("Campaign reports split differently", "不同拆分的投放报表", "不同拆分的投放報表"),
        Text("cost", "花费", "花費"),
        "fact_campaign_daily",
        "cost",
        "currency",
    ),
    cuts(
        Text("Traffic reports split differently", "不同拆分的流量报表", "不同拆分的流量報表"),
        Text("sessions", "会话数", "工作階段數"),
        "fact_traffic",
        "sessions",
        "count",
    ),
)
