"""Own prices against competitors' by category, at the last check of the listings."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.policy import Viewer
from metrics.views.beside import latest, products
from metrics.views.scope import Scope
from metrics.views.selecting import select

TABLE = "fact_listing_snapshot"
_IS_MATCHED = "held.is_listed and held.competitor_price > 0 and held.price > 0"
_SCHEMA = {
    "category": pl.String,
    "index": pl.Float64,
    "matched": pl.Int64,
    "listed": pl.Int64,
    "price_errors": pl.Int64,
    "day": pl.Date,
}


def price_index(engine: Engine, scope: Scope, viewer: Viewer, most: int = 12) -> pl.DataFrame:
    """The price index of each category: own price ÷ competitor price of matched listings, 100 = equal.

    Args:
        most: how many categories, those with most matched listings.

    Returns:
        Shape (categories, 6), the dearest first: category (text; `(unknown)`), index (the KPI
        competitive_price_index), matched (listings with both prices: the index is of these), listed (listings on
        sale), price_errors (of those; null: no file tells), day (of the check). Categories without a match are left
        out. No rows without a check that carries both prices.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    columns = ("sku", "is_listed", "price", "competitor_price")
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        held = latest(reader, scope, viewer, coverage, TABLE, columns, ("has_price_error",), cadence="week")
        if held is None:
            return pl.DataFrame(schema=_SCHEMA)
        master = products(reader, viewer, held.day, "category_l1")
        sql = f"""
            select coalesce(master.category_l1, '(unknown)') as category,
                100 * sum(case when {_IS_MATCHED} then held.price end)
                    / sum(case when {_IS_MATCHED} then held.competitor_price end) as index,
                count(case when {_IS_MATCHED} then 1 end) as matched,
                count(case when held.is_listed then 1 end) as listed,
                case when count(held.has_price_error) > 0
                    then count(case when held.is_listed and held.has_price_error then 1 end) end as price_errors
            from held left join master on master.sku = held.sku
            group by coalesce(master.category_l1, '(unknown)')
        """
        found = select(reader, sql, {"held": held.rows, "master": master})
    return (
        found.with_columns(pl.lit(held.day).alias("day"))
        .cast(pl.Schema(_SCHEMA))
        .filter(pl.col("matched") > 0)
        .sort("matched", "category", descending=[True, False])
        .head(most)
        .sort("index", "category", descending=[True, False])
    )
