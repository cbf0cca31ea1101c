"""The brand tracker by survey wave: who knows the brand prompted, unprompted, and links the right thing with it."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.periods import Period, months_later
from metrics.policy import Viewer
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

FEWEST_ANSWERS = 30
STEPS = ("aided", "unaided", "association")
_FLAGS = {"aided": "is_aided_aware", "unaided": "is_unaided_aware", "association": "is_attribute_match"}
_IS_AWARENESS = "topic = 'awareness'"
_IS_ATTRIBUTE = "topic not in ('awareness', '(unknown)') and is_aided_aware"
_SCHEMA = {
    "wave": pl.String,
    "last_day": pl.Date,
    "step": pl.String,
    "rate": pl.Float64,
    "answers": pl.Int64,
    "is_hidden": pl.Boolean,
}


def brand_funnel(engine: Engine, scope: Scope, viewer: Viewer, most: int = 4, months: int = 15) -> pl.DataFrame:
    """The steps of brand knowledge of the last waves.

    aided and unaided are shares of those who were asked whether they know the brand, association the share of those
    who know it and were asked about an attribute: as the KPIs brand_awareness_unaided and brand_association_rate.

    Args:
        most: how many waves.
        months: how far back, from the end of the scope's period, a wave may lie.

    Returns:
        Shape (waves x 3, 6), the oldest wave first: wave (as the files name it), last_day (its last answer), step
        (aided, unaided, association), rate (percent; null: nobody was asked, or no file carries the answer), answers
        (how many it is a share of), is_hidden: fewer than 30 answers, whose rate is null. No rows without a tracker.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    reached = Period(months_later(scope.period.last, -months), scope.period.last)
    asked = replace(scope, period=reached)
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        answers = admitted(
            reader, asked, viewer, coverage, "fact_feedback", ("feedback_type", "topic"), "submitted_date",
            split_by=("wave", *_FLAGS.values()),
        )  # fmt: skip
        parts = " union all ".join(_step(step) for step in STEPS)
        found = select(reader, parts, {"answers": answers})
    is_hidden = pl.col("answers").is_between(1, FEWEST_ANSWERS - 1)
    rate = 100 * pl.col("yes") / pl.when(pl.col("answers") > 0).then(pl.col("answers"))
    shown = pl.when(~pl.col("is_hidden"), pl.col("known") > 0).then(rate)
    order = pl.col("step").replace_strict({step: place for place, step in enumerate(STEPS)}, return_dtype=pl.Int8)
    waves = found.group_by("wave").agg(pl.col("last_day").max()).sort("last_day", "wave").tail(most)
    return (
        found.drop("last_day")
        .join(waves, on="wave")
        .with_columns(is_hidden.alias("is_hidden"))
        .with_columns(shown.alias("rate"))
        .sort("last_day", "wave", order)
        .select(*_SCHEMA)
        .cast(pl.Schema(_SCHEMA))
    )


def _step(step: str) -> str:
    flag = _FLAGS[step]
    is_asked = _IS_ATTRIBUTE if step == "association" else _IS_AWARENESS
    return f"""
        select wave, '{step}' as step, max(submitted_date) as last_day,
            count(case when {is_asked} then 1 end) as answers,
            count(case when {is_asked} and {flag} then 1 end) as yes,
            count(case when {is_asked} then {flag} end) as known
        from answers where feedback_type = 'brand_tracker' group by wave
    """
