"""Why customers complain, and which reasons are new."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.periods import Period
from metrics.policy import Viewer
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, covered_days, select

TABLE = "fact_ticket"
_NEEDED = ("domain", "ticket_type")
_REASONS = ("contact_reason_l1", "contact_reason_l2")
_SCHEMA = pl.Schema({"reason": pl.String, "group": pl.String, "count": pl.Int64, "before": pl.Int64})


def complaint_reasons(engine: Engine, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """Complaints of the period by reason, beside those of the comparison.

    Returns:
        Shape (reasons, 4), by falling count: reason (text, its code; null where it is not coded), group (text, what
        stands for it then: the group of reasons, or (unknown); null where it is coded), count and before (complaints;
        before is 0 where files cover the whole comparison and hold none, null where they do not cover it). No rows
        without complaints.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        now = _counted(reader, scope, viewer, coverage, scope.period, "count")
        then = None
        if scope.comparison is not None:
            first, last = scope.comparison.first, scope.comparison.last
            if len(covered_days(coverage, TABLE, _NEEDED, first, last)) == scope.comparison.days:
                then = _counted(reader, scope, viewer, coverage, scope.comparison, "before")
    if then is None:
        found = now.with_columns(pl.lit(None, pl.Int64).alias("before"))
    else:
        found = now.join(then, on=["reason", "group"], how="left", nulls_equal=True).with_columns(
            pl.col("before").fill_null(0)
        )
    order = [True, False, False]
    return found.select(*_SCHEMA).sort("count", "reason", "group", descending=order, nulls_last=True)


def _counted(
    engine: Engine, scope: Scope, viewer: Viewer, coverage: Coverage, period: Period, name: str
) -> pl.DataFrame:
    shape = pl.Schema({"reason": pl.String, "group": pl.String, name: pl.Int64})
    held = admitted(engine, scope, viewer, coverage, TABLE, _NEEDED, "created_date", period=period, split_by=_REASONS)
    if held.availability.state == "no_data":
        return pl.DataFrame(schema=shape)
    # A reason that a file leaves out is '(unknown)' in the store: not a code.
    sql = f"""
        select reason, case when reason is null then contact_reason_l1 end as "group", count(*) as {name}
        from (
            select contact_reason_l1,
                case when contact_reason_l2 not in ('', '(unknown)') then contact_reason_l2 end as reason
            from tickets where domain = 'customer' and ticket_type = 'complaint'
        ) as told
        group by 1, 2
    """
    return select(engine, sql, {"tickets": held}).select(*shape).cast(shape)
