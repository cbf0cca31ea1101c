"""Rows under headings: the heading's name is carried down, and headings and their totals are no data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.ingest.cells_yaml import BadMapping
from data.ingest.layout import Sections
from data.ingest.pipeline import Desk, Wish, bring, prepare
from data.ingest.recipe_yaml import from_yaml, presets, to_yaml
from data.ingest.remembered import remember
from data.ingest.returned import Refused
from data.ingest.returned_file import returned_file
from data.ingest.verdict import why_not
from tests.data.desks import opened_desk
from tests.data.ingest.files import checked, is_whole, only, recognised, workbook, written
from tests.data.lakes import NOW

# Office Costs has entries of its own and two accounts within it; the last bill's day does not exist.
LEDGER = """"Northwind Tea, LLC",,,,,,,,
General Ledger,,,,,,,,
"October 1 - November 30, 2026",,,,,,,,
,,,,,,,,
,Date,Transaction Type,Num,Name,Memo/Description,Split,Amount,Balance
Checking,,,,,,,,
,Beginning Balance,,,,,,,"1,000.00"
,10/14/2026,Deposit,,Ann Lee,tea,Sales,"2,500.00","3,500.00"
,10/30/2026,Expense,12,Rent Ltd,rent,Office Costs,-400.00,"3,100.00"
,11/02/2026,Check,13,Rent Ltd,rent,Rent,(300.00),"2,800.00"
Total for Checking,,,,,,,"$1,800.00",
Office Costs,,,,,,,,
,10/30/2026,Expense,12,Rent Ltd,rent,Checking,400.00,400.00
Total for Office Costs,,,,,,,$400.00,
   Rent,,,,,,,,
   ,11/02/2026,Check,13,Rent Ltd,rent,Checking,300.00,300.00
   Total for Rent,,,,,,,$300.00,
   Power,,,,,,,,
   ,11/20/2026,Bill,14,Grid,,Accounts Payable (A/P),80.00,80.00
   Total for Power,,,,,,,$80.00,
Total for Office Costs with sub-accounts,,,,,,,$780.00,
Accounts Payable (A/P),,,,,,,,
,11/20/2026,Bill,14,Grid,,Power,80.00,80.00
,11/31/2026,Bill,15,Grid,,Power,5.00,85.00
Total for Accounts Payable (A/P),,,,,,,$85.00,
TOTAL,,,,,,,,

"Thursday, November 26, 2026 09:12 AM GMT-8 - Accrual Basis",,,,,,,,
"""
OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 30)
SHOPS = """id: shops
sections: {as: shop}
parts:
  - table: fact_order
    columns: {order_id: Order, paid_at: Paid, gmv_amount: Amount, store_name: shop}
"""


@pytest.fixture
def desk(lake_template: Path, tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(lake_template, tmp_path / "home", base_currency="USD") as opened:
        yield opened


def test_a_general_ledger_becomes_sums_by_month_and_account(desk: Desk, tmp_path: Path) -> None:
    """27 rows: seven entries are loaded and one is refused; titles, headings, totals and a balance are skipped."""
    prepared = prepare(written(tmp_path, LEDGER), desk, Wish(are_refusals_fine=True))
    (found,) = prepared.matches
    assert (found.how, found.unused, found.layout.title_period) == ("proposal", (), (date(2026, 10, 1), NOVEMBER))
    assert "value map of account_class" in why_not("gl.csv", found).en
    assert [row[1] for row in found.layout.sample[:2]] == ["10/14/2026", "10/30/2026"]
    (outcome,) = bring(prepared, desk, is_trusted=True)
    assert (outcome.loaded, outcome.rejected, outcome.skipped, outcome.rows_read) == (7, 1, 19, 27)
    sql = """select account_name, period_end, amount, account_class, journal_lines, closing_balance
             from lake.fact_gl_balance order by 1, 2"""
    assert desk.warehouse.connection.execute(sql).fetchall() == [
        ("Accounts Payable (A/P)", NOVEMBER, Decimal(80), "accounts_payable", 1, None),
        ("Checking", OCTOBER, Decimal(2100), "(unknown)", 2, None),
        ("Checking", NOVEMBER, Decimal(-300), "(unknown)", 1, None),
        ("Office Costs", OCTOBER, Decimal(400), "(unknown)", 1, None),
        ("Office Costs:Power", NOVEMBER, Decimal(80), "(unknown)", 1, None),
        ("Office Costs:Rent", NOVEMBER, Decimal(300), "(unknown)", 1, None),
    ]


def test_the_classes_that_a_mapping_gives_are_remembered_for_the_next_export(desk: Desk, tmp_path: Path) -> None:
    (found,) = prepare(written(tmp_path, LEDGER), desk).matches
    assert found.recipe is not None
    text = to_yaml(found.recipe).replace("      values:\n", "      values:\n        Checking: cash\n")
    remember(desk.installation.state, found.layout.known_by, from_yaml(text), "ledger", "mei", NOW)
    later = prepare(written(tmp_path, LEDGER.replace("10/14", "10/15")), desk, Wish(are_refusals_fine=True))
    assert later.matches[0].how == "saved"
    (outcome,) = bring(later, desk)
    assert outcome.is_loaded
    sql = "select distinct account_class from lake.fact_gl_balance where account_name = 'Checking'"
    assert desk.warehouse.connection.execute(sql).fetchall() == [("cash",)]


def test_the_headings_come_along_with_a_refused_entry(tmp_path: Path) -> None:
    """Put right and uploaded again, the entry stands under its account as before, with the account's other entries."""
    path = written(tmp_path, LEDGER)
    found, rejects = recognised(path), checked(path).rejects
    file = returned_file([Refused(only(path), rejects, found.recipe)], "en")
    text = b"".join(file.pieces).decode("utf-8-sig")
    assert "not a date" in text
    mended = checked(written(tmp_path, text.replace("11/31/2026", "11/30/2026"), "mended.csv"))
    assert is_whole(mended)
    entries = mended.frames["fact_gl_balance"].select("account_name", "amount").rows()
    assert entries == [("Accounts Payable (A/P)", Decimal(80)), ("Accounts Payable (A/P)", Decimal(5))]


