"""Operations: do orders come in, and do they reach customers whole and on time?"""

from pages import kit

page = kit.department("operations")
page.cards(
    "gmv", "paid_orders", "session_conversion_rate", "average_order_value",
    "new_customers", "otif_rate", "return_rate", "net_promoter_score",
)  # fmt: skip

row = page.row(3)
row.questions(wide=2)
row.attention()

row = page.row(3)
row.chart("ops_gmv_trend", wide=2)
row.chart("ops_driver_tree")

row = page.row(2)
row.chart("ops_channel_mix")
row.chart("ops_lead_time")

row = page.row(3)
row.chart("ops_funnel")
row.chart("ops_perfect_order")
row.chart("ops_return_pareto")

row = page.row(2)
row.chart("ops_cohort")
row.chart("ops_order_clock")

row = page.row(1)
row.leaderboard("gmv", by="sales_channel")

page.rows_behind()
