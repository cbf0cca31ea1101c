"""Targets of marketing, product management and technology, by month to the end of the year."""

from __future__ import annotations

import numpy as np
import polars as pl

from data.demo.columns import frame
from data.demo.months import Months
from data.demo.past import Past
from data.demo.stories import HISTORY_DAYS
from data.demo.targets_money_and_people import Wish

DAYS_A_MONTH = 30.4
JOINT_SHARE = 0.045
WISHES = (
    Wish("brand_awareness_unaided", "marketing", "Annual plan", 14.0, 12.0),
    Wish("brand_association_rate", "marketing", "Annual plan", 40.0, 36.0),
    Wish("share_of_voice", "marketing", "Above market share", 6.0, 5.5),
    Wish("brand_net_sentiment", "marketing", "Annual plan", 24.0, 21.0),
    Wish("market_share", "marketing", "Annual plan", 4.6, 4.2),
    Wish("share_of_search", "marketing", "Annual plan", 6.2, 5.7),
    Wish("insight_adoption_rate", "marketing", "House rule", 40.0, 30.0),
    Wish("marketable_customer_rate", "marketing", "Annual plan", 62.0, 59.0),
    Wish("message_conversion_rate", "marketing", "Annual plan", 0.11, 0.09),
    Wish("reward_redemption_rate", "marketing", "House band", None, None, 20.0, 45.0),
    Wish("repeat_purchase_rate", "marketing", "Annual plan", 50.0, 46.0),
    Wish("customer_lifetime_value", "marketing", "Three times what a new customer may cost", 186.0, 165.0),
    Wish("rfm_high_value_share", "marketing", "Annual plan", 29.0, 27.0),
    Wish("active_partners", "marketing", "Sourcing plan", None, None, 54.0, 60.0),
    Wish("partner_renewal_rate", "marketing", "House rule", 85.0, 75.0),
    Wish("negotiated_savings_rate", "marketing", "Sourcing plan", 4.0, 2.5),
    Wish("campaign_target_attainment", "marketing", "Campaign plan", 100.0, 92.0),
    Wish("campaign_incremental_roi", "marketing", "The campaign pays for itself, and its planning", 25.0, 0.0),
    Wish("omnichannel_customer_share", "marketing", "Pop-up stores", 3.0, 2.0),
    Wish("marketing_efficiency_ratio", "marketing", "Annual plan", 7.8, 7.0),
    Wish("customer_acquisition_cost", "marketing", "A third of what a customer is worth", 62.0, 68.0),
    Wish("roadmap_on_time_rate", "product", "House rule", 80.0, 70.0),
    Wish("new_product_sales_share", "product", "House band: few launches, well chosen", None, None, 2.0, 8.0),
    Wish("listing_error_rate", "product", "House rule", 1.0, 1.5),
    Wish("listing_completeness_rate", "product", "House rule", 98.0, 97.0),
    Wish("listing_update_on_time_rate", "product", "House rule", 95.0, 92.0),
    Wish("competitive_price_index", "product", "House band around 100", None, None, 95.0, 105.0),
    Wish("stock_out_rate", "product", "House rule", 2.0, 3.0),
    Wish("days_of_inventory", "product", "House band", None, None, 30.0, 50.0),
    Wish("supplier_otif_rate", "product", "House rule", 92.0, 88.0),
    Wish("experiment_win_rate", "product", "House band", None, None, 10.0, 35.0),
    Wish("search_zero_result_rate", "product", "House rule", 6.0, 7.0),
    Wish("recommendation_click_rate", "product", "Annual plan", 3.6, 3.3),
    Wish("sell_through_rate", "product", "What is bought is sold in the same month", 95.0, 80.0),
    Wish("gmroi", "product", "Annual plan", 8.0, 7.0),
    Wish("average_review_rating", "product", "House rule", 4.5, 4.3),
    Wish("cross_team_on_time_rate", "product", "House rule", 85.0, 80.0),
    Wish("launch_sales_attainment", "product", "Launch plan", 100.0, 90.0),
    Wish("change_lead_time_p50", "technology", "One working day", 18.0, 24.0),
    Wish("change_fail_rate", "technology", "House rule", 6.0, 10.0),
    Wish("failed_deployment_recovery_p50", "technology", "One hour", 1.0, 1.5),
    Wish("service_availability", "technology", "Objective of the services", 99.94, 99.9),
    Wish("error_budget_remaining", "technology", "Below 0 no features are released", 40.0, 0.0),
    Wish("peak_capacity_utilisation", "technology", "House band", None, None, 20.0, 70.0),
    Wish("crash_free_session_rate", "technology", "House rule", 99.6, 99.4),
    Wish("lcp_p75", "technology", "Web Vitals: good", 2.5, 4.0),
    Wish("inp_p75", "technology", "Web Vitals: good", 0.2, 0.5),
    Wish("cls_p75", "technology", "Web Vitals: good", 0.1, 0.25),
    Wish("core_web_vitals_pass_rate", "technology", "On the way to 75", 65.0, 60.0),
    Wish("vulnerability_remediation_sla_rate", "technology", "House rule", 95.0, 90.0),
    Wish("time_to_restore_p50", "technology", "House rule for severity 1 and 2", 60.0, 90.0),
    Wish("innovation_adoption_rate", "technology", "House band", None, None, 20.0, 60.0),
    Wish("tech_training_completion_rate", "technology", "House rule", 95.0, 90.0),
    Wish("it_ticket_sla_rate", "technology", "House rule", 95.0, 91.0),
    Wish("tool_adoption_rate", "technology", "House rule", 82.0, 76.0),
    Wish("pipeline_on_time_rate", "technology", "Data promise to the departments", 98.0, 97.0),
    Wish("data_quality_pass_rate", "technology", "House rule", 99.4, 99.0),
    Wish("backup_success_rate", "technology", "House rule", 99.5, 98.5),
    Wish("report_on_time_rate", "operations", "House rule", 95.0, 92.0),
    Wish("report_action_completion_rate", "operations", "House rule", 80.0, 72.0),
)
# What adds up over days: its target for a month of 30.4 days.
MONTHLY = (
    Wish("deployment_frequency", "technology", "House rule: three a day that is worked", 66.0, 56.0),
    Wish("automation_hours_saved", "technology", "Automation plan", 340.0, 310.0),
    Wish("security_incidents", "technology", "Zero", 0.0, 0.0),
)


def market_goods_systems_targets(months: Months, calendar: pl.DataFrame, past: Past) -> pl.DataFrame:
    """`kpi_target` of these departments for every whole month of the calendar; joint revenue follows the revenue."""
    firsts = calendar["month_start_date"].unique(maintain_order=True)
    whole = firsts.filter(firsts >= months.first_day)
    joint = float(past.order_net.sum()) / 100 / HISTORY_DAYS * DAYS_A_MONTH * JOINT_SHARE
    shared = Wish("joint_project_revenue", "marketing", "Annual plan", joint, joint * 0.85)
    return pl.concat([_rows(one, whole) for one in (*WISHES, *MONTHLY, shared)])


def _rows(one: Wish, firsts: pl.Series) -> pl.DataFrame:
    limits = {"target_value": one.target, "warn_value": one.warn, "band_low": one.low, "band_high": one.high}
    return frame(
        "kpi_target",
        {
            "kpi_id": one.kpi,
            "scope_dimension": "",
            "scope_value": "",
            "period_grain": "month",
            "period_start": firsts,
            **{
                name: None if value is None else pl.Series(np.full(len(firsts), round(value, 2)))
                for name, value in limits.items()
            },
            "owner_department": one.department,
            "note": one.note,
        },
    )
