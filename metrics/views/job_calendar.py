"""Did this morning's data arrive, and did the backups run: planned runs by job and day."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.periods import LONGEST_BY_WEEK, Grain, Period, bucket_start, buckets
from metrics.policy import Viewer
from metrics.views.percentiles import bucket_sql
from metrics.views.rest import REST
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

TABLE, DAY = "fact_scheduled_job", "scheduled_date"
LONGEST_BY_DAY = 42
# What a run of each kind must do to count as it should: what the KPIs of pipelines and of backups say.
KINDS = {("pipeline",): ("is_success", "is_on_time"), ("backup", "restore_test"): ("is_success",)}
_SCHEMA = pl.Schema({"job_id": pl.String, "period": pl.Date, "planned": pl.Int64, "fine": pl.Int64, "rate": pl.Float64})


def job_calendar(engine: Engine, scope: Scope, viewer: Viewer, most: int = 12) -> pl.DataFrame:
    """Planned runs of pipelines, backups and restore tests, and how many of them went as they should.

    A pipeline must finish in time and without error, a backup or restore test without error. A run of which nothing
    is known did not: it counts as the KPIs `pipeline_on_time_rate` and `backup_success_rate` count it.

    Args:
        most: how many jobs stand for themselves, those with the most failed runs; the others are one, `(other)`.

    Returns:
        Shape (jobs x buckets, 5), the job with the most failed runs first, then by period: job_id (text), period
        (date, the first day of the bucket: days up to 42 of them, else weeks, else months), planned and fine (runs; 0:
        none was planned then), rate (percent fine; null where none was planned). No rows without such jobs.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    grain = calendar_grain(scope.period)
    shape = pl.Schema({name: kind for name, kind in _SCHEMA.items() if name != "rate"})
    parts = [pl.DataFrame(schema=shape)]
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        for kinds, flags in KINDS.items():
            jobs = admitted(
                reader, scope, viewer, coverage, TABLE, ("job_id", "job_type", *flags), DAY, grain=grain
            )  # fmt: skip
            if jobs.availability.state == "no_data":
                continue
            sql = f"""
                select job_id, {bucket_sql(DAY, grain)} as period, count(*) as planned,
                    count(case when {" and ".join(flags)} then 1 end) as fine
                from jobs where job_type in ({", ".join(f"'{kind}'" for kind in kinds)})
                group by 1, 2
            """
            parts.append(select(reader, sql, {"jobs": jobs}).select(*shape).cast(shape))
    return _calendar(pl.concat(parts), _starts(scope.period, grain), most)


def calendar_grain(period: Period) -> Grain:
    """The buckets of a calendar that keep its cells wide enough: days up to 42 of them, weeks up to 400 days."""
    if period.days <= LONGEST_BY_DAY:
        return "day"
    return "week" if period.days <= LONGEST_BY_WEEK else "month"


def _calendar(found: pl.DataFrame, starts: Iterable[object], most: int) -> pl.DataFrame:
    failed = (pl.col("planned") - pl.col("fine")).sum()
    ranked = found.group_by("job_id").agg(failed.alias("failed")).sort("failed", "job_id", descending=[True, False])
    jobs = ranked["job_id"].to_list()
    kept = jobs[:most] if len(jobs) > most + 1 else jobs
    named = pl.when(pl.col("job_id").is_in(kept)).then("job_id").otherwise(pl.lit(REST)).alias("job_id")
    shown = [*kept, REST] if len(kept) < len(jobs) else kept
    spine = pl.DataFrame({"job_id": shown}, schema={"job_id": pl.String}).join(
        pl.DataFrame({"period": list(starts)}, schema={"period": pl.Date}), how="cross", maintain_order="left_right"
    )
    counted = found.with_columns(named).group_by("job_id", "period").agg(pl.col("planned", "fine").sum())
    rate = 100 * pl.col("fine") / pl.when(pl.col("planned") > 0).then("planned")
    return (
        spine.join(counted, on=["job_id", "period"], how="left", maintain_order="left")
        .with_columns(pl.col("planned", "fine").fill_null(0))
        .with_columns(rate.alias("rate"))
        .select(*_SCHEMA)
    )


def _starts(period: Period, grain: Grain) -> list[object]:
    return [bucket_start(part.first, grain) for part in buckets(period, grain)]
