"""How fresh tables are: against their contracts' limits, by what their files cover."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from data.contracts import TABLES
from data.ingest.undo import undo
from data.status import late_by, reaches, status
from data.warehouse import Warehouse
from tests.data.lakes import NOW, order, put

LAST = date(2026, 11, 2)
# What a tool or a month-end close may take beyond the rhythm of its table, in days.
GRACE = {"day": range(1, 5), "week": range(8, 11), "month": range(33, 47)}
WORK = [{"item_key": "a", "due_date": date(2026, 9, 1), "status": "done"}]


def one(warehouse: Warehouse, table: str, today: date) -> dict[str, Any]:
    """A table's line of the status."""
    found = status(warehouse.engine(), today)
    return next(row for row in found.to_dicts() if row["table"] == table)


@pytest.mark.parametrize(
    ("days", "state", "late"), [(0, "fresh", None), (2, "fresh", None), (3, "late", 1), (30, "late", 28)]
)
def test_a_daily_table_is_late_from_the_day_after_its_limit(
    warehouse: Warehouse, days: int, state: str, late: int | None
) -> None:
    put(warehouse, "fact_order", [order("a", LAST)])
    row = one(warehouse, "fact_order", LAST + timedelta(days=days))
    assert (row["state"], row["late_by_days"], row["last_day"]) == (state, late, LAST)


def test_a_row_of_a_monthly_table_stands_for_its_whole_month(warehouse: Warehouse) -> None:
    """Filled on 5 October: the month is known to the 31st, and 36 days later it is not late yet."""
    put(warehouse, "fact_requisition", [{"requisition_id": "r", "filled_date": date(2026, 10, 5)}])
    assert one(warehouse, "fact_requisition", date(2026, 12, 6))["state"] == "fresh"
    assert one(warehouse, "fact_requisition", date(2026, 12, 7))["late_by_days"] == 1


def test_what_is_due_is_known_as_of_its_load_however_old_the_last_due_day(warehouse: Warehouse) -> None:
    put(warehouse, "fact_work_item", WORK)
    loaded = NOW.date()
    assert one(warehouse, "fact_work_item", loaded + timedelta(days=8))["state"] == "fresh"
    assert one(warehouse, "fact_work_item", loaded + timedelta(days=9))["late_by_days"] == 1


def test_a_table_without_a_file_is_empty_and_not_late(warehouse: Warehouse) -> None:
    row = one(warehouse, "fact_ticket", LAST)
    assert (row["state"], row["rows"], row["files"], row["last_day"], row["late_by_days"]) == (
        "empty", 0, 0, None, None,
    )  # fmt: skip


def test_a_table_that_changes_when_it_changes_is_never_late(warehouse: Warehouse) -> None:
    put(warehouse, "dim_product", [{"sku": "s", "launch_date": date(2020, 1, 1)}])
    row = one(warehouse, "dim_product", LAST)
    assert (row["state"], row["rows"], row["late_by_days"]) == ("as_needed", 1, None)


def test_the_newest_file_in_force_is_named_and_one_taken_back_is_not(warehouse: Warehouse) -> None:
    put(warehouse, "fact_order", [order("a", LAST)], file="first.csv")
    put(warehouse, "fact_order", [order("b", LAST)], file="second.csv")
    undo(warehouse, 2, "mei", NOW)
    row = one(warehouse, "fact_order", LAST)
    assert (row["last_file"], row["last_batch"], row["files"], row["last_loaded_at"]) == ("first.csv", 1, 1, NOW)
    undo(warehouse, 1, "mei", NOW)
    assert one(warehouse, "fact_order", LAST)["state"] == "empty"


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if not table.generated])
def test_every_limit_leaves_its_rhythm_and_what_the_tool_needs_and_no_more(name: str) -> None:
    table = TABLES[name]
    if table.late_after_days is None:
        assert table.cadence == "none" or table.kind == "config"
    else:
        assert table.late_after_days in GRACE[table.cadence]


def test_nothing_is_late_where_no_day_is_known() -> None:
    table = TABLES["fact_order"]
    assert reaches(table, None, NOW) is None
    assert late_by(table, None, LAST) is None
