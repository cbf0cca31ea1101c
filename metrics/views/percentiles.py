"""Percentiles of durations by group, and buckets of time, in SQL that every engine reads alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from metrics.engine import Engine
from metrics.periods import Grain
from metrics.source import Source
from metrics.views.selecting import select

Groups = Mapping[str, tuple[str, type[pl.DataType]]]


def bucket_sql(column: str, grain: Grain) -> str:
    """The first day of the bucket that a day or moment lies in."""
    return f"cast({column} as date)" if grain == "day" else f"cast(date_trunc('{grain}', {column}) as date)"


def percentiles(
    engine: Engine, held: Source, value: str, by: Groups, points: Sequence[int], count: str, where: str = "true"
) -> pl.DataFrame:
    """Percentiles of a column by group; they interpolate (PERCENTILE_CONT) and do not add up.

    Args:
        by: for each column of the result its SQL over the source, and its type.
        count: what the column that counts the measured rows is called.
        where: which rows are measured; those without a value never are.

    Returns:
        Shape (groups, by + points + 1): the groups, `p50` and the like (in the column's unit), how many rows were
        measured. No rows where the source has no data.
    """
    kinds: dict[str, type[pl.DataType]] = {name: kind for name, (_, kind) in by.items()}
    shape = pl.Schema(kinds | {f"p{point}": pl.Float64 for point in points} | {count: pl.Int64})
    if held.availability.state == "no_data":
        return pl.DataFrame(schema=shape)
    keys = ", ".join(f"{sql} as {name}" for name, (sql, _) in by.items())
    at = ", ".join(f"percentile_cont({point / 100}) within group (order by {value}) as p{point}" for point in points)
    sql = f"""
        select {keys}, {at}, count({value}) as {count}
        from measured where {value} is not null and {where}
        group by {", ".join(str(place) for place in range(1, len(by) + 1))}
    """
    return select(engine, sql, {"measured": held}).select(*shape).cast(shape)
