"""Orders: the headers."""

from __future__ import annotations

from data.contracts.base import Contract, Derived, calendar_day, dimension, flag, money, table, text, timestamp
from data.contracts.codes import MARKETING_CHANNELS, SALES_CHANNELS


@table(
    name="fact_order",
    department="operations",
    kind="fact",
    time_column="paid_date",
    cadence="day",
    late_after_days=2,
    duplicates="first",
    valued_on=("paid_date", "order_date"),
    derived=(
        Derived(
            "customer_order_seq",
            "INTEGER",
            "1 = first paid order of this customer over the full history",
            reads=("customer_id",),
        ),
        Derived(
            "days_since_prev_order",
            "INTEGER",
            "Days since the previous paid order; null for the first",
            reads=("customer_id",),
        ),
        Derived(
            "customer_type",
            "VARCHAR",
            "new, returning or reactivated (a gap of 180 days or more)",
            reads=("customer_id",),
            absent="'(unknown)'",
        ),
    ),
)
class Orders(Contract):
    """One row per customer order (the header)."""

    order_id = text(
        "Order number, made globally unique at load by prefixing the channel, e.g. tmall:2871…",
        key=True,
        aliases=("Name", "订单编号", "订单号", "order-id", "Order No", "Order Number", "訂單號碼"),
    )
    sales_channel = dimension("Where the order was placed", values=SALES_CHANNELS, aliases=("Source", "平台", "渠道"))
    store_name = dimension("Shop or physical store", aliases=("店铺名称", "Location"))
    customer_id = text(
        "Pseudonymous customer key: keyed hash of buyer id / e-mail / phone made at load; the raw value is not stored",
        aliases=("Email", "买家会员名", "买家昵称", "下单帐号", "Customer ID"),
        sensitive="personal",
    )
    created_at = timestamp("Order placed", aliases=("Created at", "订单创建时间", "下单时间"))
    order_date = calendar_day("Local date of created_at", made=True)
    paid_at = timestamp(
        "Payment completed (for 预售: when the balance is paid)",
        aliases=("Paid at", "订单付款时间", "付款确认时间", "付款时间", "Payment Date", "Payment Time"),
    )
    paid_date = calendar_day("Local date of paid_at", made=True)
    region = dimension(
        "Province / state of delivery (nothing finer is stored)", aliases=("Shipping Province", "省份", "收货地址")
    )
    device = dimension("desktop, mobile, tablet, in_store", aliases=("终端",))
    marketing_channel = dimension(
        "Attributed acquisition channel (last non-direct click unless stated)",
        values=MARKETING_CHANNELS,
        aliases=("Session default channel group", "流量来源"),
    )
    campaign_id = dimension("Promotion or campaign = fact_campaign.campaign_id", aliases=("utm_campaign", "活动名称"))
    payment_method = dimension("alipay, wechat_pay, card, cod …", aliases=("Payment Method", "支付方式", "付款方式"))
    currency = text(
        "ISO 4217; amounts below are converted to the reporting currency at the day rate of paid_at",
        aliases=("Currency", "币种"),
    )
    gmv_amount = money(
        "Merchandise value at selling price, incl. tax, excl. shipping; never reduced by a later cancel or refund",
        aliases=("总金额", "订单金额", "Order Amount"),
    )
    discount_amount = money(
        "All discounts the company pays for (coupon, points, 满减)",
        aliases=("Discount Amount", "优惠金额", "卡券抵扣", "天猫卡券抵扣", "积分抵扣"),
    )
    net_amount = money(
        "gmv_amount - discount_amount - tax included in it; before returns",
        aliases=("买家实际支付金额", "应付金额", "Total"),
        made=True,
    )
    tax_amount = money(
        "VAT / sales tax inside gmv_amount; computed with the configured rate where the export has none",
        aliases=("Taxes", "税额"),
        made=True,
    )
    shipping_charged = money("Shipping the customer paid", aliases=("Shipping", "买家应付邮费", "运费金额"))
    refunded_amount = money("Refunded so far (updated by later loads)", aliases=("Refunded Amount", "退款金额"))
    is_paid = flag(
        "Payment completed at least once, also when later refunded", aliases=("Financial Status", "订单状态"), made=True
    )
    is_cancelled = flag(
        "Cancelled before delivery (after payment if is_paid)", aliases=("Cancelled at", "订单关闭原因")
    )
    cancelled_by = dimension(
        "Who cancelled", values=("customer", "merchant", "system", "platform"), aliases=("取消方",)
    )
    cancel_reason = dimension("Coded reason", aliases=("订单关闭原因",))
    is_member_order = flag("Customer was a programme member when ordering", aliases=("会员订单",))
