"""Customer service: are people helped quickly, and do they stay happy?"""

from pages import kit

page = kit.department("customer_service")
page.cards(
    "first_response_time_p50", "first_response_sla_rate", "first_contact_resolution_rate",
    "customer_satisfaction_score", "complaint_rate", "contact_rate", "inquiry_conversion_rate",
    "ticket_deflection_rate",
)  # fmt: skip

row = page.row(3)
row.questions(wide=2)
row.attention()

row = page.row(2)
row.chart("cs_complaint_pareto")
row.chart("cs_frt_band")

row = page.row(2)
row.chart("cs_volume_clock")
row.chart("cs_cause_heatmap")

row = page.row(3)
row.chart("cs_backlog_age", wide=2)
row.chart("cs_presale")

row = page.row(2)
row.chart("cs_csat_by_reason")
row.chart("cs_self_service")

row = page.row(2)
row.leaderboard("first_response_sla_rate", by="channel")
row.chart("cs_key_accounts")

page.rows_behind()
