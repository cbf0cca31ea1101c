"""`fact_feedback` of employees: once a quarter each is asked whether they would recommend the company, and more."""

from __future__ import annotations

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import Ints, days_from, drawn_by, frame, money, picks, stream
from data.demo.months import Months
from data.demo.people import People
from data.demo.staff import NAMES

ANSWER_SHARE = 0.72
ASKED_EVERY_DAYS = 91
# Chances of each score, first as usual, then in the team that loses people: eNPS 0 to 10, engagement 1 to 5.
ENPS = (
    (0.01, 0.01, 0.01, 0.02, 0.03, 0.07, 0.08, 0.17, 0.22, 0.22, 0.16),
    (0.05, 0.05, 0.06, 0.08, 0.1, 0.17, 0.16, 0.14, 0.1, 0.06, 0.03),
)
ENGAGEMENT = ((0.02, 0.06, 0.2, 0.44, 0.28), (0.12, 0.22, 0.31, 0.25, 0.1))
TOPICS = ("culture", "workload", "leadership", "development")
SENTIMENTS = ("negative", "neutral", "positive")


def pulse_frame(people: People, months: Months, seed: int) -> pl.DataFrame:
    """`fact_feedback` of employees: each is asked once a quarter, a few every working week. Answers are anonymous."""
    rng = stream(seed, "pulse")
    person, day = _asked(people, rng)
    order = np.argsort(day, kind="stable")
    person, day = person[order], day[order]
    department = np.array([one.department for one in people.persons])[person]
    worn = stories.Window(stories.TEAM_LEAVES.first + 45, 0)
    is_worn = (worn.holds(day) & (department == NAMES.index(stories.TEAM))).astype(np.int64)
    score = drawn_by(np.array(ENPS), is_worn, rng.random(len(day)))
    parts = [_frame(months, "enps", "", day, department, score, (score >= 7).astype(np.int64) + (score >= 9))]
    for topic in TOPICS:
        score = 1 + drawn_by(np.array(ENGAGEMENT), is_worn, rng.random(len(day)))
        kind = (score >= 3).astype(np.int64) + (score >= 4)
        parts.append(_frame(months, "engagement", topic, day, department, score, kind))
    return pl.concat(parts)


def _asked(people: People, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Who answered on which day."""
    hired, left = (np.array([getattr(one, name) for one in people.persons]) for name in ("hired", "left"))
    rounds = stories.HISTORY_DAYS // ASKED_EVERY_DAYS + 2
    turn = rng.integers(0, ASKED_EVERY_DAYS, len(hired))
    person = np.repeat(np.arange(len(hired)), rounds)
    day = (
        turn[person] + (np.tile(np.arange(rounds), len(hired)) - 1) * ASKED_EVERY_DAYS + rng.integers(0, 6, len(person))
    )
    is_asked = (day >= np.maximum(hired[person] + 30, 0)) & (day < left[person]) & (day < stories.HISTORY_DAYS)
    chosen = np.flatnonzero(is_asked & (rng.random(len(person)) < ANSWER_SHARE))
    return person[chosen], day[chosen]


def _frame(
    months: Months, kind: str, topic: str, day: Ints, department: Ints, score: Ints, sentiment: Ints
) -> pl.DataFrame:
    on = days_from(months.first_day, day)
    prefix = f"{kind}:{topic}:" if topic else f"{kind}:"
    return frame(
        "fact_feedback",
        {
            "feedback_id": pl.Series([f"{prefix}{number}" for number in range(1, len(day) + 1)], dtype=pl.String),
            "submitted_date": on,
            "feedback_type": kind,
            "topic": topic,
            "wave": pl.select(pl.format("{}-Q{}", on.dt.year(), on.dt.quarter())).to_series(),
            "score": money(score * 100),
            "sku": None,
            "sales_channel": "",
            "region": "",
            "respondent_segment": "",
            "respondent_department": picks(NAMES, department),
            "is_unaided_aware": None,
            "is_aided_aware": None,
            "is_attribute_match": None,
            "sentiment": picks(SENTIMENTS, sentiment),
        },
    )
