"""Customers at month ends: what they bought so far, how lately, how often, and what the CRM knows of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from data.demo.columns import Column, Flags, Ints, days_from, frame, money, only, opaque, picks, unit
from data.demo.company import PROVINCES
from data.demo.customers import IDENTITY_SALT, MEMBER_SALT, MEMBER_SHARE, province_of
from data.demo.demand import CELLS
from data.demo.months import Months
from data.demo.past import Past

# Everybody who ever ordered is in every snapshot; the newest month ends are kept, as many as this many rows hold.
MOST_ROWS = 380_000
MOST_MONTHS = 13
ACTIVE_DAYS = 365
QUINTILES = 5
SEGMENTS = ("lost", "champions", "loyal", "new", "potential", "at_risk", "hibernating")
TIERS = ("", "silver", "gold", "platinum")
TIER_FEN = (50_000, 150_000)
CONSENT_SALT, KEY_SALT, POPUP_SALT = 20, 21, 22
CONSENT_SHARE, CONSENT_OF_MEMBERS_SHARE = 0.41, 0.83
KEY_ORDERS, KEY_SHARE = 4, 0.2
# The tills of the pop-up stores know who is a customer; their sales are in no order system.
POPUP_PROVINCES = ("上海", "浙江", "广东", "四川")
POPUP_SHARE = 0.11


@dataclass(frozen=True)
class _People:
    """Customers by the text of their key: their number, key, province, first marketing channel, and order rows."""

    number: Ints
    key: pl.Series
    province: Ints
    channel: pl.Series
    of_order: Ints
    of_refund: Ints


def customer_frames(past: Past, months: Months) -> Iterator[tuple[str, pl.DataFrame]]:
    """`fact_customer_snapshot`, a frame a month end, the oldest first."""
    people = _people(past)
    for day in _kept(past, people, months):
        yield "fact_customer_snapshot", _snapshot(past, people, months, day)


def _people(past: Past) -> _People:
    number = np.unique(past.order_customer).astype(np.int64)
    keys = opaque(number, IDENTITY_SALT)
    by_key = keys.arg_sort().to_numpy()
    place = np.empty(len(number), np.int64)
    place[by_key] = np.arange(len(number))
    of_order = place[np.searchsorted(number, past.order_customer)]
    first = np.full(len(number), len(of_order))
    np.minimum.at(first, of_order, np.arange(len(of_order)))
    channels = picks([cell.source.channel for cell in CELLS], past.order_cell[first])
    number = number[by_key]
    of_refund = place[np.searchsorted(np.sort(number), past.refund_customer)]
    return _People(number, keys.gather(by_key), province_of(number.astype(np.int32)), channels, of_order, of_refund)


def _kept(past: Past, people: _People, months: Months) -> list[int]:
    """Days of the month ends that are kept: the newest, the one a year before it, then back in time."""
    ends = [int(day) for day in months.ends[months.ended]][-MOST_MONTHS:][::-1]
    first = np.full(len(people.number), np.iinfo(np.int64).max)
    np.minimum.at(first, people.of_order, past.order_day)
    rows = 0
    kept: list[int] = []
    for day in sorted(ends, key=lambda end: (end != ends[0], end != ends[-1], -end)):
        rows += int((first <= day).sum())
        if kept and rows > MOST_ROWS:
            break
        kept.append(day)
    return sorted(kept)


def _snapshot(past: Past, people: _People, months: Months, day: int) -> pl.DataFrame:
    order_day, count = past.order_day, len(people.number)
    known, recent, before = (int(np.searchsorted(order_day, day + 1 - back)) for back in (0, ACTIVE_DAYS, 730))
    orders = np.bincount(people.of_order[:known], minlength=count)
    here = np.flatnonzero(orders)
    orders_12m = np.bincount(people.of_order[recent:known], minlength=count)[here]
    revenue_12m = _summed(people.of_order, past.order_net, slice(recent, known), count)[here]
    was_active = np.bincount(people.of_order[before:recent], minlength=count)[here] > 0
    profit = _summed(people.of_order, past.order_profit, slice(0, known), count)
    is_refunded = past.refund_day <= day
    profit -= _summed(people.of_refund, past.refund_fen * is_refunded, slice(None), count)
    newest = np.zeros(count, np.int64)
    newest[people.of_order[:known]] = order_day[:known]
    recency = day - newest[here]
    is_active = orders_12m > 0
    scores = _scores(recency, orders_12m, revenue_12m, is_active)
    segment = _segment(*scores, orders[here], is_active)
    return frame(
        "fact_customer_snapshot",
        {
            "snapshot_date": days_from(months.first_day, np.full(len(here), day)),
            "customer_id": people.key.gather(here),
            "acquisition_channel": people.channel.gather(here),
            "region": picks([province.name for province in PROVINCES], people.province[here]),
            "lifetime_orders": orders[here],
            "lifetime_gross_profit": money(profit[here]),
            "recency_days": recency,
            "orders_12m": orders_12m,
            "revenue_12m": money(revenue_12m),
            **{
                name: only(is_active, pl.Series(score))
                for name, score in zip(("r_score", "f_score", "m_score"), scores, strict=True)
            },
            "rfm_segment": picks(SEGMENTS, segment),
            "is_active_12m": is_active,
            "was_active_prev_12m": was_active,
            "bought_online_12m": is_active,
            **_known_to_the_crm(people, here, orders[here], revenue_12m, is_active),
        },
    )


def _summed(group: Ints, amounts: npt.NDArray[Any], part: slice, count: int) -> Ints:
    sums: Ints = np.bincount(group[part], weights=amounts[part], minlength=count).astype(np.int64)
    return sums


def _known_to_the_crm(people: _People, here: Ints, orders: Ints, revenue: Ints, is_active: Flags) -> dict[str, Column]:
    number = people.number[here]
    is_member = unit(number, MEMBER_SALT) < MEMBER_SHARE
    tier = np.where(is_member, 1 + np.searchsorted(TIER_FEN, revenue, side="right"), 0)
    consent = np.where(is_member, CONSENT_OF_MEMBERS_SHARE, CONSENT_SHARE)
    near = [index for index, province in enumerate(PROVINCES) if province.name in POPUP_PROVINCES]
    visited = np.isin(people.province[here], near) & (unit(number, POPUP_SALT) < POPUP_SHARE)
    return {
        "member_tier": picks(TIERS, tier),
        "is_marketing_reachable": unit(number, CONSENT_SALT) < consent,
        "is_key_account": (orders >= KEY_ORDERS) & (unit(number, KEY_SALT) < KEY_SHARE),
        "bought_offline_12m": is_active & visited,
    }


def _scores(recency: Ints, orders: Ints, revenue: Ints, is_active: Flags) -> tuple[Ints, Ints, Ints]:
    """Quintiles among those who ordered in the last 365 days, 5 the best; ties fall by the other values, then the key.

    Customers stand by their key, so that a stable sort settles the last tie.
    """
    who = np.flatnonzero(is_active)
    found = []
    for keys in ((orders, -recency), (revenue, orders), (orders, revenue)):
        score = np.zeros(len(recency), np.int64)
        order = np.lexsort([key[who] for key in keys])
        score[who[order]] = ntile(len(who))
        found.append(score)
    recent, frequent, worth = found
    return recent, frequent, worth


def ntile(count: int) -> Ints:
    """The quintile of each of `count` places, as SQL's ntile(5) deals them: the first ones get one more."""
    size, more = divmod(count, QUINTILES)
    return np.repeat(np.arange(1, QUINTILES + 1), [size + (number < more) for number in range(QUINTILES)])


def _segment(recent: Ints, frequent: Ints, worth: Ints, orders: Ints, is_active: Flags) -> Ints:
    chosen: Ints = np.select(
        [
            ~is_active,
            (recent >= 4) & (frequent >= 4) & (worth >= 4),
            (recent >= 3) & (frequent >= 4),
            (orders == 1) & (recent >= 4),
            recent >= 3,
            (frequent >= 3) | (worth >= 4),
        ],
        [0, 1, 2, 3, 4, 5],
        6,
    )
    return chosen
