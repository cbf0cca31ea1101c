"""What the months' orders leave behind: the sums that snapshots, stock, services and campaigns are told from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from data.demo.columns import DAY_SECONDS, EPOCH, Ints, total
from data.demo.company import WAREHOUSES
from data.demo.demand import CELLS, SLOTS, Demand
from data.demo.lines import Lines, by_order
from data.demo.orders import Settled, is_sent
from data.demo.placed import Placed
from data.demo.products import Products
from data.demo.returns import TYPES, Comebacks
from data.demo.shipments import Parcels
from data.demo.stories import HISTORY_DAYS

Small: TypeAlias = npt.NDArray[np.int32] | npt.NDArray[np.int16]

TOUCHPOINTS = tuple(dict.fromkeys(cell.surface.touchpoint for cell in CELLS))


@dataclass(frozen=True)
class Past:
    """One row a paid order, one a refund, one a line sent or taken back, and sums. Days count from the first one.

    Amounts are in fen; `order_profit` is net less cost; `order_cell` is the place of the funnel. A unit's `cell` is
    day x SKU x warehouse, flattened, of the day it was paid, left the warehouse, or came back. `visits` has the
    shape (days, touchpoints), `campaign_visits` and `campaign_cost` (campaigns,).
    """

    order_customer: Small
    order_second: Small
    order_net: Small
    order_profit: Small
    order_cell: Small
    order_campaign: Small
    refund_customer: Ints
    refund_day: Ints
    refund_fen: Ints
    sold_cell: Ints
    sold_qty: Ints
    shipped_cell: Ints
    shipped_qty: Ints
    restocked_cell: Ints
    restocked_qty: Ints
    visits: Ints
    campaign_visits: Ints
    campaign_cost: Ints

    @property
    def order_day(self) -> Ints:
        """The day each order was paid."""
        days: Ints = (self.order_second // DAY_SECONDS).astype(np.int64)
        return days


SUMMED = ("visits", "campaign_visits", "campaign_cost")


def past_of(
    demand: Demand,
    placed: Placed,
    lines: Lines,
    settled: Settled,
    parcels: Parcels,
    comebacks: Comebacks,
    visits: Ints,
    products: Products,
    campaigns: pl.DataFrame,
) -> Past:
    """What one month leaves behind; `campaigns` are its rows of `fact_campaign_daily`."""
    midnight = (demand.first_day - EPOCH).days * DAY_SECONDS
    paid = np.flatnonzero(placed.is_paid)
    net = settled.gross - settled.discount - settled.tax
    order = lines.order[comebacks.line]
    done = np.flatnonzero(comebacks.is_done)
    second = placed.paid_second - midnight
    return Past(
        order_customer=placed.customer[paid].astype(np.int32),
        order_second=second[paid].astype(np.int32),
        order_net=net[paid].astype(np.int32),
        order_profit=(net - by_order(placed, lines, lines.cost))[paid].astype(np.int32),
        order_cell=placed.cell[paid].astype(np.int16),
        order_campaign=placed.campaign[paid].astype(np.int16),
        refund_customer=placed.customer[order[done]].astype(np.int64),
        refund_day=(comebacks.done_second[done] - midnight) // DAY_SECONDS,
        refund_fen=comebacks.refund[done],
        **_units(placed, lines, settled, parcels, comebacks, products, midnight),
        visits=_visits(placed, visits),
        campaign_visits=_by_campaign(demand, placed, visits),
        campaign_cost=_cost(demand, campaigns),
    )


def _units(
    placed: Placed,
    lines: Lines,
    settled: Settled,
    parcels: Parcels,
    comebacks: Comebacks,
    products: Products,
    midnight: int,
) -> dict[str, Ints]:
    """Cells and units of what was sold and kept, of what has left, and of what came back to the shelf."""
    house, left = np.zeros(len(placed), np.int64), np.zeros(len(placed), np.int64)
    house[parcels.order] = parcels.warehouse
    # A line leaves with the last parcel of its order, since parcels do not say what is inside.
    np.maximum.at(left, parcels.order, parcels.shipped_second)

    def cells(which: Ints, second: Ints) -> Ints:
        order = lines.order[which]
        day = (second - midnight) // DAY_SECONDS
        return (day * len(products.sku) + lines.sku[which]) * len(WAREHOUSES) + house[order]

    kept = np.flatnonzero(is_sent(placed, settled)[lines.order])
    gone = kept[left[lines.order[kept]] < placed.end_second]
    back = np.flatnonzero(comebacks.is_done & (comebacks.kind == TYPES.index("return_refund")))
    told = {
        "sold": (cells(kept, placed.paid_second[lines.order[kept]]), lines.qty[kept]),
        "shipped": (cells(gone, left[lines.order[gone]]), lines.qty[gone]),
        "restocked": (cells(comebacks.line[back], comebacks.done_second[back]), comebacks.qty[back]),
    }
    columns = {}
    for name, (cell, qty) in told.items():
        columns[f"{name}_cell"], columns[f"{name}_qty"] = _gathered(cell, qty)
    return columns


def _gathered(cells: Ints, qty: Ints) -> tuple[Ints, Ints]:
    """Each cell once, with its units: however many orders a month has, no more than its cells are kept."""
    found, where = np.unique(cells, return_inverse=True)
    return found, total(where, qty, len(found))


def _visits(placed: Placed, visits: Ints) -> Ints:
    by_cell = visits.reshape(-1, len(CELLS), SLOTS).sum(axis=2)
    found = np.zeros((HISTORY_DAYS, len(TOUCHPOINTS)), np.int64)
    for number, name in enumerate(TOUCHPOINTS):
        is_there = np.array([cell.surface.touchpoint == name for cell in CELLS])
        found[placed.first_day : placed.last_day + 1, number] = by_cell[:, is_there].sum(axis=1)
    return found


def _by_campaign(demand: Demand, placed: Placed, visits: Ints) -> Ints:
    campaign = demand.campaign[placed.first_day : placed.last_day + 1].ravel().astype(np.int64)
    return total(campaign, visits, len(demand.campaigns))


def _cost(demand: Demand, campaigns: pl.DataFrame) -> Ints:
    sums = campaigns.group_by("campaign_id").agg((pl.col("cost") * 100).sum().cast(pl.Int64).alias("fen"))
    held = dict(sums.iter_rows())
    return np.array([held.get(name, 0) for name in demand.campaigns], np.int64)


def joined(months: Iterable[Past]) -> Past:
    """The months as one history, orders by the second they were paid."""
    held = list(months)
    columns = {
        field.name: np.sum([getattr(one, field.name) for one in held], axis=0)
        if field.name in SUMMED
        else np.concatenate([getattr(one, field.name) for one in held])
        for field in fields(Past)
    }
    by_time = np.argsort(columns["order_second"], kind="stable")
    return Past(**{name: found[by_time] if name.startswith("order_") else found for name, found in columns.items()})
