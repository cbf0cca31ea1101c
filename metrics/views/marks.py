"""The days that explain a line: which festival and which holiday each bucket of time holds."""

from __future__ import annotations

import polars as pl

from metrics.engine import Engine
from metrics.festivals import RUN, read_calendar
from metrics.periods import Grain, Period

_TRUNCATE = {"day": "1d", "week": "1w", "month": "1mo"}


def marks(engine: Engine, period: Period, grain: Grain) -> pl.DataFrame:
    """The festival and the holiday of each bucket; of several the one whose own day it holds, then the longest.

    Returns:
        Shape (buckets the calendar knows, 3): period (date, the bucket's first day), festival, holiday (text, null
        on ordinary days); no rows where the engine holds no calendar.
    """
    calendar = read_calendar(engine, period.first, period.last).with_columns(
        pl.col("date").dt.truncate(_TRUNCATE[grain]).alias("period"),
        pl.when(pl.col("is_public_holiday")).then("holiday_name").alias("holiday"),
        pl.col("shopping_festival").alias("festival"),
    )
    found = calendar.select("period").unique()
    for column in ("festival", "holiday"):
        is_own = ~pl.col(column).str.ends_with(RUN)
        name = pl.col(column).str.strip_suffix(RUN)
        counted = (
            calendar.filter(pl.col(column) != "").group_by("period", name).agg(is_own.any().alias("own"), pl.len())
        )
        first = counted.sort("own", "len", column, descending=[True, True, False]).unique(
            "period", keep="first", maintain_order=True
        )
        found = found.join(first.select("period", column), on="period", how="left")
    return found
