"""Targets of customer service, finance and human resources, by month to the end of the year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from data.demo.accounts import NET_PER_ORDER
from data.demo.columns import Floats, frame
from data.demo.months import Months, after
from data.demo.staff import STAFF
from data.demo.stories import HISTORY_DAYS

PLAN_ERROR = 0.03
PLANNED_PEOPLE = sum(one.people for one in STAFF) + 3


@dataclass(frozen=True)
class Wish:
    """A target that is the same every month: value and amber limit, or a band; whose it is and why."""

    kpi: str
    department: str
    note: str
    target: float | None
    warn: float | None = None
    low: float | None = None
    high: float | None = None


WISHES = (
    Wish("inquiry_conversion_rate", "customer_service", "Annual plan", 44.0, 41.0),
    Wish("missed_inquiry_rate", "customer_service", "House rule", 3.0, 4.0),
    Wish("first_response_time_p50", "customer_service", "House rule, all channels together", 1.0, 1.3),
    Wish("first_response_sla_rate", "customer_service", "House rule", 90.0, 87.0),
    Wish("resolution_time_p50", "customer_service", "House rule, bots included", 3.0, 4.0),
    Wish("first_contact_resolution_rate", "customer_service", "Annual plan", 76.0, 73.0),
    Wish("customer_satisfaction_score", "customer_service", "Annual plan", 81.0, 77.0),
    Wish("customer_effort_score", "customer_service", "House rule", 5.5, 5.2),
    Wish("complaint_rate", "customer_service", "Quality programme", 8.0, 10.0),
    Wish("key_account_follow_up_rate", "customer_service", "House rule", 95.0, 92.0),
    Wish("self_service_score", "customer_service", "Annual plan", 1.3, 1.1),
    Wish("ticket_deflection_rate", "customer_service", "Annual plan", 30.0, 27.0),
    Wish("average_handle_time", "customer_service", "House band", None, None, 4.0, 8.0),
    Wish("contact_rate", "customer_service", "Annual plan", 39.0, 42.0),
    Wish("contact_reason_coded_rate", "customer_service", "House rule", 95.0, 92.0),
    Wish("gross_margin_rate", "finance", "Annual budget", 49.0, 47.5),
    Wish("ebitda_margin", "finance", "Annual budget", 8.0, 6.0),
    Wish("revenue_budget_attainment", "finance", "Annual budget", 100.0, 95.0),
    Wish("opex_budget_variance", "finance", "House band", 0.0, None, -5.0, 5.0),
    Wish("bank_reconciliation_rate", "finance", "House rule", 99.0, 98.0),
    Wish("journal_correction_rate", "finance", "House rule", 1.0, 1.5),
    Wish("dso", "finance", "House rule", 15.0, 18.0),
    Wish("dpo", "finance", "House band", None, None, 30.0, 60.0),
    Wish("cash_conversion_cycle", "finance", "Annual plan", 5.0, 10.0),
    Wish("cash_runway", "finance", "House rule: half a year", 180.0, 120.0),
    Wish("facility_headroom_rate", "finance", "House rule", 40.0, 30.0),
    Wish("supplier_on_time_payment_rate", "finance", "House rule", 95.0, 92.0),
    Wish("forecast_accuracy", "finance", "House rule", 90.0, 86.0),
    Wish("hiring_plan_attainment", "hr", "House rule", 90.0, 80.0),
    Wish("time_to_fill", "hr", "Annual plan", 35.0, 40.0),
    Wish("offer_acceptance_rate", "hr", "House rule", 85.0, 78.0),
    Wish("training_hours_per_employee", "hr", "Training plan, a month", 1.4, 1.1),
    Wish("internal_fill_rate", "hr", "House band", None, None, 20.0, 50.0),
    Wish("performance_review_completion_rate", "hr", "House rule", 98.0, 94.0),
    Wish("compa_ratio", "hr", "House band", 100.0, None, 92.0, 108.0),
    Wish("voluntary_turnover_rate", "hr", "Annual plan, per year", 16.0, 20.0),
    Wish("absence_rate", "hr", "House rule", 3.0, 3.5),
    Wish("employee_net_promoter_score", "hr", "House rule", 10.0, 5.0),
    Wish("activity_participation_rate", "hr", "Annual plan", 45.0, 40.0),
    Wish("culture_alignment_score", "hr", "House rule", 70.0, 66.0),
)


def money_and_people_targets(months: Months, planned: Floats, orders: int, rng: np.random.Generator) -> pl.DataFrame:
    """`kpi_target` of these departments for every whole month from the history's first day to the end of its year.

    `planned` are the relative orders of each day of that time; revenue is planned by them, people by the plan to grow.
    """
    firsts = [months.firsts[0]]
    while firsts[-1].month < 12 or firsts[-1].year < months.last_day.year:
        firsts.append(after(firsts[-1]))
    days = [(months.day(first), months.day(after(first))) for first in firsts]
    share = np.array([planned[max(first, 0) : end].sum() for first, end in days]) / planned[:HISTORY_DAYS].sum()
    is_whole = np.array([first >= 0 for first, _ in days])
    revenue = np.round(share * orders * NET_PER_ORDER / 100 * rng.normal(1.0, PLAN_ERROR, len(firsts)), 0)
    growth = sum(one.growth for one in STAFF)
    people = np.round(PLANNED_PEOPLE + growth * np.array([end for _, end in days]) / HISTORY_DAYS)
    dates = [first for first, kept in zip(firsts, is_whole, strict=True) if kept]
    parts = [
        _rows("net_revenue", "finance", "Annual budget", dates, revenue[is_whole], revenue[is_whole] * 0.95),
        _rows("headcount", "hr", "Headcount budget", dates, people[is_whole], None,
              people[is_whole] * 0.96, people[is_whole] * 1.03),
    ]  # fmt: skip
    for one in WISHES:
        values = (one.target, one.warn, one.low, one.high)
        limits = (None if value is None else np.full(len(dates), value) for value in values)
        parts.append(_rows(one.kpi, one.department, one.note, dates, *limits))
    return pl.concat(parts)


def _rows(
    kpi: str,
    department: str,
    note: str,
    dates: list[date],
    target: Floats | None,
    warn: Floats | None = None,
    low: Floats | None = None,
    high: Floats | None = None,
) -> pl.DataFrame:
    limits = {"target_value": target, "warn_value": warn, "band_low": low, "band_high": high}
    return frame(
        "kpi_target",
        {
            "kpi_id": kpi,
            "scope_dimension": "",
            "scope_value": "",
            "period_grain": "month",
            "period_start": pl.Series(dates, dtype=pl.Date),
            **{
                name: None if values is None else pl.Series(np.round(values, 2)).cast(pl.Decimal(18, 4))
                for name, values in limits.items()
            },
            "owner_department": department,
            "note": note,
        },
    )
