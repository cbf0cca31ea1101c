"""The demo company looks like a company: its size, rhythm, customers, and the same again from the same seed."""

from __future__ import annotations

import time
from datetime import date, timedelta

import polars as pl
from polars.testing import assert_frame_equal

from data.calendar import chinese_new_year
from data.demo import generate
from tests.data.demo.conftest import LAST_DAY, company

Tables = dict[str, pl.DataFrame]


def orders_on(tables: Tables, day: date) -> int:
    return len(tables["fact_order"].filter(pl.col("order_date") == day))


def first_orders(seed: int) -> pl.DataFrame:
    return next(frame for table, frame in generate(400, LAST_DAY, seed) if table == "fact_order")


def per_day(tables: Tables, first: date, last: date) -> float:
    return len(tables["fact_order"].filter(pl.col("order_date").is_between(first, last))) / ((last - first).days + 1)


def test_the_same_seed_gives_the_same_rows() -> None:
    first, second = list(generate(400, LAST_DAY, 5)), list(generate(400, LAST_DAY, 5))
    assert [table for table, _ in first] == [table for table, _ in second]
    for (_, one), (_, other) in zip(first, second, strict=True):
        assert_frame_equal(one, other)


def test_another_seed_gives_another_company() -> None:
    assert not first_orders(5).equals(first_orders(6))


def test_a_company_of_one_order_is_a_company() -> None:
    assert len(company(1)["fact_order"]) == 1


def test_it_may_end_on_any_day() -> None:
    """A leap day, and a new year's day, whose month has no other day."""
    for last_day in (date(2024, 2, 29), date(2026, 1, 1)):
        tables = company(300, last_day=last_day)
        assert tables["fact_order"]["order_date"].max() <= last_day  # type: ignore[operator]


def test_two_hundred_thousand_orders_take_seconds() -> None:
    started = time.perf_counter()
    rows = sum(len(frame) for _, frame in generate(200_000, LAST_DAY, 7))
    assert time.perf_counter() - started < 15
    assert rows > 1_000_000


def test_an_order_is_worth_about_250_yuan(larger: Tables) -> None:
    paid = larger["fact_order"].filter(pl.col("is_paid"))
    assert 235 < float(paid["gmv_amount"].mean()) < 275  # type: ignore[arg-type]
    assert 2.2 < len(larger["fact_order_line"]) / len(larger["fact_order"]) < 2.6


def test_double_eleven_towers_and_the_new_year_is_quiet(larger: Tables) -> None:
    ordinary = per_day(larger, date(2025, 9, 15), date(2025, 10, 14))
    assert orders_on(larger, date(2025, 11, 11)) > 3.5 * ordinary
    new_year = chinese_new_year(2026)
    assert per_day(larger, new_year, new_year + timedelta(days=6)) < 0.65 * ordinary


def test_the_company_grows(larger: Tables) -> None:
    before = per_day(larger, date(2025, 4, 1), date(2025, 5, 31))
    after = per_day(larger, date(2026, 4, 1), date(2026, 5, 31))
    assert 1.15 < after / before < 1.45


def test_evenings_are_busier_than_nights(larger: Tables) -> None:
    by_hour = larger["fact_order"].group_by(pl.col("created_at").dt.hour().alias("hour")).len()
    counts = dict(by_hour.iter_rows())
    assert counts[21] > 10 * counts[4]


def test_analytics_sees_nearly_all_purchases_but_not_all(larger: Tables) -> None:
    seen = int(larger["fact_traffic"]["sessions_with_purchase"].sum())
    paid = int(larger["fact_order"]["is_paid"].sum())
    assert 0.9 < seen / paid < 0.98


def test_visits_convert_at_a_few_percent(larger: Tables) -> None:
    visits = int(larger["fact_traffic"].filter(pl.col("touchpoint") != "help_centre")["sessions"].sum())
    assert 0.02 < int(larger["fact_order"]["is_paid"].sum()) / visits < 0.05


