"""Deployments: what went live, how long it waited for that, what failed and how it was put right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import days_from, frame, only, picks, stream
from data.demo.months import Months

DAYS = stories.HISTORY_DAYS


@dataclass(frozen=True)
class Line:
    """What is released: a service on a platform, releases a week, median hours from commit to production."""

    service: str
    platform: str
    weekly: float
    lead_hours: float


LINES = (
    Line("storefront", "web", 3.6, 17.0),
    Line("storefront", "mini_program", 1.0, 44.0),
    Line("storefront", "ios", 0.5, 74.0),
    Line("storefront", "android", 0.5, 58.0),
    Line("checkout", "server", 1.8, 21.0),
    Line("order_api", "server", 2.1, 18.0),
    Line("search", "server", 1.4, 20.0),
    Line("payment", "server", 0.7, 31.0),
    Line("admin", "server", 1.2, 15.0),
    Line("data_warehouse", "server", 2.2, 12.0),
)
LEAD_SPREAD = 0.75
# Every so many releases one fails, give or take; it is put right the same day by a release that nobody had planned.
FAILS_EVERY = 15
RECOVERY_HOURS, RECOVERY_SPREAD = 0.8, 0.7
WEEKDAY_SHARES = (1.0, 1.2, 1.2, 1.1, 0.5, 0.06, 0.04)


def deployment_frame(months: Months, seed: int) -> pl.DataFrame:
    """`fact_deployment`: every release, with those that the stories are about."""
    rows = _planned(months, stream(seed, "deployments"))
    # A failed release is followed the same day by one that nobody had planned.
    fixes = rows.filter("failed").with_columns(lead=pl.col("lead") / 20, failed=False, rework=True)
    rows = pl.concat([rows, fixes, _told()]).sort("day", maintain_order=True)
    numbers = pl.format("D-{}", pl.int_range(1, pl.len() + 1))
    line, is_failed = rows["line"].to_numpy(), rows["failed"].to_numpy()
    return frame(
        "fact_deployment",
        {
            "deployment_id": rows.select(numbers).to_series(),
            "deployed_date": days_from(months.first_day, rows["day"].to_numpy()),
            "service": picks([one.service for one in LINES], line),
            "platform": picks([one.platform for one in LINES], line),
            "lead_time_hours": rows["lead"].round(2),
            "is_failed": rows["failed"],
            "is_rework": rows["rework"],
            "recovery_hours": only(is_failed, rows["recovery"].round(2)),
        },
    )


def _planned(months: Months, rng: np.random.Generator) -> pl.DataFrame:
    """Releases by chance, more on the days before Friday; one of each stretch fails, so that no month is without."""
    weekday = (months.first_day.weekday() + np.arange(DAYS)) % 7
    per_day = np.array(WEEKDAY_SHARES)[weekday] / sum(WEEKDAY_SHARES)
    counts = rng.poisson(per_day[:, None] * np.array([line.weekly for line in LINES]))
    day, line = np.nonzero(counts)
    day, line = np.repeat(day, counts[day, line]), np.repeat(line, counts[day, line])
    stretch, place = np.divmod(np.arange(len(day)), FAILS_EVERY)
    failing = rng.integers(0, FAILS_EVERY, stretch.max(initial=0) + 1)
    return pl.DataFrame(
        {
            "day": day,
            "line": line,
            "lead": np.array([one.lead_hours for one in LINES])[line] * rng.lognormal(0.0, LEAD_SPREAD, len(day)),
            "failed": place == failing[stretch],
            "rework": np.zeros(len(day), bool),
            "recovery": RECOVERY_HOURS * rng.lognormal(0.0, RECOVERY_SPREAD, len(day)),
        }
    )


def _told() -> pl.DataFrame:
    """The release that lost the purchases, its repair days later; the one that broke the check-out, its repair."""
    bug, outage = stories.TRACKING_BUG, stories.CHECKOUT_OUTAGE
    web, checkout = (
        next(number for number, line in enumerate(LINES) if (line.service, line.platform) == which)
        for which in (("storefront", "web"), ("checkout", "server"))
    )
    first, last = stories.OUTAGE_SECONDS
    return pl.DataFrame(
        {
            "day": [DAYS - 1 - age for age in (bug.first, bug.last, outage.first, outage.first)],
            "line": [web, web, checkout, checkout],
            "lead": [26.0, 3.5, 19.0, 0.6],
            "failed": [True, False, True, False],
            "rework": [False, True, False, True],
            "recovery": [stories.BUG_HOURS, 0.0, (last - first) / 3600, 0.0],
        }
    )
