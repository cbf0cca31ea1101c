"""Which days, sources and columns a lake knows: worked out from the records of the batches, never from the rows."""

from __future__ import annotations

from typing import Any

import polars as pl
import pyarrow as pa

from data.contracts import TABLES

COVERAGE_SQL = """
    select c.batch, c.table_name, c.source, c.account, c.cut, c.is_range, c.first_day, c.last_day, c.columns
    from lake.main.batch_table as c
    where not exists (select 1 from lake.main.change as u where u.batch = c.batch and u.kind = 'undo')
    order by c.batch, c.table_name
"""


def with_computed_columns(coverage: pa.Table) -> pa.Table:
    """Add to each row's `columns` the derived and virtual ones that its own and other tables' days make known."""
    frame = pl.DataFrame(coverage)
    spans: dict[str, list[tuple[Any, Any]]] = {}
    for row in frame.iter_rows(named=True):
        spans.setdefault(row["table_name"], []).append((row["first_day"], row["last_day"]))

    def known(row: dict[str, Any]) -> list[str]:
        carried = set(row["columns"] or ())
        table = TABLES.get(str(row["table_name"]))
        if table is None:
            return sorted(carried)
        for column in table.derived:
            is_reachable = all(_meet(spans.get(name, []), row, TABLES[name].kind) for name in column.needs)
            if is_reachable and set(column.reads) <= carried:
                carried.add(column.name)
        for flag in table.virtual:
            if set(flag.required or flag.columns) <= carried:
                carried.add(flag.name)
        return sorted(carried)

    columns = [known(row) for row in frame.iter_rows(named=True)]
    frame = frame.with_columns(pl.Series("columns", columns, dtype=pl.List(pl.String)))
    return frame.filter(pl.col("first_day").is_not_null()).to_arrow()


def _meet(spans: list[tuple[Any, Any]], row: dict[str, Any], kind: str) -> bool:
    if kind != "fact":
        return bool(spans)
    if row["first_day"] is None:
        return False
    return any(first <= row["last_day"] and row["first_day"] <= last for first, last in spans if first is not None)
