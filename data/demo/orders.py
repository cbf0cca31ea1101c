"""Orders: what becomes of them after payment, and their rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import Flags, Ints, calendar_days, drawn, frame, moments, money, only, opaque, picks, stream
from data.demo.company import CURRENCY, PROVINCES, SALES
from data.demo.customers import IDENTITY_SALT
from data.demo.demand import CELLS, Demand
from data.demo.lines import Lines, by_order
from data.demo.placed import METHODS, Placed
from data.demo.products import Products

CANCELLED_SHARE = 0.017
# Who cancels a paid order, why, and how often.
CANCELS = (
    ("customer", "changed_mind", 0.42),
    ("customer", "wrong_address", 0.12),
    ("customer", "ordered_twice", 0.1),
    ("merchant", "out_of_stock", 0.14),
    ("merchant", "price_error", 0.04),
    ("platform", "risk_control", 0.18),
    ("system", "payment_timeout", 0.0),
)
OUT_OF_STOCK = 3
PAYMENT_TIMEOUT = len(CANCELS) - 1
PAYMENT_TIMEOUT_SECONDS = 24 * 3600
FREE_SHIPPING_FROM = 9_900
SHIPPING_FEN = 800


@dataclass(frozen=True)
class Settled:
    """What became of the orders placed. Amounts in fen; `cancel` is an index into CANCELS, -1 when not cancelled."""

    ids: pl.Series
    cancel: Ints
    shipping: Ints
    gross: Ints
    discount: Ints
    tax: Ints

    @property
    def paid(self) -> Ints:
        """What the customer pays for the order, shipping included."""
        return self.gross - self.discount + self.shipping


def settle(placed: Placed, lines: Lines, products: Products, seed: int) -> Settled:
    """Sum the lines up and decide which orders are cancelled."""
    rng = stream(seed, "orders", placed.first_day)
    gross, discount = by_order(placed, lines, lines.gross), by_order(placed, lines, lines.discount)
    is_free = placed.is_member | (gross - discount >= FREE_SHIPPING_FROM)
    channels = picks([sales.channel for sales in SALES], placed.sales)
    numbers = pl.Series(placed.number).cast(pl.String)
    return Settled(
        pl.select(pl.concat_str(channels, numbers, separator=":")).to_series(),
        _cancels(placed, lines, products, rng),
        np.where(is_free, 0, SHIPPING_FEN),
        gross,
        discount,
        by_order(placed, lines, lines.tax),
    )


def _cancels(placed: Placed, lines: Lines, products: Products, rng: np.random.Generator) -> Ints:
    reason = drawn([share for _, _, share in CANCELS], rng.random(len(placed)))
    cancel = np.where(rng.random(len(placed)) < CANCELLED_SHARE, reason, -1)
    has_best_seller = by_order(placed, lines, lines.sku == products.best_seller) > 0
    is_oversold = has_best_seller & stories.OVERSOLD.holds(placed.day)
    is_hit = is_oversold & (rng.random(len(placed)) < stories.OVERSOLD_CANCELLED_SHARE)
    cancel = np.where(is_hit, OUT_OF_STOCK, cancel)
    is_timed_out = placed.created_second + PAYMENT_TIMEOUT_SECONDS < placed.end_second
    return np.where(placed.is_paid, cancel, np.where(is_timed_out, PAYMENT_TIMEOUT, -1))


def is_sent(placed: Placed, settled: Settled) -> Flags:
    """Orders that go to a warehouse: paid and not cancelled."""
    return placed.is_paid & (settled.cancel < 0)


def order_frame(demand: Demand, placed: Placed, settled: Settled, returned: Ints) -> pl.DataFrame:
    """`fact_order`; `returned` is the money given back for each order's returns, in fen."""
    is_paid, is_cancelled = placed.is_paid, settled.cancel >= 0
    refunded = np.where(is_paid & is_cancelled, settled.paid, returned)
    return frame(
        "fact_order",
        {
            "order_id": settled.ids,
            "sales_channel": picks([sales.channel for sales in SALES], placed.sales),
            "store_name": picks([sales.store for sales in SALES], placed.sales),
            "customer_id": opaque(placed.customer, IDENTITY_SALT),
            "created_at": moments(placed.created_second),
            "order_date": calendar_days(placed.created_second),
            "paid_at": only(is_paid, moments(placed.paid_second)),
            "paid_date": only(is_paid, calendar_days(placed.paid_second)),
            "region": picks([province.name for province in PROVINCES], placed.province),
            "device": picks([cell.surface.device for cell in CELLS], placed.cell),
            "marketing_channel": picks([cell.source.channel for cell in CELLS], placed.cell),
            "campaign_id": picks(demand.campaigns, placed.campaign),
            "payment_method": picks(METHODS, placed.method),
            "currency": CURRENCY,
            "gmv_amount": money(settled.gross),
            "discount_amount": money(settled.discount),
            "net_amount": money(settled.gross - settled.discount - settled.tax),
            "tax_amount": money(settled.tax),
            "shipping_charged": money(settled.shipping),
            "refunded_amount": money(refunded),
            "is_paid": is_paid,
            "is_cancelled": is_cancelled,
            "cancelled_by": picks(["", *(who for who, _, _ in CANCELS)], settled.cancel + 1),
            "cancel_reason": picks(["", *(why for _, why, _ in CANCELS)], settled.cancel + 1),
            "is_member_order": placed.is_member,
        },
    )
