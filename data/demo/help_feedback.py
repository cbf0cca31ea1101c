"""`fact_feedback` after help: how easy it was to get it, and whether an article of the help centre was useful."""

from __future__ import annotations

import numpy as np
import polars as pl

from data.demo.columns import DAY_SECONDS, Column, Ints, calendar_days, drawn, drawn_by, frame, money, picks, stream
from data.demo.company import PROVINCES, SALES
from data.demo.contacts import COMPLAINT, REASONS, Contacts
from data.demo.demand import Demand
from data.demo.placed import Placed
from data.demo.tickets import SEGMENTS, Answers
from data.demo.traffic import HELP_VISITS_PER_ORDER

EFFORT_SHARE = 0.17
# Ease 1 to 7: as usual, after a complaint, and the same while customers wait long.
EASE = (
    (0.01, 0.02, 0.05, 0.1, 0.2, 0.34, 0.28),
    (0.09, 0.12, 0.16, 0.2, 0.2, 0.14, 0.09),
    (0.04, 0.06, 0.11, 0.19, 0.24, 0.22, 0.14),
    (0.18, 0.19, 0.2, 0.17, 0.13, 0.08, 0.05),
)
VOTES_PER_VISIT = 0.07
ARTICLES = ("delivery", "returns", "order", "product", "account", "price")
ARTICLE_SHARES = (0.33, 0.27, 0.14, 0.13, 0.07, 0.06)
USEFUL_SHARE = np.array([0.81, 0.72, 0.84, 0.66, 0.78, 0.58])
SENTIMENTS = ("negative", "neutral", "positive")


def effort_frame(placed: Placed, contacts: Contacts, answers: Answers, seed: int) -> pl.DataFrame:
    """`fact_feedback` of the effort question (1 to 7), asked when a person has solved a contact."""
    rng = stream(seed, "effort", placed.first_day)
    second = (
        contacts.second + (answers.hours * 3600).astype(np.int64) + rng.integers(600, 2 * DAY_SECONDS, len(answers.way))
    )
    is_asked = answers.is_solved & ~answers.is_bot & (second < placed.end_second)
    chosen = np.flatnonzero(is_asked & (rng.random(len(second)) < EFFORT_SHARE))
    row = (contacts.kind[chosen] == COMPLAINT) + 2 * answers.is_slow[chosen]
    score = 1 + drawn_by(np.array(EASE), row, rng.random(len(chosen)))
    order = contacts.order[chosen]
    number = pl.Series(placed.number[order] * 100 + contacts.number[chosen]).cast(pl.String)
    return _frame(
        "ces",
        pl.select(pl.concat_str(pl.lit("ces:"), number)).to_series(),
        second[chosen],
        score,
        (score >= 4).astype(np.int64) + (score >= 6),
        topic=picks([one.group for one in REASONS], contacts.reason[chosen]),
        sales_channel=picks([sales.channel for sales in SALES], placed.sales[order]),
        region=picks([province.name for province in PROVINCES], placed.province[order]),
        respondent_segment=picks(SEGMENTS, placed.is_member[order].astype(np.int64)),
    )


def vote_frame(demand: Demand, placed: Placed, seed: int) -> pl.DataFrame:
    """`fact_feedback` of votes on articles: 1 was useful, 0 was not. Nobody asks who votes."""
    rng = stream(seed, "article votes", placed.first_day)
    days = np.arange(placed.first_day, placed.last_day + 1)
    expected = demand.orders[days].sum(axis=(1, 2)) * HELP_VISITS_PER_ORDER * VOTES_PER_VISIT
    day = np.repeat(days, rng.poisson(expected))
    article = drawn(ARTICLE_SHARES, rng.random(len(day)))
    score = (rng.random(len(day)) < USEFUL_SHARE[article]).astype(np.int64)
    midnight = placed.end_second - demand.orders.shape[0] * DAY_SECONDS
    number = pl.Series(np.arange(len(day)) + 1).cast(pl.String)
    prefix = f"vote:{placed.first_day}:"
    return _frame(
        "kb_vote",
        pl.select(pl.concat_str(pl.lit(prefix), number)).to_series(),
        midnight + day * DAY_SECONDS,
        score,
        2 * score,
        topic=picks(ARTICLES, article),
        sales_channel="",
        region="",
        respondent_segment="",
    )


def _frame(kind: str, ids: pl.Series, second: Ints, score: Ints, sentiment: Ints, **about: Column) -> pl.DataFrame:
    day = calendar_days(second)
    return frame(
        "fact_feedback",
        {
            "feedback_id": ids,
            "submitted_date": day,
            "feedback_type": kind,
            "wave": day.dt.to_string("%Y-%m"),
            "score": money(score * 100),
            "sku": None,
            "respondent_department": "",
            "is_unaided_aware": None,
            "is_aided_aware": None,
            "is_attribute_match": None,
            "sentiment": picks(SENTIMENTS, sentiment),
            **about,
        },
    )
