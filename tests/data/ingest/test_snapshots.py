"""Snapshots, due days and what a company calls its departments: rules that many tables share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.ingest.departments import conform
from data.ingest.months import as_days
from data.ingest.pipeline import Desk, Wish, bring, prepare
from data.ingest.titles import period_of
from data.warehouse import Warehouse
from tests.data.desks import bring_file, opened_desk
from tests.data.ingest.files import written
from tests.data.lakes import NOW, put

DUE = [
    {"item_key": "done", "due_date": date(2026, 11, 10), "resolved_date": date(2026, 11, 9), "status": "done"},
    {"item_key": "open", "due_date": date(2026, 11, 20), "resolved_date": None, "status": "open"},
    {"item_key": "ahead", "due_date": date(2026, 12, 24), "resolved_date": None, "status": "open"},
]


@pytest.fixture
def desk(lake_template: Path, tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(lake_template, tmp_path / "home", base_currency="CNY") as opened:
        yield opened


def test_a_weekly_state_stands_for_the_week_that_ends_on_its_day(warehouse: Warehouse) -> None:
    listing = {"snapshot_date": date(2026, 11, 15), "sku": "a", "sales_channel": "tmall"}
    put(warehouse, "fact_listing_snapshot", [listing])
    (coverage,) = warehouse.engine().coverage().to_pylist()
    assert (coverage["first_day"], coverage["last_day"]) == (date(2026, 11, 9), date(2026, 11, 15))


@pytest.mark.parametrize("is_reversed", [False, True])
def test_the_balance_of_a_day_is_the_one_after_its_last_movement(desk: Desk, tmp_path: Path, is_reversed: bool) -> None:
    """Banks write the oldest movement first, or the newest: 3 November ends with 70 either way."""
    movements = ["2026-11-02,main,100,,100", "2026-11-03,main,,50,50", "2026-11-03,main,20,,70"]
    if is_reversed:
        movements.reverse()
    bring_file(desk, written(tmp_path, "\n".join(["日期,账户,收入,支出,余额", *movements])))
    sql = """select inflow_external::int, outflow_external::int, closing_balance::int from lake.fact_bank_balance
             where date = date '2026-11-03'"""
    assert desk.warehouse.connection.execute(sql).fetchall() == [(20, 50, 70)]


def test_what_is_due_later_is_neither_late_nor_on_time(warehouse: Warehouse) -> None:
    put(warehouse, "fact_work_item", DUE)

    def flags(day: date) -> dict[str, bool | None]:
        relation = warehouse.engine().relation("fact_work_item", frozenset({"is_on_time"}), day)
        return dict(warehouse.connection.execute(f"select item_key, is_on_time from {relation}").fetchall())

    assert flags(date(2026, 11, 20)) == {"done": True, "open": None, "ahead": None}
    assert flags(date(2026, 11, 21)) == {"done": True, "open": False, "ahead": None}


def test_of_what_is_due_nothing_is_known_beyond_the_day_it_was_loaded(warehouse: Warehouse) -> None:
    put(warehouse, "fact_work_item", DUE)
    (coverage,) = warehouse.engine().coverage().to_pylist()
    assert (coverage["first_day"], coverage["last_day"]) == (date(2026, 11, 10), NOW.date())


def test_several_runs_of_a_day_are_good_only_when_all_were(desk: Desk, tmp_path: Path) -> None:
    runs = "dag_id,execution_date,state\nsales,2026-11-02T01:00:00Z,success\nsales,2026-11-02T02:00:00Z,failed\n"
    assert bring_file(desk, written(tmp_path, runs)).rejected == 0
    sql = "select job_id, is_success from lake.fact_scheduled_job"
    assert desk.warehouse.connection.execute(sql).fetchall() == [("sales", False)]


def test_purchase_order_lines_without_numbers_are_numbered(desk: Desk, tmp_path: Path) -> None:
    head = "采购单号,供应商,预计到货日期,入库日期,采购数量,入库数量\n"
    bring_file(desk, written(tmp_path, head + "P1,S,2026-11-02,2026-11-02,5,5\nP1,S,2026-11-02,,3,2\n"))
    relation = desk.warehouse.engine().relation(
        "fact_purchase_order_line", frozenset({"is_in_full", "is_on_time"}), date(2026, 11, 9)
    )
    sql = f"select line_no, is_in_full, is_on_time from {relation} order by 1"
    assert desk.warehouse.connection.execute(sql).fetchall() == [(1, True, True), (2, False, False)]


def test_a_file_that_lacks_a_column_is_told_which_and_that_a_constant_would_do(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path, "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total\nNorth,I1,2026-10-01,2026-10-31,9\n")
    (outcome,) = bring(prepare(file, desk), desk)
    assert "invoice_type: {constant: …}" in outcome.message.en
    assert "invoice_type" in outcome.message.zh_hant
    assert (outcome.status, outcome.table) == ("not_recognised", "fact_invoice")


def test_a_roster_without_a_day_loads_for_the_day_a_person_gives(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path, "Employee #,Hire Date,Department,Job Title\n7,2024-10-15,People,Clerk\n")
    day = date(2026, 10, 31)
    assert bring(prepare(file, desk), desk)[0].status == "not_recognised"
    bring(prepare(file, desk, Wish(days=(day, day))), desk)
    sql = "select snapshot_date, department, tenure_months, is_active from lake.fact_employee_snapshot"
    # Without a column for leaving nobody can say who is still there.
    assert desk.warehouse.connection.execute(sql).fetchall() == [(day, "hr", 24, None)]


def test_departments_have_one_name_and_those_of_the_companys_own_none() -> None:
    said = pl.Series(["市场部", "Human Resources", "Customer_Service", "R&D", "财务中心", "採購部門", "Squad 7", None])
    expected = ["marketing", "hr", "customer_service", "technology", "finance", "product", "(unknown)", None]
    assert conform(said).to_list() == expected


def test_a_month_without_a_day_is_read_as_a_month() -> None:
    said = pl.Series(["2026-11", "2026年1月", "202611", "Nov 2026", "2026-11-03"])
    assert as_days(said).to_list() == ["2026-11-1", "2026-1-1", "2026-11-1", "1 Nov 2026", "2026-11-03"]


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        ("As at 31 October 2026", date(2026, 10, 31), date(2026, 10, 31)),
        ("期间：2026年2月", date(2026, 2, 1), date(2026, 2, 28)),
        ("会计期间: 2026年第12期", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_balance_sheet_says_its_day_or_its_month(title: str, first: date, last: date) -> None:
    assert period_of(["Shop Ltd", title]) == (first, last)
