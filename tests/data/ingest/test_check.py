"""Typed rows as the contracts want them, and for each other row its line, column, value and rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from data.ingest.messages import MESSAGES, refusal_message
from data.ingest.recipe_yaml import from_yaml, to_yaml
from data.settings import Settings
from tests.data.ingest.files import CHINA, checked, is_whole, money, recognised, written

HEADER = "order_id,created_at,paid_at,gmv_amount,discount_amount\n"
ROW = "a,2026-11-01 10:00:00,2026-11-01 10:05:00,113,0\n"


def test_days_and_paid_are_made_from_the_moments(tmp_path: Path) -> None:
    found = checked(written(tmp_path, HEADER + ROW + "b,2026-11-02 23:59:00,,5,1\n"))
    orders = found.frames["fact_order"]
    assert orders["order_date"].to_list() == [date(2026, 11, 1), date(2026, 11, 2)]
    assert orders["is_paid"].to_list() == [True, False]
    assert orders["net_amount"].to_list() == [money("113"), money("4")]
    assert "region" not in orders.columns
    assert "tax_amount" not in orders.columns


@pytest.mark.parametrize(
    ("row", "column", "value", "rule"),
    [
        ("b,2026-13-01,,5,0", "created_at", "2026-13-01", "not_a_date"),
        ("b,2026-11-01,,five,0", "gmv_amount", "five", "not_a_number"),
        (",2026-11-01,,5,0", "order_id", "", "required"),
        ("b,,,5,0", "created_at", "", "required"),
        ("b,2026-11-01,,5,0,7", "", "7", "too_many_cells"),
    ],
)
def test_a_refused_row_names_line_column_value_and_rule(
    tmp_path: Path, row: str, column: str, value: str, rule: str
) -> None:
    found = checked(written(tmp_path, f"{HEADER}{ROW}{row}\n"))
    (reject,) = found.rejects.rows(named=True)
    assert (reject["line"], reject["column"], reject["value"] or "", reject["rule"]) == (3, column, value, rule)
    assert reject["message_key"] in MESSAGES
    assert found.frames["fact_order"]["order_id"].to_list() == ["a"]
    assert is_whole(found)


def test_a_coded_column_takes_its_codes_only(tmp_path: Path) -> None:
    text = "order_id,created_at,sales_channel\na,2026-11-01,tmall\nb,2026-11-01,ebay\n"
    (reject,) = checked(written(tmp_path, text)).rejects.rows(named=True)
    assert (reject["column"], reject["value"], reject["rule"]) == ("sales_channel", "ebay", "not_allowed")


def test_the_sentence_names_the_column_as_the_file_does() -> None:
    said = refusal_message("not_a_date", "订单付款时间", "2026-13-01")
    assert said.en == "订单付款时间 is not a date: '2026-13-01'"
    assert said.zh_hans == "订单付款时间 不是日期：“2026-13-01”"
    assert said.zh_hant == "订单付款时间 不是日期：「2026-13-01」"


def test_totals_blanks_and_repeated_headers_are_skipped_not_refused(tmp_path: Path) -> None:
    text = f"{HEADER}{ROW}{HEADER}\nb,2026-11-02,,5,0\nTotal,,,118,0\n合计：2,,,118,0\n , ,,,\n"
    found = checked(written(tmp_path, text))
    assert (found.rows_read, found.skipped, found.rejects.height) == (7, 5, 0)
    assert found.frames["fact_order"].height == 2


def test_a_total_behind_the_day_of_a_report_is_no_campaign(tmp_path: Path) -> None:
    """Two campaigns cost 30; the day's total, once as a campaign and once as a platform, would make it 90."""
    text = (
        "date,platform,campaign_id,cost,clicks\n2026-11-03,google_ads,c1,10,1\n2026-11-03,google_ads,c2,20,2\n"
        "2026-11-03,google_ads,Total,30,3\n2026-11-03,合计,,30,3\n"
    )
    found = checked(written(tmp_path, text))
    assert (found.skipped, found.rejects.height) == (2, 0)
    assert found.frames["fact_campaign_daily"]["cost"].sum() == 30


def test_a_total_by_another_name_and_a_note_are_skipped_but_no_name_is(tmp_path: Path) -> None:
    """What only may be a total is one where days and texts are empty beside it; "Total Beauty" has both."""
    rows = "East,a,2026-11-01,5\nTotal Beauty,b,2026-11-01,6\n"
    others = "Total for East,,,5\n东 小计,,,5\nSum,,,11\n共 2 条,,,11\nNote: paid orders only,,,\n"
    found = checked(written(tmp_path, f"region,order_id,paid_at,gmv_amount\n{rows}{others}"))
    assert (found.skipped, found.rejects.height) == (5, 0)
    assert found.frames["fact_order"]["order_id"].to_list() == ["a", "b"]


