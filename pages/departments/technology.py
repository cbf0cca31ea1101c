"""Technology: does everything run, how fast do changes reach customers, and is it safe?"""

from pages import kit

page = kit.department("technology")
page.cards(
    "service_availability", "error_budget_remaining", "lcp_p75", "deployment_frequency",
    "change_lead_time_p50", "change_fail_rate", "time_to_restore_p50", "vulnerability_remediation_sla_rate",
)  # fmt: skip

row = page.row(3)
row.questions(wide=2)
row.attention()

row = page.row(2)
row.chart("tec_error_budget")
row.chart("tec_dora")

row = page.row(2)
row.chart("tec_incidents")
row.chart("tec_vitals")

row = page.row(3)
row.chart("tec_capacity")
row.chart("tec_crash")
row.chart("tec_vuln_age")

row = page.row(2)
row.chart("tec_jobs")
row.chart("tec_adoption")

row = page.row(1)
row.leaderboard("service_availability", by="service")

page.rows_behind()
