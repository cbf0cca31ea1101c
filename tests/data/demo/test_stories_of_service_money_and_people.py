"""The stories of customer service, finance and human resources can be seen in plain sums."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from data.demo import stories
from tests.data.demo.conftest import LAST_DAY
from tests.data.demo.test_stories import before, within

Tables = dict[str, pl.DataFrame]


def test_a_wave_of_complaints_names_a_reason_that_nobody_had_named(larger: Tables) -> None:
    complaints = larger["fact_ticket"].filter(pl.col("ticket_type") == "complaint")
    is_new = pl.col("contact_reason_l2") == stories.COMPLAINT_REASON
    wave = complaints.filter(within("created_date", stories.COMPLAINT_WAVE))
    assert len(wave.filter(is_new)) / len(complaints.filter(is_new)) > 0.9
    assert wave["contact_reason_l2"].value_counts().sort("count").tail(1)["contact_reason_l2"].item() == (
        stories.COMPLAINT_REASON
    )
    assert complaints.filter(
        is_new, pl.col("created_date") < LAST_DAY - timedelta(days=stories.BAD_BATCH.first)
    ).is_empty()


def test_the_team_loses_people_it_wanted_to_keep(larger: Tables) -> None:
    gone = larger["fact_employee_snapshot"].filter(
        within("exit_date", stories.TEAM_LEAVES) & pl.col("is_exit") & (pl.col("department") == stories.TEAM)
    )
    assert len(gone) == stories.TEAM_LEAVERS
    assert gone["is_regretted_exit"].sum() == stories.TEAM_REGRETTED
    assert gone["exit_type"].unique().to_list() == ["voluntary"]
    waiting = larger["fact_requisition"].filter(
        (pl.col("department") == stories.TEAM) & pl.col("filled_date").is_null()
    )
    assert len(waiting) >= stories.TEAM_LEAVERS - 2


def test_customers_wait_longer_once_they_are_gone(larger: Tables) -> None:
    tickets = larger["fact_ticket"].filter(pl.col("domain") == "customer")

    def median(window: stories.Window) -> float:
        waited = tickets.filter(within("created_date", window))["first_response_minutes"].cast(pl.Float64).median()
        assert isinstance(waited, float)
        return waited

    def in_time(window: stories.Window) -> float:
        kept = tickets.filter(within("created_date", window))["is_first_response_in_sla"].mean()
        assert isinstance(kept, float)
        return kept

    assert median(stories.SLOW_ANSWERS) > 1.8 * median(before(stories.SLOW_ANSWERS))
    assert in_time(before(stories.SLOW_ANSWERS)) > 0.9
    assert in_time(stories.SLOW_ANSWERS) < 0.8


def test_marketing_overspends_the_last_closed_month_and_no_other(larger: Tables) -> None:
    spent = (
        larger["fact_gl_balance"]
        .filter((pl.col("department") == "marketing") & pl.col("budget_amount").is_not_null())
        .group_by("period_end")
        .agg(pl.col("amount", "budget_amount").cast(pl.Float64).sum())
        .sort("period_end")
        .select((pl.col("amount") / pl.col("budget_amount")).alias("burnt"))["burnt"]
    )
    assert spent[-1] > 1.14
    assert spent[:-1].is_between(0.8, 1.12).all()


def test_free_cash_melts_while_the_sorting_line_is_paid(larger: Tables) -> None:
    banks = larger["fact_bank_balance"].filter(pl.col("account_type") != "credit_line")
    by_day = banks.group_by("date").agg(pl.col("closing_balance").cast(pl.Float64).sum()).sort("date")

    def held(days_back: int) -> float:
        found = by_day.filter(pl.col("date") == LAST_DAY - timedelta(days=days_back))["closing_balance"].item()
        assert isinstance(found, float)
        return found

    first = stories.SORTING_LINE.first
    assert held(0) < 0.7 * held(first)
    assert held(first) > 0.85 * held(first + 120)
    assert by_day["closing_balance"].min() > 0  # type: ignore[operator]
