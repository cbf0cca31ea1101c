"""Real files of the other departments, with the totals of their publishers and what their oddities ask for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data.ingest.outcome import Outcome
from data.ingest.pipeline import Desk, bring, prepare
from data.ingest.recipe_yaml import from_yaml
from tests.data.desks import bring_file, opened_desk

pytestmark = pytest.mark.real
MAPPINGS = Path(__file__).parent / "mappings"
RECEIVABLES = "finance/pthiagu2/WA_Fn-UseC_-Accounts-Receivable.csv"
BUDGET = "finance/samipdk/budget_vs_actual.csv"
PEOPLE = "hr/pthiagu2/WA_Fn-UseC_-HR-Employee-Attrition.csv"
STOCK = "product/Analytics-Avenue/inventory_data.csv"
COMPLAINTS = "service/ratish540/Comcast_telecom_complaints_data.csv"
PULL_REQUESTS = "technology/eyarz/github_prs_Feb-Sep.csv"
BILLS = "finance/fivetran/bill_data.csv"
TICKETS = "service/fivetran/ticket_data.csv"
A_DAY = date(2026, 10, 31)


@pytest.fixture
def desk(lake_template: Path, tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(lake_template, tmp_path / "home", base_currency="USD", time_zone="UTC") as opened:
        yield opened


def brought(desk: Desk, real: Path, file: str, mapping: str | None = None, **wish: Any) -> Outcome:
    """The file as it is recognised by itself, or through a mapping that is kept here."""
    written = (MAPPINGS / f"{mapping}.yaml").read_text(encoding="utf-8") if mapping else None
    return bring_file(desk, real / file, recipe=from_yaml(written) if written else None, **wish)


def row(desk: Desk, sql: str) -> tuple[Any, ...]:
    (found,) = desk.warehouse.connection.cursor().execute("use lake").execute(sql).fetchall()
    return tuple(found)


def rows(desk: Desk, sql: str) -> dict[Any, Any]:
    return dict(desk.warehouse.connection.cursor().execute("use lake").execute(sql).fetchall())


def oracle(real: Path, file: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((real / "oracles.json").read_text(encoding="utf-8"))[file]["oracle"]
    return found


def known(desk: Desk, table: str) -> set[str]:
    (coverage,) = [row for row in desk.warehouse.engine().coverage().to_pylist() if row["table_name"] == table]
    return set(coverage["columns"])


def late(desk: Desk, table: str, flag: str, as_of: date) -> int:
    source = desk.warehouse.engine().relation(table, frozenset({flag}), as_of)
    found: int = row(desk, f"select count(*) from {source} where not {flag}")[0]
    return found


def test_receivables_keep_leading_zeros_amounts_days_and_who_paid_late(desk: Desk, real: Path) -> None:
    expected = oracle(real, RECEIVABLES)
    outcome = brought(desk, real, RECEIVABLES)
    assert (outcome.loaded, outcome.rejected) == (expected["rows"], 0)
    sql = """select count(distinct invoice_id), count(distinct counterparty), sum(amount), min(issue_date),
             max(paid_date), sum(paid_date - issue_date), count(*) filter (is_exception) from fact_invoice"""
    assert row(desk, sql) == (
        expected["distinct invoiceNumber (as text)"],
        expected["distinct customerID"],
        Decimal(expected["sum InvoiceAmount"]),
        date(2012, 1, 3),
        date(2014, 1, 9),
        int(expected["sum DaysToSettle"]),
        expected["Disputed"]["Yes"],
    )
    assert row(desk, "select count(*) from fact_invoice where invoice_id = '0000611365'") == (1,)
    assert late(desk, "fact_invoice", "is_paid_on_time", A_DAY) == expected["invoices with DaysLate > 0"]


def test_complaints_join_their_day_with_a_12_hour_clock(desk: Desk, real: Path) -> None:
    expected = oracle(real, COMPLAINTS)
    outcome = brought(desk, real, COMPLAINTS)
    assert (outcome.loaded, outcome.rejected) == (expected["rows"], 0)
    months = rows(desk, "select strftime(created_date, '%m'), count(*) from fact_ticket group by 1")
    assert months == expected["rows by month"]
    assert rows(desk, "select channel, count(*) from fact_ticket group by 1") == {"phone": 1119, "form": 1105}
    statuses = rows(desk, "select status, count(*) from fact_ticket group by 1")
    assert statuses == {name.lower(): count for name, count in expected["Status"].items()}
    afternoon = row(
        desk, "select strftime(created_at, '%Y-%m-%d %H:%M:%S') from fact_ticket where ticket_id = '250635'"
    )
    assert afternoon == ("2015-04-22 15:53:50",)
    assert row(desk, "select count(*) from fact_ticket where ticket_id = 'comcas'") == (1,)


def test_a_budget_becomes_ledger_months_by_the_classes_a_person_gave(desk: Desk, real: Path) -> None:
    """Jan 2024 is the month that ends on 31 January."""
    expected = oracle(real, BUDGET)
    outcome = brought(desk, real, BUDGET, "budget_vs_actual")
    assert (outcome.loaded, outcome.rejected) == (144, 0)
    sql = """select cast(sum(budget_amount) as integer) || ' / ' || cast(sum(amount) as integer) from fact_gl_balance
             where (account_class = 'revenue') = {}"""
    assert row(desk, sql.format("true")) == (expected["Revenue budget / actual"],)
    assert row(desk, sql.format("false")) == (expected["Cost budget / actual"],)
    ends = "select min(period_end), max(period_end), count(distinct period_end) from fact_gl_balance"
    assert row(desk, ends) == (date(2024, 1, 31), date(2024, 12, 31), 12)
    assert known(desk, "fact_gl_balance").isdisjoint({"closing_balance", "forecast_amount", "journal_lines"})


def test_what_a_stock_file_lacks_stays_unknown(desk: Desk, real: Path) -> None:
    expected = oracle(real, STOCK)
    outcome = brought(desk, real, STOCK)
    assert (outcome.loaded, outcome.rejected) == (expected["rows"], 0)
    sql = """select sum(on_hand_qty), sum(on_hand_qty) filter (snapshot_date = date '2023-10-30'),
             count(available_qty), count(on_hand_value), count(is_sellable) from fact_inventory_snapshot"""
    last = int(expected["sum Inventory_Level on the last day"])
    assert row(desk, sql) == (int(expected["sum Inventory_Level"]), last, 0, 0, 0)
    columns = known(desk, "fact_inventory_snapshot")
    assert "on_hand_qty" in columns
    assert columns.isdisjoint({"available_qty", "on_hand_value", "stock_age_days", "is_sellable", "is_stockout"})


def test_a_roster_is_one_snapshot_of_the_day_a_person_gives(desk: Desk, real: Path) -> None:
    expected = oracle(real, PEOPLE)
    outcome = brought(desk, real, PEOPLE, days=(A_DAY, A_DAY))
    assert (outcome.loaded, outcome.rejected, outcome.days) == (expected["rows"], 0, (A_DAY, A_DAY))
    sql = """select count(distinct employee_id), count(*) filter (is_exit), count(*) filter (is_active),
             sum(base_salary), sum(tenure_months), min(snapshot_date), max(snapshot_date) from fact_employee_snapshot"""
    assert row(desk, sql) == (
        expected["distinct EmployeeNumber"],
        expected["Attrition"]["Yes"],
        expected["Attrition"]["No"],
        Decimal(expected["sum MonthlyIncome"]),
        12 * int(expected["sum YearsAtCompany"]),
        A_DAY,
        A_DAY,
    )
    found = rows(desk, "select department, count(*) from fact_employee_snapshot group by 1")
    said = expected["Department"]
    assert found == {
        "technology": said["Research & Development"],
        "marketing": said["Sales"],
        "hr": said["Human Resources"],
    }
    lacking = {"has_valid_contract", "is_social_insurance_paid", "absence_hours", "band_midpoint", "fte"}
    assert known(desk, "fact_employee_snapshot").isdisjoint(lacking)
    assert {"is_exit", "is_active", "exit_type"} <= known(desk, "fact_employee_snapshot")


def test_without_a_day_a_roster_is_not_loaded_and_says_what_is_missing(desk: Desk, real: Path) -> None:
    prepared = prepare(real / PEOPLE, desk)
    assert prepared.matches[0].missing == ("snapshot_date",)
    assert [outcome.status for outcome in bring(prepared, desk)] == ["not_recognised"]


def test_pull_requests_are_work_items_and_the_monthly_counts_between_them_are_skipped(desk: Desk, real: Path) -> None:
    expected = oracle(real, PULL_REQUESTS)
    outcome = brought(desk, real, PULL_REQUESTS)
    assert (outcome.rows_read, outcome.loaded, outcome.skipped, outcome.rejected) == (671, 663, 8, 0)
    assert row(desk, "select count(distinct item_key), min(created_date), max(created_date) from fact_work_item") == (
        expected["distinct PR"],
        date(2023, 2, 1),
        date(2023, 9, 29),
    )
    teams = rows(desk, "select team, count(*) from fact_work_item group by 1")
    assert teams == {"staff": expected["EMPLOYEE"]["Y"], "community": expected["EMPLOYEE"]["N"]}
    assert outcome.days == (date(2023, 2, 1), date(2023, 9, 29))


def test_an_amount_in_another_currency_waits_for_its_rate_and_the_others_are_loaded(desk: Desk, real: Path) -> None:
    """Nine bills that were not deleted, one of them in euros."""
    outcome = brought(desk, real, BILLS)
    assert (outcome.loaded, outcome.skipped) == (8, 6)
    assert [(refusal.rule, refusal.value) for refusal in outcome.rejects] == [("no_rate", "EUR")]
    assert row(desk, "select sum(amount) from fact_invoice") == (Decimal(15461 - 500),)


def test_what_stands_in_a_ticket_as_text_or_address_is_not_kept(desk: Desk, real: Path) -> None:
    """Masked addresses and subjects stay in the encrypted original."""
    brought(desk, real, TICKETS)
    kept = row(desk, "select string_agg(cast(t as varchar), ' ') from fact_ticket t")[0]
    assert not [word for word in ("email.com", "description1", "subject1", "396331237134") if word in kept]


def test_a_file_of_several_tables_says_which_of_them_stay_out(desk: Desk, real: Path) -> None:
    outcome = brought(desk, real, "operations/rustom/data-export.csv")
    assert "Of the 3 tables in the file 2 stay out; the first, in line 11: it was not loaded" in outcome.message.en
