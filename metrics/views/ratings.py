"""How appraisals rate people, by department."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.policy import Viewer, check_kpi
from metrics.views.scope import Scope
from metrics.views.selecting import select
from metrics.views.staff import DAY_COLUMN, FEWEST, last_snapshot

RATINGS = (1, 2, 3, 4, 5)
_COLUMNS = ("department", "is_active", "performance_rating")
_SCHEMA = {
    "department": pl.String,
    "rating": pl.Int64,
    "people": pl.Int64,
    "rated": pl.Int64,
    "is_hidden": pl.Boolean,
    "snapshot": pl.Date,
}


def ratings(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """People in service by their last rating, at the last snapshot of the months asked.

    Returns:
        Shape (departments x 5, 6): department (by falling number of rated people), rating (1 to 5), people, rated (of
        the department), is_hidden (fewer than 5 rated people: people and rated are null), snapshot (date). No rows
        where no file carries ratings.

    Raises:
        NotAllowed: the KPI `performance_review_completion_rate` is not for the viewer, or a column is hidden.
    """
    check_kpi(viewer, catalogue.kpi("performance_review_completion_rate"))
    with engine.reading() as reader:
        staff, day = last_snapshot(reader, scope, viewer, Coverage.read(reader), _COLUMNS)
        if day is None:
            return pl.DataFrame(schema=_SCHEMA)
        sql = f"""
            select department, performance_rating as rating, count(*) as people
            from staff where {DAY_COLUMN} = date '{day}' and is_active and performance_rating is not null
            group by 1, 2
        """
        counts = {"department": pl.String, "rating": pl.Int64, "people": pl.Int64}
        found = select(reader, sql, {"staff": staff}).cast(pl.Schema(counts))
    sizes = found.group_by("department").agg(pl.col("people").sum().alias("rated"))
    small = pl.col("rated") < FEWEST
    return (
        sizes.sort("rated", "department", descending=[True, False])
        .join(pl.DataFrame({"rating": RATINGS}, schema={"rating": pl.Int64}), how="cross")
        .join(found, on=["department", "rating"], how="left", maintain_order="left")
        .with_columns(
            pl.when(~small).then(pl.col("people").fill_null(0)).alias("people"),
            small.alias("is_hidden"),
            pl.lit(day).alias("snapshot"),
        )
        .with_columns(pl.when(~small).then("rated"))
        .select(*_SCHEMA)
    )
