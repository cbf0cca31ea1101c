"""OrderLines: one order line (order × SKU line)."""

from __future__ import annotations

from data.contracts.base import Contract, Derived, calendar_day, dimension, flag, integer, money, table, text
from data.contracts.codes import SALES_CHANNELS


@table(
    name="fact_order_line",
    department="operations",
    kind="fact",
    time_column="paid_date",
    cadence="day",
    late_after_days=2,
    duplicates="replace_group",
    valued_on=("paid_date", "order_date"),
    group=("order_id",),
    derived=(
        Derived(
            "is_new_product",
            "BOOLEAN",
            "Sold within 90 days of the product's launch",
            needs=("dim_product",),
            reads=("sku",),
            sql="o.paid_date - product.launch_date between 0 and 90",
            join="left join {lake}dim_product as product on product.sku = o.sku",
        ),
        Derived(
            "returned_qty",
            "BIGINT",
            "Units of the line returned so far",
            needs=("fact_return",),
            reads=("order_id",),
            absent="0",
        ),
        Derived(
            "returned_amount",
            "DECIMAL(18,4)",
            "Money back for the line so far",
            needs=("fact_return",),
            reads=("order_id",),
            absent="0",
        ),
    ),
)
class OrderLines(Contract):
    """one order line (order × SKU line)."""

    order_id = text("= fact_order.order_id", key=True, aliases=("Name", "订单编号", "订单号"))
    line_no = text(
        "Line or sub-order number (file order if the export has none)", key=True, aliases=("子订单编号",), made=True
    )
    sku = text("= dim_product.sku", aliases=("Lineitem sku", "商家编码", "货号", "外部系统编号", "商品ID"))
    sales_channel = dimension("As on the order", values=SALES_CHANNELS)
    region = dimension("As on the order")
    campaign_id = dimension("Promotion the line was sold under", aliases=("活动名称",))
    entry_source = dimension(
        "Where the shopper found the item",
        values=("search", "recommendation", "category", "campaign_page", "direct", "external", "unknown"),
        aliases=("成交入口", "流量入口"),
    )
    order_date = calendar_day("Local order date")
    paid_date = calendar_day("Local payment date")
    qty = integer("Units", aliases=("Lineitem quantity", "购买数量", "订购数量"))
    net_amount = money(
        "Line revenue after all discounts (order-level ones spread by value), excl. tax, before returns",
        aliases=("结算金额",),
    )
    discount_amount = money(
        "Discounts on the line incl. its share of order-level ones", aliases=("Lineitem discount", "优惠金额")
    )
    cogs_amount = money("Landed cost of the units", aliases=("成本金额",), sensitive="confidential")
    is_paid = flag("As on the order")
