"""The day book: what sales, returns, parcels and advertising mean in money, by day. All amounts in fen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.campaigns import PLATFORMS
from data.demo.columns import DAY_SECONDS, EPOCH, Ints, total
from data.demo.company import CARRIERS, SALES, TAX_PERCENT
from data.demo.lines import Lines, by_order
from data.demo.orders import Settled
from data.demo.placed import Placed
from data.demo.returns import TYPES, Comebacks

DAYS = stories.HISTORY_DAYS
SENDERS = tuple(PLATFORMS)


@dataclass(frozen=True)
class DayBook:
    """Sums by day of the history, shape (days,) or (days, names).

    `sales` is the net amount of the orders paid, by sales channel; `shipping` what customers paid for shipping, tax
    included; `received` all they paid and `refunds` all they got back (returns on the day of the refund, cancelled
    orders on the day they were paid), both tax included. `cogs` is the cost of what was sold and not cancelled,
    `restocked` that of the units taken back. `freight` is by carrier, `adverts` by platform.
    """

    orders: Ints
    sales: Ints
    tax: Ints
    shipping: Ints
    received: Ints
    refunds: Ints
    cogs: Ints
    restocked: Ints
    freight: Ints
    adverts: Ints

    @property
    def refunded_tax(self) -> Ints:
        """The tax inside the refunds, by day."""
        return tax_inside(self.refunds.sum(axis=1))

    @property
    def shipping_tax(self) -> Ints:
        """The tax inside what was paid for shipping, by day."""
        return tax_inside(self.shipping)


def tax_inside(paid: Ints) -> Ints:
    """The tax inside amounts that hold it, to the fen."""
    inside: Ints = np.round(paid * TAX_PERCENT / (100 + TAX_PERCENT)).astype(np.int64)
    return inside


def day_book(
    placed: Placed,
    lines: Lines,
    settled: Settled,
    comebacks: Comebacks,
    shipments: pl.DataFrame,
    campaigns: pl.DataFrame,
    first_day: date,
) -> DayBook:
    """The day book of a month's orders and of what followed from them, with that month's advertising."""
    midnight = (first_day - EPOCH).days * DAY_SECONDS
    is_paid, is_kept = placed.is_paid, placed.is_paid & (settled.cancel < 0)
    paid_day = np.where(is_paid, (placed.paid_second - midnight) // DAY_SECONDS, 0)
    channels = len(SALES)
    cell = paid_day * channels + placed.sales
    done = np.where(comebacks.is_done, (comebacks.done_second - midnight) // DAY_SECONDS, 0)
    back = done * channels + placed.sales[lines.order[comebacks.line]]
    is_back_in_stock = comebacks.is_done & (comebacks.kind == TYPES.index("return_refund"))
    cost_back = lines.cost[comebacks.line] * comebacks.qty // lines.qty[comebacks.line]
    called_off = np.where(is_paid & ~is_kept, settled.paid, 0)
    shape = (DAYS, channels)
    net = settled.gross - settled.discount - settled.tax
    return DayBook(
        total(paid_day, is_paid, DAYS),
        total(cell, np.where(is_paid, net, 0), DAYS * channels).reshape(shape),
        total(paid_day, np.where(is_paid, settled.tax, 0), DAYS),
        total(paid_day, np.where(is_paid, settled.shipping, 0), DAYS),
        total(cell, np.where(is_paid, settled.paid, 0), DAYS * channels).reshape(shape),
        (total(back, comebacks.refund, DAYS * channels) + total(cell, called_off, DAYS * channels)).reshape(shape),
        total(paid_day, np.where(is_kept, by_order(placed, lines, lines.cost), 0), DAYS),
        total(done, np.where(is_back_in_stock, cost_back, 0), DAYS),
        _grid(shipments, "shipped_date", "carrier", CARRIERS, ("freight_cost", "pick_pack_cost"), first_day),
        _grid(campaigns, "date", "platform", SENDERS, ("cost",), first_day),
    )


def _grid(
    frame: pl.DataFrame, day: str, by: str, names: Sequence[str], amounts: Sequence[str], first_day: date
) -> Ints:
    """Sums of a table's amounts by day and name, shape (days, names); rows without a day are left out."""
    amount = pl.sum_horizontal(pl.col(name).cast(pl.Float64) for name in amounts)
    sums = frame.filter(pl.col(day).is_not_null()).group_by(day, by).agg(amount.sum().alias("amount"))
    grid = np.zeros((DAYS, len(names)), np.int64)
    rows = (sums[day] - first_day).dt.total_days().to_numpy()
    columns = sums[by].replace_strict(list(names), list(range(len(names))), return_dtype=pl.Int64).to_numpy()
    grid[rows, columns] = np.round(sums["amount"].to_numpy() * 100).astype(np.int64)
    return grid


def added(books: Iterable[DayBook]) -> DayBook:
    """The day books of several months as one."""
    held = list(books)
    return DayBook(*(np.sum([getattr(book, field.name) for book in held], axis=0) for field in fields(DayBook)))
