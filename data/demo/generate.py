"""The demo company, whole: two years of rows up to a day, in pieces that fit in memory at any size."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from data.calendar import days
from data.demo import stories
from data.demo.campaigns import campaign_frame
from data.demo.columns import stream
from data.demo.contacts import make_contacts
from data.demo.customers import Positions, link
from data.demo.daybook import DayBook, added, day_book
from data.demo.demand import Demand, make_demand
from data.demo.feedback import review_frame, survey_frame
from data.demo.help_feedback import effort_frame, vote_frame
from data.demo.lines import Lines, fill, line_frame
from data.demo.market_goods_systems import market_goods_systems
from data.demo.money_and_people import money_and_people
from data.demo.months import Months
from data.demo.orders import Settled, order_frame, settle
from data.demo.past import Past, joined, past_of
from data.demo.placed import Placed, place
from data.demo.products import Products, make_products, product_frame
from data.demo.rates import rate_frame
from data.demo.returns import Comebacks, refunded, return_frame, take_back
from data.demo.rhythm import day_kinds, lived_weights, planned_weights
from data.demo.shipments import Parcels, send, shipment_frame
from data.demo.stock import make_stock
from data.demo.targets import target_frame
from data.demo.tickets import answer, ticket_frame
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


@dataclass(frozen=True)
class Month:
    """What a month leaves behind for the tables that are told from all months together."""

    book: DayBook
    past: Past


def generate(orders: int, last_day: date, seed: int = DEFAULT_SEED) -> Iterator[tuple[str, pl.DataFrame]]:
    """Make the demo company's rows.

    Args:
        orders: how many orders there are in the two years, unpaid ones included; at least one.
        last_day: the newest day of the history of 730 days; the planted stories are told from it.
        seed: the same seed, size and day give the same rows.

    Yields:
        Table name and rows, typed as the table's contract: first `dim_product`, `fx_rate` and `kpi_target`, then
        for each month of order dates its orders, lines, shipments, returns, tickets, feedback, traffic and campaign
        days. What follows an order (its parcels, returns, tickets, answers) comes with the order's month. At the end
        come the tables that are told from all months together: money, people, customers, stock, systems, work. The
        calendar `dim_date` is not among them: `data.calendar` makes it for every company.
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
    lived: list[Month] = []
    for number in np.unique(month):
        of_month = np.flatnonzero(month == number)
        lived.append((yield from _month(company, int(of_month[0]), int(of_month[-1]))))
    months, past = Months(first_day), joined(one.past for one in lived)
    stock = make_stock(past, products, seed)
    book = added(one.book for one in lived)
    yield from money_and_people(book, stock, products, planned, months, orders, seed)
    yield from market_goods_systems(past, stock, products, demand, calendar, months, seed)


def _month(company: Company, first: int, last: int) -> Generator[tuple[str, pl.DataFrame], None, Month]:
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
    shipments = shipment_frame(placed, lines, settled, parcels, seed)
    campaigns = campaign_frame(demand, placed, settled, visits, seed)
    yield "fact_shipment", shipments
    yield "fact_return", return_frame(placed, lines, settled, parcels, comebacks, products, seed)
    yield "fact_feedback", survey_frame(placed, settled, parcels, seed)
    yield "fact_feedback", review_frame(placed, lines, settled, parcels, products, seed)
    yield "fact_traffic", traffic_frame(demand, placed, settled, visits, seed)
    yield "fact_traffic", help_frame(demand, placed, seed)
    yield "fact_campaign_daily", campaigns
    yield from _help(company, placed, lines, settled, parcels, comebacks)
    book = day_book(placed, lines, settled, comebacks, shipments, campaigns, demand.first_day)
    return Month(book, past_of(demand, placed, lines, settled, parcels, comebacks, visits, products, campaigns))


def _help(
    company: Company, placed: Placed, lines: Lines, settled: Settled, parcels: Parcels, comebacks: Comebacks
) -> Iterator[tuple[str, pl.DataFrame]]:
    """What customers ask the service desk, and what they say of the help they got."""
    contacts = make_contacts(placed, lines, settled, parcels, comebacks, company.products, company.seed)
    answers = answer(placed, contacts, company.seed)
    yield "fact_ticket", ticket_frame(placed, contacts, answers, settled, company.seed)
    yield "fact_feedback", effort_frame(placed, contacts, answers, company.seed)
    yield "fact_feedback", vote_frame(company.demand, placed, company.seed)
