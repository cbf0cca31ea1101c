"""Services: how many requests they served well each day, how near to their capacity, and how fast they answered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import (
    DAY_SECONDS,
    EPOCH,
    HOUR_SECONDS,
    Flags,
    Floats,
    Ints,
    calendar_days,
    days_from,
    frame,
    moments,
    only,
    stream,
)
from data.demo.months import Months
from data.demo.past import TOUCHPOINTS, Past
from data.demo.rhythm import HOURS_WORKDAY

DAYS = stories.HISTORY_DAYS
IOS_SHARE = 0.42


@dataclass(frozen=True)
class Service:
    """A service on a platform: whose visits load it, requests a visit, share of bad requests, its objective."""

    name: str
    platform: str
    surfaces: tuple[str, ...]
    per_visit: float
    bad_share: float
    objective: float
    share: float = 1.0
    is_app: bool = False


OWN = ("web", "app", "mini_program")
EVERY = TOUCHPOINTS
SERVICES = (
    Service("storefront", "web", ("web",), 9.0, 0.00045, 0.999),
    Service("storefront", "ios", ("app",), 11.0, 0.0004, 0.999, IOS_SHARE, True),
    Service("storefront", "android", ("app",), 11.0, 0.0006, 0.999, 1 - IOS_SHARE, True),
    Service("storefront", "mini_program", ("mini_program",), 8.0, 0.0005, 0.999),
    Service("search", "server", OWN, 1.6, 0.0007, 0.999),
    Service("checkout", "server", OWN, 0.9, 0.0003, 0.9995),
    Service("payment", "server", OWN, 0.25, 0.0003, 0.9995),
    Service("order_api", "server", EVERY, 0.6, 0.0004, 0.999),
    Service("admin", "server", EVERY, 0.08, 0.0018, 0.995),
    Service("data_warehouse", "server", EVERY, 0.02, 0.002, 0.995),
)
CRASHED_SHARE = {"ios": 0.0026, "android": 0.0044}
BAD_SPREAD = 0.45
# During the outage this share of the check-out's day fails, and a tenth of it at the services behind it.
OUTAGE_BAD_SHARES = {"checkout": 0.085, "payment": 0.01, "order_api": 0.004}
SLOW_BAD_SHARE = 0.0021
# Requests come in the evening, and in the first minutes of a festival; capacity grows before each second half-year.
PEAK_FACTOR, PEAK_SPREAD = 2.6, 0.08
CAPACITY_USED = (0.52, 0.84)
SAMPLED_DAYS = 30
# A series: what is measured, its name, unit, usual value, how it follows the load, and its value in the outage.
SERIES = (
    ("checkout", "request_latency_p95_ms", "ms", 310.0, 0.35, 4800.0),
    ("order_api", "request_latency_p95_ms", "ms", 180.0, 0.3, 900.0),
    ("search", "request_latency_p95_ms", "ms", 240.0, 0.45, 0.0),
    ("order_api", "queue_length", "count", 14.0, 1.1, 420.0),
)


def service_frame(past: Past, months: Months, seed: int) -> pl.DataFrame:
    """`fact_service_health`: one row a day, service and platform."""
    rng = stream(seed, "services")
    return pl.concat([_service(one, past, months, rng) for one in SERVICES]).sort("date", maintain_order=True)


def _service(one: Service, past: Past, months: Months, rng: np.random.Generator) -> pl.DataFrame:
    visits = past.visits[:, [TOUCHPOINTS.index(name) for name in one.surfaces]].sum(axis=1) * one.share
    valid = rng.poisson(visits * one.per_visit) + 20
    age = np.arange(DAYS)[::-1]
    share = one.bad_share * rng.lognormal(-(BAD_SPREAD**2) / 2, BAD_SPREAD, DAYS)
    share = share + np.where(age == stories.CHECKOUT_OUTAGE.first, OUTAGE_BAD_SHARES.get(one.name, 0.0), 0.0)
    is_slow = stories.TRACKING_BUG.holds(np.arange(DAYS)) & ((one.name, one.platform) == ("storefront", "web"))
    bad = rng.binomial(valid, share + np.where(is_slow, SLOW_BAD_SHARE, 0.0))
    sessions = np.round(visits).astype(np.int64)
    crashed = rng.binomial(sessions, CRASHED_SHARE.get(one.platform, 0.0) if one.is_app else 0.0)
    peak = valid / DAY_SECONDS * PEAK_FACTOR * rng.lognormal(0.0, PEAK_SPREAD, DAYS)
    is_app = np.full(DAYS, one.is_app)
    return frame(
        "fact_service_health",
        {
            "date": days_from(months.first_day, np.arange(DAYS)),
            "service": one.name,
            "platform": one.platform,
            "valid_events": valid,
            "good_events": valid - bad,
            "slo_target": pl.Series(np.full(DAYS, one.objective)),
            "app_sessions": only(is_app, pl.Series(sessions)),
            "crashed_sessions": only(is_app, pl.Series(crashed)),
            "peak_rps": pl.Series(np.round(peak, 4)),
            "capacity_rps": pl.Series(np.round(_capacity(peak, rng.uniform(*CAPACITY_USED)), 4)),
        },
    )


def _capacity(peak: Floats, used: float) -> Floats:
    """What load tests showed: each year's highest peak was foreseen, with some room."""
    half = DAYS // 2
    first, second = peak[:half].max(), peak[half:].max()
    tested: Floats = np.where(np.arange(DAYS) < half, first, max(first, second)) / used
    return tested


def sample_frame(months: Months, seed: int) -> pl.DataFrame:
    """`fact_metric_sample`: four series of the last 30 days, a sample an hour."""
    rng = stream(seed, "samples")
    hours = np.arange(SAMPLED_DAYS * 24)
    start = (months.date(DAYS - SAMPLED_DAYS) - EPOCH).days * DAY_SECONDS
    second = start + hours * HOUR_SECONDS
    load = HOURS_WORKDAY[hours % 24] / HOURS_WORKDAY.mean()
    outage = (DAYS - 1 - stories.CHECKOUT_OUTAGE.first - (DAYS - SAMPLED_DAYS)) * 24
    first, last = (bound // HOUR_SECONDS for bound in stories.OUTAGE_SECONDS)
    is_out = (hours > outage + first) & (hours <= outage + last)
    parts = [_series(one, second, load, is_out, rng) for one in SERIES]
    return pl.concat(parts).sort("sampled_at", maintain_order=True)


def _series(
    one: tuple[str, str, str, float, float, float], second: Ints, load: Floats, is_out: Flags, rng: np.random.Generator
) -> pl.DataFrame:
    source, metric, measure, usual, follows, broken = one
    value = usual * load**follows * rng.lognormal(0.0, 0.09, len(second))
    value = np.where(is_out & (broken > 0), broken * rng.lognormal(0.0, 0.1, len(second)), value)
    return frame(
        "fact_metric_sample",
        {
            "source": source,
            "metric": metric,
            "sampled_at": moments(second),
            "line_no": "1",
            "sampled_date": calendar_days(second),
            "value": pl.Series(np.round(value, 2)),
            "unit": measure,
        },
    )
