"""Planned runs: loads of the warehouse, backups, automations, reports and the steps of the month-end close."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import Column, Flags, Ints, days_from, frame, only, stream
from data.demo.months import Months

DAYS = stories.HISTORY_DAYS
KEPT_DAYS = 400
DAILY, WEEKLY, MONTHLY = "daily", "weekly", "monthly"


@dataclass(frozen=True)
class Job:
    """A job: how often it runs, shares of runs that fail and that end late, tests a run, minutes of work it saves."""

    id: str
    kind: str
    owner: str
    rhythm: str = DAILY
    fails: float = 0.004
    late: float = 0.015
    tests: int = 0
    minutes: int = 0


JOBS = (
    Job("load_tmall_orders", "pipeline", "technology", tests=34, late=0.022),
    Job("load_jd_orders", "pipeline", "technology", tests=31, late=0.03),
    Job("load_douyin_orders", "pipeline", "technology", tests=29, late=0.035, fails=0.008),
    Job("load_own_orders", "pipeline", "technology", tests=42),
    Job("load_parcels", "pipeline", "operations", tests=26),
    Job("load_returns", "pipeline", "customer_service", tests=22),
    Job("load_adverts", "pipeline", "marketing", tests=18, late=0.03),
    Job("load_visits", "pipeline", "marketing", tests=24),
    Job("load_stock", "pipeline", "product", tests=27),
    Job("load_ledger", "pipeline", "finance", tests=36),
    Job("build_marts", "pipeline", "technology", tests=88, late=0.02),
    Job("database_backup", "backup", "technology", fails=0.002),
    Job("files_backup", "backup", "technology", fails=0.004),
    Job("restore_rehearsal", "restore_test", "technology", WEEKLY, fails=0.025),
    Job("match_invoices", "automation", "finance", fails=0.01, minutes=95),
    Job("approve_small_refunds", "automation", "customer_service", fails=0.008, minutes=140),
    Job("route_tickets", "automation", "customer_service", fails=0.006, minutes=110),
    Job("sync_prices", "automation", "product", fails=0.015, minutes=75),
    Job("print_labels", "automation", "operations", fails=0.005, minutes=180),
    Job("hand_out_coupons", "automation", "marketing", fails=0.01, minutes=45),
    Job("onboard_accounts", "automation", "hr", WEEKLY, minutes=150),
    Job("daily_sales", "report", "operations", late=0.035),
    Job("stock_alert", "report", "product", late=0.04),
    Job("service_levels", "report", "customer_service", late=0.05),
    Job("weekly_operations", "report", "operations", WEEKLY, late=0.06),
    Job("weekly_marketing", "report", "marketing", WEEKLY, late=0.09),
    Job("market_research", "report", "marketing", WEEKLY, late=0.12),
    Job("weekly_cash", "report", "finance", WEEKLY, late=0.04),
    Job("people_report", "report", "hr", MONTHLY, late=0.08),
    Job("board_pack", "report", "leadership", MONTHLY, late=0.1),
)
# Steps of the close, with the working days they take; the year's end and festivals take one more.
CLOSE = (("close_receivables", 3), ("close_payables", 4), ("close_stock", 5), ("close_ledger", 7))
BUSY_MONTHS = (1, 6, 11, 12)
TEST_FAILS = 0.0055
# The bug of the stories was found here, days late: tests of the visits fail while it lives.
BROKEN_LOAD, BROKEN_TESTS = "load_visits", 5


def job_frame(months: Months, seed: int) -> pl.DataFrame:
    """`fact_scheduled_job`: the last 400 days of every job, and the close of every month of the history."""
    rng = stream(seed, "jobs")
    parts = [_runs(job, months, rng) for job in JOBS]
    return pl.concat([*parts, _closes(months, rng)]).sort("scheduled_date", maintain_order=True)


def _days(job: Job, months: Months) -> Ints:
    day = np.arange(DAYS - KEPT_DAYS, DAYS)
    if job.rhythm == WEEKLY:
        return np.array([one for one in day.tolist() if months.date(one).weekday() == 0], np.int64)
    if job.rhythm == MONTHLY:
        second = [months.day(first) + 1 for first in months.firsts]
        return np.array([one for one in second if DAYS - KEPT_DAYS <= one < DAYS], np.int64)
    return day


def _runs(job: Job, months: Months, rng: np.random.Generator) -> pl.DataFrame:
    day = _days(job, months)
    count = len(day)
    is_success = rng.random(count) >= job.fails
    is_late = rng.random(count) < job.late
    is_tested, is_saving = np.full(count, job.tests > 0), np.full(count, job.minutes > 0)
    failed = rng.binomial(job.tests, TEST_FAILS, count) + np.where(is_success, 0, 2)
    failed += np.where((job.id == BROKEN_LOAD) & stories.TRACKING_BUG.holds(day), BROKEN_TESTS, 0)
    saved = np.round(job.minutes * rng.lognormal(0.0, 0.15, count))
    return _frame(
        job,
        months,
        day,
        {
            "is_success": is_success,
            "is_on_time": is_success & ~is_late,
            "lag_days": pl.Series(np.where(is_late, 1.0, 0.0)),
            "tests_run": only(is_tested, pl.Series(np.full(count, job.tests))),
            "tests_passed": only(is_tested, pl.Series(np.maximum(job.tests - failed, 0))),
            "minutes_saved": only(is_saving & is_success, pl.Series(saved)),
        },
    )


def _closes(months: Months, rng: np.random.Generator) -> pl.DataFrame:
    day = months.ends[months.ended]
    busy = np.array([int(months.date(one).month in BUSY_MONTHS) for one in day], np.int64)
    parts = []
    for name, usual in CLOSE:
        lag = usual + busy + rng.choice((-1, 0, 0, 0, 1), len(day))
        # Two days in seven are free: what is not over by now has no lag yet.
        is_over: Flags = day + lag * 7 // 5 + 1 < DAYS
        job = Job(name, "month_end_close", "finance", MONTHLY)
        columns: dict[str, Column] = {
            "is_success": only(is_over, pl.Series(np.full(len(day), True))),
            "is_on_time": only(is_over, pl.Series(lag <= usual + 1)),
            "lag_days": only(is_over, pl.Series(lag.astype(np.float64))),
            "tests_run": None,
            "tests_passed": None,
            "minutes_saved": None,
        }
        parts.append(_frame(job, months, day, columns))
    return pl.concat(parts)


def _frame(job: Job, months: Months, day: Ints, columns: dict[str, Column]) -> pl.DataFrame:
    return frame(
        "fact_scheduled_job",
        {
            "job_id": job.id,
            "scheduled_date": days_from(months.first_day, day),
            "job_type": job.kind,
            "owner_department": job.owner,
            **columns,
        },
    )
