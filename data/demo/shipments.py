"""Shipments: parcels of the orders sent, by warehouse and carrier, with the first promise to the customer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import (
    DAY_SECONDS,
    HOUR_SECONDS,
    Flags,
    Floats,
    Ints,
    calendar_days,
    drawn_by,
    frame,
    moments,
    money,
    only,
    picks,
    stream,
)
from data.demo.company import CARRIERS, PROVINCES, SALES, WAREHOUSES
from data.demo.lines import Lines, by_order
from data.demo.orders import Settled, is_sent
from data.demo.placed import Placed, warehouse_shares

SPLIT_SHARE = 0.13
SPLIT_IN_THREE_SHARE = 0.02
PACKING_SPREAD = 0.58
TRANSIT_SPREAD = 0.33
FESTIVAL_PACKING = 1.5
PROMISED_HOURS = 41.0
SHIP_WITHIN_HOURS = 48
LOST_SHARE = 0.0015
SHORT_SHARE, WRONG_ITEM_SHARE, DAMAGED_SHARE, PAPERS_SHARE = 0.006, 0.004, 0.009, 0.003


@dataclass(frozen=True)
class Parcels:
    """Parcels by order; `order` points into the orders placed. Seconds are only meant where the flags hold."""

    order: Ints
    parcel_no: Ints
    warehouse: Ints
    carrier: Ints
    shipped_second: Ints
    delivered_second: Ints
    is_shipped: Flags
    is_delivered: Flags
    promised_second: Ints

    @property
    def is_late(self) -> Flags:
        """Delivered after the promised day."""
        return self.is_delivered & (self.delivered_second >= self.promised_second + DAY_SECONDS)


def send(placed: Placed, lines: Lines, settled: Settled, seed: int) -> Parcels:
    """Pack and send the orders; what happens after the end of the history is still open."""
    rng = stream(seed, "shipments", placed.first_day)
    order, parcel_no = _split(placed, lines, settled, rng)
    count = len(order)
    province = placed.province[order]
    nearest = np.array([warehouse_shares(one.warehouse) for one in PROVINCES])
    # One warehouse sends an order, so that its parcels can be told apart by carrier only.
    warehouse = drawn_by(nearest, placed.province, rng.random(len(placed)))[order]
    carrier = drawn_by(_carrier_shares(), warehouse, rng.random(count))
    paid = placed.paid_second[order]
    packed = _packing_hours(placed, order, warehouse, rng)
    shipped = _in_working_hours(paid + (packed * HOUR_SECONDS).astype(np.int64), 8, 22, rng)
    transit = np.array([one.transit_hours for one in PROVINCES])[province] * rng.lognormal(0.0, TRANSIT_SPREAD, count)
    is_detour = (
        np.array([one.warehouse for one in PROVINCES])[province] != np.array([w.name for w in WAREHOUSES])[warehouse]
    )
    transit = transit + is_detour * 14.0
    transit = transit + _late_hours(placed, shipped, warehouse, carrier, rng)
    delivered = _in_working_hours(shipped + (transit * HOUR_SECONDS).astype(np.int64), 8, 21, rng)
    is_shipped = shipped < placed.end_second
    is_lost = rng.random(count) < LOST_SHARE
    return Parcels(
        order, parcel_no, warehouse, carrier, shipped, delivered, is_shipped,
        is_shipped & ~is_lost & (delivered < placed.end_second), _promise(placed, order, province),
    )  # fmt: skip


def _split(placed: Placed, lines: Lines, settled: Settled, rng: np.random.Generator) -> tuple[Ints, Ints]:
    uniform = rng.random(len(placed))
    count = by_order(placed, lines, np.ones(len(lines.order)))
    parcels = 1 + ((count >= 2) & (uniform < SPLIT_SHARE)) + ((count >= 4) & (uniform < SPLIT_IN_THREE_SHARE))
    parcels = np.where(is_sent(placed, settled), parcels, 0)
    order = np.repeat(np.arange(len(placed)), parcels)
    start = np.cumsum(parcels) - parcels
    return order, np.arange(len(order)) - start[order] + 1


def _carrier_shares() -> Floats:
    shares: Floats = np.array([[dict(house.carriers).get(name, 0.0) for name in CARRIERS] for house in WAREHOUSES])
    return shares


def _packing_hours(placed: Placed, order: Ints, warehouse: Ints, rng: np.random.Generator) -> Floats:
    """Payment to pick-up; busy days take longer."""
    busy = np.bincount(placed.day - placed.first_day) / max(1.0, len(placed) / (placed.last_day - placed.first_day + 1))
    load = np.clip(busy, 1.0, FESTIVAL_PACKING)[placed.day[order] - placed.first_day]
    median = np.array([house.median_hours for house in WAREHOUSES])[warehouse]
    hours: Floats = median * load * rng.lognormal(0.0, PACKING_SPREAD, len(order))
    return hours


def _late_hours(placed: Placed, shipped: Ints, warehouse: Ints, carrier: Ints, rng: np.random.Generator) -> Floats:
    """The late-carrier story: hours added to parcels that the carrier picks up at the warehouse."""
    day = stories.HISTORY_DAYS - 1 - (placed.end_second - 1 - shipped) // DAY_SECONDS
    is_hit = (
        (warehouse == [house.name for house in WAREHOUSES].index(stories.LATE_WAREHOUSE))
        & (carrier == CARRIERS.index(stories.LATE_CARRIER))
        & stories.LATE.holds(day)
    )
    hours: Floats = is_hit * rng.lognormal(np.log(stories.LATE_HOURS), 0.3, len(shipped))
    return hours


def _in_working_hours(second: Ints, opens: int, closes: int, rng: np.random.Generator) -> Ints:
    """What would happen at night happens in the next morning's first two hours."""
    in_day = second % DAY_SECONDS
    opening = second - in_day + opens * HOUR_SECONDS + rng.integers(0, 2 * HOUR_SECONDS, len(second))
    late = in_day >= closes * HOUR_SECONDS
    return np.where(
        late, opening + DAY_SECONDS, np.where(in_day < opens * HOUR_SECONDS, np.maximum(opening, second), second)
    )


