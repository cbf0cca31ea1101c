"""How a lake stands: rows, days and lateness of every table."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from data.contracts import TABLES
from data.warehouse import Warehouse


def status(warehouse: Warehouse, today: date) -> pl.DataFrame:
    """One row a table that files fill.

    Shape (tables, [table, department, rows, first_day, last_day, sources, is_late]); days are null where nothing
    with a day was loaded, `is_late` is null where the contract sets no limit or nothing was loaded.
    """
    coverage = pl.DataFrame(warehouse.engine().coverage())
    cursor = warehouse.connection.cursor()
    rows = []
    for table in TABLES.values():
        if table.generated:
            continue
        known = coverage.filter(pl.col("table_name") == table.name)
        last: date | None = known["last_day"].max()  # type: ignore[assignment]
        is_late = None
        if last is not None and table.late_after_days is not None:
            is_late = last < today - timedelta(days=table.late_after_days)
        count = cursor.execute(f"select count(*) from lake.main.{table.name}").fetchall()[0][0]
        rows.append(
            {
                "table": table.name,
                "department": table.department,
                "rows": count,
                "first_day": known["first_day"].min(),
                "last_day": last,
                "sources": sorted(known["source"].unique().to_list()),
                "is_late": is_late,
            }
        )
    return pl.DataFrame(rows, schema_overrides={"first_day": pl.Date, "last_day": pl.Date, "is_late": pl.Boolean})
