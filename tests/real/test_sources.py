"""Real public files through the presets: rows as the contracts want them, with the totals counted without us."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from data.settings import Settings
from tests.data.ingest.files import CHINA, checked, is_whole, recognised

pytestmark = pytest.mark.real
GBP = Settings(base_currency="GBP")


def test_the_tmall_report_is_whole(real: Path) -> None:
    """Issue figures: 24,087 paid orders with a value of 2,474,823.07, refunds of 572,335.92 in 31 provinces."""
    path = real / "operations/makisekurisuDDL/tmall_order_report.csv"
    found = checked(path)
    orders = found.frames["fact_order"]
    paid = orders.filter("is_paid")
    assert (found.rows_read, found.skipped, found.rejects.height, orders.height) == (28010, 0, 0, 28010)
    assert (paid.height, paid["gmv_amount"].sum()) == (24087, Decimal("2474823.0700"))
    assert orders["refunded_amount"].sum() == Decimal("572335.9200")
    assert orders["order_id"].n_unique() == 28010
    assert orders["region"].n_unique() == 31
    assert recognised(path).is_certain


@pytest.mark.parametrize("day", ["01", "02", "03", "05", "06"])
def test_an_online_retail_day_is_whole(real: Path, day: str) -> None:
    """Lines add up to the oracle, credits included; orders are the documents that do not start with C."""
    name = f"operations/databricks/2010-12-{day}.csv"
    oracle = json.loads((real / "oracles.json").read_text(encoding="utf-8"))[name]["oracle"]
    path = real / name
    found = checked(path, GBP)
    lines, orders = found.frames["fact_order_line"], found.frames["fact_order"]
    assert lines.height == found.rows_read == oracle["rows"]
    assert lines["net_amount"].sum() == Decimal(oracle["sum Quantity×UnitPrice"])
    assert lines["qty"].sum() == int(oracle["sum Quantity"])
    assert lines.height - orders.height == oracle["cancelled lines (InvoiceNo starts with C)"]
    assert lines["order_id"].n_unique() == oracle["distinct InvoiceNo"]
    credits = lines.filter(pl.col("order_id").str.starts_with("uci:C"))
    assert orders["order_id"].n_unique() == oracle["distinct InvoiceNo"] - credits["order_id"].n_unique()
    assert is_whole(found)


def test_an_online_retail_day_without_a_rate_is_refused_row_by_row(real: Path) -> None:
    found = checked(real / "operations/databricks/2010-12-01.csv", CHINA)
    assert found.rejects["rule"].unique().to_list() == ["no_rate"]
    assert found.rejects.height == found.rows_read == 3108


@pytest.mark.parametrize("file", ["apparel", "home-and-garden", "jewelery"])
def test_a_shopify_product_list_has_a_row_a_variant(real: Path, file: str) -> None:
    """Rows that only bring a further image are skipped."""
    name = f"product/shopifypartners/{file}.csv"
    oracle = json.loads((real / "oracles.json").read_text(encoding="utf-8"))[name]["oracle"]
    found = checked(real / name, Settings(base_currency="USD"))
    products = found.frames["dim_product"]
    assert products.height == oracle["variant rows (with a price)"]
    assert products["product_id"].n_unique() == oracle["distinct Handle (products)"]
    assert products["product_name"].null_count() == 0
    assert found.skipped == oracle["image-only rows"]


SEARCH_TERMS = """
id: search_terms
currency: {header: Currency code}
parts:
  - table: fact_campaign_daily
    columns:
      platform: {constant: google_ads}
      campaign_id: Campaign
      ad_group: Ad group
      touch_type: {constant: ""}
      clicks: Clicks
      impressions: Impr.
      cost: Cost
"""


def test_the_search_terms_report_through_a_mapping_keeps_its_range(real: Path) -> None:
    found = checked(real / "marketing/yusufadaptive/Search terms report.csv", GBP, recipe=SEARCH_TERMS)
    rows = found.frames["fact_campaign_daily"]
    assert (found.rows_read, rows.height, found.skipped, found.rejects.height) == (8878, 8869, 9, 0)
    assert (rows["clicks"].sum(), rows["impressions"].sum(), rows["cost"].sum()) == (3958, 42698, Decimal("2235.3300"))
    assert rows["cut"].unique().to_list() == ["ad_group,campaign_id,platform"]
    assert str(rows["from_date"][0]) == "2026-02-10"


KAG = """
id: kag
parts:
  - table: fact_campaign_daily
    columns:
      date: Date
      platform: {constant: meta}
      campaign_id: xyz_campaign_id
      touch_type: {constant: ""}
      clicks: Clicks
      impressions: Impressions
      cost: Spent
      conversions: Approved_Conversion
"""


def test_the_facebook_ads_decide_their_date_order_over_the_whole_column(real: Path) -> None:
    """dd-mm-yyyy: the sample's first day, 31-08-2023, can only be day first."""
    path = real / "marketing/rakeshsarma/KAG_conversion_data.csv"
    found = recognised(path, recipe=KAG)
    assert dict(found.dates.orders) == {"Date": "dmy"}
    rows = checked(path, recipe=KAG).frames["fact_campaign_daily"]
    assert (str(rows["date"].min()), str(rows["date"].max())) == ("2023-08-01", "2023-08-31")
    assert (rows["clicks"].sum(), rows["impressions"].sum()) == (38165, 213434828)
    assert abs(rows["cost"].sum() - Decimal("58705.229958")) < Decimal("0.01")


def test_a_list_of_days_and_views_needs_no_mapping(real: Path) -> None:
    found = checked(real / "operations/amankharwal/Thecleverprogrammer.csv")
    assert found.frames["fact_traffic"]["page_views"].sum() == 3316699
