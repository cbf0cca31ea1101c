"""Stock cover against sell-through, product by product: what sleeps, what runs out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import polars as pl

from metrics.ask import ask
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.periods import Period
from metrics.policy import Viewer
from metrics.views.beside import carries, latest, products
from metrics.views.scope import Scope
from metrics.views.selecting import select
from metrics.views.series import carrying

SEASON = timedelta(days=90)
KPIS = ("days_of_inventory", "sell_through_rate")
_TABLE = "fact_inventory_snapshot"
_SCHEMA = {"sku": pl.String, "name": pl.String, "category": pl.String, "cover": pl.Float64, "sell_through": pl.Float64}


def stock_cover(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue, most: int = 60) -> pl.DataFrame:
    """Days of inventory and sell-through rate of each SKU that has both, over the period or the 13 weeks to its end.

    Goods come in batches: in a few weeks most products received nothing, and the others look sold out many times.

    Args:
        most: how many SKUs, the largest stock values first.

    Returns:
        Shape (SKUs, 6), by falling stock_value: sku, name (of the product; the sku where none is known), category
        (text; `(unknown)`), cover (days), sell_through (percent; above 100 where more was sold than came in),
        stock_value (money at cost on the last day; null: not known). No rows where one of the two is known of no SKU.

    Raises:
        NotAllowed: a KPI or column that the viewer may not see.
    """
    first = min(scope.period.first, scope.period.last - SEASON)
    scope = replace(scope, period=Period(first, scope.period.last))
    able = carrying([catalogue.kpi(name) for name in KPIS], scope)
    if len(able) < len(KPIS):
        return pl.DataFrame(schema={**_SCHEMA, "stock_value": pl.Float64})
    with engine.reading() as reader:
        rows = ask(reader, scope.query(*KPIS, by=("sku",)), viewer, catalogue).rows
        value = _stock_value(reader, scope, viewer)
        columns = ("product_name", "category_l1")
        master = products(reader, viewer, scope.period.last, *columns)
        named = select(reader, f"select sku, {', '.join(columns)} from master", {"master": master})
    name = pl.when(~pl.col("product_name").is_in(["", "(unknown)"])).then("product_name")
    return (
        rows.drop_nulls()
        .join(named.cast(dict.fromkeys(("sku", *columns), pl.String)), on="sku", how="left")
        .join(value, on="sku", how="left")
        .sort("stock_value", "sku", descending=[True, False], nulls_last=True)
        .head(most)
        .select(
            "sku",
            pl.coalesce(name, "sku").alias("name"),
            pl.col("category_l1").fill_null("(unknown)").alias("category"),
            pl.col(KPIS[0]).alias("cover"),
            pl.col(KPIS[1]).alias("sell_through"),
            "stock_value",
        )
    )


def _stock_value(engine: Engine, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    schema = {"sku": pl.String, "stock_value": pl.Float64}
    coverage = Coverage.read(engine)
    if not carries(engine, scope, _TABLE):
        return pl.DataFrame(schema=schema)
    held = latest(engine, scope, viewer, coverage, _TABLE, ("on_hand_value", "sku"), cadence="day")
    if held is None:
        return pl.DataFrame(schema=schema)
    sql = "select sku, sum(on_hand_value) as stock_value from held group by sku"
    return select(engine, sql, {"held": held.rows}).cast(pl.Schema(schema))
