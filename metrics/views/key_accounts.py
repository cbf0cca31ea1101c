"""The customers that matter most: when they last bought, when they were last called, when the next call is due."""

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

CUSTOMERS, TICKETS = "fact_customer_snapshot", "fact_ticket"
LOOKS_BACK = timedelta(days=366)
_SCHEMA = pl.Schema(
    {
        "customer": pl.String,
        "member_tier": pl.String,
        "last_order": pl.Date,
        "last_follow_up": pl.Date,
        "next_due": pl.Date,
        "is_overdue": pl.Boolean,
    }
)


def key_accounts(engine: Engine, scope: Scope, viewer: Viewer, day: date) -> pl.DataFrame:
    """The key customers of the last customer list up to a day, those that wait for a call first.

    Filters of the scope narrow the follow-ups; under a filter only customers with such a follow-up are listed.

    Args:
        day: today, the day on which a call is overdue; the scope's own period plays no part.

    Returns:
        Shape (key customers, 6): customer (text, pseudonymous), member_tier (text; '' no member), last_order (date;
        null: not known), last_follow_up (the day the last planned follow-up was done, within a year; null: none
        known), next_due (the day the first open follow-up is or was due; null: none planned), is_overdue. First
        those overdue, the longest first, then those who have not bought for the longest. No rows where no list of
        the last weeks marks key customers.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        found = _listed(reader, scope, viewer, coverage, day)
        calls = _calls(reader, scope, viewer, coverage, day)
    held = found.join(calls, on="customer", how="inner" if scope.filters else "left")
    is_overdue = (pl.col("next_due") < day).fill_null(False)
    since = pl.when(is_overdue).then("next_due").otherwise("last_order")
    return (
        held.with_columns(is_overdue.alias("is_overdue"))
        .sort(~is_overdue, since, "customer", nulls_last=True)
        .select(*_SCHEMA)
    )


def _listed(engine: Engine, scope: Scope, viewer: Viewer, coverage: Coverage, day: date) -> pl.DataFrame:
    """Shape (key customers, 3): customer, member_tier, last_order, of the last snapshot that is not stale."""
    shape = pl.Schema({name: _SCHEMA[name] for name in ("customer", "member_tier", "last_order")})
    window = Period(day - timedelta(days=STALE_AFTER_DAYS["month"] - 1), day)
    columns = ("customer_id", "is_key_account")
    plain = Scope(window, None, (), scope.as_of)
    held = admitted(
        engine, plain, viewer, coverage, CUSTOMERS, columns, "snapshot_date", split_by=("member_tier", "recency_days")
    )
    if held.availability.state == "no_data":
        return pl.DataFrame(schema=shape)
    # The list is the last one taken, also where it marks nobody.
    sql = """
        select customer_id as customer, member_tier, snapshot_date, recency_days
        from customers join (select max(snapshot_date) as taken from customers) as last_of on snapshot_date = taken
        where is_key_account and customer_id is not null
    """
    last = select(engine, sql, {"customers": held})
    bought = pl.col("snapshot_date") - pl.duration(days=pl.col("recency_days"))
    return last.with_columns(bought.alias("last_order")).select(*shape).cast(shape)


def _calls(engine: Engine, scope: Scope, viewer: Viewer, coverage: Coverage, day: date) -> pl.DataFrame:
    """Shape (customers with a follow-up, 3): customer, last_follow_up, next_due."""
    shape = pl.Schema({"customer": pl.String, "last_follow_up": pl.Date, "next_due": pl.Date})
    columns = ("customer_id", "domain", "ticket_type", "due_date")
    held = admitted(
        engine, scope, viewer, coverage, TICKETS, columns, "created_date",
        period=Period(day - LOOKS_BACK, day), split_by=("solved_at", "status"),
    )  # fmt: skip
    if held.availability.state == "no_data":
        return pl.DataFrame(schema=shape)
    is_done = f"solved_at is not null and cast(solved_at as date) <= cast('{day.isoformat()}' as date)"
    sql = f"""
        select customer_id as customer, max(case when {is_done} then cast(solved_at as date) end) as last_follow_up,
            min(case when not ({is_done}) and (solved_at is not null or status not in ('solved', 'closed'))
                then due_date end) as next_due
        from tickets
        where domain = 'customer' and ticket_type = 'proactive_follow_up' and customer_id is not null
        group by customer_id
    """
    return select(engine, sql, {"tickets": held}).select(*shape).cast(shape)
