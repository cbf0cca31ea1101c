"""Returns: one return / refund / exchange request line."""

from __future__ import annotations

from data.contracts.base import Contract, Virtual, calendar_day, dimension, flag, integer, money, table, text, timestamp
from data.contracts.codes import SALES_CHANNELS


@table(
    name="fact_return",
    department="operations",
    kind="fact",
    time_column="completed_date",
    cadence="day",
    late_after_days=3,
    duplicates="refuse",
    valued_on=("completed_date", "requested_date"),
    virtual=(
        Virtual(
            "processing_hours",
            "epoch(completed_at - requested_at) / 3600.0",
            ("completed_at", "requested_at"),
            "Request to money back",
        ),
    ),
)
class Returns(Contract):
    """one return / refund / exchange request line."""

    return_id = text("Return or refund number", key=True, aliases=("退款编号", "退款单号", "售后单号", "RMA"))
    line_no = text("Line of the request, from 1 (file order if the export has none)", key=True, made=True)
    order_id = text("= fact_order.order_id", aliases=("订单编号", "Order"))
    sku = text("= dim_product.sku", aliases=("商家编码",))
    sales_channel = dimension("Channel", values=SALES_CHANNELS)
    warehouse = dimension("Warehouse that takes the goods back")
    requested_at = timestamp("Request made", aliases=("退款的申请时间", "申请时间"))
    requested_date = calendar_day("Local date", made=True)
    completed_at = timestamp("Money back or exchange sent", aliases=("退款完结时间", "完结时间"))
    completed_date = calendar_day("Local date", made=True)
    return_type = dimension(
        "Kind", values=("refund_only", "return_refund", "exchange", "reship"), aliases=("售后类型", "退款类型")
    )
    reason_group = dimension(
        "Coded reason",
        values=(
            "quality",
            "not_as_described",
            "wrong_item",
            "damaged",
            "size_fit",
            "late_delivery",
            "changed_mind",
            "price_protection",
            "other",
        ),
        aliases=("退款原因", "买家退款原因"),
    )
    qty = integer("Units", aliases=("退货数量",))
    refund_amount = money("Money back", aliases=("退款金额", "成功退款金额", "买家退款金额"))
    is_platform_intervened = flag("Escalated to the marketplace (平台介入)")
