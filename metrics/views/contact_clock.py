"""When customers get in touch, and when nobody answers: weekdays by hours of the day."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.policy import Viewer
from metrics.views.clock import averages, weekday_sql
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, covered_days, select

TABLE = "fact_ticket"
_TIMED = ("created_at", "domain")
# Planned calls come from the company, not from customers.
_CONTACT = "domain = 'customer' and ticket_type <> 'proactive_follow_up' and created_at is not null"


def contact_clock(engine: Engine, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """How many contacts come in each hour of the week, and how many of them are missed, on average over the period.

    Missed is what got no reply or left before one; where a file does not say so of a contact, it was answered.

    Returns:
        Shape (168, 6), by weekday and hour: weekday (ISO, 1 = Monday), hour (0 to 23), contacts, answered and missed
        (average per such hour; 0: covered, none; null: no such day is covered, or no file says which were missed),
        days (how many such days are covered).

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        contacts = _counted(reader, scope, viewer, coverage, _TIMED, {"contacts": "count(*)"})
        outcomes = {"answered": "count(*) - count(case when is_missed then 1 end)"}
        outcomes["missed"] = "count(case when is_missed then 1 end)"
        told = _counted(reader, scope, viewer, coverage, (*_TIMED, "is_missed"), outcomes)
    return contacts.join(told.drop("days"), on=["weekday", "hour"], how="left", maintain_order="left").select(
        "weekday", "hour", "contacts", "answered", "missed", "days"
    )


def _counted(
    engine: Engine,
    scope: Scope,
    viewer: Viewer,
    coverage: Coverage,
    columns: tuple[str, ...],
    counts: Mapping[str, str],
) -> pl.DataFrame:
    held = admitted(engine, scope, viewer, coverage, TABLE, columns, "created_date", split_by=("ticket_type",))
    found = pl.DataFrame(schema=dict.fromkeys(("weekday", "hour", *counts), pl.Int64))
    if held.availability.state != "no_data":
        counted = ", ".join(f"{sql} as {name}" for name, sql in counts.items())
        sql = f"""
            select {weekday_sql("created_date")} as weekday, extract(hour from created_at) as hour, {counted}
            from tickets where {_CONTACT} group by 1, 2
        """
        found = select(engine, sql, {"tickets": held})
    last = min(scope.period.last, scope.as_of or scope.period.last)
    return averages(found, covered_days(coverage, TABLE, columns, scope.period.first, last), tuple(counts))
