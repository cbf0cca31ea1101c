"""Order lines: what is in the basket, at which price, discount, tax and cost. All amounts in fen, so sums are exact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.assortment import CATEGORIES
from data.demo.columns import (
    Flags,
    Floats,
    Ints,
    calendar_days,
    drawn,
    drawn_by,
    frame,
    money,
    only,
    picks,
    stream,
    total,
)
from data.demo.company import PROVINCES, SALES, TAX_PERCENT
from data.demo.demand import CELLS, PROMOTION, Demand
from data.demo.placed import Placed
from data.demo.products import Products

LINES_SHARES = (0.36, 0.27, 0.16, 0.1, 0.06, 0.03, 0.02)
UNITS_SHARES = (0.88, 0.09, 0.03)
DISCOUNT_PERCENT = ((0, 0.62), (5, 0.16), (8, 0.1), (10, 0.08), (15, 0.04))
PROMOTION_PERCENT = ((0, 0.08), (8, 0.2), (12, 0.3), (15, 0.28), (20, 0.14))
ENTRIES = ("search", "recommendation", "category", "campaign_page", "direct", "external", "unknown")
ENTRY_OF = {
    "organic_search": "search",
    "paid_search": "search",
    "marketplace_search": "search",
    "marketplace_recommendation": "recommendation",
    "paid_shopping": "recommendation",
    "direct": "direct",
    "push": "campaign_page",
    "sms": "campaign_page",
    "email": "campaign_page",
    "kol": "external",
    "affiliate": "external",
    "paid_social": "external",
    "content": "external",
    "referral": "external",
}
ENTRY_AS_EXPECTED_SHARE = 0.62


@dataclass(frozen=True)
class Lines:
    """Lines by order; `order` points into the orders placed, amounts are in fen.

    gross = selling price times units, tax included; net = gross - discount - tax.
    """

    order: Ints
    line_no: Ints
    sku: Ints
    qty: Ints
    gross: Ints
    discount: Ints
    tax: Ints
    cost: Ints
    entry: Ints

    @property
    def paid(self) -> Ints:
        """What the customer pays for the line."""
        return self.gross - self.discount

    @property
    def net(self) -> Ints:
        """Revenue of the line without tax."""
        return self.gross - self.discount - self.tax


def fill(placed: Placed, products: Products, seed: int) -> Lines:
    """Fill the baskets of the orders placed; an order holds a SKU at most once."""
    rng = stream(seed, "lines", placed.first_day)
    lines = drawn(LINES_SHARES, rng.random(len(placed))) + 1
    order = np.repeat(np.arange(len(placed)), lines)
    day = placed.day[order] - placed.first_day
    wanted = products.wanted[placed.first_day : placed.last_day + 1]
    sku = drawn_by(wanted, day, rng.random(len(order)))
    order, sku = np.divmod(np.unique(order * len(products.sku) + sku), len(products.sku))
    first_line = np.searchsorted(order, np.arange(len(placed)))
    qty = drawn(UNITS_SHARES, rng.random(len(order))) + 1
    level = np.array([sales.price_level for sales in SALES])[placed.sales[order]]
    price = np.round(products.list_price[sku] * level * _mispriced(products, placed, order, sku) / 10) * 10
    gross = price.astype(np.int64) * qty
    discount = (gross * _percent(placed, rng)[order] + 50) // 100
    # The tax inside an amount, rounded half up.
    tax = (2 * (gross - discount) * TAX_PERCENT + 100 + TAX_PERCENT) // (2 * (100 + TAX_PERCENT))
    return Lines(
        order, np.arange(len(order)) - first_line[order] + 1, sku, qty, gross, discount, tax,
        products.unit_cost[sku] * qty, _entries(placed.cell[order], rng),
    )  # fmt: skip


def _mispriced(products: Products, placed: Placed, order: Ints, sku: Ints) -> Floats:
    """By how much the wrong price list makes each line dearer; 1 where it does not."""
    category = [one.name for one in CATEGORIES].index(stories.PRICE_ERROR_CATEGORY)
    channel = [one.channel for one in SALES].index(stories.PRICE_ERROR_CHANNEL)
    is_hit = (products.category[sku] == category) & (placed.sales[order] == channel)
    return np.where(is_hit & stories.PRICE_ERROR.holds(placed.day[order]), stories.PRICE_ERROR_FACTOR, 1.0)


def _percent(placed: Placed, rng: np.random.Generator) -> Ints:
    """Discount of each order in percent; promotions give more, and to more orders."""
    uniform = rng.random(len(placed))
    plain, promoted = (
        np.array([percent for percent, _ in table])[drawn([share for _, share in table], uniform)]
        for table in (DISCOUNT_PERCENT, PROMOTION_PERCENT)
    )
    return np.where(placed.slot == PROMOTION, promoted, plain)


def _entries(cell: Ints, rng: np.random.Generator) -> Ints:
    expected = np.array([ENTRIES.index(ENTRY_OF.get(one.source.channel, "external")) for one in CELLS])[cell]
    is_expected = rng.random(len(cell)) < ENTRY_AS_EXPECTED_SHARE
    return np.where(is_expected, expected, rng.integers(0, len(ENTRIES), len(cell)))


def by_order(placed: Placed, lines: Lines, amounts: Ints | Floats | Flags) -> Ints:
    """Sums of a column of the lines for each order placed."""
    return total(lines.order, amounts, len(placed))


def line_frame(demand: Demand, placed: Placed, lines: Lines, products: Products, ids: pl.Series) -> pl.DataFrame:
    """`fact_order_line`; `ids` are the numbers of the orders placed."""
    order = lines.order
    return frame(
        "fact_order_line",
        {
            "order_id": ids.gather(order),
            "line_no": picks([str(number) for number in range(int(lines.line_no.max(initial=0)) + 1)], lines.line_no),
            "sku": picks(products.sku, lines.sku),
            "sales_channel": picks([sales.channel for sales in SALES], placed.sales[order]),
            "region": picks([province.name for province in PROVINCES], placed.province[order]),
            "campaign_id": picks(demand.campaigns, placed.campaign[order]),
            "entry_source": picks(ENTRIES, lines.entry),
            "order_date": calendar_days(placed.created_second[order]),
            "paid_date": only(placed.is_paid[order], calendar_days(placed.paid_second[order])),
            "qty": lines.qty,
            "net_amount": money(lines.net),
            "discount_amount": money(lines.discount),
            "cogs_amount": money(lines.cost),
            "is_paid": placed.is_paid[order],
        },
    )
