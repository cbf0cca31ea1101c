"""Exchange rates of the demo company's years: slow random walks around plausible levels."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import frame, stream

LEVELS = {"USD": 7.12, "EUR": 7.85, "GBP": 9.2, "JPY": 0.0482, "HKD": 0.914, "TWD": 0.2225}
DAILY_SPREAD = 0.0018
PULL = 0.012
EARLIER_DAYS = 14


def rate_frame(last_day: date, seed: int) -> pl.DataFrame:
    """`fx_rate`: units of CNY for one unit of each currency, every day up to `last_day`."""
    rng = stream(seed, "rates")
    count = stories.HISTORY_DAYS + EARLIER_DAYS
    steps = rng.normal(0.0, DAILY_SPREAD, (count, len(LEVELS)))
    pull = np.exp(-PULL * np.arange(count))
    # A walk that is pulled back to its level: shocks fade by the same share each day.
    walk = np.stack([np.convolve(column, pull)[:count] for column in steps.T], axis=1)
    rates = np.round(np.array(list(LEVELS.values())) * np.exp(walk), 6)
    first = last_day - timedelta(days=count - 1)
    day = pl.date_range(first, last_day, interval="1d", eager=True)
    return frame(
        "fx_rate",
        {
            "day": day.gather(np.repeat(np.arange(count), len(LEVELS))),
            "currency": pl.Series(list(LEVELS) * count),
            "rate": pl.Series(rates.ravel()).cast(pl.Decimal(18, 8)),
        },
    )
