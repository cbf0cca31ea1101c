"""The market as panels and listening tools tell it: sales, searches and mentions of the company and its rivals."""

from __future__ import annotations

from itertools import product

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.assortment import CATEGORIES
from data.demo.columns import Floats, Ints, days_from, frame, money, stream
from data.demo.company import NAME, WAREHOUSES
from data.demo.months import Months
from data.demo.past import Past
from data.demo.products import Products

# Rivals: their sales as multiples of the company's in its first year, growth a year, mentions and searches per sale.
RIVALS = (
    ("Maple & Moor", 4.2, 1.14, 0.95, 1.05),
    ("Cedar Street", 3.1, 1.08, 1.1, 0.9),
    ("Haven Days", 2.4, 1.2, 1.3, 1.2),
    ("Plain Goods", 5.6, 1.05, 0.7, 0.85),
    ("other brands", 9.0, 1.1, 0.6, 0.55),
)
SELF_MENTIONS, SELF_SEARCHES = 1.25, 1.15
LOUD_MENTIONS, LOUD_SEARCHES, LOUD_PROMO_DAYS = 1.9, 1.35, 11
# Yuan of sales for one mention, and for one point of a search index.
YUAN_PER_MENTION, YUAN_PER_SEARCH = 190.0, 21.0
POSITIVE_SHARE, NEGATIVE_SHARE = 0.34, 0.11
NOISE = 0.06


def market_frame(past: Past, products: Products, months: Months, seed: int) -> pl.DataFrame:
    """`fact_market_snapshot`: each whole month of the history, category and player."""
    rng = stream(seed, "market")
    whole = months.whole
    own = _own_sales(past, products, months)[whole]
    year = np.arange(len(whole)) / 12
    base = own[:12].mean(axis=0)
    season = np.maximum(own.mean(axis=1), 1.0) / np.maximum(np.exp(np.polyval(_trend(own), np.arange(len(whole)))), 1.0)
    sales, mentions, searches, promo = [own], [own * SELF_MENTIONS], [own * SELF_SEARCHES], [_promo(len(whole), rng)]
    for name, size, growth, talked, sought in RIVALS:
        theirs = size * base * growth ** year[:, None] * season[:, None] * rng.lognormal(0.0, NOISE, own.shape)
        is_loud = (name == stories.LOUD_RIVAL) & (np.arange(len(whole)) >= len(whole) - stories.LOUD_MONTHS)[:, None]
        sales.append(theirs)
        mentions.append(theirs * talked * np.where(is_loud, LOUD_MENTIONS, 1.0))
        searches.append(theirs * sought * np.where(is_loud, LOUD_SEARCHES, 1.0))
        promo.append(_promo(len(whole), rng) + np.where(is_loud[:, 0], LOUD_PROMO_DAYS, 0))
    return _frame(months, np.stack(sales), np.stack(mentions), np.stack(searches), np.stack(promo), rng)


def _own_sales(past: Past, products: Products, months: Months) -> Floats:
    """List value of the units sold by month and category, in yuan; shape (months, categories)."""
    day, place = np.divmod(past.sold_cell, len(products.sku) * len(WAREHOUSES))
    sku = place // len(WAREHOUSES)
    cell = months.of_day[day] * len(CATEGORIES) + products.category[sku]
    worth = past.sold_qty * products.list_price[sku] / 100
    sales: Floats = np.bincount(cell, worth.astype(np.float64), len(months.firsts) * len(CATEGORIES)).astype(np.float64)
    return sales.reshape(-1, len(CATEGORIES))


def _trend(own: Floats) -> Floats:
    """Straight line through the logarithms of the months' sales: what is left is the season, shared by all players."""
    if len(own) < 2:
        return np.zeros(1)
    line: Floats = np.polyfit(np.arange(len(own)), np.log(np.maximum(own.mean(axis=1), 1.0)), 1)
    return line


def _promo(count: int, rng: np.random.Generator) -> Ints:
    return rng.integers(2, 12, count)


def _frame(
    months: Months, sales: Floats, mentions: Floats, searches: Floats, promo: Ints, rng: np.random.Generator
) -> pl.DataFrame:
    """From arrays of the shape (players, months, categories) to rows."""
    names = [NAME, *(rival[0] for rival in RIVALS)]
    rows = list(product(range(len(names)), range(len(months.whole)), range(len(CATEGORIES))))
    player, month, category = np.array(rows, np.int64).reshape(-1, 3).T
    heard = rng.poisson(mentions[player, month, category] / YUAN_PER_MENTION) + 1
    positive = rng.binomial(heard, POSITIVE_SHARE)
    negative = rng.binomial(heard - positive, NEGATIVE_SHARE / (1 - POSITIVE_SHARE))
    sought = searches[player, month, category] / YUAN_PER_SEARCH * rng.lognormal(0.0, NOISE, len(rows))
    return frame(
        "fact_market_snapshot",
        {
            "month_end": days_from(months.first_day, months.ends[months.whole[month]]),
            "category": pl.Series([CATEGORIES[one].name for one in category]),
            "player": pl.Series([names[one] for one in player]),
            "is_self": player == 0,
            "estimated_sales": money(np.round(sales[player, month, category]).astype(np.int64) * 100),
            "search_index": pl.Series(np.round(sought, 1)),
            "mentions": heard,
            "positive_mentions": positive,
            "negative_mentions": negative,
            "promo_days": promo[player, month],
        },
    )
