"""The roadmap's burn-up: what was promised, what was added, what is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.periods import Period, buckets
from metrics.policy import Viewer
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

TABLE = "fact_work_item"
# Half a year of weeks tells whether done closes up with scope; promises are read a year to either side of it.
SHORTEST = timedelta(days=26 * 7)
_YEAR = timedelta(days=366)
_SCHEMA = {
    "period": pl.Date,
    "scope": pl.Float64,
    "due": pl.Float64,
    "done": pl.Float64,
    "is_points": pl.Boolean,
}


def roadmap_burn_up(engine: Engine, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """Scope, promised and done work of the roadmap by week, counted up over at least half a year.

    Counted are roadmap epics with a committed day within a year around, except what was done before the first week
    or was cancelled. Work without a creation day was there from the beginning.

    Returns:
        Shape (weeks, 5): period (date, a Monday), scope (work known by the end of the week), due (work committed for
        a day up to then), done (work resolved up to then), is_points: counted in story points; false: in epics, where
        one of them has no size. No rows without an epic.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    first = min(scope.period.first, scope.period.last - SHORTEST)
    shown = Period(first, scope.period.last)
    promised = Period(first - _YEAR, scope.period.last + _YEAR)
    # Promises for days to come are part of the scope, so no day of judgement ends them.
    asked = replace(scope, as_of=None)
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        items = admitted(
            reader, asked, viewer, coverage, TABLE, ("item_type", "status"), "due_date", period=promised,
            split_by=("created_date", "resolved_date", "story_points"),
        )  # fmt: skip
        sql = f"""
            select created_date as created, due_date as due, case when status = 'done' then resolved_date end as done,
                cast(story_points as double) as points
            from items
            where item_type = 'roadmap_epic' and status <> 'cancelled'
                and (created_date is null or created_date <= date '{shown.last.isoformat()}')
                and (status <> 'done' or resolved_date is null or resolved_date >= date '{first.isoformat()}')
        """
        epics = select(reader, sql, {"items": items})
    if epics.is_empty():
        return pl.DataFrame(schema=_SCHEMA)
    is_points = epics["points"].null_count() == 0
    sized = epics.with_columns(pl.col("points") if is_points else pl.lit(1.0).alias("points"))
    sized = sized.with_columns(pl.col("created").fill_null(first))
    rows = [
        (part.first - timedelta(days=part.first.weekday()), *_until(sized, part.last), is_points)
        for part in buckets(shown, "week")
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _until(epics: pl.DataFrame, day: date) -> tuple[float, ...]:
    return tuple(float(epics.filter(pl.col(name) <= day)["points"].sum()) for name in ("created", "due", "done"))
