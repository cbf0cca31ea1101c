"""Semi-additive facts: which snapshot answers for each bucket."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlglot import exp

from metrics import dialect
from metrics.engine import Engine
from metrics.model import Fact
from metrics.parameters import Parameters
from metrics.periods import bucket_start, buckets
from metrics.query import Query
from metrics.reading import STALE_AFTER_DAYS
from metrics.source import Admission, admitted


def last_snapshots(
    engine: Engine, query: Query, fact: Fact, admission: Admission, parameters: Parameters
) -> exp.Subquery:
    """`last_of(bucket, snapshot_day)`: the last snapshot at or before each bucket's end, unless it is stale.

    A snapshot is one for everything, so the question's filters do not choose it: a shop without stock today
    has no stock today, whatever it had last week.
    """
    everything = replace(admission, columns=frozenset({fact.time_column}), filters=())
    days = admitted(engine, everything, parameters).distinct(copy=False)
    spine = _spine(query, fact)
    day = dialect.column(fact.time_column, "taken")
    is_within = exp.and_(
        exp.GTE(this=day, expression=dialect.column("since", "spine")),
        exp.LT(this=day.copy(), expression=dialect.column("until", "spine")),
    )
    bucket = dialect.column("bucket", "spine")
    last = (
        exp.select(dialect.alias(bucket, "bucket"), dialect.alias(exp.Max(this=day.copy()), "snapshot_day"))
        .from_(spine)
        .join(dialect.subquery(days, "taken"), on=is_within, copy=False)
        .group_by(bucket.copy(), copy=False)
    )
    return dialect.subquery(last, "last_of")


def _spine(query: Query, fact: Fact) -> exp.Expr:
    age = timedelta(days=STALE_AFTER_DAYS[fact.cadence])
    whole = (query.period,) if query.grain is None else buckets(query.period, query.grain)
    rows = [
        exp.Tuple(
            expressions=[
                _date(bucket_start(part.first, query.grain) if query.grain else part.first),
                _date(part.end - age),
                _date(part.end),
            ]
        )
        for part in whole
    ]
    names = [exp.to_identifier(name) for name in ("bucket", "since", "until")]
    return exp.Values(expressions=rows, alias=exp.TableAlias(this=exp.to_identifier("spine"), columns=names))


def _date(day: date) -> exp.Expr:
    return exp.cast(exp.Literal.string(day.isoformat()), exp.DataType.Type.DATE)
