"""Marketing, product management and technology on the demo lake: every KPI answers, and stories are its numbers."""

from __future__ import annotations

from datetime import date

import pytest
from polars.testing import assert_frame_equal

from data.demo import stories
from data.derive_customers import customer_months
from data.warehouse import Warehouse
from metrics.ask import Query, ask
from metrics.load import load_catalogue
from metrics.periods import Period
from metrics.policy import EVERYONE
from metrics.query import Filter
from tests.demo.conftest import LAST_DAY

CATALOGUE = load_catalogue()
DEPARTMENTS = ("marketing", "product", "technology")
KPIS = tuple(name for name, kpi in CATALOGUE.kpis.items() if kpi.duty.split(".")[0] in DEPARTMENTS)
# What other departments read from the tables that these three keep.
FED = (
    "core_web_vitals_pass_rate", "listing_completeness_rate", "listing_update_on_time_rate", "active_customers",
    "customer_retention_rate", "report_on_time_rate", "report_action_completion_rate", "key_account_retention_rate",
    "voc_action_closure_rate", "days_to_close", "org_change_on_time_rate",
)  # fmt: skip
LAST_28_DAYS = Period(date(2026, 10, 25), LAST_DAY)
LAST_MONTH = Period(date(2026, 10, 1), date(2026, 10, 31))


def value(demo: Warehouse, kpi: str, period: Period = LAST_28_DAYS, **only: str) -> float:
    """The KPI's value, narrowed to one value of each dimension given."""
    filters = tuple(Filter(name.replace("product_", "product."), (one,)) for name, one in only.items())
    found = ask(demo.engine(), Query((kpi,), period, filters=filters), EVERYONE, CATALOGUE).rows[kpi][0]
    assert found is not None, kpi
    return float(found)


def window(story: stories.Window) -> Period:
    return Period(*story.dates(LAST_DAY))


@pytest.mark.parametrize("period", [LAST_28_DAYS, LAST_MONTH])
def test_every_kpi_of_the_three_departments_has_a_value(demo: Warehouse, period: Period) -> None:
    found = ask(demo.engine(), Query((*KPIS, *FED), period), EVERYONE, CATALOGUE)
    assert [name for name in (*KPIS, *FED) if found.rows[name][0] is None] == []
    assert {name for name, one in found.availability.items() if one.state != "ok"} == set()


def test_percentages_lie_in_their_range(demo: Warehouse) -> None:
    """Except those that may pass 100: plans, prices and stock against each other, and a budget overspent."""
    free = {
        "campaign_target_attainment", "campaign_incremental_roi", "launch_sales_attainment", "competitive_price_index",
        "sell_through_rate", "error_budget_remaining",
    }  # fmt: skip
    rates = [name for name in KPIS if CATALOGUE.kpi(name).unit == "percent" and name not in free]
    rows = ask(demo.engine(), Query(tuple(rates), LAST_28_DAYS), EVERYONE, CATALOGUE).rows
    assert [name for name in rates if not 0 <= rows[name][0] <= 100] == []


def test_customer_snapshots_are_those_that_the_orders_tell(demo: Warehouse) -> None:
    """The program's own computation of month ends gives the same rows; what only the CRM knows is not compared."""
    cursor = demo.connection.cursor()
    computed = customer_months(cursor, date(2026, 8, 1), LAST_DAY)
    made = cursor.execute(
        "select * from lake.main.fact_customer_snapshot where snapshot_date >= date '2026-08-01'"
    ).pl()
    columns = [name for name in computed.columns if name != "bought_offline_12m"]
    keys = ["snapshot_date", "customer_id"]
    assert len(computed) > 3_000
    assert_frame_equal(made.select(columns).sort(keys), computed.select(columns).sort(keys))


def test_the_best_seller_is_out_of_stock_everywhere_for_a_week(demo: Warehouse) -> None:
    week = Period(window(stories.OVERSOLD).first, window(stories.OFF_SALE).last)
    key = value(demo, "stock_out_rate", week, product_is_key_sku="true")
    assert 100 / 41 <= key < 5
    rows = ask(demo.engine(), Query(("days_of_inventory",), LAST_28_DAYS, by=("sku",)), EVERYONE, CATALOGUE).rows
    assert rows.filter(rows["sku"] == stories.BEST_SELLER)["days_of_inventory"][0] is not None


def test_the_late_supplier_stands_alone(demo: Warehouse) -> None:
    rows = ask(
        demo.engine(), Query(("supplier_otif_rate",), LAST_28_DAYS, by=("supplier_id",)), EVERYONE, CATALOGUE
    ).rows
    rates = rows.sort("supplier_otif_rate")["supplier_otif_rate"].to_list()
    assert rates[0] < 10
    assert rates[1] > 40


def test_the_wrong_price_list_lifts_the_error_rate_of_its_channel(demo: Warehouse) -> None:
    wrong = value(demo, "listing_error_rate", sales_channel=stories.PRICE_ERROR_CHANNEL)
    assert wrong > 10
    assert value(demo, "listing_error_rate", LAST_MONTH, sales_channel=stories.PRICE_ERROR_CHANNEL) < 3
    assert value(demo, "listing_error_rate", sales_channel="tmall") < 3


def test_the_broken_check_out_overspends_its_budget(demo: Warehouse) -> None:
    assert value(demo, "error_budget_remaining", service="checkout") < -100
    assert value(demo, "error_budget_remaining", service="search") > 0
    assert value(demo, "service_availability", window(stories.CHECKOUT_OUTAGE), service="checkout") < 95
    assert value(demo, "time_to_restore_p50", severity="sev1") == pytest.approx(210.0)


def test_the_failed_release_is_slow_and_took_days_to_put_right(demo: Warehouse) -> None:
    slow = value(demo, "lcp_p75", window(stories.TRACKING_BUG), page_group="product", device="mobile")
    assert slow > 1.2 * value(demo, "lcp_p75", LAST_MONTH, page_group="product", device="mobile")
    web = value(demo, "failed_deployment_recovery_p50", window(stories.TRACKING_BUG), service="storefront")
    assert web > 24
    loads = value(demo, "data_quality_pass_rate", window(stories.TRACKING_BUG), job_id="load_visits")
    assert loads < 90


def test_the_prize_draw_is_the_campaign_that_failed(demo: Warehouse) -> None:
    assert value(demo, "campaign_incremental_roi", campaign_type="promotion") < -80
    assert value(demo, "campaign_incremental_roi", campaign_type="festival") > 0


def test_the_rival_takes_voice(demo: Warehouse) -> None:
    before = value(demo, "share_of_voice", Period(date(2026, 5, 1), date(2026, 7, 31)))
    since = value(demo, "share_of_voice", Period(date(2026, 8, 1), date(2026, 10, 31)))
    assert since < 0.95 * before
