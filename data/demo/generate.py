"""The demo company, whole: two years of rows up to a day, in pieces that fit in memory at any size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from data.calendar import days
from data.demo import stories
from data.demo.campaigns import campaign_frame
from data.demo.columns import stream
from data.demo.customers import Positions, link
from data.demo.demand import Demand, make_demand
from data.demo.feedback import review_frame, survey_frame
from data.demo.lines import fill, line_frame
from data.demo.orders import order_frame, settle
from data.demo.placed import place
from data.demo.products import Products, make_products, product_frame
from data.demo.rates import rate_frame
from data.demo.returns import refunded, return_frame, take_back
from data.demo.rhythm import day_kinds, lived_weights, planned_weights
from data.demo.shipments import send, shipment_frame
from data.demo.targets import target_frame
from data.demo.traffic import help_frame, traffic_frame, visits_of

DEFAULT_ORDERS = 200_000
DEFAULT_SEED = 7


@dataclass(frozen=True)
class Company:
    """What every month draws on: the assortment, the demand and who orders."""

    products: Products
    demand: Demand
    customers: Positions
    seed: int


def generate(orders: int, last_day: date, seed: int = DEFAULT_SEED) -> Iterator[tuple[str, pl.DataFrame]]:
    """Make the demo company's rows.

    Args:
        orders: how many orders there are in the two years, unpaid ones included; at least one.
        last_day: the newest day of the history of 730 days; the planted stories are told from it.
        seed: the same seed, size and day give the same rows.

    Yields:
        Table name and rows, typed as the table's contract: first `dim_product`, `fx_rate` and `kpi_target`, then
        for each month of order dates its orders, lines, shipments, returns, feedback, traffic and campaign days.
        What follows an order (its parcels, returns, answers) comes with the order's month. The calendar
        `dim_date` is not among them: `data.calendar` makes it for every company.
    """
    first_day = last_day - timedelta(days=stories.HISTORY_DAYS - 1)
    calendar = days(first_day, date(last_day.year, 12, 31))
    history = calendar.head(stories.HISTORY_DAYS)
    planned = planned_weights(calendar)
    weights = lived_weights(planned[: stories.HISTORY_DAYS], stream(seed, "weights"))
    products = make_products(first_day, seed)
    demand = make_demand(history, weights, day_kinds(history), orders, seed)
    company = Company(products, demand, link(demand.by_pool, seed), seed)
    yield "dim_product", product_frame(products, first_day)
    yield "fx_rate", rate_frame(last_day, seed)
    yield "kpi_target", target_frame(calendar, planned, demand, company.customers, seed)
    month = history["month_start_date"].rank("dense").to_numpy()
    for number in np.unique(month):
        of_month = np.flatnonzero(month == number)
        yield from _month(company, int(of_month[0]), int(of_month[-1]))


def _month(company: Company, first: int, last: int) -> Iterator[tuple[str, pl.DataFrame]]:
    """The rows of the days `first` to `last` of the history."""
    products, demand, seed = company.products, company.demand, company.seed
    placed = place(demand, company.customers, first, last, seed)
    lines = fill(placed, products, seed)
    settled = settle(placed, lines, products, seed)
    parcels = send(placed, lines, settled, seed)
    comebacks = take_back(placed, lines, parcels, products, seed)
    visits = visits_of(demand, placed, seed)
    yield "fact_order", order_frame(demand, placed, settled, refunded(placed, lines, comebacks))
    yield "fact_order_line", line_frame(demand, placed, lines, products, settled.ids)
    yield "fact_shipment", shipment_frame(placed, lines, settled, parcels, seed)
    yield "fact_return", return_frame(placed, lines, settled, parcels, comebacks, products, seed)
    yield "fact_feedback", survey_frame(placed, settled, parcels, seed)
    yield "fact_feedback", review_frame(placed, lines, settled, parcels, products, seed)
    yield "fact_traffic", traffic_frame(demand, placed, settled, visits, seed)
    yield "fact_traffic", help_frame(demand, placed, seed)
    yield "fact_campaign_daily", campaign_frame(demand, placed, settled, visits, seed)
