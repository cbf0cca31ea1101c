"""Orders against their own lines and their own returns, order by order."""

from __future__ import annotations

from data.checks.base import Check
from data.errors import Text

HEADERS = Text("Order headers", "订单表头", "訂單表頭")
# An order may be off by 0.02: the rounding of its lines.
AMOUNTS = """
    select cast(date_trunc('month', paid_date) as date) as period, sum(made) as left_side,
        sum(net_amount) as right_side, 0.02 * count(*) as tolerance,
        count(*) filter (abs(made - net_amount) > 0.02) as off
    from (select paid_date, net_amount, gmv_amount - discount_amount - tax_amount as made from @fact_order)
    where paid_date is not null and made is not null and net_amount is not null group by 1
"""
# Only days of a channel for which there are lines at all: a shop may bring headers alone.
LINES = """
    with line as (
        select order_id, sum({column}) as amount, count(*) - count({column}) as unknown
        from @fact_order_line where paid_date is not null group by order_id
    ), day as (
        select distinct o.paid_date, o.sales_channel from @fact_order as o
        where o.order_id in (select order_id from line)
    ), met as (
        select o.paid_date, o.{column} as header, coalesce(l.amount, 0) as lines
        from @fact_order as o join day as d on d.paid_date = o.paid_date and d.sales_channel = o.sales_channel
        left join line as l on l.order_id = o.order_id
        where o.{column} is not null and coalesce(l.unknown, 0) = 0
    )
    select cast(date_trunc('month', paid_date) as date) as period, sum(header) as left_side, sum(lines) as right_side,
        0.02 * count(*) as tolerance,
        count(*) filter (abs(header - lines) > 0.02) as off
    from met group by 1
"""
# Money of an order that was called off goes back without a return; other channels may bring no returns at all.
REFUNDS = """
    with back as (
        select order_id, sum(refund_amount) as amount from @fact_return where order_id is not null group by order_id
    ), channel as (
        select distinct sales_channel from @fact_order where order_id in (select order_id from back)
    ), met as (
        select o.paid_date, o.refunded_amount as header, coalesce(b.amount, 0) as returned
        from @fact_order as o left join back as b on b.order_id = o.order_id
        where o.refunded_amount is not null and o.is_cancelled is not true
            and o.sales_channel in (select sales_channel from channel)
            and o.paid_date between $first_fact_return and $last_fact_return
    )
    select cast(date_trunc('month', paid_date) as date) as period, sum(header) as left_side,
        sum(returned) as right_side, 0.02 * count(*) as tolerance,
        count(*) filter (abs(header - returned) > 0.02) as off
    from met group by 1
"""


CHECKS = (
    Check(
        "order_amounts",
        Text("Order amounts", "订单金额", "訂單金額"),
        Text(
            "Gross less discounts less tax is the net amount of every paid order that carries all four.",
            "凡四项金额齐全的已付订单，总额减优惠减税额应等于净额。",
            "凡四項金額齊全的已付訂單，總額減折扣減稅額應等於淨額。",
        ),
        (
            Text("Gross - discount - tax", "总额 - 优惠 - 税额", "總額 - 折扣 - 稅額"),
            Text("Net amount", "净额", "淨額"),
        ),
        "currency",
        {"fact_order": ("paid_date", "gmv_amount", "discount_amount", "tax_amount", "net_amount")},
        AMOUNTS,
    ),
    Check(
        "order_lines_net",
        Text("Orders against their lines: net amount", "订单与明细：净额", "訂單與明細：淨額"),
        Text(
            "The lines of an order add up to its net amount, on every day and channel that has lines.",
            "在有明细的日期和渠道，每个订单的明细净额之和应等于订单净额。",
            "在有明細的日期和通路，每張訂單的明細淨額之和應等於訂單淨額。",
        ),
        (HEADERS, Text("Order lines", "订单明细", "訂單明細")),
        "currency",
        {"fact_order": ("paid_date", "net_amount"), "fact_order_line": ("paid_date", "net_amount")},
        LINES.format(column="net_amount"),
    ),
    Check(
        "order_lines_discount",
        Text("Orders against their lines: discounts", "订单与明细：优惠", "訂單與明細：折扣"),
        Text(
            "The discounts of the lines, with their share of the order's, add up to the order's discount.",
            "明细优惠（含分摊的订单优惠）之和应等于订单优惠。",
            "明細折扣（含分攤的訂單折扣）之和應等於訂單折扣。",
        ),
        (HEADERS, Text("Order lines", "订单明细", "訂單明細")),
        "currency",
        {"fact_order": ("paid_date", "discount_amount"), "fact_order_line": ("paid_date", "discount_amount")},
        LINES.format(column="discount_amount"),
    ),
    Check(
        "order_refunds",
        Text("Refunds of orders against returns", "订单退款与退货", "訂單退款與退貨"),
        Text(
            "What an order says was refunded is the money of its returns; cancelled orders are left out.",
            "订单上的退款额应等于其退货的退款之和；不含已取消的订单。",
            "訂單上的退款額應等於其退貨的退款之和；不含已取消的訂單。",
        ),
        (HEADERS, Text("Returns", "退货", "退貨")),
        "currency",
        {"fact_order": ("paid_date", "refunded_amount"), "fact_return": ("order_id", "refund_amount")},
        REFUNDS,
    ),
)
