"""Feedback: the recommendation survey after a delivery, and product reviews. Texts are not kept."""

from __future__ import annotations

import numpy as np
import polars as pl

from data.demo.columns import DAY_SECONDS, Column, Flags, Ints, calendar_days, drawn_by, frame, money, picks, stream
from data.demo.company import PROVINCES, SALES
from data.demo.lines import Lines
from data.demo.orders import Settled
from data.demo.placed import Placed
from data.demo.products import Products
from data.demo.returns import is_bad_batch
from data.demo.shipments import Parcels

ANSWER_SHARE = 0.045
REVIEW_SHARE = 0.06
ANSWERS_WITHIN_DAYS = 10
# Chances of each score: 0 to 10 for the survey, 1 to 5 for reviews; first as usual, then after a failure.
SURVEY = (
    (0.012, 0.008, 0.01, 0.015, 0.02, 0.04, 0.055, 0.13, 0.2, 0.22, 0.29),
    (0.1, 0.05, 0.07, 0.08, 0.1, 0.15, 0.14, 0.13, 0.09, 0.05, 0.04),
)
REVIEWS = ((0.035, 0.03, 0.075, 0.21, 0.65), (0.34, 0.22, 0.18, 0.14, 0.12))
TOPICS = ("quality", "delivery", "price", "packaging", "appearance")
TOPIC_SHARES = ((0.34, 0.2, 0.16, 0.1, 0.2), (0.68, 0.08, 0.08, 0.1, 0.06))
SEGMENTS = ("non_member", "member")
SENTIMENTS = ("negative", "neutral", "positive")


def survey_frame(placed: Placed, settled: Settled, parcels: Parcels, seed: int) -> pl.DataFrame:
    """`fact_feedback` rows of the survey (0 to 10) that some customers answer after their first parcel."""
    rng = stream(seed, "survey", placed.first_day)
    count = len(parcels.order)
    second = parcels.delivered_second + rng.integers(DAY_SECONDS // 4, ANSWERS_WITHIN_DAYS * DAY_SECONDS, count)
    is_answered = parcels.is_delivered & (parcels.parcel_no == 1) & (second < placed.end_second)
    chosen = np.flatnonzero(is_answered & (rng.random(count) < ANSWER_SHARE))
    order, failed = parcels.order[chosen], parcels.is_late[chosen].astype(np.int64)
    score = drawn_by(np.array(SURVEY), failed, rng.random(len(chosen)))
    ids = pl.select(pl.concat_str(pl.lit("nps:"), settled.ids.gather(order))).to_series()
    sentiment = (score >= 7).astype(np.int64) + (score >= 9)
    return _frame(placed, order, "nps", ids, "post_purchase", None, second[chosen], score, sentiment)


def review_frame(
    placed: Placed, lines: Lines, settled: Settled, parcels: Parcels, products: Products, seed: int
) -> pl.DataFrame:
    """`fact_feedback` rows of product reviews (1 to 5 stars) of delivered lines."""
    rng = stream(seed, "reviews", placed.first_day)
    delivered = np.zeros(len(placed), np.int64)
    delivered[parcels.order] = np.where(parcels.is_delivered, parcels.delivered_second, 0)
    count = len(lines.order)
    second = delivered[lines.order] + rng.integers(DAY_SECONDS // 4, ANSWERS_WITHIN_DAYS * DAY_SECONDS, count)
    is_written = (delivered[lines.order] > 0) & (second < placed.end_second)
    chosen = np.flatnonzero(is_written & (rng.random(count) < REVIEW_SHARE))
    failed = _is_faulty(placed, lines, products, chosen, rng).astype(np.int64)
    score = drawn_by(np.array(REVIEWS), failed, rng.random(len(chosen))) + 1
    order = lines.order[chosen]
    line_no = pl.Series(lines.line_no[chosen]).cast(pl.String)
    ids = pl.select(pl.concat_str(pl.lit("review:"), settled.ids.gather(order), pl.lit(":"), line_no)).to_series()
    topic = picks(TOPICS, drawn_by(np.array(TOPIC_SHARES), failed, rng.random(len(chosen))))
    sku = picks(products.sku, lines.sku[chosen])
    sentiment = (score >= 3).astype(np.int64) + (score >= 4)
    return _frame(placed, order, "product_review", ids, topic, sku, second[chosen], score, sentiment)


def _is_faulty(placed: Placed, lines: Lines, products: Products, chosen: Ints, rng: np.random.Generator) -> Flags:
    """Every third unit of the bad batch disappoints its reviewer."""
    hit: Flags = is_bad_batch(placed, lines, products)[chosen] & (rng.random(len(chosen)) < 1 / 3)
    return hit


def _frame(
    placed: Placed,
    order: Ints,
    kind: str,
    ids: pl.Series,
    topic: Column,
    sku: pl.Series | None,
    second: Ints,
    score: Ints,
    sentiment: Ints,
) -> pl.DataFrame:
    day = calendar_days(second)
    return frame(
        "fact_feedback",
        {
            "feedback_id": ids,
            "submitted_date": day,
            "feedback_type": kind,
            "topic": topic,
            "wave": day.dt.to_string("%Y-%m"),
            "score": money(score * 100),
            "sku": sku,
            "sales_channel": picks([sales.channel for sales in SALES], placed.sales[order]),
            "region": picks([province.name for province in PROVINCES], placed.province[order]),
            "respondent_segment": picks(SEGMENTS, placed.is_member[order].astype(np.int64)),
            "respondent_department": "",
            "is_unaided_aware": None,
            "is_aided_aware": None,
            "is_attribute_match": None,
            "sentiment": picks(SENTIMENTS, sentiment),
        },
    )
