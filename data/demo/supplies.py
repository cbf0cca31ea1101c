"""What is told of stock: its snapshots, and the purchase orders that brought it."""

from __future__ import annotations

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.assortment import CATEGORIES, SUPPLIERS
from data.demo.columns import Flags, Floats, Ints, days_from, frame, money, only, picks, stream
from data.demo.company import WAREHOUSES
from data.demo.listings import checked_days
from data.demo.months import Months
from data.demo.products import Products
from data.demo.stock import DAYS, Receipts, Stock

# Stock is told day by day lately, and on the days on which listings are checked before that.
DAILY_DAYS = 92
OPENING_AGE_DAYS = 30.0
FIRST_NUMBER = 10_001
# Days from order to confirmed delivery, by supplier; days between that and the arrival.
LEAD_DAYS = (14, 36)
EARLY_DAYS, LATE_DAYS = (0, 4), (1, 7)
LATE_SHARES = (0.03, 0.15)
SHORT_SHARE, SHORT_BY = 0.025, 0.12
REJECTED_SHARE, REJECTED_PART = 0.02, 0.05
BAD_BATCH_REJECTED_SHARE = 0.3


def inventory_frame(stock: Stock, products: Products, months: Months) -> pl.DataFrame:
    """`fact_inventory_snapshot` of places with stock or meant to sell: daily for 92 days, less often before that."""
    days = np.union1d(np.arange(DAYS - DAILY_DAYS, DAYS), checked_days(months))
    is_sellable = (products.launch <= days[:, None]) & (days[:, None] <= products.delist)
    on_hand, available = stock.on_hand[days], stock.available[days]
    row, sku, house = np.nonzero(is_sellable[:, :, None] | (on_hand > 0))
    units = on_hand[row, sku, house]
    mean_age = _ages(stock)[days[row], sku, house]
    return frame(
        "fact_inventory_snapshot",
        {
            "snapshot_date": days_from(months.first_day, days[row]),
            "sku": picks(products.sku, sku),
            "warehouse": picks([one.name for one in WAREHOUSES], house),
            "on_hand_qty": units,
            "available_qty": available[row, sku, house],
            "on_hand_value": money(units * products.unit_cost[sku]),
            "stock_age_days": only(units > 0, pl.Series(np.round(mean_age, 1))),
            "is_sellable": is_sellable[row, sku],
        },
    )


def _ages(stock: Stock) -> Floats:
    """Mean age of the units on hand in days, first in first out; shape of the stock.

    The units left are the newest ones received, so their days of receipt are the difference between all receipts and
    those already used up, both read off the curve of day times units over units. Units taken back count as the newest.
    """
    shape = stock.on_hand.shape
    places = shape[1] * shape[2]
    on_hand = stock.on_hand.reshape(DAYS, places)
    outflow = -np.diff(on_hand, axis=0, prepend=stock.opening.reshape(1, places))
    received = np.zeros((DAYS, places), np.int64)
    within = stock.receipts.day < DAYS
    place = stock.receipts.sku * shape[2] + stock.receipts.house
    received[stock.receipts.day[within], place[within]] = stock.receipts.qty[within]
    # What came in beyond the purchases are returns: a day on which stock grew more than was bought.
    received += np.maximum(-(outflow + received), 0)
    units = np.vstack([stock.opening.reshape(1, places), stock.opening.reshape(1, places) + received.cumsum(axis=0)])
    day = np.arange(DAYS)[:, None]
    start = stock.opening.reshape(1, places) * -OPENING_AGE_DAYS
    dated = np.vstack([start, start + (received * day).cumsum(axis=0)])
    used = (units[1:] - on_hand).clip(0)
    # One ladder for all places: each stands a step above the one before, so that one interpolation reads them all.
    step = float(units.max()) + 2.0
    offset = np.arange(places) * step
    steps = np.arange(len(units))[:, None] * 1e-7
    curve_units = (units + offset + steps).T.ravel()
    of_used = np.interp((used + offset).T.ravel(), curve_units, dated.T.ravel()).reshape(places, DAYS).T
    is_opening = used < units[:1]
    of_used = np.where(is_opening, used * -OPENING_AGE_DAYS, of_used)
    mean_day = (dated[1:] - of_used) / np.maximum(on_hand, 1)
    ages: Floats = np.clip(day - mean_day, 0.0, None).reshape(shape)
    return ages


