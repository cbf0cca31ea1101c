"""How long people wait from payment: half of the parcels are done by p50, nine in ten by p90."""

from __future__ import annotations

from typing import Literal

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.periods import Grain
from metrics.policy import Viewer
from metrics.views.percentiles import bucket_sql, percentiles
from metrics.views.scope import Scope
from metrics.views.selecting import admitted

Place = Literal["warehouse", "carrier"]
# The carrier picks up (shipped) or the customer signs (delivered).
STAGES = {"shipped": "fulfilment_hours", "delivered": "delivery_hours"}


def lead_times(
    engine: Engine, scope: Scope, viewer: Viewer, by: Place = "warehouse", grain: Grain | None = None
) -> pl.DataFrame:
    """Median and ninth decile of the hours from payment, of the parcels shipped in the period.

    Percentiles interpolate (PERCENTILE_CONT) and do not add up: those of a longer period are not a mean of
    these. Parcels on their way are not yet in `delivered`, so its last days look faster than they will be.

    Args:
        by: what to compare.
        grain: also split by buckets of the shipping day.

    Returns:
        Shape (groups x stages, 5 or 6): stage (shipped, delivered), period (date, with a grain only: first
        day of the bucket), warehouse or carrier, p50, p90 (hours), parcels (measured ones). By stage, then
        by falling parcels, then by period; a stage is absent where no file of the period carries it, a
        bucket where nothing was shipped.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    keys = ("period", by) if grain else (by,)
    parts = []
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        for stage, hours in STAGES.items():
            parcels = admitted(
                reader, scope, viewer, coverage, "fact_shipment", (hours,), "shipped_date", grain=grain, split_by=(by,)
            )
            groups: dict[str, tuple[str, type[pl.DataType]]] = {"stage": (f"'{stage}'", pl.String)}
            if grain:
                groups["period"] = (bucket_sql("shipped_date", grain), pl.Date)
            groups[by] = (by, pl.String)
            parts.append(percentiles(reader, parcels, hours, groups, (50, 90), "parcels"))
    found = pl.concat(parts)
    size = pl.col("parcels").sum().over("stage", by)
    order = pl.col("stage").replace_strict({stage: place for place, stage in enumerate(STAGES)}, return_dtype=pl.Int8)
    return found.sort(order, -size, by, *keys[:-1])
