"""Stock: what was there, what came in, what was sold."""

from __future__ import annotations

from data.checks.base import Check
from data.errors import Text

MOVED_SHARE = 0.05
# The last count of each month against the one before it, over products that both counted. Flows are those after the
# earlier day up to the later one: units leave with their parcel, or on the day they are paid where no parcel is known.
STOCK = f"""
    with counted as (
        select max(snapshot_date) as day from @fact_inventory_snapshot where on_hand_qty is not null
        group by date_trunc('month', snapshot_date)
    ), span as (
        select day, lag(day) over (order by day) as before from counted qualify before is not null
            and before >= cast($first_fact_order_line as date) - 1 and day <= $last_fact_order_line
            and before >= cast($first_fact_purchase_order_line as date) - 1
            and day <= $last_fact_purchase_order_line
    ), held as (
        select snapshot_date as day, sku, sum(on_hand_qty) as units from @fact_inventory_snapshot
        where snapshot_date in (select day from counted) and on_hand_qty is not null group by all
    ), twice as (
        select s.day, s.before, h.sku, h.units, b.units as units_before from span as s
        join held as h on h.day = s.day join held as b on b.day = s.before and b.sku = h.sku
    ), flow as (
        select received_date as on_day, sku, qty_received as came, 0 as went from @fact_purchase_order_line
        where received_date is not null and qty_received is not null
        union all
        select if(p.order_id is null, l.paid_date, p.day), l.sku, 0, l.qty from @fact_order_line as l
        left join (select order_id, min(shipped_date) as day from @fact_shipment group by 1) as p using (order_id)
        where l.paid_date is not null and l.is_paid is not false and l.qty is not null
            and not exists (select 1 from @fact_order as o where o.order_id = l.order_id and o.is_cancelled)
        union all
        select completed_date, sku, qty, 0 from @fact_return
        where completed_date is not null and qty is not null and return_type is distinct from 'refund_only'
    ), moved as (
        select s.day, f.sku, sum(f.came) as came, sum(f.went) as went
        from span as s join flow as f on f.on_day > s.before and f.on_day <= s.day group by all
    )
    select cast(date_trunc('month', b.day) as date) as period, sum(b.units) as left_side,
        sum(b.units_before + coalesce(m.came, 0) - coalesce(m.went, 0)) as right_side,
        greatest(1, {MOVED_SHARE} * sum(coalesce(m.came, 0) + coalesce(m.went, 0))) as tolerance,
        cast(null as bigint) as off
    from twice as b left join moved as m on m.day = b.day and m.sku = b.sku group by 1
"""

CHECKS = (
    Check(
        "stock_movements",
        Text("Stock against receipts and sales", "库存与进销", "庫存與進銷"),
        Text(
            "Units at the last count of a month are those of the count before, plus receipts and returned goods, less "
            "sales that were sent (paid, where parcels are not known), of products that both counted. Breakage may "
            "take 5 % of what moved.",
            "月内最后一次盘点的库存应等于上次库存加入库与退回、减已发货的销量（包裹未知时按付款；限两次都盘点的商品）。"
            "损耗允许相差进出数量的 5%。",
            "月內最後一次盤點的庫存應等於上次庫存加進貨與退回、減已出貨的銷量（包裹未知時按付款；限兩次都盤點的商品）。"
            "損耗允許相差進出數量的 5%。",
        ),
        (
            Text("Units counted", "盘点库存", "盤點庫存"),
            Text("Count before + receipts - sales", "上次库存 + 入库 - 销量", "上次庫存 + 進貨 - 銷量"),
        ),
        "count",
        {
            "fact_inventory_snapshot": ("snapshot_date", "on_hand_qty"),
            "fact_order_line": ("paid_date", "sku", "qty"),
            "fact_purchase_order_line": ("sku", "received_date", "qty_received"),
        },
        STOCK,
        may_use=("fact_order", "fact_shipment", "fact_return"),
    ),
)
