"""Recruiting as a funnel: of those who applied, how many were interviewed, got an offer, accepted it."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.periods import Period
from metrics.policy import Viewer, check_kpi
from metrics.settled import settled_period
from metrics.source import Source
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

TABLE, SOURCE = "fact_requisition", "source"
STEPS = {
    "applied": "applicants",
    "interviewed": "interviewed",
    "offered": "offers_made",
    "accepted": "offers_accepted",
}
_SCHEMA = {
    "source": pl.String,
    "step": pl.String,
    "people": pl.Float64,
    "openings": pl.Int64,
    "median_days": pl.Float64,
}


def recruiting(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """People at each step of the openings that were filled (or closed) in the whole months asked.

    Openings still open are left out: their candidates are on the way. Only files that carry every step any file
    carries are counted, so that the steps are of the same openings.

    Returns:
        Shape (4 a source + 4, 5): source (text; null = all together, first, then by falling applicants), step
        (applied, interviewed, offered, accepted), people (null: no file carries the step), openings, median_days
        (from opened to accepted offer, of filled openings; null: not known), both the same in all rows of a source.
        No rows where no file of these months carries a step.

    Raises:
        NotAllowed: the KPI `offer_acceptance_rate` is not for the viewer, or a column is hidden.
    """
    check_kpi(viewer, catalogue.kpi("offer_acceptance_rate"))
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        period = settled_period(reader, (TABLE,), scope.period, coverage)
        carried = {
            step: column
            for step, column in STEPS.items()
            if any(column in report.columns for report in coverage.reports(TABLE))
        }
        columns = (*carried.values(), SOURCE)
        openings = admitted(
            reader, scope, viewer, coverage, TABLE, columns, "filled_date", period=period, prefix="steps"
        )
        if not carried or openings.availability.state == "no_data":
            return pl.DataFrame(schema=_SCHEMA)
        by_source = _counted(reader, carried, openings, SOURCE)
        together = _counted(reader, carried, openings, "cast(null as varchar)")
        days = _days(reader, scope, viewer, coverage, period)
    found = pl.concat([together, by_source.sort(next(iter(carried)), SOURCE, descending=[True, False])])
    rows = [
        (row[SOURCE], step, row.get(step), row["openings"], days.get(row[SOURCE]))
        for row in found.iter_rows(named=True)
        if row["openings"]
        for step in STEPS
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _counted(engine: Engine, carried: dict[str, str], openings: Source, source: str) -> pl.DataFrame:
    sums = "".join(f", cast(sum({column}) as double) as {step}" for step, column in carried.items())
    group = "" if "null" in source else f"group by {SOURCE}"
    sql = f"select {source} as {SOURCE}, count(*) as openings{sums} from openings {group}"
    schema = {SOURCE: pl.String, "openings": pl.Int64, **dict.fromkeys(carried, pl.Float64)}
    return select(engine, sql, {"openings": openings}).cast(pl.Schema(schema))


def _days(engine: Engine, scope: Scope, viewer: Viewer, coverage: Coverage, period: Period) -> dict[str | None, float]:
    columns = ("is_filled", "time_to_fill_days", SOURCE)
    filled = admitted(engine, scope, viewer, coverage, TABLE, columns, "filled_date", period=period)
    median = "percentile_cont(0.5) within group (order by time_to_fill_days) as median_days"
    held = "from filled where is_filled and time_to_fill_days is not null"
    found: dict[str | None, float] = {}
    for source, group in (("cast(null as varchar)", ""), (SOURCE, f"group by {SOURCE}")):
        rows = select(engine, f"select {source} as {SOURCE}, {median} {held} {group}", {"filled": filled}).rows()
        found |= {name: days for name, days in rows if days is not None}
    return found
