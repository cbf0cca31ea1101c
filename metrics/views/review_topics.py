"""Reviews by what they are about: stars and sentiment."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.policy import Viewer
from metrics.views.rest import REST
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

FEWEST_REVIEWS = 30
STARS = (5, 4, 3, 2, 1)
_COUNTS = tuple(f"stars_{stars}" for stars in STARS)
_SUMS = (*_COUNTS, "reviews", "judged", "negative")


def review_topics(engine: Engine, scope: Scope, viewer: Viewer, most: int = 8) -> pl.DataFrame:
    """Product reviews of the period by topic: how many gave how many stars, and how many sound negative.

    Args:
        most: how many topics stand for themselves, the most reviewed.

    Returns:
        Shape (topics, 9), by rising mean, `(other)` last: topic (text; `(unknown)`; `(other)`: the topics beyond
        `most`, and those below 30 reviews), stars_5 to stars_1 (reviews; half stars go to the lower), reviews (with
        stars), mean (stars), negative (percent of the reviews whose sentiment is known; null: of none). Topics below
        30 reviews are never shown by themselves, nor are the others where they are fewer together. No rows without
        reviews that carry stars.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        answers = admitted(
            reader, scope, viewer, coverage, "fact_feedback", ("feedback_type", "score"), "submitted_date",
            split_by=("topic", "sentiment"),
        )  # fmt: skip
        stars = ", ".join(f"count(case when floor(score) = {n} then 1 end) as stars_{n}" for n in STARS)
        sql = f"""
            select topic, {stars}, count(score) as reviews, cast(sum(score) as double) as points,
                count(case when sentiment <> '(unknown)' then 1 end) as judged,
                count(case when sentiment = 'negative' then 1 end) as negative
            from answers where feedback_type = 'product_review' and score is not null group by topic
        """
        found = select(reader, sql, {"answers": answers}).cast({"topic": pl.String, "points": pl.Float64})
    ranked = found.sort("reviews", "topic", descending=[True, False])
    kept = ranked.filter(pl.col("reviews") >= FEWEST_REVIEWS).head(most)["topic"]
    topic = pl.when(pl.col("topic").is_in(kept.to_list())).then("topic").otherwise(pl.lit(REST)).alias("topic")
    mean = pl.col("points") / pl.col("reviews")
    share = 100 * pl.col("negative") / pl.when(pl.col("judged") > 0).then(pl.col("judged"))
    return (
        found.with_columns(topic)
        .group_by("topic")
        .agg(pl.col(*_SUMS, "points").sum())
        .filter(pl.col("reviews") >= FEWEST_REVIEWS)
        .with_columns(mean.alias("mean"), share.cast(pl.Float64).alias("negative"))
        .sort(pl.col("topic") == REST, "mean", "topic")
        .select("topic", pl.col(*_COUNTS).cast(pl.Int64), pl.col("reviews").cast(pl.Int64), "mean", "negative")
    )
