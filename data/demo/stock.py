"""Stock by day, SKU and warehouse: what is bought follows what will be sold, so that stock and sales agree.

Each SKU is reviewed in each warehouse every few weeks and bought for the weeks to come. Some purchases are tight:
the last unit is sold before the next ones arrive, and then nothing is there on days on which nothing is sold.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.demo import stories
from data.demo.columns import Flags, Floats, Ints, stream
from data.demo.company import WAREHOUSES
from data.demo.past import Past
from data.demo.products import Products

DAYS = stories.HISTORY_DAYS
# Purchases are planned beyond the history, so that some are open on its last day.
AHEAD_DAYS = 21
ALL_DAYS = DAYS + AHEAD_DAYS
LATEST_RATE_DAYS = 56
CYCLE_DAYS = (28, 46)
SAFETY_DAYS = (8.0, 24.0)
TIGHT_SHARE = 0.4
TIGHT_NEED = 5
TIGHT_GAP_DAYS = 9
BULK_SHARE, BULK_DAYS = 0.05, 150
LAUNCH_AHEAD_DAYS = 3
PAID_LATER_DAYS = 3


@dataclass(frozen=True)
class Receipts:
    """What arrived, and what is still to come: one entry a purchase, ordered by day.

    `sku` and `house` are indices; `day` counts from the first day and may lie beyond the history.
    """

    sku: Ints
    house: Ints
    day: Ints
    qty: Ints


@dataclass(frozen=True)
class Stock:
    """Units at the end of each day, shape (days, SKUs, warehouses), and the purchases that brought them.

    `opening` (SKUs, warehouses) was there when the history began. `on_hand` holds what is sold but not sent yet,
    `available` does not.
    """

    opening: Ints
    on_hand: Ints
    available: Ints
    receipts: Receipts


def make_stock(past: Past, products: Products, seed: int) -> Stock:
    """The stock that served the orders of the history."""
    sold, shipped, restocked = (
        _grid(cell, qty, products)
        for cell, qty in (
            (past.sold_cell, past.sold_qty),
            (past.shipped_cell, past.shipped_qty),
            (past.restocked_cell, past.restocked_qty),
        )
    )
    bought = _buy(sold, restocked, products, stream(seed, "stock"))
    opening, bought = bought[0].copy(), np.vstack([np.zeros_like(bought[:1]), bought[1:]])
    cell, day = np.nonzero(bought.T)
    by_day = np.argsort(day, kind="stable")
    cell, day = cell[by_day], day[by_day]
    receipts = Receipts(cell // len(WAREHOUSES), cell % len(WAREHOUSES), day, bought[day, cell])
    arrived = opening + np.cumsum(bought[:DAYS] + restocked, axis=0)
    shape = (DAYS, len(products.sku), len(WAREHOUSES))
    on_hand = (arrived - np.cumsum(shipped, axis=0)).reshape(shape)
    available = (arrived - np.cumsum(sold, axis=0)).reshape(shape)
    # What is left of it then is promised to orders, or being looked at after a return.
    is_gone = stories.OVERSOLD.holds(np.arange(DAYS)) | stories.OFF_SALE.holds(np.arange(DAYS))
    available[is_gone, products.best_seller] = 0
    return Stock(opening.reshape(shape[1:]), on_hand, available, receipts)


def _grid(cell: Ints, qty: Ints, products: Products) -> Ints:
    """Units by day and place (SKU x warehouse); shape (days, places)."""
    places = len(products.sku) * len(WAREHOUSES)
    units = np.bincount(cell, weights=qty, minlength=DAYS * places).astype(np.int64)
    return units.reshape(DAYS, places)


@dataclass(frozen=True)
class _Plan:
    """What the buyer knows: units sold before each day (days ahead included), the next day that sells, daily rates."""

    before: Ints
    selling: Ints
    rate: Floats
    launch: Ints
    end: Ints
    is_best: Flags


def _plan(sold: Ints, products: Products) -> _Plan:
    places = sold.shape[1]
    rate = sold[-LATEST_RATE_DAYS:].mean(axis=0)
    ahead = np.round(np.arange(1, AHEAD_DAYS + 60)[:, None] * rate)
    before = np.zeros((ALL_DAYS + 60, places), np.int64)
    before[1 : DAYS + 1] = np.cumsum(sold, axis=0)
    before[DAYS + 1 :] = before[DAYS] + ahead[: len(before) - DAYS - 1]
    day = np.where(np.diff(before, axis=0) > 0, np.arange(len(before) - 1)[:, None], len(before))
    selling = np.minimum.accumulate(day[::-1], axis=0)[::-1]
    houses = len(WAREHOUSES)
    launch = np.repeat(products.launch, houses)
    is_best = np.repeat(np.arange(len(products.sku)) == products.best_seller, houses)
    return _Plan(before, selling, rate, launch, np.repeat(products.delist, houses), is_best)


def _buy(sold: Ints, restocked: Ints, products: Products, rng: np.random.Generator) -> Ints:
    """Units received by day and place, days ahead of the history included; shape (ALL_DAYS, places)."""
    plan = _plan(sold, products)
    places = np.arange(sold.shape[1])
    back = np.zeros((len(plan.before), len(places)), np.int64)
    back[1 : DAYS + 1] = np.cumsum(restocked, axis=0)
    back[DAYS + 1 :] = back[DAYS]
    bought = np.zeros((ALL_DAYS, len(places)), np.int64)
    total = np.zeros(len(places), np.int64)
    day = np.clip(plan.launch - LAUNCH_AHEAD_DAYS, 0, None)
    while (is_due := (day < ALL_DAYS) & (day <= plan.end + PAID_LATER_DAYS)).any():
        here = np.minimum(day, ALL_DAYS - 1)
        cover, is_tight = _cover(plan, here, rng)
        until = np.minimum(here + cover, len(plan.before) - 2)
        need = plan.before[until, places] - plan.before[here, places]
        is_tight &= (need >= TIGHT_NEED) | plan.is_best
        # The buyer of the best seller counts on what will come back, so that nothing is left when it is sold out.
        counted = np.minimum(until, DAYS - 1 - stories.OVERSOLD.first)
        need -= np.where(plan.is_best & is_tight, back[counted, places] - back[here, places], 0)
        pace = need / cover
        safety = np.where(is_tight, 0.0, np.ceil(pace * rng.uniform(*SAFETY_DAYS, len(places)) + 0.5))
        is_bulk = (rng.random(len(places)) < BULK_SHARE) & ~plan.is_best & ~is_tight
        wanted = need + np.round(safety + is_bulk * pace * BULK_DAYS).astype(np.int64)
        has = total + back[here, places] - plan.before[here, places]
        qty = np.where(is_due, np.maximum(wanted - has, 0), 0)
        np.add.at(bought, (here, places), qty)
        total += qty
        gap = np.clip(plan.selling[until, places] - until, 0, TIGHT_GAP_DAYS)
        following = until + np.where(is_tight, gap, 0)
        day = np.where(is_due, np.maximum(following, here + 1), day)
    return bought


def _cover(plan: _Plan, here: Ints, rng: np.random.Generator) -> tuple[Ints, Flags]:
    """Days that each purchase must last, and which are tight; the best seller's last until it is sold out."""
    cover = rng.integers(*CYCLE_DAYS, len(here))
    is_tight = rng.random(len(here)) < TIGHT_SHARE
    # The last purchase before the story is all that there is until the late supplier has delivered.
    again = DAYS - 1 - stories.RESTOCKED_DAYS_AGO
    is_last = plan.is_best & (here < again) & (here + cover + CYCLE_DAYS[0] > DAYS - stories.OVERSOLD.first)
    return np.where(is_last, again - here, cover), np.where(plan.is_best, is_last, is_tight)
