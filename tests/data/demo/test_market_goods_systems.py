"""Marketing, product management and technology of the demo company agree with its orders, and with themselves."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from data.contracts import TABLES
from data.demo import stories
from tests.data.demo.conftest import LAST_DAY
from tests.data.demo.test_stories import share

Tables = dict[str, pl.DataFrame]
MADE = (
    "fact_campaign", "fact_customer_snapshot", "fact_market_snapshot", "fact_partner_contract",
    "fact_inventory_snapshot", "fact_purchase_order_line", "fact_listing_snapshot", "fact_deployment", "fact_incident",
    "fact_service_health", "fact_metric_sample", "fact_web_performance", "fact_scheduled_job", "fact_tool_usage",
    "fact_work_item",
)  # fmt: skip


@pytest.mark.parametrize("table", MADE)
def test_rows_pass_the_contract_and_keys_are_unique(small: Tables, table: str) -> None:
    contract = TABLES[table]
    assert small[table].schema == {name: column.dtype for name, column in contract.columns.items()}
    contract.schema.validate(small[table])
    assert not small[table].select(contract.key).is_duplicated().any()
    dimensions = [name for name in contract.columns if contract.role(name) == "dimension"]
    assert small[table].select(dimensions).null_count().row(0) == (0,) * len(dimensions)


def test_targets_name_a_kpi_and_month_once(small: Tables) -> None:
    assert not small["kpi_target"].select(TABLES["kpi_target"].key).is_duplicated().any()


def test_a_campaign_spent_what_its_days_cost(small: Tables) -> None:
    daily = small["fact_campaign_daily"].group_by("campaign_id").agg(pl.col("cost").sum())
    spent = small["fact_campaign"].join(daily, on="campaign_id")
    assert len(spent) == len(daily.filter(pl.col("campaign_id") != ""))
    assert spent.filter(pl.col("cost") != pl.col("spend_amount")).is_empty()


def test_orders_carry_a_campaign_on_its_days_only(small: Tables) -> None:
    orders = small["fact_order"].filter(pl.col("campaign_id") != "").join(small["fact_campaign"], on="campaign_id")
    assert len(orders) == len(small["fact_order"].filter(pl.col("campaign_id") != ""))
    is_within = (pl.col("order_date") >= pl.col("start_date")) & (
        pl.col("end_date").is_null() | (pl.col("order_date") <= pl.col("end_date"))
    )
    assert orders.filter(~is_within).is_empty()


def test_a_campaign_to_come_has_a_plan_and_no_result(small: Tables) -> None:
    coming = small["fact_campaign"].filter(pl.col("start_date") > LAST_DAY)
    assert {"double_12_2026", "black_friday_2026"} <= set(coming["campaign_id"])
    assert coming["spend_amount"].null_count() == len(coming) > 0
    assert coming.filter(pl.col("campaign_type") == "festival")["target_revenue"].null_count() == 0


def test_the_prize_draw_missed_its_target_and_festivals_came_near_theirs(larger: Tables) -> None:
    net = larger["fact_order"].filter("is_paid").group_by("campaign_id").agg(pl.col("net_amount").sum())
    ended = larger["fact_campaign"].filter(pl.col("end_date") <= LAST_DAY).join(net, on="campaign_id")
    reached = pl.col("net_amount").cast(pl.Float64).sum() / pl.col("target_revenue").cast(pl.Float64).sum()
    assert ended.filter(pl.col("campaign_id") == stories.EMPTY_PROMOTION).select(reached).item() < 0.3
    festivals = ended.filter(pl.col("campaign_type") == "festival").select(reached).item()
    assert 0.85 < festivals < 1.15


def test_stock_is_what_was_there_plus_what_came_less_what_left(larger: Tables) -> None:
    """Day by day, over the days that are told daily: purchases and returns in, lines sent out."""
    stock = larger["fact_inventory_snapshot"].filter(pl.col("snapshot_date") > LAST_DAY - timedelta(days=90))
    by_day = stock.group_by("snapshot_date").agg(pl.col("on_hand_qty").sum()).sort("snapshot_date")
    grown = by_day["on_hand_qty"].diff().drop_nulls()
    lines = larger["fact_order_line"].group_by("order_id").agg(pl.col("qty").sum())
    sent = larger["fact_shipment"].filter(pl.col("order_id").is_in(_wholly_sent(larger).implode()))
    left = sent.group_by("order_id").agg(day=pl.col("shipped_date").max()).join(lines, on="order_id")
    came = larger["fact_purchase_order_line"].select(day="received_date", qty="qty_received")
    back = larger["fact_return"].filter(
        pl.col("return_type") == "return_refund", pl.col("completed_date").is_not_null()
    )
    flows = pl.concat([came, back.select(day="completed_date", qty="qty"), left.select("day", qty=-pl.col("qty"))])
    net = flows.group_by("day").agg(pl.col("qty").sum())
    expected = by_day.join(net, left_on="snapshot_date", right_on="day", how="left")["qty"].fill_null(0)[1:]
    assert grown.to_list() == expected.to_list()


def _wholly_sent(tables: Tables) -> pl.Series:
    """Orders of which every parcel has left."""
    is_sent = pl.col("shipped_date").is_not_null().all()
    return tables["fact_shipment"].group_by("order_id").agg(is_sent.alias("sent")).filter("sent")["order_id"]


def test_stock_is_never_negative_and_worth_its_cost(larger: Tables) -> None:
    stock = larger["fact_inventory_snapshot"].join(larger["dim_product"].select("sku", "unit_cost"), on="sku")
    assert stock.filter((pl.col("on_hand_qty") < 0) | (pl.col("available_qty") < 0)).is_empty()
    assert stock.filter(pl.col("available_qty") > pl.col("on_hand_qty")).is_empty()
    assert stock.filter(pl.col("on_hand_value") != pl.col("on_hand_qty") * pl.col("unit_cost")).is_empty()
    assert stock.filter((pl.col("on_hand_qty") == 0) != pl.col("stock_age_days").is_null()).is_empty()


def test_nothing_is_out_of_stock_where_it_is_sold(larger: Tables) -> None:
    """A line sold from a place on a day means that units came in or were there the day before."""
    out = larger["fact_inventory_snapshot"].filter(pl.col("is_sellable") & (pl.col("available_qty") <= 0))
    share = len(out) / int(larger["fact_inventory_snapshot"]["is_sellable"].sum())
    assert 0.005 < share < 0.05
    is_best = pl.col("sku") == stories.BEST_SELLER
    during = out.filter(is_best & pl.col("snapshot_date").is_between(*_days(stories.OVERSOLD, stories.OFF_SALE)))
    assert len(during) == 4 * 7
    assert out.filter(is_best & (pl.col("snapshot_date") > stories.OFF_SALE.dates(LAST_DAY)[1])).is_empty()


def _days(first: stories.Window, last: stories.Window) -> tuple[date, date]:
    return first.dates(LAST_DAY)[0], last.dates(LAST_DAY)[1]


def test_the_late_supplier_is_the_best_sellers_and_alone(larger: Tables) -> None:
    best = larger["dim_product"].filter(pl.col("sku") == stories.BEST_SELLER)["supplier_id"].item()
    due = larger["fact_purchase_order_line"].filter(
        pl.col("promised_date").is_between(*stories.Window(34, 1).dates(LAST_DAY))
    )
    late = (pl.col("received_date").is_null() | (pl.col("received_date") > pl.col("promised_date"))).mean()
    rates = dict(due.group_by("supplier_id").agg(late).iter_rows())
    assert rates.pop(best) == 1.0
    assert sum(rates.values()) / len(rates) < 0.2
    waited = larger["fact_purchase_order_line"].filter(
        (pl.col("sku") == stories.BEST_SELLER)
        & (pl.col("received_date") == LAST_DAY - timedelta(days=stories.RESTOCKED_DAYS_AGO))
    )
    assert len(waited) > 0
    assert waited.filter(pl.col("promised_date") >= stories.OVERSOLD.dates(LAST_DAY)[0]).is_empty()


def test_purchases_are_with_the_products_supplier_and_the_future_has_no_receipt(small: Tables) -> None:
    lines = small["fact_purchase_order_line"].join(small["dim_product"].select("sku", own="supplier_id"), on="sku")
    assert lines.filter(pl.col("supplier_id") != pl.col("own")).is_empty()
    assert lines["received_date"].max() <= LAST_DAY  # type: ignore[operator]
    assert lines.filter(pl.col("received_date").is_null() != pl.col("qty_received").is_null()).is_empty()
    assert len(lines.filter(pl.col("promised_date") > LAST_DAY)) > 0
    assert lines.filter(pl.col("ordered_date") > pl.col("promised_date")).is_empty()
    assert lines.filter(pl.col("ordered_date") > LAST_DAY).is_empty()
    partners = small["fact_partner_contract"].filter(pl.col("partner_type") == "supplier")["partner_id"]
    assert set(lines["supplier_id"]) <= set(partners)


def test_shelf_prices_are_those_that_orders_were_charged(larger: Tables) -> None:
    listing = larger["fact_listing_snapshot"].filter(pl.col("snapshot_date") == LAST_DAY)
    gross = (
        larger["fact_order_line"]
        .filter(pl.col("order_date") == LAST_DAY)
        .join(larger["fact_order"].select("order_id", "gmv_amount"), on="order_id")
    )
    single = gross.filter((pl.col("order_id").count().over("order_id") == 1) & (pl.col("qty") == 1))
    charged = single.join(listing, on=["sku", "sales_channel"])
    assert len(charged) == len(single) > 10
    assert charged.filter(pl.col("price") != pl.col("gmv_amount")).is_empty()


def test_listings_are_those_of_products_on_sale(small: Tables) -> None:
    listing = small["fact_listing_snapshot"].join(small["dim_product"], on="sku", how="left")
    assert listing["snapshot_date"].max() == LAST_DAY
    assert listing.filter(pl.col("launch_date") > pl.col("snapshot_date")).is_empty()
    assert listing.filter(pl.col("delist_date") < pl.col("snapshot_date")).is_empty()
    assert listing.filter(pl.col("attributes_filled") > pl.col("attributes_required")).is_empty()


def test_the_wrong_price_list_shows_in_one_channel_and_category(small: Tables) -> None:
    listing = small["fact_listing_snapshot"].filter(pl.col("snapshot_date") == LAST_DAY)
    wrong = listing.filter("has_price_error").join(small["dim_product"], on="sku")
    hit = (pl.col("sales_channel") == stories.PRICE_ERROR_CHANNEL) & (
        pl.col("category_l1") == stories.PRICE_ERROR_CATEGORY
    )
    assert len(wrong.filter(hit)) > 25
    assert len(wrong.filter(~hit)) < 0.01 * len(listing)


def test_customers_are_those_of_the_orders(small: Tables) -> None:
    held = small["fact_customer_snapshot"]
    last = held["snapshot_date"].max()
    paid = small["fact_order"].filter(pl.col("is_paid") & (pl.col("paid_date") <= last))
    now = held.filter(pl.col("snapshot_date") == last)
    assert set(now["customer_id"]) == set(paid["customer_id"])
    assert int(now["lifetime_orders"].sum()) == len(paid)
    assert held["snapshot_date"].n_unique() == 13


def test_a_large_company_keeps_the_newest_month_ends_and_the_one_a_year_before(larger: Tables) -> None:
    ends = larger["fact_customer_snapshot"]["snapshot_date"].unique().sort(descending=True).to_list()
    assert ends[0] == date(2026, 8, 31)
    assert ends[1] == date(2026, 7, 31)
    assert ends[-1] == date(2025, 8, 31)
    assert len(larger["fact_customer_snapshot"]) < 400_000


def test_fewer_purchases_on_the_day_of_the_outage(larger: Tables) -> None:
    own = larger["fact_traffic"].filter(pl.col("touchpoint").is_in(["web", "app", "mini_program"]))

    def converted(window: stories.Window) -> float:
        days = own.filter(pl.col("date").is_between(*window.dates(LAST_DAY)))
        return share(days, pl.col("sessions_with_purchase"), pl.col("sessions"))

    assert converted(stories.CHECKOUT_OUTAGE) < 0.85 * converted(stories.Window(4, 0))
    first, last = stories.OUTAGE_SECONDS
    day = stories.CHECKOUT_OUTAGE.dates(LAST_DAY)[0]
    second = pl.col("created_at").dt.hour().cast(pl.Int64) * 3600 + pl.col("created_at").dt.minute().cast(pl.Int64) * 60
    is_own = pl.col("sales_channel").is_in(stories.OUTAGE_SALES)
    placed = larger["fact_order"].filter(is_own & (pl.col("order_date") == day) & second.is_between(first, last - 60))
    assert placed.is_empty()


def test_the_releases_that_failed_are_those_that_hurt(small: Tables) -> None:
    bug, outage = (window.dates(LAST_DAY)[0] for window in (stories.TRACKING_BUG, stories.CHECKOUT_OUTAGE))
    failed = small["fact_deployment"].filter("is_failed")
    assert len(failed.filter((pl.col("service") == "storefront") & (pl.col("deployed_date") == bug))) > 0
    assert len(failed.filter((pl.col("service") == "checkout") & (pl.col("deployed_date") == outage))) > 0
    assert failed["recovery_hours"].null_count() == 0
    worst = small["fact_incident"].filter(pl.col("severity") == "sev1").sort("opened_date").tail(1)
    assert worst.select("opened_date", "service", "detected_by").row(0) == (outage, "checkout", "customer")


def test_the_budget_of_the_check_out_is_overspent_and_the_web_slow(small: Tables) -> None:
    health = small["fact_service_health"].filter(pl.col("date") > LAST_DAY - timedelta(days=28))
    bad = (pl.col("valid_events") - pl.col("good_events")).sum()
    allowed = (pl.col("valid_events") * (1 - pl.col("slo_target").cast(pl.Float64))).sum()
    left = dict(health.group_by("service").agg(1 - bad / allowed).iter_rows())
    assert left["checkout"] < 0
    assert left["search"] > 0
    loads = small["fact_web_performance"].filter(
        (pl.col("source") == "field_rum")
        & (pl.col("device") == "mobile")
        & pl.col("page_group").is_in(stories.SLOW_PAGES)
    )

    def largest_paint(window: stories.Window) -> float:
        days = loads.filter(pl.col("date").is_between(*window.dates(LAST_DAY)))
        return float(days["lcp_ms"].cast(pl.Float64).quantile(0.75) or 0.0)

    assert largest_paint(stories.TRACKING_BUG) > 1.25 * largest_paint(stories.Window(7, 0))


def test_the_company_is_less_talked_about_since_a_rival_is_loud(larger: Tables) -> None:
    own = pl.col("mentions").filter(pl.col("is_self")).sum() / pl.col("mentions").sum()
    share = larger["fact_market_snapshot"].group_by("month_end").agg(own).sort("month_end")["mentions"].to_list()
    assert max(share[-stories.LOUD_MONTHS :]) < min(share[-stories.LOUD_MONTHS - 3 : -stories.LOUD_MONTHS])


def test_work_is_done_after_it_was_asked_and_not_in_the_future(small: Tables) -> None:
    items = small["fact_work_item"]
    assert items.filter(pl.col("resolved_date") < pl.col("created_date")).is_empty()
    assert items["resolved_date"].max() <= LAST_DAY  # type: ignore[operator]
    assert items["created_date"].max() <= LAST_DAY  # type: ignore[operator]
    assert items.filter((pl.col("status") == "done") != pl.col("resolved_date").is_not_null()).is_empty()
    assert len(items.filter(pl.col("due_date") > LAST_DAY)) > 50
    assert items.filter((pl.col("outcome") != "") & (pl.col("status") != "done")).is_empty()


def test_a_tool_is_used_by_no_more_people_than_have_it(small: Tables) -> None:
    assert small["fact_tool_usage"].filter(pl.col("active_users") > pl.col("licensed_users")).is_empty()
