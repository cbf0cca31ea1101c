"""Demand: how many visit and how many order, on each day, surface, marketing channel and campaign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from data.demo import stories
from data.demo.columns import Floats, Ints, stream
from data.demo.company import CUSTOMER_POOLS, SALES, Sales, Source, Surface
from data.demo.rhythm import FESTIVALS, MEMBER_DAY, PEAK_FACTOR

ALWAYS_ON, PROMOTION, STORY = range(3)
SLOTS = 3
PROMOTION_SHARE = 0.45
PROMOTION_RUN_SHARE = 0.3
PROMOTION_CONVERSION = 1.2
HELP_VISITS_SHARE = 0.02
# A collection drop every four weeks: first and last day of the newest one in days ago, its share of orders where seen.
LAUNCH_EVERY = 28
LAUNCH = stories.Window(17, 8)
LAUNCH_CHANNELS = ("kol", "content", "organic_social", "email", "push", "wechat")
LAUNCH_ORDERS = 0.16
LAUNCH_VISITS = 0.15
CONVERSION_NOISE = 0.05


@dataclass(frozen=True)
class Cell:
    """A place of the funnel: a surface reached by a marketing channel."""

    sales: Sales
    surface: Surface
    source: Source


# Cells of one customer pool stand side by side, so that a day's orders of a pool are one stretch.
CELLS = tuple(
    Cell(sales, surface, source)
    for pool in CUSTOMER_POOLS
    for sales in SALES
    if sales.customers == pool
    for surface in sales.surfaces
    for source in sales.sources
)


@dataclass(frozen=True)
class Demand:
    """The history as counts. Every array has the shape (days, cells, slots).

    `orders` sum to the number that was asked for; `visits` are expectations, before the day's luck.
    `campaign` is an index into `campaigns`.
    """

    first_day: date
    orders: Ints
    visits: Floats
    campaign: npt.NDArray[np.int16]
    campaigns: tuple[str, ...]
    kinds: Ints
    promotion: tuple[str, ...]

    @cached_property
    def starts(self) -> Ints:
        """Position of the first order of each day, and one past the last order of all."""
        starts: Ints = np.concatenate([[0], np.cumsum(self.orders.sum(axis=(1, 2)))])
        return starts

    @cached_property
    def by_pool(self) -> Ints:
        """Orders by day and customer pool, shape (days, pools)."""
        pools = np.array([CUSTOMER_POOLS.index(cell.sales.customers) for cell in CELLS])
        by_cell = self.orders.sum(axis=2)
        return np.stack([by_cell[:, pools == pool].sum(axis=1) for pool in range(len(CUSTOMER_POOLS))], axis=1)


def make_demand(calendar: pl.DataFrame, weights: Floats, kinds: Ints, orders: int, seed: int) -> Demand:
    """Spread `orders` over the calendar's days (`dim_date` rows of the history) by the days' weights."""
    rng = stream(seed, "demand")
    shares = _shares() * weights[:, None]
    promotion = promotions(calendar)
    slots, visit_slots = _slots(calendar, promotion, shares.shape)
    wanted = shares[:, :, None] * slots
    counts = rng.multinomial(orders, (wanted / wanted.sum()).ravel()).reshape(wanted.shape)
    conversion = np.array([cell.surface.conversion * cell.source.conversion for cell in CELLS])
    noise = rng.lognormal(0.0, CONVERSION_NOISE, shares.shape)
    visits = shares[:, :, None] * visit_slots * (noise / conversion)[:, :, None] * (orders / shares.sum())
    told = _told()
    names = ["", *sorted({name for name in promotion if name}), *sorted({name for name in told if name})]
    names += sorted({always_on(cell.source) for cell in CELLS if cell.source.platform})
    return Demand(
        calendar["date"][0], counts, visits, _campaigns(names, promotion, told, counts.shape), tuple(names), kinds,
        promotion,
    )  # fmt: skip


def always_on(source: Source) -> str:
    """The campaign that a paid or sent channel runs when there is no promotion; '' for free ones."""
    return f"{source.platform}_always_on" if source.platform else ""


def _shares() -> Floats:
    """Share of a day's orders by day and cell; sales channels drift from their first to their last share."""
    drift = np.linspace(0.0, 1.0, stories.HISTORY_DAYS)[:, None]
    first = np.array([cell.sales.share_first for cell in CELLS])
    last = np.array([cell.sales.share_last for cell in CELLS])
    inner = np.array([cell.surface.share * cell.source.share for cell in CELLS])
    shares: Floats = (first + (last - first) * drift) * inner
    shares /= shares.sum(axis=1, keepdims=True)
    return shares


