"""The brand tracker: a panel asked every month who knows the brand and what it stands for."""

from __future__ import annotations

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import Floats, Ints, days_from, drawn, frame, picks, stream
from data.demo.company import PROVINCES
from data.demo.months import Months

PEOPLE_PER_DAY = 3
CELLS = ("panel_18_29", "panel_30_44", "panel_45_59")
CELL_SHARES = (0.34, 0.41, 0.25)
# Share that names the brand unprompted, first and last day of the history; and that knows it when prompted.
UNAIDED, AIDED = (0.1, 0.145), (0.36, 0.44)
# What the brand wants to stand for, and the share of those who know it that agree.
ATTRIBUTES = (("natural_materials", 0.47), ("design", 0.39), ("fair_price", 0.31))
YOUNG_FACTORS = (1.2, 1.0, 0.7)
AWARENESS = "awareness"


def brand_frame(months: Months, seed: int) -> pl.DataFrame:
    """`fact_feedback` rows of the brand tracker: one a person and topic; a wave is a quarter."""
    rng = stream(seed, "brand")
    count = stories.HISTORY_DAYS * PEOPLE_PER_DAY
    day = np.repeat(np.arange(stories.HISTORY_DAYS), PEOPLE_PER_DAY)
    cell = drawn(CELL_SHARES, rng.random(count))
    region = drawn([province.people for province in PROVINCES], rng.random(count))
    young = np.array(YOUNG_FACTORS)[cell]
    is_unaided = rng.random(count) < _between(UNAIDED, day) * young
    is_aided = is_unaided | (rng.random(count) < _between(AIDED, day) * young)
    topics = 1 + len(ATTRIBUTES)
    person, topic = np.repeat(np.arange(count), topics), np.tile(np.arange(topics), count)
    agrees = np.array([0.0, *(share for _, share in ATTRIBUTES)])
    is_match = is_aided[person] & (rng.random(len(person)) < agrees[topic])
    names = (AWARENESS, *(name for name, _ in ATTRIBUTES))
    date = days_from(months.first_day, day[person])
    numbers = pl.Series(person).cast(pl.String)
    asked = picks(names, topic)
    return frame(
        "fact_feedback",
        {
            "feedback_id": pl.select(pl.concat_str(pl.lit("brand:"), numbers, pl.lit(":"), asked)).to_series(),
            "submitted_date": date,
            "feedback_type": "brand_tracker",
            "topic": asked,
            "wave": pl.select(pl.format("{}-Q{}", date.dt.year(), date.dt.quarter())).to_series(),
            "score": None,
            "sku": None,
            "sales_channel": "",
            "region": picks([province.name for province in PROVINCES], region[person]),
            "respondent_segment": picks(CELLS, cell[person]),
            "respondent_department": "",
            "is_unaided_aware": is_unaided[person],
            "is_aided_aware": is_aided[person],
            "is_attribute_match": is_match,
            "sentiment": "",
        },
    )


def _between(ends: tuple[float, float], day: Ints) -> Floats:
    first, last = ends
    return first + (last - first) * day / stories.HISTORY_DAYS
