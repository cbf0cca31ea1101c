"""Where visits and orders come from: sessions and paid orders by marketing channel through time."""

from __future__ import annotations

import polars as pl

from metrics.ask import ask
from metrics.engine import Engine
from metrics.errors import NotSplittable
from metrics.load import Catalogue
from metrics.periods import Grain, grain_for
from metrics.policy import Viewer
from metrics.views.rest import REST, total
from metrics.views.scope import Scope

CHANNEL = "marketing_channel"
_KPIS = {"sessions": "sessions", "orders": "paid_orders"}


def channel_mix(
    engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue, top: int = 6, grain: Grain | None = None
) -> pl.DataFrame:
    """Sessions and paid orders of the largest channels, and of all others together, by bucket.

    A session belongs to the channel of its visit, an order to the channel it is attributed to.

    Args:
        top: how many channels stand for themselves: those with most sessions in the period, with most
            orders where no file carries sessions by channel.
        grain: the buckets; without it what fits the length of the period.

    Returns:
        Shape (buckets x channels, 4): period (date, the first day of the bucket), channel (by falling size;
        `(other)` for the rest, last), sessions, orders (Float64; null: no data, or a filter that they do not
        carry; 0: files cover the days and hold none). No rows where neither is known by channel.
    """
    chosen = grain or grain_for(scope.period)
    with engine.reading() as reader:
        found = pl.concat(
            _by_channel(reader, scope, viewer, catalogue, chosen, name, kpi) for name, kpi in _KPIS.items()
        )
    sizes = found.group_by("channel").agg(total(*_KPIS))
    measure = next((name for name in _KPIS if sizes[name].null_count() < sizes.height), None)
    if measure is None:
        return found.clear()
    ranked = sizes.sort(measure, "channel", descending=[True, False], nulls_last=True)["channel"].to_list()
    kept = ranked[:top] if len(ranked) > top + 1 else ranked
    order = pl.Enum([*kept, REST] if len(kept) < len(ranked) else kept)
    channel = pl.when(pl.col("channel").is_in(kept)).then("channel").otherwise(pl.lit(REST)).cast(order)
    mixed = found.with_columns(channel).group_by("period", "channel").agg(total(*_KPIS)).sort("period", "channel")
    # A channel with orders but no visit is not in the answer about visits; where that answer covers the day, it had 0.
    return mixed.with_columns(pl.col("channel").cast(pl.String), *(_zero_where_known(name) for name in _KPIS))


def _zero_where_known(name: str) -> pl.Expr:
    value = pl.col(name)
    return pl.when(value.is_not_null().any().over("period")).then(value.fill_null(0.0)).alias(name)


def _by_channel(
    engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue, grain: Grain, name: str, kpi: str
) -> pl.DataFrame:
    schema = {"period": pl.Date, "channel": pl.String, **dict.fromkeys(_KPIS, pl.Float64)}
    try:
        rows = ask(engine, scope.query(kpi, by=(CHANNEL,), grain=grain), viewer, catalogue).rows
    except NotSplittable:
        # A filter that only the other of the two carries, such as a payment method.
        return pl.DataFrame(schema=schema)
    held = rows.rename({CHANNEL: "channel", kpi: name})
    return held.with_columns(pl.lit(None, pl.Float64).alias(other) for other in _KPIS if other != name).select(*schema)