def promotions(calendar: pl.DataFrame) -> tuple[str, ...]:
    """The promotion of each day: festival and year, or the monthly members' day; '' on other days."""
    names = []
    for day, festival in calendar.select("date", "shopping_festival").iter_rows():
        if festival and FESTIVALS.get(festival, 1.0) > 1.0:
            names.append(f"{festival.removesuffix('_run')}_{day.year}")
        else:
            names.append(f"member_day_{day:%Y_%m}" if day.day == MEMBER_DAY else "")
    return tuple(names)


def _slots(calendar: pl.DataFrame, promotion: tuple[str, ...], shape: tuple[int, ...]) -> tuple[Floats, Floats]:
    """Orders and visits of each slot, as shares of the cell's; visits of a promotion convert better."""
    festival = calendar["shopping_festival"].fill_null("")
    peak = np.array([FESTIVALS.get(name, 1.0) >= PEAK_FACTOR for name in festival])
    runs = np.array([name != "" for name in promotion])
    share = np.where(peak, PROMOTION_SHARE, np.where(runs, PROMOTION_RUN_SHARE, 0.0))
    orders = np.zeros((*shape, SLOTS))
    orders[:, :, ALWAYS_ON] = 1 - share[:, None]
    orders[:, :, PROMOTION] = share[:, None]
    visits = orders.copy()
    visits[:, :, PROMOTION] /= PROMOTION_CONVERSION
    day = np.arange(shape[0])[:, None]
    is_drawn = stories.EMPTY_PROMOTION_DAYS.holds(day) & np.array(
        [
            cell.source.channel in stories.EMPTY_PROMOTION_CHANNELS
            and cell.sales.channel in stories.EMPTY_PROMOTION_SALES
            for cell in CELLS
        ]
    )
    is_launched = (launch_of(day) > 0) & np.array([cell.source.channel in LAUNCH_CHANNELS for cell in CELLS])
    orders[:, :, STORY] = is_drawn * stories.EMPTY_PROMOTION_ORDERS + is_launched * LAUNCH_ORDERS
    visits[:, :, STORY] = is_drawn * stories.EMPTY_PROMOTION_VISITS + is_launched * LAUNCH_VISITS
    is_hit = np.array([cell.sales.channel in stories.OUTAGE_SALES for cell in CELLS])
    is_out = stories.CHECKOUT_OUTAGE.holds(day) & is_hit
    return np.where(is_out[:, :, None], orders * stories.OUTAGE_ORDERS_LEFT, orders), visits


def launch_of(day: Ints) -> Ints:
    """The number of the collection drop (from 1, the oldest) that runs on each day of the history; 0 for none."""
    age = stories.HISTORY_DAYS - 1 - day
    past = (age - LAUNCH.last) // LAUNCH_EVERY
    is_on = (age >= LAUNCH.last) & ((age - LAUNCH.last) % LAUNCH_EVERY <= LAUNCH.first - LAUNCH.last)
    oldest = (stories.HISTORY_DAYS - 1 - LAUNCH.last) // LAUNCH_EVERY
    return np.where(is_on, oldest - past + 1, 0)


def _told() -> tuple[str, ...]:
    """What the third slot of each day stands for: a collection drop, the prize draw, or nothing."""
    day = np.arange(stories.HISTORY_DAYS)
    drop, is_drawn = launch_of(day), stories.EMPTY_PROMOTION_DAYS.holds(day)
    launched = [f"launch_{number:02d}" if number else "" for number in drop.tolist()]
    return tuple(stories.EMPTY_PROMOTION if drawn else name for drawn, name in zip(is_drawn, launched, strict=True))


def _campaigns(
    names: list[str], promotion: tuple[str, ...], told: tuple[str, ...], shape: tuple[int, ...]
) -> npt.NDArray[np.int16]:
    campaign = np.zeros(shape, np.int16)
    campaign[:, :, ALWAYS_ON] = [names.index(always_on(cell.source)) for cell in CELLS]
    campaign[:, :, PROMOTION] = np.array([names.index(name) for name in promotion])[:, None]
    campaign[:, :, STORY] = np.array([names.index(name) for name in told])[:, None]
    return campaign
