"""`fact_requisition`: openings with their funnel and what they cost."""

from __future__ import annotations

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import Ints, days_from, frame, money, only, picks, stream
from data.demo.months import Months
from data.demo.people import NEVER, People
from data.demo.staff import INTERNAL, NAMES, SOURCES, STAFF

# What an opening costs by source, in shares of the department's usual monthly pay.
COST = {"referral": 0.45, "job_board": 0.6, "agency": 2.2, "internal": 0.1, "campus": 0.8, "direct": 0.35}
APPLICANTS = {"referral": 9, "job_board": 62, "agency": 11, "internal": 3, "campus": 48, "direct": 24}
INTERVIEWED_SHARE = 0.2


def requisition_frame(people: People, months: Months, pay: float, seed: int) -> pl.DataFrame:
    """`fact_requisition` of openings filled in the history or still open; `pay` is a month at level P3, in fen.

    An opening whose offers were all refused has the day it was closed as its filled date, and is not filled.
    """
    rng = stream(seed, "requisitions")
    openings = [one for one in people.openings if one.filled >= 0 and one.opened < stories.HISTORY_DAYS]
    count = len(openings)
    names = ("department", "opened", "target", "filled", "source", "is_planned", "is_refused")
    department, opened, target, filled, source, is_planned, is_refused = (
        np.array([getattr(one, name) for one in openings]) for name in names
    )
    is_closed = filled < NEVER
    is_filled = is_closed & ~is_refused
    by_source = [SOURCES[number] for number in source]
    applicants = 1 + rng.poisson([APPLICANTS[name] for name in by_source])
    interviewed = np.minimum(applicants, 1 + rng.poisson(INTERVIEWED_SHARE * applicants))
    offers = 1 + rng.binomial(1, np.where(source == INTERNAL, 0.0, 0.16))
    rate = np.array([COST[name] for name in by_source]) * np.array([STAFF[number].pay for number in department])
    cost = np.round(rate * pay * rng.lognormal(0.0, 0.2, count)).astype(np.int64)
    return frame(
        "fact_requisition",
        {
            "requisition_id": pl.Series([f"REQ-{number:04d}" for number in range(1, count + 1)], dtype=pl.String),
            "department": picks(NAMES, department),
            "job_family": pl.Series([one.family for one in openings], dtype=pl.String),
            "is_planned": is_planned,
            "opened_date": days_from(months.first_day, opened),
            "target_start_date": days_from(months.first_day, target),
            "filled_date": only(is_closed, days_from(months.first_day, np.where(is_closed, filled, 0))),
            "source": picks(SOURCES, source),
            "applicants": applicants,
            "interviewed": interviewed,
            "offers_made": only(is_closed, pl.Series(offers)),
            "offers_accepted": only(is_closed, pl.Series(is_filled.astype(np.int64))),
            "is_filled": is_filled,
            "is_internal_fill": source == INTERNAL,
            "recruitment_cost": only(is_closed, money(cost)),
        },
    )


def recruiting_cost(openings: pl.DataFrame, months: Months) -> Ints:
    """What the openings closed in each month cost, in fen."""
    closed = openings.filter(pl.col("filled_date").is_not_null())
    day = (closed["filled_date"] - months.first_day).dt.total_days().to_numpy()
    cost = closed["recruitment_cost"].cast(pl.Float64).to_numpy() * 100
    by_month = np.bincount(months.of_day[day], cost, len(months.firsts))
    return np.round(by_month).astype(np.int64)
