"""Products: SKUs with brand, cost and launch day, and how much of each is wanted on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.assortment import BRAND_SHARES, BRANDS, CATEGORIES, SUPPLIERS, Category
from data.demo.columns import Floats, Ints, drawn, frame, money, picks, stream

BEST_SELLER_SHARE = 0.045
# Brings the average order to about 250 yuan.
PRICE_LEVEL = 0.94
LAUNCHED_DURING_SHARE = 0.16
NEW_SHARE = 0.05
DELISTED_SHARE = 0.03
RAMP_DAYS = 45
NEVER = 10**6


@dataclass(frozen=True)
class Products:
    """The SKUs as arrays of one length: index of the category, prices in fen, days counted from the first day.

    `wanted` (days, SKUs) are the relative units of each SKU on each day; 0 while it is not on sale.
    """

    sku: tuple[str, ...]
    product: tuple[tuple[str, str, str], ...]
    category: Ints
    list_price: Ints
    unit_cost: Ints
    launch: Ints
    delist: Ints
    brand: Ints
    supplier: Ints
    is_key: Ints
    wanted: Floats

    @property
    def best_seller(self) -> int:
        """Index of the SKU that the stock-out story is about."""
        return self.sku.index(stories.BEST_SELLER)


def make_products(first_day: date, seed: int) -> Products:
    """The assortment over the history that begins on `first_day`."""
    rng = stream(seed, "products")
    rows = [
        (category, f"{code}{variant:02d}", (kind, f"{name}, {colour}", code), yuan)
        for category in CATEGORIES
        for number, (kind, name, yuan) in enumerate(category.products, 1)
        for code in (f"NW-{category.code}-{number:02d}",)
        for variant, colour in enumerate(category.variants, 1)
    ]  # fmt: skip
    sku = tuple(row[1] for row in rows)
    count = len(rows)
    category = np.array([CATEGORIES.index(row[0]) for row in rows])
    yuan = np.array([row[3] for row in rows]) * PRICE_LEVEL * rng.lognormal(0.0, 0.08, count)
    list_price = np.round(yuan / 5).astype(np.int64).clip(3) * 500 - 10
    cost_share = np.array([row[0].cost_share for row in rows]) * rng.normal(1.0, 0.06, count)
    launch, delist = _life(count, rng, keep=sku.index(stories.BEST_SELLER), first_day=first_day)
    popularity = rng.pareto(1.6, count).clip(max=9.0) + 0.25
    spu = np.unique([row[2][2] for row in rows], return_inverse=True)[1]
    brand = drawn(BRAND_SHARES, rng.random(count))[spu]
    supplier = rng.integers(0, len(SUPPLIERS), count)[spu]
    is_best = np.array([one == stories.BEST_SELLER for one in sku])
    is_key = (is_best | (np.argsort(np.argsort(-popularity)) < 40)).astype(np.int64)
    return Products(
        sku, tuple(row[2] for row in rows), category, list_price, (list_price * cost_share).astype(np.int64),
        launch, delist, brand, supplier, is_key, _wanted(sku, category, popularity, launch, delist, first_day),
    )  # fmt: skip


def _life(count: int, rng: np.random.Generator, keep: int, first_day: date) -> tuple[Ints, Ints]:
    """First and last day on sale. A few come new in the last months, a few leave; one stays throughout."""
    fate = rng.permutation(count)
    fate = np.where(fate == fate[keep], count, fate)
    is_new = fate < NEW_SHARE * count
    is_later = ~is_new & (fate < (NEW_SHARE + LAUNCHED_DURING_SHARE) * count)
    is_leaving = fate >= count * (1 - DELISTED_SHARE)
    is_leaving[keep] = False
    launch = rng.integers(-900, -60, count)
    launch = np.where(is_later, rng.integers(40, stories.HISTORY_DAYS - 110, count), launch)
    launch = np.where(is_new, rng.integers(stories.HISTORY_DAYS - 80, stories.HISTORY_DAYS - 15, count), launch)
    # Launches fall on Thursdays.
    launch = launch - (launch + first_day.weekday() - 3) % 7
    delist = np.where(is_leaving, rng.integers(250, stories.HISTORY_DAYS - 40, count), NEVER)
    return launch, delist


def _wanted(
    sku: tuple[str, ...], category: Ints, popularity: Floats, launch: Ints, delist: Ints, first_day: date
) -> Floats:
    day = np.arange(stories.HISTORY_DAYS)
    ordinal = first_day.timetuple().tm_yday + day
    season = np.stack([_season(one, ordinal) for one in CATEGORIES], axis=1)
    age = day[:, None] - launch[None, :]
    is_on_sale = (age >= 0) & (day[:, None] <= delist[None, :])
    ramp = np.clip((age + 4) / RAMP_DAYS, 0.0, 1.0)
    in_category = popularity / np.bincount(category, popularity)[category]
    shares = np.array([one.unit_share for one in CATEGORIES])
    wanted: Floats = in_category * shares[category] * season[:, category] * ramp * is_on_sale
    best = sku.index(stories.BEST_SELLER)
    wanted[:, best] = 0.0
    wanted[:, best] = wanted.sum(axis=1) * BEST_SELLER_SHARE / (1 - BEST_SELLER_SHARE)
    wanted[stories.OFF_SALE.holds(day), best] = 0.0
    wanted /= wanted.sum(axis=1, keepdims=True)
    return wanted


def _season(category: Category, ordinal: Ints) -> Floats:
    swing: Floats = 1 + category.sway * np.cos(2 * np.pi * (ordinal - category.peak_day) / 365)
    return swing


def product_frame(products: Products, first_day: date) -> pl.DataFrame:
    """`dim_product`, as things stand on the last day."""
    last = stories.HISTORY_DAYS - 1
    age = last - products.launch
    is_gone = products.delist <= last
    stage = np.select([is_gone, age < 60, age < 180, age < 1300], [4, 0, 1, 2], 3)
    launch_date = [first_day + timedelta(days=int(day)) for day in products.launch]
    delist_date = [
        first_day + timedelta(days=int(day)) if gone else None
        for day, gone in zip(products.delist, is_gone, strict=True)
    ]
    return frame(
        "dim_product",
        {
            "sku": pl.Series(products.sku),
            "product_id": pl.Series([product[2] for product in products.product]),
            "product_name": pl.Series([product[1] for product in products.product]),
            "category_l1": picks([category.name for category in CATEGORIES], products.category),
            "category_l2": pl.Series([product[0] for product in products.product]),
            "brand": picks(BRANDS, products.brand),
            "supplier_id": picks(SUPPLIERS, products.supplier),
            "launch_date": pl.Series(launch_date, dtype=pl.Date),
            "delist_date": pl.Series(delist_date, dtype=pl.Date),
            "lifecycle_stage": picks(("introduction", "growth", "maturity", "decline", "delisted"), stage),
            "list_price": money(products.list_price),
            "unit_cost": money(products.unit_cost),
            "is_key_sku": products.is_key == 1,
        },
    )
