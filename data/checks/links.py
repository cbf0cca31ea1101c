"""Rows that name a row of another table: is it there?"""

from __future__ import annotations

from data.checks.base import Check
from data.errors import Text

# Only days that the other table's files cover; what belongs to its past is looked for after some days only.
SQL = """
    select cast(date_trunc('month', c.{day}) as date) as period, count(*) as left_side, count(p.found) as right_side,
        {share} * count(*) as tolerance, cast(null as bigint) as off
    from @{child} as c
    left join (select distinct {key} as found from @{parent}) as p on p.found = c.{key}
    where c.{day} is not null and c.{key} is not null and c.{key} not in ('', '(unknown)'){within}
    group by 1
"""
WITHIN = " and c.{day} between cast($first_{parent} as date) + {lag} and $last_{parent}"

ORDERS = Text("orders", "订单", "訂單")
EXPLANATION = Text(
    "Every row names one of the {parent} that were loaded; a missing one was not exported, or has another number.",
    "每一行所指的{parent}都应已加载；缺少的可能没有导出，或编号不同。",
    "每一列所指的{parent}都應已載入；缺少的可能沒有匯出，或編號不同。",
)
FOUND = Text("Found among {parent}", "能找到的{parent}", "能找到的{parent}")


def link(
    name: Text,
    rows: Text,
    child: str,
    day: str,
    parent: tuple[str, str, Text],
    lag_days: int | None = None,
    typing_share: float = 0.0,
) -> Check:
    """A check that rows find their partner.

    `parent` is the table, its key (called alike in both) and what people call its rows. `lag_days` is how long before
    its first covered day a partner may lie; None where the other table has no days. `typing_share` is the share of
    numbers that people may have mistyped.
    """
    other, key, said = parent
    within = "" if lag_days is None else WITHIN.format(day=day, parent=other, lag=lag_days)
    return Check(
        f"{child.removeprefix('fact_')}_{key.removesuffix('_id')}",
        name,
        EXPLANATION.fill(parent=said),
        (rows, FOUND.fill(parent=said)),
        "count",
        {child: (day, key), other: (key,)},
        SQL.format(child=child, parent=other, day=day, key=key, share=typing_share, within=within),
    )


ORDER = ("fact_order", "order_id", ORDERS)
PRODUCT = ("dim_product", "sku", Text("products", "商品", "商品"))
CHECKS = (
    link(
        Text("Order lines without an order", "没有订单的明细", "沒有訂單的明細"),
        Text("Order lines", "订单明细", "訂單明細"),
        "fact_order_line",
        "paid_date",
        ORDER,
        lag_days=0,
    ),
    link(
        Text("Parcels without an order", "没有订单的包裹", "沒有訂單的包裹"),
        Text("Parcels", "包裹", "包裹"),
        "fact_shipment",
        "shipped_date",
        ORDER,
        lag_days=31,
    ),
    link(
        Text("Returns without an order", "没有订单的退货", "沒有訂單的退貨"),
        Text("Returns", "退货", "退貨"),
        "fact_return",
        "completed_date",
        ORDER,
        lag_days=90,
    ),
    link(
        Text("Tickets whose order does not exist", "订单不存在的工单", "訂單不存在的工單"),
        Text("Tickets that name an order", "注明订单的工单", "註明訂單的工單"),
        "fact_ticket",
        "created_date",
        ORDER,
        lag_days=180,
        typing_share=0.01,
    ),
    link(
        Text("Order lines whose product is not known", "商品未知的订单明细", "商品未知的訂單明細"),
        Text("Order lines", "订单明细", "訂單明細"),
        "fact_order_line",
        "paid_date",
        PRODUCT,
    ),
    link(
        Text("Stock of products that are not known", "商品未知的库存", "商品未知的庫存"),
        Text("Stock rows", "库存行", "庫存列"),
        "fact_inventory_snapshot",
        "snapshot_date",
        PRODUCT,
    ),
)
