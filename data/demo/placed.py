"""Orders as they are placed: when, by whom, where, and whether they are paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from data.demo import stories
from data.demo.columns import DAY_SECONDS, EPOCH, HOUR_SECONDS, Flags, Ints, drawn_by, stream
from data.demo.company import SALES, WAREHOUSES
from data.demo.customers import Positions, is_member, province_of
from data.demo.demand import CELLS, SLOTS, Demand
from data.demo.rhythm import seconds_of_day

UNPAID_SHARE = 0.06
PAYS_LATE_SHARE = 0.06
PAYS_LATE_HOURS = 5.0
PAYS_SECONDS = 55.0
METHODS = tuple(dict.fromkeys(method for sales in SALES for method, _ in sales.payments))
DAY_FACTOR = 10**7


@dataclass(frozen=True)
class Placed:
    """Orders of one stretch of days in the order they were created; every array has one entry an order.

    Seconds count from 1970 in company time; `paid_second` is only meant where `is_paid`. `end_second` is the
    midnight at which the history ends. `cell`, `slot` and `day` point into the demand; `day` counts from the
    first day of the history.
    """

    first_day: int
    last_day: int
    end_second: int
    day: Ints
    cell: Ints
    slot: Ints
    campaign: Ints
    sales: Ints
    number: Ints
    customer: Positions
    province: Ints
    method: Ints
    is_member: Flags
    created_second: Ints
    paid_second: Ints
    is_paid: Flags

    def __len__(self) -> int:
        return len(self.day)


def place(demand: Demand, customers: Positions, first: int, last: int, seed: int) -> Placed:
    """The orders of the days `first` to `last`, both included."""
    rng = stream(seed, "placed", first)
    counts = demand.orders[first : last + 1]
    flat = np.repeat(np.arange(counts.size), counts.ravel())
    day = flat // (len(CELLS) * SLOTS) + first
    midnight = (demand.first_day - EPOCH).days * DAY_SECONDS
    second = _not_during_the_outage(day, flat, seconds_of_day(demand.kinds[day], rng.random(len(flat))))
    created = midnight + day * DAY_SECONDS + second
    order = np.argsort(created, kind="stable")
    flat, day, created = flat[order], day[order], created[order]
    customer = customers[demand.starts[first] + order]
    cell, slot = flat // SLOTS % len(CELLS), flat % SLOTS
    sales = np.array([SALES.index(cell.sales) for cell in CELLS])[cell]
    first_seen = np.searchsorted(demand.starts, customer, side="right") - 1
    end = midnight + stories.HISTORY_DAYS * DAY_SECONDS
    paid, is_paid = _paid(created, end, rng)
    return Placed(
        first, last, end, day, cell, slot, demand.campaign[day, cell, slot].astype(np.int64), sales,
        _numbers(demand, day, first), customer, province_of(customer),
        _methods(sales, rng), is_member(customer, day - first_seen), created, paid, is_paid,
    )  # fmt: skip


def _not_during_the_outage(day: Ints, flat: Ints, second: Ints) -> Ints:
    """Orders of the own shops that would fall into the outage come as long before it instead."""
    is_own = np.array([cell.sales.channel in stories.OUTAGE_SALES for cell in CELLS])[flat // SLOTS % len(CELLS)]
    first, last = stories.OUTAGE_SECONDS
    is_hit = is_own & stories.CHECKOUT_OUTAGE.holds(day) & (second >= first) & (second < last)
    return np.where(is_hit, 2 * first - second - 1, second)


def _paid(created: Ints, end: int, rng: np.random.Generator) -> tuple[Ints, Flags]:
    """Seconds of payment and whether it came; a payment after the end of the history is still open."""
    wait = rng.exponential(PAYS_SECONDS, len(created)) + 5
    is_late = rng.random(len(created)) < PAYS_LATE_SHARE
    wait[is_late] = rng.exponential(PAYS_LATE_HOURS * HOUR_SECONDS, int(is_late.sum()))
    paid: Ints = created + wait.astype(np.int64)
    return paid, (rng.random(len(created)) >= UNPAID_SHARE) & (paid < end)


def _methods(sales: Ints, rng: np.random.Generator) -> Ints:
    shares = np.zeros((len(SALES), len(METHODS)))
    for row, one in enumerate(SALES):
        for method, share in one.payments:
            shares[row, METHODS.index(method)] = share
    return drawn_by(shares, sales, rng.random(len(sales)))


def _numbers(demand: Demand, day: Ints, first: int) -> Ints:
    """Order numbers: the day as yymmdd and the ordinal of the order in its day."""
    days = [demand.first_day + timedelta(days=number) for number in range(len(demand.orders))]
    written = np.array([int(f"{one:%y%m%d}") for one in days])
    in_day = np.arange(len(day)) + demand.starts[first] - demand.starts[day]
    numbers: Ints = written[day] * DAY_FACTOR + in_day + 1
    return numbers


def warehouse_shares(nearest: str) -> list[float]:
    """Which warehouse sends to a province: mostly the nearest one."""
    return [0.91 if house.name == nearest else 0.09 / (len(WAREHOUSES) - 1) for house in WAREHOUSES]