def test_advertised_channels_have_orders_and_platforms_claim_somewhat_more(larger: Tables) -> None:
    """Each platform counts the orders of its own clicks, and takes credit for a few of others."""
    ads = larger["fact_campaign_daily"].filter(pl.col("date") < LAST_DAY - timedelta(days=30))
    claimed = ads.group_by("marketing_channel").agg(pl.col("conversions").cast(pl.Float64).sum())
    old = larger["fact_order"].filter(pl.col("is_paid") & (pl.col("order_date") < LAST_DAY - timedelta(days=30)))
    for channel in ("paid_search", "paid_shopping", "paid_social", "email"):
        paid = len(old.filter(pl.col("marketing_channel") == channel))
        told = claimed.filter(pl.col("marketing_channel") == channel)["conversions"].item()
        assert 1.05 < told / paid < 1.2, channel


def test_customers_come_back_less_with_time_and_some_very_often(larger: Tables) -> None:
    paid = larger["fact_order"].filter(pl.col("is_paid")).sort("paid_at")
    gaps = paid.select((pl.col("paid_date") - pl.col("paid_date").shift().over("customer_id")).dt.total_days())
    days = gaps.to_series().drop_nulls()
    share_returning = len(days) / len(paid)
    assert 0.4 < share_returning < 0.6
    assert 25 < days.median() < 70  # type: ignore[operator]
    assert 0.02 < (days >= 180).mean() < 0.2  # type: ignore[operator]
    per_customer = paid.group_by("customer_id").len()["len"]
    assert (per_customer == 1).mean() > 0.45  # type: ignore[operator]


def test_a_customer_is_a_hash_and_lives_in_one_province(larger: Tables) -> None:
    orders = larger["fact_order"]
    assert orders["customer_id"].str.contains("^[0-9a-f]{32}$").all()
    assert orders.group_by("customer_id").agg(pl.col("region").n_unique())["region"].max() == 1


def test_some_monthly_targets_are_met_and_some_are_missed(larger: Tables) -> None:
    actual = (
        larger["fact_order"]
        .filter(pl.col("is_paid"))
        .group_by(pl.col("paid_date").dt.month_start().alias("period_start"))
        .agg(pl.col("gmv_amount").sum())
    )
    targets = larger["kpi_target"].filter((pl.col("kpi_id") == "gmv") & (pl.col("scope_dimension") == ""))
    whole = targets.join(actual, on="period_start").filter(pl.col("period_start") < LAST_DAY.replace(day=1))
    met = (whole["gmv_amount"].cast(pl.Float64) / whole["target_value"].cast(pl.Float64)).to_list()
    assert len(met) == 23
    assert 5 <= sum(share >= 1 for share in met) <= 18
    assert all(0.75 < share < 1.25 for share in met)


def test_targets_reach_to_the_end_of_the_year(small: Tables) -> None:
    months = small["kpi_target"].filter(pl.col("kpi_id") == "sessions")["period_start"]
    assert (months.min(), months.max()) == (date(2024, 10, 1), date(2026, 12, 1))


def test_a_small_share_of_products_is_new(small: Tables) -> None:
    products = small["dim_product"]
    assert 250 <= len(products) <= 320
    assert products["category_l1"].n_unique() == 8
    new = products.filter(pl.col("launch_date") > LAST_DAY - timedelta(days=90))
    assert 8 <= len(new) <= 30
    assert products.filter(pl.col("unit_cost") >= pl.col("list_price")).is_empty()


def test_nothing_is_sold_before_its_launch_or_after_its_end(larger: Tables) -> None:
    lines = larger["fact_order_line"].join(larger["dim_product"], on="sku")
    assert lines.filter(pl.col("order_date") < pl.col("launch_date")).is_empty()
    assert lines.filter(pl.col("order_date") > pl.col("delist_date")).is_empty()
