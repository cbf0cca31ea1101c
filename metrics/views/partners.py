"""The bridge of partners from one month end to another: who came, who left, who was renewed."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.periods import Period
from metrics.policy import Viewer
from metrics.reading import STALE_AFTER_DAYS
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

TABLE = "fact_partner_contract"
KIND = "partner_type"
_SCHEMA = {
    KIND: pl.String,
    "first_day": pl.Date,
    "last_day": pl.Date,
    "start": pl.Int64,
    "new": pl.Int64,
    "ended": pl.Int64,
    "renewed": pl.Int64,
    "end": pl.Int64,
}
_Partners = dict[str | None, set[str]]


def partner_bridge(engine: Engine, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """Partners with a contract in force before and after, and what happened between the two month ends.

    start + new - ended + renewed = end. A partner whose contract ran out and was renewed is in `ended` and in
    `renewed`. A partner of two kinds counts for both, and once in all together.

    Returns:
        Shape (kinds + 1, 8): partner_type (code; null = all together, first, then by falling end), first_day and
        last_day (the month ends compared: the last one in or before the period, and the last before the period
        began), start, new, ended, renewed, end (partners; all but end null where there is no month end before).
        No rows without a month end that carries whether contracts are in force.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    age = timedelta(days=STALE_AFTER_DAYS["month"])
    window = Period(scope.period.first - 2 * age, scope.period.last)
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        contracts = admitted(
            reader, scope, viewer, coverage, TABLE, ("partner_id", "is_active"), "snapshot_date", period=window,
            split_by=(KIND, "is_renewed"),
        )  # fmt: skip
        sql = f"""
            select distinct snapshot_date, {KIND}, partner_id, is_active, is_renewed
            from contracts where partner_id is not null
        """
        found = select(reader, sql, {"contracts": contracts})
    days = sorted(found["snapshot_date"].unique().to_list())
    last = max(days, default=None)
    if last is None or last <= scope.period.last - age:
        return pl.DataFrame(schema=_SCHEMA)
    before = max((day for day in days if day < min(scope.period.first, last)), default=None)
    return _bridge(found, before, last)


def _bridge(found: pl.DataFrame, before: date | None, last: date) -> pl.DataFrame:
    active = found.filter(pl.col("is_active"))
    end = _by_kind(active.filter(pl.col("snapshot_date") == last))
    start = _by_kind(active.filter(pl.col("snapshot_date") == before)) if before else {}
    since = pl.col("snapshot_date").is_between(before or last, last, closed="right")
    again = _by_kind(found.filter(since, pl.col("is_renewed")))
    rows = [_row(kind, before, last, start, end, again) for kind in {None, *start, *end}]
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    return frame.sort(pl.col(KIND).is_not_null(), "end", KIND, descending=[False, True, False])


def _by_kind(rows: pl.DataFrame) -> _Partners:
    held: _Partners = {None: set(rows["partner_id"].to_list())}
    for kind, partner in rows.select(KIND, "partner_id").iter_rows():
        held.setdefault(kind, set()).add(partner)
    return held


def _row(
    kind: str | None, before: date | None, last: date, start: _Partners, end: _Partners, again: _Partners
) -> tuple[object, ...]:
    was, now = start.get(kind, set()), end.get(kind, set())
    if before is None:
        return kind, None, last, None, None, None, None, len(now)
    stayed = len(again.get(kind, set()) & was & now)
    return kind, before, last, len(was), len(now - was), len(was - now) + stayed, stayed, len(now)
