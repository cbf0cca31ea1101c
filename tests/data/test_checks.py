"""Reconciliations on lakes of a few rows: right, with one amount changed, and without the table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from data.checks import CHECKS, Check, Finding, run
from data.checks.base import by_id
from data.errors import Text
from data.ingest.undo import undo
from data.warehouse import Warehouse
from tests.data.agreeing import (
    ADS,
    CASES,
    FIRST,
    LINES,
    OCTOBER,
    OLD,
    ORDERS,
    SEPTEMBER,
    STAFF,
    STOCK,
    TODAY,
    Records,
    booked,
    tickets,
)
from tests.data.lakes import NOW, during, order, put


def found(lake: Warehouse, name: str, tables: Mapping[str, Records]) -> Finding:
    """What a check says while the lake holds these tables too."""
    return during(lake, tables, lambda engine: run(engine, [CHECKS[name]], TODAY)[0])


def test_every_check_is_tried() -> None:
    assert set(CASES) == set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_passes_where_both_sides_agree(shared_lake: Warehouse, name: str) -> None:
    finding = found(shared_lake, name, CASES[name][0])
    assert finding.state == "ok", finding.rows
    assert finding.rows["difference"].to_list() == [0] * finding.rows.height
    assert finding.differing.is_empty()


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_differs_where_one_row_is_changed_and_names_the_month(shared_lake: Warehouse, name: str) -> None:
    good, table, changed = CASES[name]
    finding = found(shared_lake, name, good | {table: changed})
    assert finding.state == "differs", finding.rows
    month = date(2026, 11, 1) if name == "future_days" else FIRST
    assert finding.differing["period"].to_list() == [month]


@pytest.mark.parametrize(("name", "table"), [(name, table) for name in CHECKS for table in CASES[name][0]])
def test_a_check_is_unknown_without_one_of_its_tables_never_ok(shared_lake: Warehouse, name: str, table: str) -> None:
    finding = found(shared_lake, name, {other: rows for other, rows in CASES[name][0].items() if other != table})
    assert finding.state == "unknown"
    assert finding.missing == tuple(table for _ in [0] if table in CHECKS[name].needs)
    assert finding.rows.is_empty()


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_says_its_name_its_sides_and_its_reason_in_three_scripts(name: str) -> None:
    check = CHECKS[name]
    for text in (check.name, check.explanation, *check.sides):
        assert all((text.en, text.zh_hans, text.zh_hant))
        assert "{" not in text.en + text.zh_hans + text.zh_hant
        assert text.en.isascii() or "×" in text.en


def test_a_column_that_no_file_carries_makes_a_check_unknown_and_is_named(shared_lake: Warehouse) -> None:
    """Headers of orders without discounts: what the lines give cannot be compared."""
    bare = [{name: value for name, value in row.items() if name != "discount_amount"} for row in ORDERS]
    finding = found(shared_lake, "order_lines_discount", {"fact_order": bare, "fact_order_line": LINES})
    assert (finding.state, finding.missing) == ("unknown", ("fact_order.discount_amount",))


def test_a_batch_that_was_taken_back_makes_a_check_unknown_again(warehouse: Warehouse) -> None:
    tables = CASES["order_lines_net"][0]
    for table, rows in tables.items():
        put(warehouse, table, rows)
    assert found(warehouse, "order_lines_net", {}).state == "ok"
    undo(warehouse, 2, "mei", NOW)
    assert found(warehouse, "order_lines_net", {}).missing == ("fact_order_line",)


def test_two_orders_whose_errors_cancel_out_still_differ(shared_lake: Warehouse) -> None:
    """One order is 5 too high and one 5 too low: the sums agree, two orders do not."""
    wrong = [LINES[0] | {"net_amount": 105}, *LINES[1:3], LINES[3] | {"net_amount": 95}, LINES[4]]
    finding = found(shared_lake, "order_lines_net", {"fact_order": ORDERS, "fact_order_line": wrong})
    assert finding.state == "differs"
    assert finding.rows.select("difference", "off").rows() == [(0, 2)]


def test_amounts_that_are_null_are_unknown_and_not_0(shared_lake: Warehouse) -> None:
    """One order's net amount is not known: the other three are compared."""
    orders = [ORDERS[0] | {"net_amount": None}, *ORDERS[1:]]
    finding = found(shared_lake, "order_lines_net", {"fact_order": orders, "fact_order_line": LINES})
    assert finding.rows.select("left", "right", "state").rows() == [(300, 300, "ok")]


