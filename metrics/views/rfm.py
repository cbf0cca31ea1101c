"""The RFM grid: how many customers bought how recently and how often, and what they brought."""

from __future__ import annotations

from datetime import date

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.policy import Viewer
from metrics.views.beside import latest, shown
from metrics.views.rest import total
from metrics.views.scope import Scope
from metrics.views.selecting import select

SMALLEST_CELL = 30
TABLE = "fact_customer_snapshot"
_SCORES = range(1, 6)
_SHOWN = ("customers", "revenue", "segment")
_SCHEMA = {
    "day": pl.Date,
    "recency": pl.Int64,
    "frequency": pl.Int64,
    "customers": pl.Int64,
    "revenue": pl.Float64,
    "segment": pl.String,
    "is_hidden": pl.Boolean,
}


def rfm_grid(engine: Engine, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """Customers and their revenue of 12 months by recency and frequency score, at the last month end.

    Returns:
        Shape (25 or 0, 7), the most recent buyers first, then the rarest: day (of the snapshot), recency and
        frequency (1 to 5, 5 the best), customers (0: none), revenue (money of 365 days; null: not in the files),
        segment (that most of the cell belong to; null: not known), is_hidden: cells of 1 to 29 customers, whose
        customers, revenue and segment are null. No rows without a snapshot that carries both scores.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    optional = (*shown(viewer, TABLE, "revenue_12m"), "rfm_segment")
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        held = latest(reader, scope, viewer, coverage, TABLE, ("r_score", "f_score"), optional, cadence="month")
        if held is None:
            return pl.DataFrame(schema=_SCHEMA)
        revenue = "sum(revenue_12m)" if "revenue_12m" in optional else "null"
        sql = f"""
            select r_score as recency, f_score as frequency, rfm_segment as segment, count(*) as customers,
                cast({revenue} as double) as revenue
            from held where r_score is not null and f_score is not null group by r_score, f_score, rfm_segment
        """
        found = select(reader, sql, {"held": held.rows})
    return _grid(found, held.day)


def _grid(found: pl.DataFrame, day: date) -> pl.DataFrame:
    keys = ["recency", "frequency"]
    largest = pl.col("segment").sort_by("customers", "segment", descending=[True, False]).first()
    cells = found.group_by(keys).agg(largest.alias("segment"), pl.col("customers").sum(), total("revenue"))
    spine = pl.DataFrame({"recency": [*reversed(_SCORES)]}).join(pl.DataFrame({"frequency": [*_SCORES]}), how="cross")
    is_hidden = pl.col("customers").is_between(1, SMALLEST_CELL - 1)
    return (
        spine.join(cells.cast(dict.fromkeys(keys, pl.Int64)), on=keys, how="left", maintain_order="left")
        .with_columns(pl.lit(day).alias("day"), pl.col("customers").fill_null(0).cast(pl.Int64))
        .with_columns(is_hidden.alias("is_hidden"))
        .with_columns(pl.when(~pl.col("is_hidden")).then(pl.col(name)).alias(name) for name in _SHOWN)
        .select(*_SCHEMA)
        .cast(pl.Schema(_SCHEMA))
    )
