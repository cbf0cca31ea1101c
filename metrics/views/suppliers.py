"""Suppliers: do goods come on time and in full, how much is turned away, what is still open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.periods import Period
from metrics.policy import Viewer
from metrics.views.beside import carries, shown
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

TABLE = "fact_purchase_order_line"
SUPPLIER = "supplier_id"
_PARTNERS = "fact_partner_contract"
# Lines promised longer ago than this and never received are forgotten, not open.
_YEAR = timedelta(days=366)
_NUMBERS = ("lines", "otif", "rejected", "open_lines", "open_amount")


def suppliers(engine: Engine, scope: Scope, viewer: Viewer, most: int = 12) -> pl.DataFrame:
    """Purchase lines due in the period by supplier, and what each still owes.

    Args:
        most: how many suppliers, those with most lines due.

    Returns:
        Shape (suppliers, 7), by rising otif: supplier (id), name (of the partner; the id where no contract names it),
        lines (due in the period), otif (percent of them received complete by the promised day, the KPI
        supplier_otif_rate), rejected (percent of the units received and inspected; null: not in the files), open_lines
        and open_amount (lines not received yet, promised for up to a year before the period's end or any day after;
        money, null: not in the files or hidden from the viewer).
        No rows where nothing was due or no file tells what was received.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    optional = shown(viewer, TABLE, "amount")
    until = Period(scope.period.last - _YEAR, scope.period.last + _YEAR)
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        flags, units = ("is_on_time", "is_in_full"), ("qty_received", "qty_rejected")
        due = admitted(reader, scope, viewer, coverage, TABLE, flags, "promised_date", split_by=(SUPPLIER,))
        checked = admitted(reader, scope, viewer, coverage, TABLE, units, "promised_date", split_by=(SUPPLIER,))
        # What is open is open whatever day flags are judged on; lines promised for later count.
        waiting = admitted(
            reader, replace(scope, as_of=None), viewer, coverage, TABLE, ("received_date",), "promised_date",
            period=until, split_by=(SUPPLIER, *optional),
        )  # fmt: skip
        found = select(reader, _DUE, {"due": due}).cast({SUPPLIER: pl.String})
        for sql, source in ((_CHECKED, {"checked": checked}), (_waiting(optional), {"waiting": waiting})):
            part = select(reader, sql, source).cast({SUPPLIER: pl.String})
            found = found.join(part, on=SUPPLIER, how="left")
        names = _names(reader, scope, viewer, coverage)
    ranked = found.sort("lines", SUPPLIER, descending=[True, False]).head(most)
    is_known = waiting.availability.state != "no_data"
    # A supplier whom no line waits for owes nothing.
    owes_nothing = pl.lit(0.0) if is_known else pl.lit(None, pl.Float64)
    is_waited_for = pl.col("open_lines").is_not_null()
    open_amount = pl.when(is_waited_for).then("open_amount").otherwise(owes_nothing if optional else None)
    return (
        ranked.join(names, on=SUPPLIER, how="left")
        .with_columns(open_amount.alias("open_amount"), pl.coalesce("open_lines", owes_nothing).alias("open_lines"))
        .select(
            pl.col(SUPPLIER).alias("supplier"),
            pl.coalesce("name", SUPPLIER).alias("name"),
            *(pl.col(name).cast(pl.Float64) for name in _NUMBERS),
        )
        .sort("otif", "lines", "supplier", descending=[False, True, False], nulls_last=True)
    )


_DUE = f"""
    select {SUPPLIER}, count(*) as lines, 100 * count(case when is_on_time and is_in_full then 1 end) / count(*) as otif
    from due group by {SUPPLIER}
"""
_CHECKED = f"""
    select {SUPPLIER}, 100 * sum(qty_rejected) / sum(qty_received + qty_rejected) as rejected
    from checked group by {SUPPLIER}
"""


def _waiting(optional: tuple[str, ...]) -> str:
    amount = "sum(amount)" if optional else "null"
    return f"""
        select {SUPPLIER}, count(*) as open_lines, cast({amount} as double) as open_amount
        from waiting where received_date is null group by {SUPPLIER}
    """


def _names(engine: Engine, scope: Scope, viewer: Viewer, coverage: Coverage) -> pl.DataFrame:
    """What contracts call the suppliers, by their last month end."""
    schema = {SUPPLIER: pl.String, "name": pl.String}
    unfiltered = replace(scope, filters=())
    rows_of = all(engine.has_column(_PARTNERS, wish.dimension) for wish in viewer.row_filters)
    if not rows_of or not carries(engine, unfiltered, _PARTNERS):
        return pl.DataFrame(schema=schema)
    window = Period(scope.period.last - _YEAR, scope.period.last)
    columns = ("partner_id", "partner_name")
    contracts = admitted(
        engine, unfiltered, viewer, coverage, _PARTNERS, columns, "snapshot_date", period=window, prefix="named_"
    )
    sql = f"""
        select partner_id as {SUPPLIER}, max(partner_name) as name from contracts
        where partner_name not in ('', '(unknown)') group by partner_id
    """
    return select(engine, sql, {"contracts": contracts}).cast(pl.Schema(schema))
