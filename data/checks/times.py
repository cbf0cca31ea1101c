"""Moments in an order that cannot be, and days that have not come yet."""

from __future__ import annotations

from data.checks.base import Check
from data.contracts import TABLES
from data.errors import Text

ORDERED = """
    select cast(date_trunc('month', {day}) as date) as period, count(*) as left_side,
        count(*) filter ({later} >= {earlier}) as right_side, 0 as tolerance, cast(null as bigint) as off
    from @{table} where {day} is not null and {later} is not null and {earlier} is not null group by 1
"""
EXPLANATION = Text(
    "{later} never lies before {earlier}; where it does, a date is wrong, day and month are swapped, or clocks differ.",
    "{later}不应早于{earlier}；否则日期有误、日月颠倒或时区不同。",
    "{later}不應早於{earlier}；否則日期有誤、日月顛倒或時區不同。",
)
IN_ORDER = Text("In the right order", "顺序正确", "順序正確")
# A row of a monthly table stands for its whole month; due days and planned runs may lie ahead.
PLANNED = "fact_scheduled_job"
DATED = tuple(
    table
    for table in TABLES.values()
    if table.kind == "fact"
    and table.time_column
    and table.cadence != "month"
    and not table.looks_ahead
    and table.name != PLANNED
)
# One day ahead may be another time zone's today.
FUTURE = """
    select period, sum(rows) as left_side, sum(past) as right_side, 0 as tolerance, cast(null as bigint) as off
    from ({}) group by 1
"""
ONE = """
    select cast(date_trunc('month', {day}) as date) as period, count(*) as rows,
        count(*) filter ({day} <= cast($today as date) + 1) as past
    from @{table} where {day} is not null group by 1
"""


def ordered(name: Text, rows: Text, table: str, day: str, earlier: tuple[str, Text], later: tuple[str, Text]) -> Check:
    """A check that one moment of a row never lies before another."""
    return Check(
        f"{table.removeprefix('fact_')}_times",
        name,
        EXPLANATION.fill(later=later[1], earlier=earlier[1]),
        (rows, IN_ORDER),
        "count",
        {table: (day, earlier[0], later[0])},
        ORDERED.format(table=table, day=day, earlier=earlier[0], later=later[0]),
    )


CHECKS = (
    ordered(
        Text("Payments before their order", "早于下单的付款", "早於下單的付款"),
        Text("Paid orders", "已付订单", "已付訂單"),
        "fact_order",
        "paid_date",
        ("created_at", Text("the order", "下单时间", "下單時間")),
        ("paid_at", Text("The payment", "付款时间", "付款時間")),
    ),
    ordered(
        Text("Deliveries before their dispatch", "早于发货的签收", "早於出貨的簽收"),
        Text("Delivered parcels", "已签收包裹", "已簽收包裹"),
        "fact_shipment",
        "shipped_date",
        ("shipped_at", Text("the dispatch", "发货时间", "出貨時間")),
        ("delivered_at", Text("The delivery", "签收时间", "簽收時間")),
    ),
    ordered(
        Text("Refunds before their request", "早于申请的退款", "早於申請的退款"),
        Text("Completed returns", "已完结退货", "已完結退貨"),
        "fact_return",
        "completed_date",
        ("requested_at", Text("the request", "申请时间", "申請時間")),
        ("completed_at", Text("The refund", "退款完结时间", "退款完結時間")),
    ),
    Check(
        "future_days",
        Text("Days that have not come yet", "未来的日期", "未來的日期"),
        Text(
            "No row of a daily or weekly table is dated later than tomorrow.",
            "按日或按周的数据表中，不应有晚于明天的日期。",
            "按日或按週的資料表中，不應有晚於明天的日期。",
        ),
        (Text("Rows with a day", "有日期的行", "有日期的列"), Text("Up to tomorrow", "不晚于明天", "不晚於明天")),
        "count",
        {},
        FUTURE.format(" union all ".join(ONE.format(table=one.name, day=one.time_column) for one in DATED)),
        may_use=tuple(one.name for one in DATED),
    ),
)
