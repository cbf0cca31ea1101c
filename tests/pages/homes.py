"""Installations for page tests: real lakes with a small shop, filled as files fill them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from data.contracts import TABLES
from data.warehouse import Warehouse
from tests.data.lakes import put
from tests.metrics.shop import shop

Records = Iterable[Mapping[str, Any]]


def fill(folder: Path, tables: Mapping[str, Records], file: str = "shop.csv") -> None:
    """Load records as one batch a table into the lake of a folder; columns that a load computes are left out."""
    lake = Warehouse.open(folder)
    for table, records in tables.items():
        put(lake, table, [_as_loaded(table, row) for row in records], file=file)
    lake.close()


def small_shop() -> Mapping[str, Records]:
    """Three months (January to March 2025) of every table the Operations page reads."""
    tables = dict(shop())
    tables["fact_order"] = [
        row | {"created_at": row["paid_at"], "order_date": row["paid_date"]} for row in tables["fact_order"]
    ]
    tables["fact_return"] = [row | {"requested_date": row["requested_at"].date()} for row in tables["fact_return"]]
    return tables


def _as_loaded(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row without what a load computes, and with the keys that every load fills."""
    contract = TABLES[table]
    loaded = {name: value for name, value in row.items() if name in contract.columns}
    if contract.cut_columns:
        day = row["date"]
        keys = {name: "" for name in contract.key if name in contract.cut_columns and name not in loaded}
        loaded |= {**keys, "from_date": day, "to_date": day}
    return loaded
