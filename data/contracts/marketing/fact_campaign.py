"""Campaigns, promotions and launches."""

from __future__ import annotations

from data.contracts.base import Contract, Derived, calendar_day, dimension, flag, integer, money, table, text
from data.contracts.codes import DEPARTMENTS

REVENUE = (
    "left join (select campaign_id, cast(sum(net_amount) as decimal(18, 4)) as amount from {lake}fact_order"
    " where is_paid group by campaign_id) as revenue on revenue.campaign_id = o.campaign_id"
)


@table(
    name="fact_campaign",
    department="marketing",
    kind="fact",
    time_column="start_date",
    cadence="month",
    late_after_days=36,
    duplicates="refuse",
    looks_ahead=True,
    derived=(
        Derived(
            "attributed_revenue",
            "DECIMAL(18,4)",
            "Net revenue of paid orders that carry the campaign, before returns",
            needs=("fact_order",),
            reads=("campaign_id",),
            sql="revenue.amount",
            join=REVENUE,
        ),
    ),
)
class Campaigns(Contract):
    """One row per campaign, promotion, festival, event, launch or joint project."""

    campaign_id = text(
        "Campaign key, also used in the other facts", key=True, aliases=("Campaign ID", "计划ID", "活动编号")
    )
    campaign_name = dimension("Name", aliases=("Campaign name", "活动名称", "计划名字"))
    campaign_type = dimension(
        "Kind",
        values=(
            "brand",
            "performance",
            "promotion",
            "festival",
            "offline_event",
            "popup_store",
            "crm_loyalty",
            "customer_appreciation",
            "partner_joint",
            "new_product_launch",
        ),
        aliases=("活动类型",),
    )
    owner_department = dimension("Owner", values=DEPARTMENTS, aliases=("负责部门",))
    channel_mode = dimension("online, offline or omni", values=("online", "offline", "omni"), aliases=("线上/线下",))
    planned_start_date = calendar_day("Planned start", aliases=("计划开始",))
    start_date = calendar_day("Actual start", required=True, aliases=("开始时间", "Start date"))
    end_date = calendar_day("Actual or planned end", aliases=("结束时间", "End date"))
    budget_amount = money("Budget", aliases=("Budget", "预算"))
    spend_amount = money("Spent: media + production + discounts funded", aliases=("实际费用",))
    target_revenue = money("Net revenue target", aliases=("销售目标",))
    incremental_gross_profit = money(
        "Gross profit above the baseline (hold-out or same-weekday prior-year baseline), before spend",
        aliases=("增量毛利",),
    )
    participants = integer("People who took part / visited", aliases=("参与人数", "到场人数"))
    has_review = flag("Post-campaign review filed", aliases=("已复盘",))
