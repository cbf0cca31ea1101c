"""Shipments: one parcel of an order, planned or sent."""

from __future__ import annotations

from data.contracts.base import (
    Contract,
    Derived,
    Virtual,
    calendar_day,
    dimension,
    flag,
    integer,
    money,
    table,
    text,
    timestamp,
)
from data.contracts.codes import SALES_CHANNELS

ON_TIME = (
    "case when cast(delivered_at as date) <= promised_delivery_date then true"
    " when promised_delivery_date is not null and (delivered_at is not null or promised_delivery_date < {as_of})"
    " then false end"
)
PERFECT = (
    f"({ON_TIME}) and coalesce(is_in_full, true) and coalesce(is_correct_item, true)"
    " and coalesce(is_damage_free, true) and coalesce(is_docs_correct, true)"
)


@table(
    name="fact_shipment",
    department="operations",
    kind="fact",
    time_column="shipped_date",
    cadence="day",
    late_after_days=2,
    duplicates="refuse",
    derived=(
        Derived("fulfilment_hours", "DOUBLE", "Payment to pick-up scan", ("fact_order",), ("shipped_at",)),
        Derived("delivery_hours", "DOUBLE", "Payment to signature", ("fact_order",), ("delivered_at",)),
    ),
    virtual=(
        Virtual(
            "is_delivered_on_time",
            ON_TIME,
            ("delivered_at", "promised_delivery_date"),
            "Delivered on or before the promised day; false once that day has passed undelivered",
        ),
        Virtual(
            "is_perfect",
            PERFECT,
            (
                "delivered_at",
                "promised_delivery_date",
                "is_in_full",
                "is_correct_item",
                "is_damage_free",
                "is_docs_correct",
            ),
            "On time, in full, right item, undamaged, right papers; a check that was not made does not fail",
            required=("delivered_at", "promised_delivery_date"),
        ),
    ),
)
class Shipments(Contract):
    """one parcel of an order, planned or sent."""

    order_id = text("= fact_order.order_id", key=True, aliases=("订单编号", "原始单号", "Order"))
    parcel_no = integer(
        "1, 2, … within the order; parcel 1 is opened by the product when a physical order is paid", key=True, made=True
    )
    shipment_id = text(
        "Waybill number; null until sent",
        aliases=("物流单号", "运单号", "Tracking Number"),
        sensitive="personal_indirect",
    )
    sales_channel = dimension("Channel", values=SALES_CHANNELS)
    warehouse = dimension("Shipping warehouse", aliases=("发货仓库", "仓库"))
    carrier = dimension("Carrier = partner name", aliases=("物流公司", "快递公司", "Tracking Company"))
    region = dimension("Province of delivery", aliases=("收货省份",))
    shipped_at = timestamp("Carrier pick-up scan", aliases=("Fulfilled at", "发货时间", "揽收时间"))
    shipped_date = calendar_day("Local date", made=True)
    promised_delivery_date = calendar_day(
        "Date promised to the customer at order time (first promise, not the re-promise)",
        aliases=("承诺送达时间", "预计送达"),
    )
    delivered_at = timestamp("Signed for", aliases=("签收时间", "Delivered at"))
    is_shipped_on_time = flag("Shipped within the promised or platform limit")
    is_in_full = flag("All promised units were in it; null (as in the next three) until a check or claim")
    is_correct_item = flag("No wrong-item claim")
    is_damage_free = flag("No damage claim")
    is_docs_correct = flag("Invoice/label/customs papers right")
    pick_pack_cost = money("Warehouse handling and packaging cost", aliases=("仓储操作费", "打包费"))
    freight_cost = money("Carrier charge", aliases=("运费成本", "快递费"))