def test_an_order_number_that_a_spreadsheet_rounded_is_refused(tmp_path: Path) -> None:
    """Four orders became 2.87E+18: as one they would lose three; five others keep fifteen digits of nineteen."""
    scientific = "".join(f"2.87E+18,2026-11-01,2026-11-01,{amount},0\n" for amount in range(1, 5))
    found = checked(written(tmp_path, f"{HEADER}{ROW}{scientific}"))
    assert found.rejects["rule"].to_list() == ["rounded_number"] * 4
    assert found.frames["fact_order"].height == 1
    zeros = "".join(f"28712345678901{at}0000,2026-11-01,2026-11-01,5,0\n" for at in range(5))
    assert checked(written(tmp_path, HEADER + zeros)).rejects.height == 5
    whole = "".join(f"28712345678901{at}3579,2026-11-01,2026-11-01,5,0\n" for at in range(5))
    assert checked(written(tmp_path, HEADER + whole)).rejects.height == 0


def test_a_row_with_several_wrong_cells_is_one_refused_row(tmp_path: Path) -> None:
    found = checked(written(tmp_path, f"{HEADER}{ROW}b,soon,later,5,0\n"))
    assert found.rejects.height == 2
    assert is_whole(found)


def test_prices_with_tax_lose_the_configured_share(tmp_path: Path) -> None:
    """113 with 13 % inside is 100 net and 13 tax."""
    recipe = (
        "id: x\nprices: tax_included\nparts:\n  - table: fact_order\n"
        "    columns: {order_id: order_id, created_at: created_at, gmv_amount: gmv_amount}\n"
    )
    path = written(tmp_path, HEADER + ROW)
    with_rate = checked(path, Settings(tax_rate=Decimal("0.13")), recipe=recipe).frames["fact_order"]
    assert (with_rate["net_amount"][0], with_rate["tax_amount"][0]) == (money("100"), money("13"))
    without = checked(path, CHINA, recipe=recipe).frames["fact_order"]
    assert without["net_amount"][0] == money("113")
    assert "tax_amount" not in without.columns


def _rates(*rows: tuple[date, str, str]) -> pl.DataFrame:
    return pl.DataFrame(
        [(day, currency, Decimal(rate)) for day, currency, rate in rows],
        schema={"day": pl.Date, "currency": pl.String, "rate": pl.Decimal(18, 8)},
        orient="row",
    )


def test_amounts_become_the_base_currency_by_the_last_rate_of_a_week(tmp_path: Path) -> None:
    """2 Nov has the rate of 31 Oct; 8 Nov has none within 7 days; CNY needs none."""
    text = (
        "order_id,paid_at,currency,gmv_amount\na,2026-11-02,USD,10\nb,2026-11-08,USD,10\nc,2026-11-08,CNY,10\n"
        "d,2026-11-07,USD,1\n"
    )
    found = checked(
        written(tmp_path, text), rates=_rates((date(2026, 10, 30), "USD", "7"), (date(2026, 10, 31), "USD", "7.1"))
    )
    orders = found.frames["fact_order"]
    assert dict(zip(orders["order_id"], orders["gmv_amount"], strict=True)) == {
        "a": money("71"),
        "c": money("10"),
        "d": money("7.1"),
    }
    (reject,) = found.rejects.rows(named=True)
    assert (reject["line"], reject["column"], reject["value"], reject["rule"]) == (3, "currency", "USD", "no_rate")


EUROS = (date(2026, 9, 1), "EUR", "8"), (date(2026, 10, 1), "EUR", "9"), (date(2026, 11, 1), "EUR", "10")


def test_a_bill_has_the_rate_of_the_day_it_was_issued(tmp_path: Path) -> None:
    """Issued on 3 Sep at 8, paid and due in October at 9; the newest rate is 10. Issued in August: no rate yet."""
    text = (
        "invoice_id,invoice_type,currency,issue_date,due_date,paid_date,amount\n"
        "a,payable,EUR,2026-09-03,2026-10-03,2026-10-02,1\nb,payable,EUR,,2026-10-03,,1\n"
        "c,payable,EUR,2026-08-03,2026-10-03,2026-10-02,1\n"
    )
    recipe = (
        "id: x\ncurrency: {header: currency}\nparts:\n  - table: fact_invoice\n    columns: {invoice_id: invoice_id, "
        "invoice_type: invoice_type, issue_date: issue_date, due_date: due_date, paid_date: paid_date, "
        "amount: amount}\n"
    )
    found = checked(written(tmp_path, text), rates=_rates(*EUROS), recipe=recipe)
    assert found.frames["fact_invoice"]["amount"].to_list() == [money("8"), money("9")]
    assert found.rejects.rows() == [(4, "currency", "EUR", "no_rate", "no_rate")]