def _promise(placed: Placed, order: Ints, province: Ints) -> Ints:
    """Midnight of the promised day: two days for packing and the usual way, as whole days after payment."""
    hours = np.array([PROMISED_HOURS + 1.25 * one.transit_hours for one in PROVINCES])[province]
    days = np.ceil(hours / 24).astype(np.int64)
    promised: Ints = (placed.paid_second[order] // DAY_SECONDS + days) * DAY_SECONDS
    return promised


def shipment_frame(placed: Placed, lines: Lines, settled: Settled, parcels: Parcels, seed: int) -> pl.DataFrame:
    """`fact_shipment`. The four checks of a parcel are null until it is delivered."""
    rng = stream(seed, "parcel checks", placed.first_day)
    order, count = parcels.order, len(parcels.order)
    paid = placed.paid_second[order]
    ship_by = paid + SHIP_WITHIN_HOURS * HOUR_SECONDS
    is_judged = parcels.is_shipped | (ship_by < placed.end_second)
    in_time = parcels.is_shipped & (parcels.shipped_second <= ship_by)
    checks = {
        name: only(parcels.is_delivered, pl.Series(rng.random(count) >= share))
        for name, share in (
            ("is_in_full", SHORT_SHARE),
            ("is_correct_item", WRONG_ITEM_SHARE),
            ("is_damage_free", DAMAGED_SHARE),
            ("is_docs_correct", PAPERS_SHARE),
        )
    }
    units = by_order(placed, lines, lines.qty)[order]
    packing = 260 + 60 * units + rng.integers(-20, 60, count)
    freight = (
        np.array([one.freight for one in PROVINCES])[placed.province[order]] + 25 * units + rng.integers(-30, 80, count)
    )
    waybill = pl.Series(placed.number[order] * 10 + parcels.parcel_no).cast(pl.String)
    return frame(
        "fact_shipment",
        {
            "order_id": settled.ids.gather(order),
            "parcel_no": parcels.parcel_no,
            "shipment_id": only(parcels.is_shipped, pl.select(pl.concat_str(pl.lit("NW"), waybill)).to_series()),
            "sales_channel": picks([sales.channel for sales in SALES], placed.sales[order]),
            "warehouse": picks([house.name for house in WAREHOUSES], parcels.warehouse),
            "carrier": picks(CARRIERS, parcels.carrier),
            "region": picks([province.name for province in PROVINCES], placed.province[order]),
            "shipped_at": only(parcels.is_shipped, moments(parcels.shipped_second)),
            "shipped_date": only(parcels.is_shipped, calendar_days(parcels.shipped_second)),
            "promised_delivery_date": calendar_days(parcels.promised_second),
            "delivered_at": only(parcels.is_delivered, moments(parcels.delivered_second)),
            "is_shipped_on_time": only(is_judged, pl.Series(in_time)),
            **checks,
            "pick_pack_cost": only(parcels.is_shipped, money(packing)),
            "freight_cost": only(parcels.is_shipped, money(freight)),
        },
    )
