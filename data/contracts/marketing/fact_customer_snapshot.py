"""Customers at month ends."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, dimension, flag, integer, money, table, text
from data.contracts.codes import MARKETING_CHANNELS, RFM_SEGMENTS


@table(
    name="fact_customer_snapshot",
    department="marketing",
    kind="fact",
    time_column="snapshot_date",
    cadence="month",
    late_after_days=36,
    duplicates="refuse",
    is_snapshot=True,
)
class CustomerMonths(Contract):
    """One row per customer at a month end."""

    snapshot_date = calendar_day("Month end", key=True, aliases=("快照日期",))
    customer_id = text(
        "Pseudonymous key as in fact_order", key=True, aliases=("Customer ID", "Email", "会员ID"), sensitive="personal"
    )
    acquisition_channel = dimension(
        "Channel of the first order", values=MARKETING_CHANNELS, aliases=("首单渠道",), made=True
    )
    region = dimension("Province", aliases=("Default Address Province Code", "省份"))
    member_tier = dimension("Tier; '' = no member", aliases=("会员等级", "Tags"))
    is_marketing_reachable = flag(
        "Valid address and consent for at least one channel",
        aliases=("Accepts Email Marketing", "Accepts SMS Marketing", "是否可营销"),
    )
    is_key_account = flag("On the key-customer list", aliases=("重点客户",))
    lifetime_orders = integer("Paid orders so far", made=True)
    lifetime_gross_profit = money(
        "Net revenue less returns and COGS so far", aliases=("累计毛利",), sensitive="confidential", made=True
    )
    recency_days = integer("Days since last paid order", unit="days", aliases=("距上次下单天数",), made=True)
    orders_12m = integer("Paid orders, last 365 days (F)", aliases=("近12月订单数",), made=True)
    revenue_12m = money("Net revenue, last 365 days (M)", made=True)
    r_score = integer("Recency quintile 1-5", unit="score", minimum=1, maximum=5, aliases=("R得分",), made=True)
    f_score = integer("Frequency quintile 1-5", unit="score", minimum=1, maximum=5, aliases=("F得分",), made=True)
    m_score = integer("Monetary quintile 1-5", unit="score", minimum=1, maximum=5, aliases=("M得分",), made=True)
    rfm_segment = dimension("Segment", values=RFM_SEGMENTS, aliases=("RFM分层",), made=True)
    is_active_12m = flag("Ordered in the last 365 days", aliases=("近12月活跃",), made=True)
    was_active_prev_12m = flag("Ordered in the 365 days before those", aliases=("前12月活跃",), made=True)
    bought_online_12m = flag("Ordered online in the last 365 days", aliases=("近12月线上购买",), made=True)
    bought_offline_12m = flag(
        "Ordered in a physical store in the last 365 days", aliases=("近12月门店购买",), made=True
    )
