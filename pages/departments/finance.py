"""Finance: do we earn what we planned, and how long does the money last?"""

from pages import kit

page = kit.department("finance")
page.cards(
    "net_revenue", "gross_margin_rate", "ebitda_margin", "revenue_budget_attainment",
    "opex_budget_variance", "cash_balance", "cash_runway", "cash_conversion_cycle",
)  # fmt: skip

row = page.row(3)
row.questions(wide=2)
row.attention()

row = page.row(3)
row.chart("fin_cash_curve", wide=2)
row.chart("fin_variance_waterfall")

row = page.row(3)
row.chart("fin_forecast", wide=2)
row.chart("fin_gmv_bridge")

row = page.row(2)
row.chart("fin_burn")
row.chart("fin_margin_mix")

row = page.row(3)
row.chart("fin_ccc", wide=2)
row.chart("fin_ageing")

row = page.row(2)
row.chart("fin_calendar")
row.leaderboard("net_revenue", by="account_name")

page.rows_behind()
