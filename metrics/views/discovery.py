"""How shoppers find things: searches that find nothing, recommendations that are clicked, sales by entry."""

from __future__ import annotations

import polars as pl

from metrics.engine import Engine
from metrics.errors import NotSplittable
from metrics.load import Catalogue
from metrics.periods import Grain, grain_for
from metrics.policy import Viewer
from metrics.views.scope import Scope
from metrics.views.series import series

RATES = ("search_zero_result_rate", "recommendation_click_rate")
SALES, ENTRY = "net_sales", "entry_source"
_SCHEMA = {"period": pl.Date, "measure": pl.String, "entry": pl.String, "value": pl.Float64}


def discovery(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """Search and recommendation rates, and net sales by where shoppers found the item, through time.

    Rates go by week where days would be noise: in periods of more than a month.

    Returns:
        Shape (buckets x lines, 4): period (date, the first day of the bucket), measure (search_zero_result_rate,
        recommendation_click_rate, net_sales), entry (code of entry_source by falling sales, `(other)` last; null for
        the rates), value (percent, or money; null: no data, or a filter that the KPI does not carry).

    Raises:
        NotAllowed: a KPI that the viewer may not see.
    """
    grain = discovery_grain(scope)
    with engine.reading() as reader:
        rates = series(reader, scope, viewer, catalogue, RATES, grain=grain)
        try:
            sales = series(reader, scope, viewer, catalogue, (SALES,), by=ENTRY, most=5, grain=grain)
        except NotSplittable:
            sales = pl.DataFrame(schema={"period": pl.Date, "segment": pl.String, SALES: pl.Float64})
    parts = [
        rates.select("period", pl.lit(name).alias("measure"), pl.lit(None, pl.String).alias("entry"), value=name)
        for name in RATES
    ]
    parts.append(sales.select("period", pl.lit(SALES).alias("measure"), pl.col("segment").alias("entry"), value=SALES))
    return pl.concat(part.cast(pl.Schema(_SCHEMA)) for part in parts)


def discovery_grain(scope: Scope) -> Grain:
    """Days up to a month of them, else what fits the period, at least weeks."""
    grain = grain_for(scope.period)
    return "week" if grain == "day" and scope.period.days > 31 else grain