def test_a_shop_that_brings_headers_alone_is_not_compared_with_lines_of_another(shared_lake: Warehouse) -> None:
    orders = [row | {"sales_channel": "jd"} for row in ORDERS]
    headers = [order("x", FIRST, 50, net_amount=50, sales_channel="tmall")]
    finding = found(shared_lake, "order_lines_net", {"fact_order": [*orders, *headers], "fact_order_line": LINES})
    assert (finding.state, finding.rows["left"].to_list()) == ("ok", [400])


def test_the_ledger_is_compared_only_with_months_that_orders_cover_whole(shared_lake: Warehouse) -> None:
    """Orders begin on 1 October: the ledger's September stays out, and alone it is unknown."""
    tables = CASES["ledger_revenue"][0] | {"fact_gl_balance": [booked("revenue", "sales", 999, SEPTEMBER)]}
    finding = found(shared_lake, "ledger_revenue", tables)
    assert (finding.state, finding.missing, finding.rows.height) == ("unknown", (), 0)


def test_of_marketing_only_accounts_called_advertising_count_where_there_are_any(shared_lake: Warehouse) -> None:
    accounts = [booked("opex_marketing", "广告费", 1000), booked("opex_marketing", "Trade fairs", 400)]
    finding = found(shared_lake, "ledger_advertising", {"fact_campaign_daily": ADS, "fact_gl_balance": accounts})
    assert (finding.state, finding.rows["left"].to_list()) == ("ok", [1000])


def test_without_such_a_name_the_whole_class_counts(shared_lake: Warehouse) -> None:
    accounts = [booked("opex_marketing", "6601", 700), booked("opex_marketing", "6602", 300)]
    finding = found(shared_lake, "ledger_advertising", {"fact_campaign_daily": ADS, "fact_gl_balance": accounts})
    assert (finding.state, finding.rows["left"].to_list()) == ("ok", [1000])


def test_heads_of_months_that_do_not_follow_each_other_are_not_compared(shared_lake: Warehouse) -> None:
    august = [row | {"snapshot_date": date(2026, 8, 31)} for row in STAFF if row["snapshot_date"] == SEPTEMBER]
    october = [row for row in STAFF if row["snapshot_date"] == OCTOBER]
    finding = found(shared_lake, "headcount", {"fact_employee_snapshot": [*august, *october]})
    assert (finding.state, finding.rows.height) == ("unknown", 0)


def test_somebody_whose_leaving_is_not_known_makes_the_month_unknown(shared_lake: Warehouse) -> None:
    staff = [*STAFF[:3], STAFF[3] | {"is_exit": None}, *STAFF[4:]]
    finding = found(shared_lake, "headcount", {"fact_employee_snapshot": staff})
    assert (finding.state, finding.rows["state"].to_list()) == ("unknown", ["unknown"])
    assert finding.rows["difference"].to_list() == [None]


def test_people_may_mistype_one_order_number_in_a_hundred(shared_lake: Warehouse) -> None:
    numbers = ["a"] * 199 + ["wrong"]
    finding = found(shared_lake, "ticket_order", {"fact_order": [*ORDERS, OLD], "fact_ticket": tickets(*numbers)})
    assert finding.rows.select("difference", "tolerance", "state").rows() == [(1, 2, "ok")]


def test_amounts_of_pay_and_ledger_are_not_open_to_everybody() -> None:
    levels = {name: check.access for name, check in CHECKS.items() if check.access != "open"}
    assert levels == {"ledger_revenue": "restricted", "ledger_advertising": "restricted", "ledger_payroll": "salary"}


def test_two_checks_cannot_share_a_name() -> None:
    text = Text("a", "a", "a")
    check = Check("a", text, text, (text, text), "count", {}, "")
    with pytest.raises(ValueError, match="two checks are called 'a'"):
        by_id([check], [check])


def test_units_leave_the_stock_with_their_parcel_where_parcels_are_known(shared_lake: Warehouse) -> None:
    """Order c is paid on 31 October and sent in November: its 4 units are still there at the month end."""
    sent = {"parcel_no": 1, "shipped_date": date(2026, 11, 2)}
    stock = [*STOCK[:3], STOCK[3] | {"on_hand_qty": 39}]
    tables = CASES["stock_movements"][0] | {
        "fact_inventory_snapshot": stock,
        "fact_shipment": [sent | {"order_id": "c"}],
    }
    assert found(shared_lake, "stock_movements", tables).rows.select("left", "right").rows() == [(155, 155)]


def test_units_of_a_cancelled_order_stay_in_the_stock(shared_lake: Warehouse) -> None:
    stock = [*STOCK[:2], STOCK[2] | {"on_hand_qty": 117}, STOCK[3]]
    tables = CASES["stock_movements"][0] | {"fact_inventory_snapshot": stock, "fact_order": ORDERS}
    assert found(shared_lake, "stock_movements", tables).rows.select("left", "right").rows() == [(152, 152)]
