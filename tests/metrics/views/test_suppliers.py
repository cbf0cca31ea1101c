"""Suppliers: on time in full of what was due, rejects of what was inspected, what is still open."""

from dataclasses import replace

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.suppliers import suppliers
from tests.metrics.asking import split
from tests.metrics.engine_for_tests import TinyEngine, cover
from tests.metrics.views.asking import columns, scope

WEEK = "2026-11-16 2026-11-22"
CARRIED = ["received_date", "qty_ordered", "qty_received", "qty_rejected", "amount", "is_on_time", "is_in_full"]
YEAR = [cover("fact_purchase_order_line", "2026-01-01", "2026-12-31", CARRIED)]


def line(supplier, number, promised="2026-11-18", received="2026-11-18", **more):
    row = {"po_id": f"{supplier}{number}", "line_no": 1, "supplier_id": supplier, "promised_date": promised}
    units = {"received_date": received, "qty_ordered": 10, "qty_received": 10, "qty_rejected": 0, "amount": 100}
    return row | units | more


ROWS = [
    line("good", 1), line("good", 2), line("good", 3, qty_received=18, qty_ordered=18, qty_rejected=2),
    line("bad", 1, received="2026-11-20"), line("bad", 2, qty_received=9), line("bad", 3), line("bad", 4),
    line("bad", 5, promised="2026-12-10", received=None, qty_received=None, qty_rejected=None, amount=700),
]  # fmt: skip


def seen(rows=ROWS, asked=None, viewer=EVERYONE, contracts=(), **more):
    engine = TinyEngine(
        {"fact_purchase_order_line": rows, "fact_partner_contract": contracts}, YEAR + more.pop("also", [])
    )
    return suppliers(engine, asked or scope(WEEK, as_of="2026-11-22"), viewer, **more)


def test_the_least_reliable_supplier_comes_first():
    """bad: of four lines one was late, one short; good: 2 of 40 units were turned away."""
    assert columns(seen(), "supplier", "lines", "otif", "rejected", "open_lines", "open_amount") == [
        ("bad", 4.0, 50.0, 0.0, 1.0, 700.0),
        ("good", 3.0, 100.0, 5.0, 0.0, 0.0),
    ]


def test_on_time_in_full_is_that_of_the_kpi():
    engine = TinyEngine({"fact_purchase_order_line": ROWS}, YEAR)
    kpi = split(engine, "supplier_otif_rate", "supplier_id", first="2026-11-16", last="2026-11-22")
    assert kpi == dict(columns(seen(), "supplier", "otif"))


def test_a_line_that_is_open_and_overdue_counts_as_late_and_as_open():
    found = seen([line("a", 1, received=None, qty_received=None)])
    assert columns(found, "otif", "open_lines") == [(0.0, 1.0)]


def test_only_the_suppliers_with_most_lines_are_shown():
    assert seen(most=1)["supplier"].to_list() == ["bad"]


def test_a_supplier_goes_by_the_name_of_its_contract():
    contract = {"snapshot_date": "2026-10-31", "contract_id": "k", "partner_id": "bad", "partner_name": "Slow Ltd"}
    held = [cover("fact_partner_contract", "2026-10-31", "2026-10-31", ["partner_id", "partner_name"])]
    assert seen(contracts=[contract], also=held)["name"].to_list() == ["Slow Ltd", "good"]


def test_amounts_that_are_hidden_from_a_viewer_are_null():
    blind = replace(EVERYONE, hidden_columns=frozenset({"fact_purchase_order_line.amount"}))
    assert columns(seen(viewer=blind), "open_lines", "open_amount") == [(1.0, None), (0.0, None)]


def test_filters_narrow_the_lines_and_without_lines_due_there_are_no_rows():
    rows = [line("a", 1, warehouse="west"), line("b", 1)]
    asked = scope(WEEK, filters=(Filter("warehouse", ("west",)),), as_of="2026-11-22")
    assert seen(rows, asked)["supplier"].to_list() == ["a"]
    assert seen([]).is_empty()
    assert suppliers(TinyEngine({}), scope(WEEK), EVERYONE).is_empty()
