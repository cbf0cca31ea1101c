"""Targets: what the company planned by month. Plans miss, so some months are met and some are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import Column, Flags, Floats, Ints, frame, stream
from data.demo.company import SALES
from data.demo.customers import Positions
from data.demo.demand import Demand
from data.demo.placed import UNPAID_SHARE

PLANNED_ORDER_VALUE = 256.0
NET_SHARE = 0.85
PLAN_ERROR = 0.05
AMBER_SHARE = 0.95


@dataclass(frozen=True)
class Standing:
    """A ratio's target, the same in every month: the value, the amber limit and why."""

    kpi: str
    target: float
    warn: float
    note: str


STANDING = (
    Standing("session_conversion_rate", 2.95, 2.75, "Annual plan"),
    Standing("average_order_value", 218.0, 210.0, "Annual plan"),
    Standing("otif_rate", 95.0, 93.0, "Promise to customers"),
    Standing("perfect_order_rate", 92.0, 90.0, "Promise to customers"),
    Standing("fulfilment_lead_time_p50", 20.0, 24.0, "Marketplaces ask for pick-up within 48 hours"),
    Standing("return_rate", 7.0, 8.0, "Quality programme"),
    Standing("order_cancellation_rate", 2.0, 2.5, "Marketplace limit is 2.5 %"),
    Standing("logistics_cost_per_order", 11.25, 11.8, "Contract with carriers"),
    Standing("net_promoter_score", 30.0, 26.0, "Annual plan"),
    Standing("roas", 3.6, 3.2, "Break-even is 2.5"),
    Standing("member_sales_share", 33.0, 31.0, "Membership programme"),
    Standing("refund_processing_time_p50", 48.0, 60.0, "House rule"),
)


def target_frame(
    calendar: pl.DataFrame, planned: Floats, demand: Demand, customers: Positions, seed: int
) -> pl.DataFrame:
    """`kpi_target` for every whole month of the calendar.

    `calendar` and its `planned` weights begin with the history and may reach beyond its last day.
    """
    rng = stream(seed, "targets")
    months, month = _months(calendar)
    orders = int(demand.orders.sum()) * np.bincount(month, planned) / planned[: stories.HISTORY_DAYS].sum()
    paid = orders * (1 - UNPAID_SHARE)
    gmv = paid * PLANNED_ORDER_VALUE
    new_share = _new_share(demand, customers, month, len(months))
    plans = {
        "paid_orders": paid,
        "gmv": gmv,
        "net_sales": gmv * NET_SHARE,
        "sessions": orders * demand.visits.sum() / demand.orders.sum(),
        "new_customers": paid * new_share,
    }
    is_whole = np.array([first == calendar["date"][0] for first in months]) | (np.arange(len(months)) > 0)
    parts = [
        _rows(months, is_whole, kpi, "", values * rng.normal(1.0, PLAN_ERROR, len(months)), "Annual plan")
        for kpi, values in plans.items()
    ]
    for number, share in enumerate(_sales_shares(month).T):
        values = gmv * share * rng.normal(1.0, PLAN_ERROR, len(months))
        parts.append(_rows(months, is_whole, "gmv", SALES[number].channel, values, "Annual plan by channel"))
    parts.extend(_standing(months, is_whole))
    return pl.concat(parts)


def _months(calendar: pl.DataFrame) -> tuple[list[date], Ints]:
    """First days of the months, and for each day of the calendar the number of its month."""
    firsts = calendar["month_start_date"]
    months = firsts.unique(maintain_order=True).to_list()
    month = firsts.rank("dense").cast(pl.Int64).to_numpy() - 1
    return months, month


def _new_share(demand: Demand, customers: Positions, month: Ints, months: int) -> Floats:
    """Share of each month's orders that are a customer's first; the last known share for months to come."""
    first_orders = np.flatnonzero(customers == np.arange(len(customers)))
    day = np.searchsorted(demand.starts, first_orders, side="right") - 1
    new = np.bincount(month[day], minlength=months)
    orders = np.bincount(month[: stories.HISTORY_DAYS], demand.orders.sum(axis=(1, 2)), minlength=months)
    known = np.maximum.accumulate(np.where(orders > 0, np.arange(months), 0))
    share: Floats = new[known] / np.maximum(orders[known], 1)
    return share


def _sales_shares(month: Ints) -> Floats:
    """Planned share of each sales channel: what it was meant to grow to, by month."""
    drift = np.minimum(np.bincount(month, np.arange(len(month))) / np.bincount(month) / stories.HISTORY_DAYS, 1.1)
    first = np.array([sales.share_first for sales in SALES])
    last = np.array([sales.share_last for sales in SALES])
    shares: Floats = first + (last - first) * drift[:, None]
    shares /= shares.sum(axis=1, keepdims=True)
    return shares


def _standing(months: list[date], is_whole: Flags) -> Iterator[pl.DataFrame]:
    for one in STANDING:
        values = np.full(len(months), one.target)
        yield _rows(months, is_whole, one.kpi, "", values, one.note, one.warn / one.target)


def _rows(
    months: list[date],
    is_whole: Flags,
    kpi: str,
    sales_channel: str,
    values: Floats,
    note: str,
    warn_share: float = AMBER_SHARE,
) -> pl.DataFrame:
    digits = -2 if values.max() > 1000 else 0 if values.max() > 300 else 2
    target = pl.Series(np.round(values[is_whole], digits))
    columns: dict[str, Column] = {
        "kpi_id": kpi,
        "scope_dimension": "sales_channel" if sales_channel else "",
        "scope_value": sales_channel,
        "period_grain": "month",
        "period_start": pl.Series(months).filter(pl.Series(is_whole)),
        "target_value": target.cast(pl.Decimal(18, 4)),
        "warn_value": (target * warn_share).round(2).cast(pl.Decimal(18, 4)),
        "band_low": None,
        "band_high": None,
        "owner_department": "marketing" if kpi == "roas" else "operations",
        "note": note,
    }
    return frame("kpi_target", columns)
