"""What waits: open contacts at the end of each day, by how long they have been open."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.periods import Grain, Period, bucket_start, buckets, grain_for
from metrics.policy import Viewer
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, covered_days, select

TABLE = "fact_ticket"
# An age in days and the longest wait it stands for; the last has no end.
AGES = {"up_to_1": 1, "up_to_3": 3, "up_to_7": 7, "over_7": None}
LOOKS_BACK = timedelta(days=366)
_NEEDED = ("domain", "solved_at")
_BESIDE = ("status", "ticket_type", "is_missed", "is_bot_resolved")
_SCHEMA = pl.Schema({"period": pl.Date, "age": pl.String, "open": pl.Int64})


def backlog(engine: Engine, scope: Scope, viewer: Viewer, grain: Grain | None = None) -> pl.DataFrame:
    """Customer contacts that were open when each bucket of the period ended, by their age then.

    Open is what was not solved by then. What has no moment of solution is open unless it is solved or closed, or was
    missed by everybody. Planned calls are no backlog; a contact a year older than the period no longer counts.

    Args:
        grain: the buckets; without it what fits the length of the period.

    Returns:
        Shape (buckets x 4, 3), by period, then age: period (date, the first day of the bucket), age (days since the
        contact: up_to_1, up_to_3, up_to_7, over_7), open (contacts; 0: none; null: no file covers the bucket's last
        day). No rows where no file says when contacts were solved.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    chosen = grain or grain_for(scope.period)
    last = min(scope.period.last, scope.as_of or scope.period.last)
    window = Period(scope.period.first - LOOKS_BACK, last)
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        tickets = admitted(
            reader, scope, viewer, coverage, TABLE, _NEEDED, "created_date", period=window, split_by=_BESIDE
        )
        if tickets.availability.state == "no_data":
            return pl.DataFrame(schema=_SCHEMA)
        counted = select(reader, _STATEMENT, {"tickets": tickets})
        covered = covered_days(coverage, TABLE, _NEEDED, scope.period.first, last)
    ends = [(bucket_start(part.first, chosen), part.last) for part in buckets(scope.period, chosen)]
    return _aged(counted.cast({"opened": pl.Date, "solved": pl.Date, "contacts": pl.Int64}), ends, covered)


# Days, not moments: there are as many rows as pairs of days, however many contacts.
_STATEMENT = """
    select created_date as opened, cast(solved_at as date) as solved, count(*) as contacts
    from tickets
    where domain = 'customer' and ticket_type <> 'proactive_follow_up' and not coalesce(is_bot_resolved, false)
        and (solved_at is not null or status not in ('solved', 'closed'))
        and (solved_at is not null or not coalesce(is_missed, false) or status in ('new', 'open', 'pending'))
    group by 1, 2
"""


def _aged(counted: pl.DataFrame, ends: list[tuple[date, date]], covered: frozenset[date]) -> pl.DataFrame:
    days = pl.DataFrame(ends, schema={"period": pl.Date, "end": pl.Date}, orient="row")
    is_open = (pl.col("opened") <= pl.col("end")) & (pl.col("solved").is_null() | (pl.col("solved") > pl.col("end")))
    waited = (pl.col("end") - pl.col("opened")).dt.total_days()
    age: pl.Expr = pl.lit(list(AGES)[-1])
    for name, limit in reversed(AGES.items()):
        age = age if limit is None else pl.when(waited <= limit).then(pl.lit(name)).otherwise(age)
    held = days.join(counted, how="cross").filter(is_open).with_columns(age.alias("age"))
    found = held.group_by("period", "age").agg(pl.col("contacts").sum().alias("open"))
    return (
        days.join(pl.DataFrame({"age": list(AGES)}), how="cross", maintain_order="left_right")
        .join(found, on=["period", "age"], how="left", maintain_order="left")
        .with_columns(pl.when(pl.col("end").is_in(list(covered))).then(pl.col("open").fill_null(0)))
        .select(*_SCHEMA)
    )
