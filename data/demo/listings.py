"""Listings: what stands in each channel, checked once a week against the product master and the price list."""

from __future__ import annotations

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.assortment import CATEGORIES
from data.demo.columns import Flags, Ints, days_from, frame, money, only, picks, stream
from data.demo.company import SALES
from data.demo.months import Months
from data.demo.products import Products

WEEKS = 57
WEEKLY_WEEKS = 26
YEAR_AGO_WEEKS = (52, 53)
ATTRIBUTES = (12, 21)
INCOMPLETE_SHARE, CONTENT_ERROR_SHARE, PRICE_ERROR_SHARE = 0.13, 0.007, 0.002
# A mistake stays until somebody puts it right, some checks later.
MISTAKE_CHECKS = 3
# What rivals ask for the same item, against the own list price, by category; and how many items are watched.
RIVAL_PRICES = (1.03, 0.98, 1.01, 1.05, 0.97, 1.02, 0.93, 1.06)
RIVAL_SPREAD = 0.05
WATCHED_SHARE = 0.3


def listing_frame(products: Products, months: Months, seed: int) -> pl.DataFrame:
    """`fact_listing_snapshot`: every SKU on sale in every channel, on the last day and in the weeks before it."""
    rng = stream(seed, "listings")
    days = checked_days(months)
    is_listed = (products.launch <= days[:, None]) & (days[:, None] <= products.delist)
    week, sku = np.nonzero(is_listed)
    channels = len(SALES)
    week, sku = np.repeat(week, channels), np.repeat(sku, channels)
    channel = np.tile(np.arange(channels), len(week) // channels)
    level = np.array([sales.price_level for sales in SALES])[channel]
    is_planted = _is_planted(products, days[week], sku, channel)
    price = np.round(products.list_price[sku] * level * np.where(is_planted, stories.PRICE_ERROR_FACTOR, 1.0) / 10)
    required = rng.integers(*ATTRIBUTES, (len(CATEGORIES), channels))[products.category[sku], channel]
    lot = (sku * channels + channel) * (len(days) // MISTAKE_CHECKS + 1) + week // MISTAKE_CHECKS
    lots = len(products.sku) * channels * (len(days) // MISTAKE_CHECKS + 1)
    missing = np.where(rng.random(lots) < INCOMPLETE_SHARE, rng.integers(1, 5, lots), 0)[lot]
    has_content_error = (rng.random(lots) < CONTENT_ERROR_SHARE)[lot]
    has_price_error = (rng.random(lots) < PRICE_ERROR_SHARE)[lot] | is_planted
    is_watched, rival = _rival(products, days, rng)
    return frame(
        "fact_listing_snapshot",
        {
            "snapshot_date": days_from(months.first_day, days[week]),
            "sku": picks(products.sku, sku),
            "sales_channel": picks([sales.channel for sales in SALES], channel),
            "is_listed": True,
            "attributes_required": required,
            "attributes_filled": required - missing,
            "has_content_error": has_content_error,
            "has_price_error": has_price_error,
            "price": money(price.astype(np.int64) * 10),
            "competitor_price": only(is_watched[sku], money(rival[week, sku])),
        },
    )


def checked_days(months: Months) -> Ints:
    """The last day and each week before it for half a year; before that a year ago, and the last of each month."""
    days = stories.HISTORY_DAYS - 1 - 7 * np.arange(WEEKS)[::-1]
    month = np.searchsorted(months.ends, days)
    is_last = np.append(month[1:] != month[:-1], True)
    ago = np.arange(WEEKS)[::-1]
    kept: Ints = days[(ago < WEEKLY_WEEKS) | is_last | np.isin(ago, YEAR_AGO_WEEKS)]
    return kept


def _is_planted(products: Products, day: Ints, sku: Ints, channel: Ints) -> Flags:
    wrong = [sales.channel for sales in SALES].index(stories.PRICE_ERROR_CHANNEL)
    category = [one.name for one in CATEGORIES].index(stories.PRICE_ERROR_CATEGORY)
    hit: Flags = (channel == wrong) & (products.category[sku] == category) & stories.PRICE_ERROR.holds(day)
    return hit


def _rival(products: Products, days: Ints, rng: np.random.Generator) -> tuple[Flags, Ints]:
    """Which SKUs are watched, and what rivals ask each week, in fen; prices move slowly."""
    count = len(products.sku)
    is_watched = (products.is_key == 1) | (rng.random(count) < WATCHED_SHARE)
    level = np.array(RIVAL_PRICES)[products.category] * rng.normal(1.0, RIVAL_SPREAD, count)
    walk = 1 + np.cumsum(rng.normal(0.0, 0.004, (len(days), count)), axis=0)
    prices = np.round(products.list_price * level * walk.clip(0.85, 1.15) / 100).astype(np.int64) * 100
    return is_watched, prices
