"""When products were out of stock: a calendar, key products first."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.periods import Grain, Period
from metrics.policy import Viewer
from metrics.views.beside import products
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

TABLE = "fact_inventory_snapshot"
# More columns than this cannot be told apart in half a page.
MOST_DAYS, MOST_WEEKS = 35, 366
_BUCKETS = {
    "day": "held.snapshot_date",
    "week": "cast(date_trunc('week', cast(held.snapshot_date as date)) as date)",
    "month": "cast(date_trunc('month', cast(held.snapshot_date as date)) as date)",
}
_SCHEMA = {
    "sku": pl.String,
    "name": pl.String,
    "is_key": pl.Boolean,
    "period": pl.Date,
    "out": pl.Int64,
    "sellable": pl.Int64,
    "rate": pl.Float64,
}


def calendar_grain(period: Period) -> Grain:
    """The buckets that fit half a page: days up to 35 of them, weeks up to a year, else months."""
    if period.days <= MOST_DAYS:
        return "day"
    return "week" if period.days <= MOST_WEEKS else "month"


def stock_outs(engine: Engine, scope: Scope, viewer: Viewer, most: int = 15) -> pl.DataFrame:
    """Stock-outs of products by bucket of time, those of key products first.

    Each warehouse counts by itself: a product that one of two warehouses lacks is half out of stock.

    Args:
        most: how many products; those that never were out are left out.

    Returns:
        Shape (products x buckets, 7), key products first, by falling stock-outs, then by period: sku, name (the sku
        where none is known), is_key (on the watched list), period (date, the first day of the bucket, see
        `calendar_grain`), out and sellable (product-days in a warehouse), rate (percent of the sellable ones; null: no
        stock was reported or the product was not on sale).
        No rows where nothing was out, or no file tells.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    bucket = _BUCKETS[calendar_grain(scope.period)]
    columns = ("sku", "is_sellable", "is_stockout")
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        held = admitted(reader, scope, viewer, coverage, TABLE, columns, "snapshot_date")
        master = products(reader, viewer, scope.period.last, "product_name", "is_key_sku")
        sql = f"""
            select held.sku, max(master.product_name) as product_name, {bucket} as period,
                coalesce(max(case when master.is_key_sku then 1 end), 0) as is_key,
                count(case when held.is_stockout then 1 end) as out,
                count(case when held.is_sellable then 1 end) as sellable
            from held left join master on master.sku = held.sku
            where held.sku is not null group by held.sku, {bucket}
        """
        found = select(reader, sql, {"held": held, "master": master})
    types = pl.Schema({"sku": pl.String, "product_name": pl.String, "period": pl.Date, "is_key": pl.Boolean})
    return _calendar(found.cast(types), most)


def _calendar(found: pl.DataFrame, most: int) -> pl.DataFrame:
    sizes = found.group_by("sku").agg(pl.col("out").sum(), pl.col("is_key").any()).filter(pl.col("out") > 0)
    ranked = sizes.sort("is_key", "out", "sku", descending=[True, True, False]).head(most).select("sku", "is_key")
    spine = ranked.join(found.select("period").unique().sort("period"), how="cross", maintain_order="left_right")
    rate = 100 * pl.col("out") / pl.when(pl.col("sellable") > 0).then(pl.col("sellable"))
    named = pl.when(~pl.col("product_name").is_in(["", "(unknown)"])).then("product_name")
    return (
        spine.join(found.drop("is_key"), on=["sku", "period"], how="left", maintain_order="left")
        .with_columns(rate.alias("rate"))
        .with_columns(pl.coalesce(named.max().over("sku"), "sku").alias("name"))
        .select(*_SCHEMA)
        .cast(pl.Schema(_SCHEMA))
    )