def test_a_month_of_the_ledger_has_the_last_rate_within_it(tmp_path: Path) -> None:
    """One rate a month, on its first day, is enough for the month; August has none."""
    text = "period_end,account_code,amount (EUR)\n2026-09,1,1\n2026-10,1,1\n2026-08,1,1\n"
    recipe = (
        "id: x\nparts:\n  - table: fact_gl_balance\n    columns: {period_end: period_end, account_code: account_code, "
        "amount: amount (EUR)}\n"
    )
    found = checked(written(tmp_path, text), rates=_rates(*EUROS), recipe=recipe)
    assert found.frames["fact_gl_balance"]["amount"].to_list() == [money("8"), money("9")]
    assert found.rejects["line"].to_list() == [4]


HALF = _rates((date(2026, 11, 1), "EUR", "8"), (date(2026, 11, 1), "GBP", "9"), (date(2026, 11, 1), "USD", "7"))
SIGNED = "order_id,paid_at,gmv_amount,discount_amount\n"


def test_a_sign_beside_an_amount_is_the_currency_of_its_row(tmp_path: Path) -> None:
    """c says two, d none, e none but nothing is nothing; f is in the company's own."""
    text = SIGNED + "a,2026-11-02,€1,0\nb,2026-11-02,1 GBP,£1\nc,2026-11-02,€1,£1\nd,2026-11-02,1,\n"
    path = written(tmp_path, text + "e,2026-11-02,0,€0\nf,2026-11-02,¥1,\n")
    found = checked(path, rates=HALF)
    orders = found.frames["fact_order"]
    assert orders.select("order_id", "gmv_amount", "currency").rows() == [
        ("a", money("8"), "EUR"),
        ("b", money("9"), "GBP"),
        ("e", money("0"), "EUR"),
        ("f", money("1"), "CNY"),
    ]
    assert [(row[0], row[1], row[3]) for row in found.rejects.rows()] == [
        (4, "discount_amount", "two_currencies"),
        (5, "gmv_amount", "no_currency"),
    ]
    assert set(found.rejects["rule"]) <= MESSAGES.keys()


@pytest.mark.parametrize(
    ("said", "amounts"), [("", ["8", "9"]), ("currency: USD", ["7", "9"]), ("currency: {header: C}", ["8"])]
)
def test_a_currency_that_a_person_gives_outweighs_the_one_the_file_begins_with(
    tmp_path: Path, said: str, amounts: list[str]
) -> None:
    """Fifty rows in euros and one in pounds below them: the person knows of the euros, not of the pounds.

    Of a column of currencies (EUR in each) the pounds are a contradiction, and refused.
    """
    lines = [f"a{number},2026-11-02,€1,EUR\n" for number in range(50)]
    path = written(tmp_path, "Order,Paid,Value,C\n" + "".join(lines) + "b,2026-11-02,£1,EUR\n")
    columns = "{order_id: Order, paid_at: Paid, gmv_amount: Value}"
    recipe = f"id: x\n{said}\nparts:\n  - table: fact_order\n    columns: {columns}\n"
    found = checked(path, rates=HALF, recipe=recipe)
    assert found.frames["fact_order"]["gmv_amount"].unique(maintain_order=True).to_list() == [*map(money, amounts)]
    assert found.rejects["rule"].to_list() == ["two_currencies"] * (2 - len(amounts))


def test_what_a_file_states_is_not_remembered_as_what_a_person_said(tmp_path: Path) -> None:
    found = recognised(written(tmp_path, SIGNED + "a,2026-11-02,€1,€1\n"))
    assert found.recipe is not None
    assert (found.recipe.currency, from_yaml(to_yaml(found.recipe)).currency) == ("EUR", None)


def test_a_report_of_days_knows_its_cut(tmp_path: Path) -> None:
    text = "date,touchpoint,device,sessions\n2026-11-01,web,mobile,5\n2026-11-01,web,,6\n"
    traffic = checked(written(tmp_path, text)).frames["fact_traffic"]
    assert traffic["cut"].to_list() == ["device,touchpoint"] * 2
    assert traffic["device"].to_list() == ["mobile", "(unknown)"]
    assert traffic["region"].to_list() == ["", ""]
    assert (traffic["from_date"] == traffic["date"]).all()
    assert (traffic["to_date"] == traffic["date"]).all()


def test_a_wide_row_of_one_part_is_refused_for_all(tmp_path: Path) -> None:
    """Line 3's quantity is wrong: the line is refused, and the order gets nothing of it either."""
    text = (
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
        "1,a,x,2,2010-12-01 08:26:00,2.5,7.0,EIRE\n1,b,x,2.5,2010-12-01 08:26:00,1,7.0,EIRE\n"
    )
    found = checked(written(tmp_path, text), Settings(base_currency="GBP"))
    assert found.frames["fact_order"]["_line"].to_list() == [2]
    assert found.frames["fact_order_line"]["_line"].to_list() == [2]
    assert found.rejects["line"].unique().to_list() == [3]
    assert is_whole(found)
