"""Marketing: does the money bring customers who stay, and is the brand heard?"""

from pages import kit

page = kit.department("marketing")
page.cards(
    "marketing_efficiency_ratio", "customer_acquisition_cost", "repeat_purchase_rate", "customer_lifetime_value",
    "campaign_target_attainment", "campaign_incremental_roi", "brand_awareness_unaided", "share_of_voice",
)  # fmt: skip

row = page.row(3)
row.questions(wide=2)
row.attention()

row = page.row(2)
row.chart("mkt_spend_vs_new")
row.chart("mkt_campaign_bullet")

row = page.row(1)
row.chart("mkt_calendar")

row = page.row(2)
row.chart("mkt_rfm")
row.chart("mkt_clv_curve")

row = page.row(3)
row.chart("mkt_message_funnel")
row.chart("mkt_rewards")
row.chart("mkt_partners")

row = page.row(3)
row.chart("mkt_sov_som", wide=2)
row.chart("mkt_brand_funnel")

row = page.row(1)
row.leaderboard("customer_acquisition_cost", by="marketing_channel")

page.rows_behind()
