"""Web vitals: page loads as beacons of real visitors tell them, and a daily lab run."""

from __future__ import annotations

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import Floats, Ints, days_from, drawn, frame, only, picks, stream
from data.demo.company import PROVINCES
from data.demo.months import Months

KEPT_DAYS, LAB_DAYS = 400, 60
BEACONS_PER_DAY = 56
# A kind of page: share of loads, largest paint in milliseconds and layout shift, both the median on a phone.
PAGES = (
    ("home", 0.18, 1650, 0.034), ("category", 0.24, 1780, 0.04), ("product", 0.36, 1900, 0.046),
    ("cart", 0.11, 1420, 0.026), ("checkout", 0.08, 1560, 0.022), ("content", 0.03, 2150, 0.06),
)  # fmt: skip
DEVICES = ("mobile", "desktop", "tablet")
DEVICE_SHARES, DEVICE_PAINT = (0.72, 0.22, 0.06), (1.0, 0.66, 0.9)
PAINT_SPREAD, INTERACTION_SPREAD, SHIFT_SPREAD = 0.42, 0.62, 0.9
INTERACTION_MS = 105.0
NO_INTERACTION_SHARE = 0.24


def vitals_frame(months: Months, seed: int) -> pl.DataFrame:
    """`fact_web_performance` of the last 400 days; lab runs of the last 60, on a phone."""
    rng = stream(seed, "vitals")
    first = stories.HISTORY_DAYS - KEPT_DAYS
    field = np.repeat(np.arange(first, stories.HISTORY_DAYS), BEACONS_PER_DAY)
    lab = np.repeat(np.arange(stories.HISTORY_DAYS - LAB_DAYS, stories.HISTORY_DAYS), len(PAGES))
    day = np.concatenate([field, lab])
    is_lab = np.arange(len(day)) >= len(field)
    count = len(day)
    page = np.where(is_lab, np.arange(count) % len(PAGES), drawn([one[1] for one in PAGES], rng.random(count)))
    device = np.where(is_lab, 0, drawn(DEVICE_SHARES, rng.random(count)))
    slow = _slow(day, page, device)
    paint = np.array([one[2] for one in PAGES])[page] * np.array(DEVICE_PAINT)[device] * slow
    paint = paint * rng.lognormal(0.0, PAINT_SPREAD, count)
    interaction = INTERACTION_MS * slow * rng.lognormal(0.0, INTERACTION_SPREAD, count)
    shift = np.array([one[3] for one in PAGES])[page] * rng.lognormal(0.0, SHIFT_SPREAD, count)
    region = drawn([province.people for province in PROVINCES], rng.random(count))
    has_interaction = ~is_lab & (rng.random(count) >= NO_INTERACTION_SHARE)
    names = pl.Series(np.arange(count)).cast(pl.String)
    return frame(
        "fact_web_performance",
        {
            "measurement_id": pl.select(pl.concat_str(pl.lit("load:"), names)).to_series(),
            "date": days_from(months.first_day, day),
            "source": picks(("field_rum", "lab_lighthouse"), is_lab.astype(np.int64)),
            "page_group": picks([one[0] for one in PAGES], page),
            "device": picks(DEVICES, device),
            "region": only(~is_lab, picks([province.name for province in PROVINCES], region)).fill_null(""),
            "lcp_ms": pl.Series(np.round(paint)),
            "inp_ms": only(has_interaction, pl.Series(np.round(interaction))),
            "cls": pl.Series(np.round(shift, 3)),
            "sample_weight": np.ones(count, np.int64),
        },
    )


def _slow(day: Ints, page: Ints, device: Ints) -> Floats:
    """How much slower the failed release made each load; 1 where it did not."""
    hit = np.isin(page, [number for number, one in enumerate(PAGES) if one[0] in stories.SLOW_PAGES])
    is_slow = hit & (device == 0) & stories.TRACKING_BUG.holds(day)
    return np.where(is_slow, stories.SLOW_PAGES_FACTOR, 1.0)
