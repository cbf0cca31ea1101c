"""The second reports of the newest months say the same sums as the first ones, split by region."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from data.demo import generate
from data.demo.by_region import Recent, first_day_by_region, parted
from tests.data.demo.conftest import LAST_DAY

Reports = dict[str, pl.DataFrame]
SUMS = {
    "fact_traffic": ("touchpoint", ("sessions", "engaged_sessions", "sessions_with_purchase", "purchase_revenue")),
    "fact_campaign_daily": ("platform", ("impressions", "clicks", "conversions", "conversion_value", "cost")),
}


@pytest.fixture(scope="module")
def reports() -> tuple[Reports, Reports, pl.DataFrame]:
    """First reports, second reports, and the orders."""
    recent, first = Recent(LAST_DAY), {table: [] for table in ("fact_order", *SUMS)}
    for table, frame in recent.passing(generate(4_000, LAST_DAY)):
        if table in first:
            first[table].append(frame.filter(pl.col(frame.columns[0] if table in SUMS else "order_date") >= FIRST_DAY))
    held = {table: pl.concat(frames) for table, frames in first.items()}
    return held, dict(recent.by_region(7)), held["fact_order"]


FIRST_DAY = first_day_by_region(LAST_DAY)


@pytest.mark.parametrize("table", SUMS)
def test_both_reports_say_the_same_of_each_day(reports: tuple[Reports, Reports, pl.DataFrame], table: str) -> None:
    other, measures = SUMS[table]
    first, second = (part[table].group_by("date", other).agg(pl.col(measures).sum()) for part in reports[:2])
    assert first.sort("date", other).equals(second.sort("date", other))
    assert set(reports[1][table]["cut"]) == {",".join(sorted(("region", other)))}


def test_no_region_has_more_purchases_than_paid_orders_or_more_visits_than_it_can(
    reports: tuple[Reports, Reports, pl.DataFrame],
) -> None:
    visits = reports[1]["fact_traffic"]
    seen = visits.group_by("date", "region").agg(pl.col("sessions_with_purchase").sum())
    paid = reports[2].filter("is_paid").group_by(pl.col("order_date").alias("date"), "region").len()
    both = seen.join(paid, on=["date", "region"], how="left").with_columns(pl.col("len").fill_null(0))
    assert both.filter(pl.col("sessions_with_purchase") > pl.col("len")).is_empty()
    steps = visits.filter(~(pl.col("sessions_with_purchase") <= pl.col("engaged_sessions")))
    assert steps.is_empty()
    assert visits.filter(pl.col("engaged_sessions") > pl.col("sessions")).is_empty()


def test_four_weeks_and_the_four_before_are_whole_whatever_the_day() -> None:
    assert first_day_by_region(date(2026, 3, 1)) == date(2026, 1, 1)
    assert first_day_by_region(date(2026, 1, 31)) == date(2025, 11, 1)


def test_an_amount_is_parted_to_the_last_unit() -> None:
    assert parted(np.array([7, 0]), np.array([[1, 3, 3], [0, 0, 0]])).tolist() == [[1, 3, 3], [0, 0, 0]]
    assert parted(np.array([2]), np.array([[1, 1, 1]])).sum() == 2
