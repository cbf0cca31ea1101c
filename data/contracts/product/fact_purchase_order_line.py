"""Lines of purchase orders."""

from __future__ import annotations

from data.contracts.base import Contract, Virtual, calendar_day, dimension, integer, money, table, text
from data.contracts.flags import on_time


@table(
    name="fact_purchase_order_line",
    department="product",
    kind="fact",
    time_column="promised_date",
    cadence="week",
    late_after_days=8,
    duplicates="replace_group",
    valued_on=("ordered_date", "received_date", "promised_date"),
    group=("po_id",),
    looks_ahead=True,
    virtual=(
        Virtual(
            "is_on_time",
            on_time("received_date", "promised_date"),
            ("received_date", "promised_date"),
            "Received on or before the promised day; false once that day has passed",
        ),
        Virtual(
            "is_in_full",
            "qty_received >= qty_ordered",
            ("qty_received", "qty_ordered"),
            "All units ordered were received",
        ),
    ),
)
class PurchaseOrderLines(Contract):
    """One row per purchase-order line."""

    po_id = text("Purchase order", key=True, aliases=("采购单号", "PO Number"))
    line_no = integer("Line", key=True, unit=None, aliases=("行号",), made=True)
    supplier_id = dimension("= fact_partner_contract.partner_id", aliases=("供应商",))
    sku = text("= dim_product.sku", aliases=("商家编码",))
    warehouse = dimension("Receiving warehouse", aliases=("仓库",))
    ordered_date = calendar_day("Ordered", aliases=("下单日期",))
    promised_date = calendar_day("Confirmed delivery date", required=True, aliases=("预计到货日期",))
    received_date = calendar_day("Received in full or closed", aliases=("入库日期",))
    qty_ordered = integer("Units ordered", aliases=("采购数量",))
    qty_received = integer("Good units received", aliases=("入库数量",))
    qty_rejected = integer("Units rejected at inspection", aliases=("不合格数量",))
    amount = money("Value of the line excl. tax", aliases=("采购金额",), sensitive="confidential")
