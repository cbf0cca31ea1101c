"""Returns: which lines come back, why, and when the money is back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.assortment import CATEGORIES
from data.demo.columns import (
    DAY_SECONDS,
    HOUR_SECONDS,
    Flags,
    Floats,
    Ints,
    calendar_days,
    drawn,
    drawn_by,
    frame,
    moments,
    money,
    only,
    picks,
    stream,
)
from data.demo.company import SALES, WAREHOUSES
from data.demo.lines import Lines, by_order
from data.demo.orders import Settled
from data.demo.placed import Placed
from data.demo.products import Products
from data.demo.shipments import Parcels

REASONS = (
    "quality", "not_as_described", "wrong_item", "damaged", "size_fit", "late_delivery", "changed_mind",
    "price_protection", "other",
)  # fmt: skip
REASON_SHARES = (0.16, 0.15, 0.05, 0.1, 0.03, 0.04, 0.38, 0.04, 0.05)
WEAR_SHARES = (0.08, 0.12, 0.03, 0.02, 0.5, 0.02, 0.18, 0.02, 0.03)
BAD_BATCH_SHARES = (0.78, 0.05, 0.01, 0.06, 0.0, 0.01, 0.07, 0.01, 0.01)
WEAR_CATEGORY = "Home wear"
TYPES = ("refund_only", "return_refund", "exchange", "reship")
TYPE_SHARES = (0.13, 0.79, 0.06, 0.02)
IN_PART_SHARE = 0.25
ASKED_MEDIAN_DAYS = 3.0
ASKED_WITHIN_DAYS = 14
DONE_MEDIAN_HOURS = 44.0
DONE_WITHIN_DAYS = 13
LATE_FACTOR = 1.35
INTERVENED_SHARE = 0.025


@dataclass(frozen=True)
class Comebacks:
    """Lines that were asked back; `line` points into the lines. Refunds in fen, 0 until done and for exchanges."""

    line: Ints
    line_no: Ints
    qty: Ints
    reason: Ints
    kind: Ints
    refund: Ints
    asked_second: Ints
    done_second: Ints
    is_done: Flags


def take_back(placed: Placed, lines: Lines, parcels: Parcels, products: Products, seed: int) -> Comebacks:
    """Returns of delivered orders, asked within 14 days of delivery and done within 13 more."""
    rng = stream(seed, "returns", placed.first_day)
    delivered, is_late = last_delivery(placed, parcels)
    count = len(lines.order)
    asked_days = np.minimum(ASKED_MEDIAN_DAYS * rng.lognormal(0.0, 0.7, len(placed)), ASKED_WITHIN_DAYS)
    asked = delivered + (asked_days * DAY_SECONDS).astype(np.int64)
    is_possible = (delivered > 0) & (asked < placed.end_second)
    share = _shares(placed, lines, products) * np.where(is_late[lines.order], LATE_FACTOR, 1.0)
    line = np.flatnonzero(is_possible[lines.order] & (rng.random(count) < share))
    order = lines.order[line]
    done_hours = np.minimum(DONE_MEDIAN_HOURS * rng.lognormal(0.0, 0.6, len(placed)), DONE_WITHIN_DAYS * 24.0)
    done = asked[order] + (done_hours[order] * HOUR_SECONDS).astype(np.int64)
    is_done = done < placed.end_second
    qty = lines.qty[line]
    qty = np.where((qty > 1) & (rng.random(len(line)) < IN_PART_SHARE), qty - 1, qty)
    kind = drawn(TYPE_SHARES, rng.random(len(line)))
    gives_money = is_done & (kind <= TYPES.index("return_refund"))
    refund = np.where(gives_money, lines.paid[line] * qty // lines.qty[line], 0)
    first = np.searchsorted(order, order)
    return Comebacks(
        line, np.arange(len(line)) - first + 1, qty, _reasons(placed, lines, products, line, rng), kind, refund,
        asked[order], done, is_done,
    )  # fmt: skip


def last_delivery(placed: Placed, parcels: Parcels) -> tuple[Ints, Flags]:
    """When the last parcel of each order arrived (0 while one is under way), and whether one was late."""
    delivered = np.zeros(len(placed), np.int64)
    np.maximum.at(delivered, parcels.order, parcels.delivered_second)
    is_open = np.zeros(len(placed), bool)
    is_open[parcels.order[~parcels.is_delivered]] = True
    is_late = np.zeros(len(placed), bool)
    is_late[parcels.order[parcels.is_late]] = True
    return np.where(is_open, 0, delivered), is_late


def is_bad_batch(placed: Placed, lines: Lines, products: Products) -> Flags:
    """Lines of the category whose batch was bad, sold while it was on sale."""
    number = [category.name for category in CATEGORIES].index(stories.BAD_BATCH_CATEGORY)
    hit: Flags = (products.category[lines.sku] == number) & stories.BAD_BATCH.holds(placed.day[lines.order])
    return hit


def _shares(placed: Placed, lines: Lines, products: Products) -> Floats:
    plain = np.array([category.return_share for category in CATEGORIES])[products.category[lines.sku]]
    return np.where(is_bad_batch(placed, lines, products), plain * stories.BAD_BATCH_RETURNS, plain)


def _reasons(placed: Placed, lines: Lines, products: Products, line: Ints, rng: np.random.Generator) -> Ints:
    is_wear = products.category[lines.sku[line]] == [one.name for one in CATEGORIES].index(WEAR_CATEGORY)
    is_bad = is_bad_batch(placed, lines, products)[line]
    row = np.where(is_bad, 2, np.where(is_wear, 1, 0))
    return drawn_by(np.array([REASON_SHARES, WEAR_SHARES, BAD_BATCH_SHARES]), row, rng.random(len(line)))


def refunded(placed: Placed, lines: Lines, comebacks: Comebacks) -> Ints:
    """Money given back for the returns of each order placed, in fen."""
    amounts = np.zeros(len(lines.order), np.int64)
    amounts[comebacks.line] = comebacks.refund
    return by_order(placed, lines, amounts)


def return_frame(
    placed: Placed,
    lines: Lines,
    settled: Settled,
    parcels: Parcels,
    comebacks: Comebacks,
    products: Products,
    seed: int,
) -> pl.DataFrame:
    """`fact_return`; completion and refund are null while a request is open."""
    rng = stream(seed, "platforms", placed.first_day)
    order, count = lines.order[comebacks.line], len(comebacks.line)
    warehouse = np.zeros(len(placed), np.int64)
    warehouse[parcels.order] = parcels.warehouse
    numbers = pl.Series(placed.number[order]).cast(pl.String)
    return frame(
        "fact_return",
        {
            "return_id": pl.select(pl.concat_str(pl.lit("R"), numbers)).to_series(),
            "line_no": pl.Series(comebacks.line_no).cast(pl.String),
            "order_id": settled.ids.gather(order),
            "sku": picks(products.sku, lines.sku[comebacks.line]),
            "sales_channel": picks([sales.channel for sales in SALES], placed.sales[order]),
            "warehouse": picks([house.name for house in WAREHOUSES], warehouse[order]),
            "requested_at": moments(comebacks.asked_second),
            "requested_date": calendar_days(comebacks.asked_second),
            "completed_at": only(comebacks.is_done, moments(comebacks.done_second)),
            "completed_date": only(comebacks.is_done, calendar_days(comebacks.done_second)),
            "return_type": picks(TYPES, comebacks.kind),
            "reason_group": picks(REASONS, comebacks.reason),
            "qty": comebacks.qty,
            "refund_amount": only(comebacks.is_done, money(comebacks.refund)),
            "is_platform_intervened": rng.random(count) < INTERVENED_SHARE,
        },
    )
