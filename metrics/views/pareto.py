"""Reasons from the most to the least frequent: why orders were not perfect, and why goods came back."""

from __future__ import annotations

from typing import Literal

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.policy import Viewer
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

# Each check of a perfect order and the flag that says it was passed; a check that was not made does not fail.
CHECKS = {
    "late": "is_delivered_on_time",
    "short": "is_in_full",
    "wrong_item": "is_correct_item",
    "damaged": "is_damage_free",
    "papers": "is_docs_correct",
}
ReturnMeasure = Literal["count", "refund_amount"]
_RETURNED = {"count": "qty", "refund_amount": "refund_amount"}


def imperfect_orders(engine: Engine, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """How many orders promised for the period failed each check of a perfect order.

    Orders are counted, not parcels: an order in three late parcels is late once. One that is late and damaged
    counts for both, so the reasons may add up to more than the orders that were not perfect.

    Returns:
        Shape (5, 4), by falling count: reason (late, short, wrong_item, damaged, papers), count (orders; null:
        no file of the period carries the check; 0: carried, none failed), share (of all counts, 0 to 1) and
        cumulative_share (with the reasons before it); both null where count is, or where nothing failed.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    sources, parts = {}, []
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        for reason, passed in CHECKS.items():
            sources[reason] = admitted(
                reader, scope, viewer, coverage, "fact_shipment", ("order_id", passed), "promised_delivery_date",
                prefix=reason,
            )  # fmt: skip
            failed = f"count(distinct case when not {passed} then order_id end)"
            parts.append(f"select '{reason}' as reason, cast({failed} as double) as count from {reason}")
        found = select(reader, " union all ".join(parts), sources)
    unknown = [reason for reason, held in sources.items() if held.availability.state == "no_data"]
    count = pl.when(~pl.col("reason").is_in(unknown)).then("count").alias("count")
    return _cumulated(found.with_columns(count), "count").select("reason", "count", "share", "cumulative_share")


def return_reasons(engine: Engine, scope: Scope, viewer: Viewer, by: ReturnMeasure = "count") -> pl.DataFrame:
    """Why goods came back, by the day the return was requested.

    Args:
        by: what shares and order are taken of: units (`count`) or money back.

    Returns:
        Shape (reasons, 5), by falling measure: reason (code), count (units) and refund_amount (money), each
        null where no file carries it, share of the measure (0 to 1) and cumulative_share (with the reasons
        before it), null where the measure is or where it adds up to 0. No rows without returns.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    found = pl.DataFrame(schema={"reason": pl.String})
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        for name, column in _RETURNED.items():
            returns = admitted(
                reader, scope, viewer, coverage, "fact_return", (column,), "requested_date", split_by=("reason_group",)
            )
            sql = (
                f"select reason_group as reason, cast(sum({column}) as double) as {name} from returns"
                " group by reason_group"
            )
            part = select(reader, sql, {"returns": returns}).cast({"reason": pl.String, name: pl.Float64})
            found = found.join(part, on="reason", how="full", coalesce=True)
    return _cumulated(found, by).select("reason", *_RETURNED, "share", "cumulative_share")


def _cumulated(found: pl.DataFrame, measure: str) -> pl.DataFrame:
    whole = pl.col(measure).sum()
    return (
        found.sort(measure, "reason", descending=[True, False], nulls_last=True)
        .with_columns((pl.col(measure) / pl.when(whole > 0).then(whole)).alias("share"))
        .with_columns(pl.col("share").cum_sum().alias("cumulative_share"))
    )
