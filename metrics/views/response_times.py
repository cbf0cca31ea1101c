"""How long customers wait for the first answer, channel by channel, through time."""

from __future__ import annotations

import polars as pl

from metrics.ask import ask
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.errors import NotSplittable
from metrics.load import Catalogue
from metrics.periods import Grain, bucket_start, buckets
from metrics.policy import Viewer
from metrics.views.percentiles import bucket_sql, percentiles
from metrics.views.scope import Scope
from metrics.views.selecting import admitted

POINTS = (50, 75, 90)
KPI = "first_response_sla_rate"
_SCHEMA = pl.Schema(
    {
        "channel": pl.String,
        "period": pl.Date,
        **{f"p{point}": pl.Float64 for point in POINTS},
        "contacts": pl.Int64,
        "in_sla": pl.Float64,
    }
)


def response_times(
    engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue, grain: Grain, most: int = 3
) -> pl.DataFrame:
    """Minutes to the first human reply: half of the contacts, three in four, nine in ten.

    Percentiles interpolate (PERCENTILE_CONT) and do not add up. A contact that was never answered has no such time;
    it counts as too late in `in_sla`.

    Args:
        most: how many channels, those with the most answered contacts.

    Returns:
        Shape (channels x buckets, 7), the channel with the most answered contacts first, then by period: channel
        (text), period (date, the first day of the bucket), p50, p75, p90 (minutes in service hours; null: none
        answered), contacts (answered ones), in_sla (percent, the KPI `first_response_sla_rate` of the channel over
        the whole period; null: no data). No rows where no file carries the time.

    Raises:
        NotAllowed: as `ask`.
    """
    columns = ("first_response_minutes", "domain")
    with engine.reading() as reader:
        tickets = admitted(
            reader, scope, viewer, Coverage.read(reader), "fact_ticket", columns, "created_date",
            grain=grain, split_by=("channel",),
        )  # fmt: skip
        groups = {"channel": ("channel", pl.String), "period": (bucket_sql("created_date", grain), pl.Date)}
        found = percentiles(reader, tickets, columns[0], groups, POINTS, "contacts", "domain = 'customer'")
        in_sla = _in_sla(reader, scope, viewer, catalogue)
    size = pl.col("contacts").sum()
    ranked = found.group_by("channel").agg(size).sort(-pl.col("contacts"), "channel").head(most)
    periods = pl.DataFrame({"period": [bucket_start(part.first, grain) for part in buckets(scope.period, grain)]})
    return (
        ranked.select("channel")
        .join(periods, how="cross", maintain_order="left_right")
        .join(found, on=["channel", "period"], how="left", maintain_order="left")
        .join(in_sla, on="channel", how="left", maintain_order="left")
        .with_columns(pl.col("contacts").fill_null(0))
        .select(*_SCHEMA)
        .cast(_SCHEMA)
    )


def _in_sla(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    try:
        rows = ask(engine, scope.query(KPI, by=("channel",)), viewer, catalogue).rows
    except NotSplittable:
        return pl.DataFrame(schema={"channel": pl.String, "in_sla": pl.Float64})
    return rows.select("channel", pl.col(KPI).alias("in_sla"))
