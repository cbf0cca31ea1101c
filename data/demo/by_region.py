"""Reports of the same visits and campaign days once more, split by region instead of by campaign and device."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import polars as pl

from data.demo.columns import Floats, Ints, money, only, picks, stream
from data.demo.company import PROVINCES, SALES

REGIONS = tuple(province.name for province in PROVINCES)
SHARES = np.array([province.people for province in PROVINCES]) / sum(province.people for province in PROVINCES)
TOUCHPOINTS = {sales.channel: sales.surfaces[0].touchpoint for sales in SALES}
# How far regions differ in visits a head, and in what a click there is worth.
VISITS_SPREAD = 0.12
CLICK_SPREAD = 0.2
_READ = {
    "fact_order": ("order_date", "sales_channel", "region", "is_paid"),
    "fact_traffic": (
        "date", "touchpoint", "sessions", "engaged_sessions", "sessions_with_purchase", "purchase_revenue",
    ),
    "fact_campaign_daily": (
        "date", "platform", "is_paid_media", "impressions", "clicks", "conversions", "conversion_value", "cost",
    ),
}  # fmt: skip


def first_day_by_region(last_day: date) -> date:
    """The two months before that of the last day are told, so that any four weeks and those before are whole."""
    before = (last_day.replace(day=1) - timedelta(days=1)).replace(day=1)
    return (before - timedelta(days=1)).replace(day=1)


@dataclass
class Recent:
    """The newest rows of the company on their way into the lake: what the reports by region are told from."""

    last_day: date
    _held: dict[str, list[pl.DataFrame]] = field(default_factory=lambda: {table: [] for table in _READ})

    def passing(self, pieces: Iterable[tuple[str, pl.DataFrame]]) -> Iterator[tuple[str, pl.DataFrame]]:
        """The pieces as they come."""
        first = first_day_by_region(self.last_day)
        for table, frame in pieces:
            if table in _READ:
                columns = _READ[table]
                self._held[table].append(frame.select(columns).filter(pl.col(columns[0]) >= first))
            yield table, frame

    def by_region(self, seed: int) -> Iterator[tuple[str, pl.DataFrame]]:
        """`fact_traffic` by region and touchpoint, `fact_campaign_daily` by region and platform, as tools give them.

        Sums of a day and touchpoint, or a day and platform, are those of the rows that passed. The frames have the
        columns that such reports carry and no others.
        """
        orders, traffic, campaigns = (pl.concat(held) for held in self._held.values())
        yield "fact_traffic", _traffic(orders, traffic, stream(seed, "visits by region"))
        yield "fact_campaign_daily", _campaigns(campaigns, stream(seed, "campaigns by region"))


def _traffic(orders: pl.DataFrame, traffic: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    days = traffic.group_by("date", "touchpoint").agg(pl.exclude("purchase_revenue").sum(), _fen("purchase_revenue"))
    days = days.sort("date", "touchpoint")
    bought, visits = days["sessions_with_purchase"].to_numpy(), days["sessions"].to_numpy()
    purchases = parted(bought, _paid_orders(orders, days))
    others = rng.multinomial(visits - bought, _uneven(VISITS_SPREAD, rng))
    engaged = purchases + parted(days["engaged_sessions"].to_numpy() - bought, others)
    row, region = np.nonzero(purchases + others)
    touchpoint = days["touchpoint"].gather(row)
    # Nobody buys in the help centre, so its report does not speak of purchases.
    is_shop = (touchpoint != "help_centre").to_numpy()
    revenue = parted(days["purchase_revenue"].to_numpy(), purchases)
    return _report(
        days["date"].gather(row),
        region,
        touchpoint,
        {
            "sessions": pl.Series((purchases + others)[row, region]),
            "engaged_sessions": pl.Series(engaged[row, region]),
            "sessions_with_purchase": only(is_shop, pl.Series(purchases[row, region])),
            "purchase_revenue": only(is_shop, money(revenue[row, region])),
        },
    )


def _campaigns(campaigns: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    amounts = ("conversions", "conversion_value", "cost")
    days = campaigns.group_by("date", "platform").agg(
        pl.col("is_paid_media").first(), pl.col("impressions", "clicks").sum(), *map(_fen, amounts)
    )
    days = days.sort("date", "platform")
    clicks = rng.multinomial(days["clicks"].to_numpy(), _uneven(VISITS_SPREAD, rng))
    is_media = days["is_paid_media"].to_numpy()
    unclicked = np.where(is_media, days["impressions"].to_numpy() - days["clicks"].to_numpy(), 0)
    shown = clicks + rng.multinomial(unclicked, SHARES)
    conversions = parted(days["conversions"].to_numpy(), clicks * _uneven(CLICK_SPREAD, rng) / SHARES)
    value = parted(days["conversion_value"].to_numpy(), conversions)
    cost = parted(days["cost"].to_numpy(), clicks)
    row, region = np.nonzero(np.maximum(shown, value))
    return _report(
        days["date"].gather(row),
        region,
        days["platform"].gather(row),
        {
            "is_paid_media": pl.Series(is_media[row]),
            "impressions": only(is_media[row], pl.Series(shown[row, region])),
            "clicks": pl.Series(clicks[row, region]),
            "conversions": money(conversions[row, region]),
            "conversion_value": money(value[row, region]),
            "cost": money(cost[row, region]),
        },
    )


def _report(date: pl.Series, region: Ints, other: pl.Series, measures: dict[str, pl.Series]) -> pl.DataFrame:
    """Rows of a report that is split by region and one dimension more."""
    named = {"from_date": date, "to_date": date, "region": picks(REGIONS, region), other.name: other, **measures}
    cut = ",".join(sorted(("region", other.name)))
    return pl.DataFrame({"date": date, **named}).with_columns(cut=pl.lit(cut))


def _paid_orders(orders: pl.DataFrame, days: pl.DataFrame) -> Ints:
    """Paid orders of each row of `days` (day, touchpoint) by region: shape (rows, regions)."""
    touchpoint = pl.col("sales_channel").replace_strict(TOUCHPOINTS).alias("touchpoint")
    keys = days.select("date", "touchpoint").with_row_index("row")
    numbers = pl.DataFrame({"region": REGIONS}).with_row_index("number")
    counted = (
        orders.filter("is_paid")
        .group_by(pl.col("order_date").alias("date"), touchpoint, "region")
        .len()
        .join(keys, on=["date", "touchpoint"])
        .join(numbers, on="region")
    )
    found = np.zeros((len(days), len(REGIONS)), np.int64)
    found[counted["row"].to_numpy(), counted["number"].to_numpy()] = counted["len"].to_numpy()
    return found


def parted(amounts: Ints, weights: Ints | Floats) -> Ints:
    """Whole amounts parted by the weights of their row, to the last unit: shape of the weights.

    No part is larger than its weight, rounded up, where the amount is not larger than the sum of the weights. A row
    without weights has nothing to part.
    """
    reached = np.cumsum(weights, axis=1, dtype=np.float64)
    whole = np.where(reached[:, -1:] > 0, reached[:, -1:], 1.0)
    steps = np.floor(reached / whole * amounts[:, None] + 0.5).astype(np.int64)
    parts: Ints = np.diff(steps, axis=1, prepend=0)
    return parts


def _uneven(spread: float, rng: np.random.Generator) -> Floats:
    """Shares of the regions, each more or less than its people."""
    shares = SHARES * rng.lognormal(0.0, spread, len(SHARES))
    uneven: Floats = shares / shares.sum()
    return uneven


def _fen(column: str) -> pl.Expr:
    return (pl.col(column) * 100).sum().cast(pl.Int64)