@pytest.mark.parametrize("chunk_rows", [2, 500])
def test_headings_without_ends_follow_each_other_and_reach_over_stretches(tmp_path: Path, chunk_rows: int) -> None:
    """Of a workbook, whose third shop stands further in than the second."""
    rows = [
        ["Order", "Paid", "Amount"],
        ["a", "2026-11-01", 1],
        ["North", "", ""],
        ["b", "2026-11-01", 2],
        ["c", "2026-11-01", 3],
        ["South", "", ""],
        ["   Pier", "", ""],
        ["d", "2026-11-02", 4],
        ["Total", "", 10],
    ]
    path = workbook(tmp_path, rows)
    found = checked(path, recipe=SHOPS, chunk_rows=chunk_rows)
    assert (found.rows_read, found.skipped, is_whole(found)) == (8, 4, True)
    shops = found.frames["fact_order"].select("order_id", "store_name").rows()
    assert shops == [("a", None), ("b", "North"), ("c", "North"), ("d", "South:Pier")]


def test_without_indents_a_heading_before_the_end_of_another_is_within_it(tmp_path: Path) -> None:
    text = (
        "Account,Amount,Day\nA,,\nB,,\n,1,2026-11-01\nTotal for B,1,\n,2,2026-11-01\nTotal for A,3,\n"
        "C,,\n,4,2026-11-01\n"
    )
    recipe = (
        "id: x\nsections: {as: account, end: '^Total for (.+)$'}\nparts:\n  - table: fact_gl_balance\n"
        "    columns: {period_end: Day, account_code: account, amount: Amount}\n"
    )
    found = recognised(path := written(tmp_path, text), recipe)
    assert checked(path, recipe=recipe).frames["fact_gl_balance"]["account_code"].to_list() == ["A:B", "A", "C"]
    assert found.layout.sample[0] == ("", "1", "2026-11-01", "A:B")


def test_a_mapping_keeps_its_sections_and_says_what_is_wrong_with_them() -> None:
    recipe = from_yaml(SHOPS)
    assert recipe.sections == Sections("shop")
    ended = replace(recipe, sections=Sections("shop", "^End of (.+)$"))
    assert from_yaml(to_yaml(ended)) == ended
    ledger = next(one for one in presets() if one.id == "quickbooks_general_ledger")
    assert from_yaml(to_yaml(ledger)) == ledger
    with pytest.raises(BadMapping, match="'as' is missing"):
        from_yaml(SHOPS.replace("{as: shop}", "{end: x}"))


def test_a_journal_report_is_told_to_come_as_a_general_ledger(tmp_path: Path) -> None:
    text = (
        "Journal,,,,,,,,\n,Date,Transaction Type,Num,Name,Memo/Description,Account,Debit,Credit\n"
        ",11/02/2026,Check,13,Rent Ltd,rent,Rent,400.00,\n,,,,,rent,Checking,,400.00\n,,,,,,,400.00,400.00\n"
    )
    found = recognised(written(tmp_path, text))
    assert found.unfit is not None
    assert "General Ledger" in why_not("j.csv", found).en
