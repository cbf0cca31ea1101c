"""Marketing, product management and technology of the demo company: what is told of the whole history at once."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from data.demo.brand import brand_frame
from data.demo.campaign_list import list_frame
from data.demo.customer_months import customer_frames
from data.demo.demand import Demand
from data.demo.incidents import incident_frame
from data.demo.jobs import job_frame
from data.demo.listings import listing_frame
from data.demo.market import market_frame
from data.demo.months import Months
from data.demo.partners import partner_frame
from data.demo.past import Past
from data.demo.products import Products
from data.demo.releases import deployment_frame
from data.demo.services import sample_frame, service_frame
from data.demo.stock import Stock
from data.demo.supplies import inventory_frame, purchase_frame
from data.demo.targets_market_goods_systems import market_goods_systems_targets
from data.demo.tools import tool_frame
from data.demo.vitals import vitals_frame
from data.demo.work import work_frame


def market_goods_systems(
    past: Past, stock: Stock, products: Products, demand: Demand, calendar: pl.DataFrame, months: Months, seed: int
) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the rows of the three departments, the tracked work of all departments, and their targets.

    Args:
        past: what the orders of the whole history leave behind.
        stock: units in stock and what was bought.
        products: the assortment with its prices.
        demand: the history as counts, with the names of its campaigns.
        calendar: `dim_date` rows from the first day of the history to the end of the year.
        months: the months of the history.
        seed: as everywhere.
    """
    yield "fact_campaign", list_frame(demand, past, calendar, months, seed)
    yield from customer_frames(past, months)
    yield "fact_market_snapshot", market_frame(past, products, months, seed)
    yield "fact_partner_contract", partner_frame(past, stock, products.unit_cost, products.supplier, months, seed)
    yield "fact_feedback", brand_frame(months, seed)
    yield "fact_inventory_snapshot", inventory_frame(stock, products, months)
    yield "fact_purchase_order_line", purchase_frame(stock, products, months, seed)
    yield "fact_listing_snapshot", listing_frame(products, months, seed)
    yield "fact_deployment", deployment_frame(months, seed)
    yield "fact_incident", incident_frame(months, seed)
    yield "fact_service_health", service_frame(past, months, seed)
    yield "fact_metric_sample", sample_frame(months, seed)
    yield "fact_web_performance", vitals_frame(months, seed)
    yield "fact_scheduled_job", job_frame(months, seed)
    yield "fact_tool_usage", tool_frame(months, seed)
    yield "fact_work_item", work_frame(months, seed)
    yield "kpi_target", market_goods_systems_targets(months, calendar, past)
