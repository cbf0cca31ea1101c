"""Do customers find help by themselves: what bots and articles solve, visits to the help centre, article votes."""

from __future__ import annotations

import polars as pl

from metrics.ask import ask
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.periods import Grain, bucket_start, buckets
from metrics.policy import Viewer
from metrics.views.percentiles import bucket_sql
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select
from metrics.views.series import carrying

KPIS = ("ticket_deflection_rate", "self_service_score")
FEEDBACK = "fact_feedback"


def self_service(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue, grain: Grain) -> pl.DataFrame:
    """Self-service by bucket of the period.

    Returns:
        Shape (buckets, 5), by period: period (date, the first day of the bucket), ticket_deflection_rate (percent),
        self_service_score (visits to the help centre per customer served), helpful_rate (percent of the votes on
        articles that are above 0, as 1 of 0 and 1 or of -1 and 1), votes (0: none). Null where there is no data, and
        under a filter that a number does not carry.

    Raises:
        NotAllowed: as `ask`.
    """
    with engine.reading() as reader:
        found = pl.DataFrame({"period": [bucket_start(part.first, grain) for part in buckets(scope.period, grain)]})
        for name in KPIS:
            able = carrying([catalogue.kpi(name)], scope)
            if able:
                rows = ask(reader, scope.query(name, grain=grain), viewer, catalogue).rows
                found = found.join(rows, on="period", how="left", maintain_order="left")
            else:
                found = found.with_columns(pl.lit(None, pl.Float64).alias(name))
        votes = _votes(reader, scope, viewer, grain)
    known = found.join(votes, on="period", how="left", maintain_order="left")
    return known.select("period", *KPIS, "helpful_rate", "votes")


def _votes(engine: Engine, scope: Scope, viewer: Viewer, grain: Grain) -> pl.DataFrame:
    shape = pl.Schema({"period": pl.Date, "helpful_rate": pl.Float64, "votes": pl.Int64})
    if not all(engine.has_column(FEEDBACK, wish.dimension) for wish in scope.filters):
        return pl.DataFrame(schema=shape)
    columns = ("feedback_type", "score")
    held = admitted(engine, scope, viewer, Coverage.read(engine), FEEDBACK, columns, "submitted_date", grain=grain)
    if held.availability.state == "no_data":
        return pl.DataFrame(schema=shape)
    sql = f"""
        select {bucket_sql("submitted_date", grain)} as period,
            100 * count(case when score > 0 then 1 end) / count(score) as helpful_rate, count(score) as votes
        from feedback where feedback_type = 'kb_vote' group by 1
    """
    return select(engine, sql, {"feedback": held}).cast(shape)
