"""Who leads: a KPI by one dimension, with share, change, what each moved of the total, and a sparkline."""

from __future__ import annotations

from typing import Literal

import polars as pl

from metrics.ask import Answer, ask
from metrics.compare import change
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.model import Kpi
from metrics.periods import Grain, Period, buckets, months_later
from metrics.policy import Viewer
from metrics.query import Filter
from metrics.views.rest import REST, total
from metrics.views.scope import Scope

SPARK_BUCKETS = 13
Order = Literal["value", "change"]
# What adds up over a dimension, and so has shares, a rest and parts of the change.
_ADDS_UP = ("additive", "semi_additive")
_CHANGE = {
    "absolute": pl.Float64,
    "relative": pl.Float64,
    "points": pl.Float64,
    "material": pl.Boolean,
    "good": pl.Boolean,
}


def leaderboard(
    engine: Engine,
    kpi: str,
    dimension: str,
    scope: Scope,
    viewer: Viewer,
    catalogue: Catalogue,
    limit: int = 10,
    order: Order = "value",
) -> pl.DataFrame:
    """A KPI by the values of one dimension, the largest first.

    Args:
        limit: how many members stand for themselves; the others are one row `(other)` where the KPI adds up
            over a dimension, else they are left out.
        order: by `value`, or by the size of the `change` since the comparison, up or down.

    Returns:
        Shape (members, 12): member (text; `(other)` with is_rest true comes last), is_rest, value and before
        (the comparison's; the KPI's unit, null: no data), share (of the total, 0 to 1; only what adds up),
        absolute, relative, points, material, good (the change, see `metrics.compare.Change`),
        contribution_share (part of the total's change, the parts sum to 1; only what adds up, null where the
        total did not change), spark (list of at most 13 values, oldest first, null where there is no data;
        null for the rest). A member with no row in one of the periods has 0 there if the KPI adds up and files
        cover the period.

    Raises:
        UnknownName, NotSplittable, NotAllowed: as `ask`.
    """
    definition = catalogue.kpi(kpi)
    adds_up = definition.additivity in _ADDS_UP
    with engine.reading() as reader:
        now = ask(reader, scope.query(kpi, by=(dimension,)), viewer, catalogue)
        then = None
        if scope.comparison:
            then = ask(reader, scope.query(kpi, by=(dimension,), period=scope.comparison), viewer, catalogue)
        ranked = _ranked(_side_by_side(now, then, definition, dimension), order)
        shown = _with_changes(_limited(ranked, limit, adds_up), definition, adds_up)
        sparks = _sparks(reader, kpi, dimension, scope, viewer, catalogue, ranked["member"].head(limit).to_list())
    return shown.join(sparks, on="member", how="left", maintain_order="left")


def spark_period(period: Period, finest: Grain = "day") -> tuple[Period, Grain]:
    """The days and buckets of a sparkline: the finest grain with at most 13 buckets, else the last 13 months.

    finest: what a row stands for; a month has no days or weeks of its own, so its line shows 13 months.
    """
    for grain in ("day", "week", "month") if finest == "day" else ():
        if len(buckets(period, grain)) <= SPARK_BUCKETS:
            return period, grain
    first = months_later(period.last.replace(day=1), 1 - SPARK_BUCKETS)
    return Period(first, period.last), "month"


def _side_by_side(now: Answer, then: Answer | None, kpi: Kpi, dimension: str) -> pl.DataFrame:
    """Every member of either period, with value and before."""
    found = _members(now, kpi, dimension, "value")
    before = _members(then, kpi, dimension, "before") if then else found.clear().rename({"value": "before"})
    found = found.join(before, on="member", how="full", coalesce=True)
    answers = {"value": now, "before": then}
    known = [name for name, one in answers.items() if one and one.availability[kpi.id].state != "no_data"]
    return found.with_columns(pl.col(known).fill_null(0.0)) if known and kpi.additivity in _ADDS_UP else found


def _members(answer: Answer, kpi: Kpi, dimension: str, name: str) -> pl.DataFrame:
    return answer.rows.select(pl.col(dimension).alias("member"), pl.col(kpi.id).alias(name))


def _ranked(found: pl.DataFrame, order: Order) -> pl.DataFrame:
    size = pl.col("value") if order == "value" else (pl.col("value") - pl.col("before")).abs()
    return found.sort(size, "member", descending=[True, False], nulls_last=True)


def _limited(ranked: pl.DataFrame, limit: int, adds_up: bool) -> pl.DataFrame:
    top = ranked.head(limit).with_columns(pl.lit(False).alias("is_rest"))
    rest = ranked.slice(limit)
    if rest.is_empty() or not adds_up:
        return top
    folded = rest.select(pl.lit(REST).alias("member"), total("value", "before"), pl.lit(True).alias("is_rest"))
    return pl.concat([top, folded.select(top.columns)])


def _with_changes(shown: pl.DataFrame, kpi: Kpi, adds_up: bool) -> pl.DataFrame:
    changes = [change(value, before, kpi) for value, before in shown.select("value", "before").iter_rows()]
    held = pl.DataFrame({name: [getattr(one, name) for one in changes] for name in _CHANGE}, schema=_CHANGE)
    rows = pl.concat([shown, held], how="horizontal")
    share, part = pl.lit(None, pl.Float64), pl.lit(None, pl.Float64)
    if adds_up:
        whole, moved = pl.col("value").sum(), pl.col("absolute").sum()
        share = pl.col("value") / pl.when(whole > 0).then(whole)
        part = pl.col("absolute") / pl.when(moved != 0).then(moved)
    return rows.select(
        "member", "is_rest", "value", share.alias("share"), "before", *_CHANGE, part.alias("contribution_share")
    )


def _sparks(
    engine: Engine,
    kpi: str,
    dimension: str,
    scope: Scope,
    viewer: Viewer,
    catalogue: Catalogue,
    members: list[str],
) -> pl.DataFrame:
    is_monthly = any(engine.cadence(table) == "month" for table in catalogue.kpi(kpi).tables)
    period, grain = spark_period(scope.period, "month" if is_monthly else "day")
    top = Scope(period, None, (*scope.filters, Filter(dimension, tuple(members))), scope.as_of)
    rows = ask(engine, top.query(kpi, by=(dimension,), grain=grain), viewer, catalogue).rows
    return (
        rows.sort("period")
        .group_by(pl.col(dimension).alias("member"), maintain_order=True)
        .agg(pl.col(kpi).alias("spark"))
    )
