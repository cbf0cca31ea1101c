"""Human resources: do we have the people we need, do they stay, and is everything lawful?"""

from pages import kit

page = kit.department("hr")
page.cards(
    "headcount", "voluntary_turnover_rate", "time_to_fill", "hiring_plan_attainment",
    "absence_rate", "training_hours_per_employee", "employee_net_promoter_score", "labour_contract_coverage_rate",
)  # fmt: skip

row = page.row(3)
row.questions(wide=2)
row.attention()

row = page.row(3)
row.chart("hr_bridge")
row.chart("hr_recruit_funnel")
row.chart("hr_span")

row = page.row(3)
row.chart("hr_turnover_heatmap", wide=2)
row.chart("hr_compa")

row = page.row(3)
row.chart("hr_absence", wide=2)
row.chart("hr_compliance")

row = page.row(2)
row.chart("hr_ratings")
row.chart("hr_training")

row = page.row(1)
row.leaderboard("headcount", by="department")

page.rows_behind()
