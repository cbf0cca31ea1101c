"""Who orders: new people, and people who come back. A customer is the position of their first order."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from data.demo.columns import Flags, Floats, Ints, stream, unit
from data.demo.company import PROVINCES

Positions: TypeAlias = npt.NDArray[np.int32]

RETURNING_SHARE = 0.57
GAP_MEDIAN_DAYS = 46.0
GAP_SPREAD = 1.1
PLEASED_SHARE = 0.4
PLEASED_SALT, REGION_SALT, MEMBER_SALT, JOINING_SALT, IDENTITY_SALT = range(10, 15)
MEMBER_SHARE = 0.46
JOINS_AT_ONCE_SHARE = 0.55
JOINS_LATER_DAYS = 40


def link(by_pool: Ints, seed: int) -> Positions:
    """The first order of the customer of each order, as a position.

    Orders stand by day, then by customer pool; `by_pool` (days, pools) counts them. An order of a returning
    customer follows an order of the same pool some days before, and belongs to whoever placed that one: so
    repurchases fall off with time as gaps do, and some people come back often.
    """
    rng = stream(seed, "customers")
    count = by_pool.ravel()
    start = np.cumsum(count) - count
    slot = np.repeat(np.arange(len(count), dtype=np.int32), count)
    former = _former(by_pool, slot, start, rng)
    # Of two former orders the one that pleased is followed, so that buyers differ in loyalty.
    other = _former(by_pool, slot, start, rng)
    is_pleased = unit(former, PLEASED_SALT) < PLEASED_SHARE
    former = np.where(is_pleased | (other < 0), former, other)
    own = np.arange(len(former), dtype=np.int32)
    first = np.where((former >= 0) & (rng.random(len(former)) < RETURNING_SHARE), former, own).astype(np.int32)
    while True:
        earlier = first[first]
        if np.array_equal(earlier, first):
            return first
        first = earlier


def _former(by_pool: Ints, slot: Positions, start: Ints, rng: np.random.Generator) -> Positions:
    """A random order of the pool, a random gap of days before; -1 where history does not reach so far."""
    days, pools = by_pool.shape
    gap = np.ceil(GAP_MEDIAN_DAYS * rng.lognormal(0.0, GAP_SPREAD, len(slot))).astype(np.int32)
    # The last day of each pool that saw an order, for days that saw none.
    seen = np.where(by_pool > 0, np.arange(days)[:, None], -1)
    seen = np.maximum.accumulate(seen, axis=0)
    day, pool = slot // pools - gap, slot % pools
    day = np.where(day >= 0, seen[day.clip(0), pool], -1)
    before = day.clip(0) * pools + pool
    chosen = start[before] + (rng.random(len(slot)) * by_pool.ravel()[before]).astype(np.int64)
    return np.where(day >= 0, chosen, -1).astype(np.int32)


def province_of(customer: Positions) -> Ints:
    """Index into PROVINCES: where the customer lives."""
    bounds = np.cumsum([province.people for province in PROVINCES])
    place = unit(customer, REGION_SALT) * bounds[-1]
    chosen: Ints = np.searchsorted(bounds, place, side="right").clip(max=len(PROVINCES) - 1)
    return chosen


def is_member(customer: Positions, days_since_first: Ints) -> Flags:
    """Whether the customer belongs to the membership programme so many days after the first order."""
    joins_late: Floats = np.where(unit(customer, JOINING_SALT) < JOINS_AT_ONCE_SHARE, 0, JOINS_LATER_DAYS)
    return (unit(customer, MEMBER_SALT) < MEMBER_SHARE) & (days_since_first >= joins_late)
