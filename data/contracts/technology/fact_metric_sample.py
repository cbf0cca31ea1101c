"""Samples of technical series: latency, load, request counts and the like."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, dimension, number, table, text, timestamp


@table(
    name="fact_metric_sample",
    department="technology",
    kind="fact",
    time_column="sampled_date",
    cadence="day",
    late_after_days=2,
    duplicates="replace_group",
    group=("source", "metric", "sampled_at"),
)
class MetricSamples(Contract):
    """One row per sample of a series that is no page vital; several samples of one moment are all kept."""

    source = text(
        "What was measured: a server, a load balancer, a queue", key=True, aliases=("Host", "Instance", "来源")
    )
    metric = text("Name of the series, e.g. request_latency_ms", key=True, aliases=("Metric name", "指标"))
    sampled_at = timestamp("Moment of the sample", key=True, aliases=("at", "Timestamp", "Time", "时间"))
    line_no = text("Sample of the moment, from 1 (file order if the export has none)", key=True, made=True)
    sampled_date = calendar_day("Local date of the sample", made=True)
    value = number("Measured value, in the unit of the series", aliases=("Value", "值"))
    unit = dimension("Unit of the value: ms, percent, count …", aliases=("Unit", "单位"))
