"""How old the stock is, by category: where money is asleep."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.policy import Viewer
from metrics.views.beside import latest, products, shown
from metrics.views.rest import REST, total
from metrics.views.scope import Scope
from metrics.views.selecting import select

TABLE = "fact_inventory_snapshot"
# The last day of each band; what is older has no last day.
BANDS = {"0-30": 30, "31-60": 60, "61-90": 90, "91-180": 180, "180+": None}
UNKNOWN_AGE = "unknown"
_SCHEMA = {
    "day": pl.Date,
    "category": pl.String,
    "band": pl.String,
    "amount": pl.Float64,
    "is_value": pl.Boolean,
}


def stock_age(engine: Engine, scope: Scope, viewer: Viewer, most: int = 8) -> pl.DataFrame:
    """The stock of the last day by category and by the mean age of its units.

    Args:
        most: how many categories stand for themselves, the largest stocks.

    Returns:
        Shape (categories x bands, 5), the largest stock first (`(other)` last), the youngest band first: day (of the
        snapshot), category, band (0-30, 31-60, 61-90, 91-180, 180+, and unknown where a product's age is), amount (0:
        none of that age), is_value: amounts are money at cost; false: units, where the viewer may not see the value
        or no file carries it. No rows without a snapshot that carries the age.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    optional = shown(viewer, TABLE, "on_hand_value", "on_hand_qty")
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        held = latest(reader, scope, viewer, coverage, TABLE, ("stock_age_days", "sku"), optional, cadence="day")
        if held is None:
            return pl.DataFrame(schema=_SCHEMA)
        master = products(reader, viewer, held.day, "category_l1")
        sums = {
            column: f"sum({column})" if column in optional else "null" for column in ("on_hand_value", "on_hand_qty")
        }
        sql = f"""
            select coalesce(master.category_l1, '(unknown)') as category, {_band()} as band,
                cast({sums["on_hand_value"]} as double) as value, cast({sums["on_hand_qty"]} as double) as units
            from held left join master on master.sku = held.sku
            group by coalesce(master.category_l1, '(unknown)'), {_band()}
        """
        found = select(reader, sql, {"held": held.rows, "master": master})
    is_value = found["value"].count() > 0
    stock = found.select("category", "band", pl.col("value" if is_value else "units").alias("amount"))
    stock = stock.with_columns(pl.lit(held.day).alias("day"), pl.lit(is_value).alias("is_value"))
    return _spine(stock.filter(pl.col("amount").is_not_null()), most)


def _band() -> str:
    cases = [f"when stock_age_days <= {last} then '{band}'" for band, last in BANDS.items() if last is not None]
    return f"case when stock_age_days is null then '{UNKNOWN_AGE}' {' '.join(cases)} else '180+' end"


def _spine(stock: pl.DataFrame, most: int) -> pl.DataFrame:
    if stock.is_empty():
        return pl.DataFrame(schema=_SCHEMA)
    sizes = stock.group_by("category").agg(pl.col("amount").sum())
    ranked = sizes.sort("amount", "category", descending=[True, False])["category"].to_list()
    kept = ranked[:most] if len(ranked) > most + 1 else ranked
    names = [*kept, REST] if len(kept) < len(ranked) else kept
    category = pl.when(pl.col("category").is_in(kept)).then("category").otherwise(pl.lit(REST)).alias("category")
    folded = stock.with_columns(category).group_by("category", "band").agg(total("amount"))
    bands = [*BANDS, *([UNKNOWN_AGE] if UNKNOWN_AGE in stock["band"] else [])]
    return (
        pl.DataFrame({"category": names})
        .join(pl.DataFrame({"band": bands}), how="cross", maintain_order="left_right")
        .join(folded, on=["category", "band"], how="left", maintain_order="left")
        .with_columns(pl.col("amount").fill_null(0.0), pl.lit(stock["day"][0]).alias("day"))
        .with_columns(pl.lit(stock["is_value"][0]).alias("is_value"))
        .select(*_SCHEMA)
    )