def purchase_frame(stock: Stock, products: Products, months: Months, seed: int) -> pl.DataFrame:
    """`fact_purchase_order_line`: one order a supplier and day of arrival; what is still to come has no receipt."""
    rng = stream(seed, "purchases")
    got = stock.receipts
    count, supplier = len(got.day), products.supplier[got.sku]
    is_here = got.day < DAYS
    orders, of_order = np.unique(got.day * len(SUPPLIERS) + supplier, return_inverse=True)
    promised, ordered = (days[of_order] for days in _promised(*np.divmod(orders, len(SUPPLIERS)), products, rng))
    is_short = (rng.random(count) < SHORT_SHARE) & is_here
    qty = np.where(is_short, np.ceil(got.qty * (1 + SHORT_BY * rng.random(count))), got.qty).astype(np.int64)
    order = np.lexsort((got.house, got.sku, of_order, ordered))
    # Orders are numbered by the day on which they were placed.
    number = np.unique(ordered * len(orders) + of_order, return_inverse=True)[1] + FIRST_NUMBER
    first = np.searchsorted(number[order], number[order])
    arrived = only(is_here, days_from(months.first_day, got.day))
    lines = frame(
        "fact_purchase_order_line",
        {
            "po_id": pl.select(pl.format("PO-{}", pl.Series(number))).to_series(),
            "line_no": _positions(order, first),
            "supplier_id": picks(SUPPLIERS, supplier),
            "sku": picks(products.sku, got.sku),
            "warehouse": picks([one.name for one in WAREHOUSES], got.house),
            "ordered_date": days_from(months.first_day, ordered),
            "promised_date": days_from(months.first_day, promised),
            "received_date": arrived,
            "qty_ordered": qty,
            "qty_received": only(is_here, pl.Series(got.qty)),
            "qty_rejected": only(is_here, pl.Series(_rejected(got, products, rng))),
            "amount": money(qty * products.unit_cost[got.sku]),
        },
    )
    # What will be ordered after the history is not known yet.
    return lines[order[ordered[order] < DAYS]]


def _positions(order: Ints, first: Ints) -> Ints:
    """The line number of each purchase within its order."""
    numbers = np.empty(len(order), np.int64)
    numbers[order] = np.arange(len(order)) - first + 1
    return numbers


def _promised(day: Ints, supplier: Ints, products: Products, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """The day that the supplier confirmed for each order that arrives on `day`, and the day of the order."""
    count = len(day)
    late_share = rng.uniform(*LATE_SHARES, len(SUPPLIERS))[supplier]
    is_late = rng.random(count) < late_share
    delay = np.where(is_late, rng.integers(*LATE_DAYS, count), -rng.integers(*EARLY_DAYS, count))
    promised = day - delay
    window = stories.LATE_SUPPLIER
    told = np.maximum(day - rng.integers(*stories.LATE_SUPPLIER_DAYS, count), DAYS - 1 - window.first)
    is_hit = (
        (supplier == products.supplier[products.best_seller])
        & (day >= DAYS - 1 - window.first + stories.LATE_SUPPLIER_DAYS[0])
        & (told <= DAYS - 1 - window.last)
    )
    promised = np.where(is_hit, told, promised)
    # What is late and not here yet is known to be late only where the story tells so.
    promised = np.where((day >= DAYS) & ~is_hit, np.maximum(promised, DAYS), promised)
    lead = rng.integers(*LEAD_DAYS, len(SUPPLIERS))[supplier]
    return promised, promised - lead


def _rejected(got: Receipts, products: Products, rng: np.random.Generator) -> Ints:
    """Units turned away at inspection, beside the good ones received."""
    count = len(got.day)
    category = [one.name for one in CATEGORIES].index(stories.BAD_BATCH_CATEGORY)
    age = DAYS - 1 - got.day
    is_bad: Flags = (products.category[got.sku] == category) & (age <= stories.BAD_BATCH.first) & (age >= 0)
    share = np.where(is_bad, BAD_BATCH_REJECTED_SHARE, REJECTED_SHARE)
    is_found = rng.random(count) < share
    return np.where(is_found, np.ceil(got.qty * REJECTED_PART), 0).astype(np.int64)
