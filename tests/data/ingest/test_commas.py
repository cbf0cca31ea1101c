"""Decimal commas and points: one decision a column, never cell by cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from data.ingest.commas import CommaEvidence, comma_evidence
from data.ingest.mapping import mapping_file
from data.ingest.moments import read_days, read_moments
from data.ingest.recipe_yaml import from_yaml, to_yaml
from data.ingest.values import read_numbers
from data.ingest.verdict import why_not
from tests.data.ingest.files import checked, money, recognised, written

RECIPE = "id: x\nparts:\n  - table: fact_order\n    columns: {order_id: Order, paid_at: Paid, gmv_amount: Value}\n"
HEADER = "order_id;order_date;gmv_amount;discount_amount\n"


@pytest.mark.parametrize(
    ("cells", "has_comma"),
    [
        (["1.234,50", "12,5", "7"], True),
        (["1.234.567", "2"], True),
        (["1,234.50", "12.5"], False),
        (["1,234,567"], False),
        (["1,234", "2"], None),
        (["12,5", "12.5"], None),
    ],
)
def test_a_column_says_what_its_commas_are(cells: list[str], has_comma: bool | None) -> None:
    found = comma_evidence(pl.Series(cells))
    assert found.has_comma is has_comma if found.comma or found.point else found == CommaEvidence(either=1)


def test_numbers_with_a_decimal_comma_are_read_so_in_the_whole_column() -> None:
    cells = pl.Series(["1.234,50", "1 234,5", "€ 12,00", "(3,5)", "1.234", "7", "12.5", "--", "5,5-"])
    read = read_numbers(cells, has_comma=True)
    wanted = ["1234.5", "1234.5", "12", "-3.5", "1234", "7", None, None, "-5.5"]
    assert read.values.to_list() == [Decimal(one).quantize(Decimal("0.0001")) if one else None for one in wanted]
    assert read.bad is not None
    assert read.bad.arg_true().to_list() == [6]


def test_one_order_with_a_comma_decides_for_its_file(tmp_path: Path) -> None:
    """`1,250` alone may be a thousand; below `12,50` and beside such a column it is one and a quarter."""
    found = checked(written(tmp_path, f"{HEADER}a;2026-11-01;1,250;2,125\nb;2026-11-02;12,50;3,000\n"))
    orders = found.frames["fact_order"]
    assert orders["gmv_amount"].to_list() == [money("1.25"), money("12.5")]
    assert orders["discount_amount"].to_list() == [money("2.125"), money("3")]


OPEN = "Order;Paid;Value\na;2026-11-01;1,250\nb;2026-11-02;2,000\n"


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        (OPEN, True),
        (OPEN.replace(";", "\t"), True),
        ('Order,Paid,Value\na,2026-11-01,"1,250"\n', False),
        (OPEN + "c;2026-11-03;0,125\n", False),
        (OPEN + "c;2026-11-03;1,250.00\n", False),
        (OPEN.replace("Value\n", "Value;Weight\n").replace("250\n", "250;2.5\n"), False),
        (OPEN.replace("1,250", "1250").replace("2,000", "2000"), False),
    ],
)
def test_a_comma_is_asked_about_only_where_no_number_of_the_file_decides(
    tmp_path: Path, text: str, is_asked: bool
) -> None:
    """Asked: semicolons or tabs part the cells. Not: commas do; one cell, or an unread column, has a point or `0,`."""
    found = recognised(written(tmp_path, text), RECIPE)
    assert [(one.header, one.orders) for one in found.open_questions] == [("Value", ("point", "comma"))] * is_asked
    if is_asked:
        assert "may part thousands or decimals (1,250, 2,000)" in why_not("f", found).en
        assert "# date_orders: {Value: comma}" in mapping_file(found)


@pytest.mark.parametrize(("said", "amount"), [("point", "1250"), ("comma", "1.25")])
def test_an_answer_about_the_comma_is_kept_in_the_mapping(tmp_path: Path, said: str, amount: str) -> None:
    found = recognised(path := written(tmp_path, OPEN), RECIPE + f"date_orders: {{Value: {said}}}\n")
    assert found.is_loadable
    assert found.recipe is not None
    kept = from_yaml(to_yaml(found.recipe))
    assert checked(path, recipe=kept).frames["fact_order"]["gmv_amount"][0] == money(amount)


def test_whole_numbers_with_commas_are_never_asked_about(tmp_path: Path) -> None:
    columns = "{date: Day, touchpoint: {constant: web}, sessions: Visits}"
    recipe = f"id: x\nparts:\n  - table: fact_traffic\n    columns: {columns}\n"
    found = recognised(written(tmp_path, "Day;Visits\n2026-11-01;1,250\n"), recipe)
    assert found.is_loadable


def test_no_number_begins_with_nothing_and_a_thousand() -> None:
    """`0,125` is an eighth or a mistake, never 125; beside it `1,250` may be one and a quarter."""
    read = read_numbers(pl.Series(["0,125", "1,250", "7"]))
    assert read.values.to_list() == [None, None, Decimal("7.0000")]
    assert comma_evidence(pl.Series(["0,125"])).has_comma is True


def test_without_a_sign_of_decimal_commas_a_comma_parts_thousands(tmp_path: Path) -> None:
    found = checked(written(tmp_path, f"{HEADER}a;2026-11-01;1,250;2.5\nb;2026-11-02;2,000;0\n"))
    assert found.frames["fact_order"]["gmv_amount"].to_list() == [money("1250"), money("2000")]


def test_a_column_that_claims_both_is_refused_where_it_cannot_be_read(tmp_path: Path) -> None:
    found = checked(written(tmp_path, f"{HEADER}a;2026-11-01;12,50;0\nb;2026-11-02;12.50;0\n"))
    assert found.rejects.select("line", "value").rows() == [(2, "12,50")]


def test_the_first_comma_of_a_file_may_stand_far_down(tmp_path: Path) -> None:
    """Sixty whole numbers, then 1,250 and 12,50: one and a quarter, not a thousand; and days likewise."""
    whole = "".join(f"a{at};2026-11-01;99;0\n" for at in range(60))
    found = checked(written(tmp_path, f"{HEADER}{whole}b;13/11/2026;1,250;0\nc;03/11/2026;12,50;0\n"))
    orders = found.frames["fact_order"]
    assert orders["gmv_amount"].to_list()[-2:] == [money("1.25"), money("12.5")]
    assert orders["order_date"].to_list()[-1] == date(2026, 11, 3)


def test_where_a_stretch_contradicts_the_column_no_thousand_is_guessed() -> None:
    reading = read_numbers(pl.Series(["5", "1,250", "12,50"]))
    assert reading.values.to_list() == [money("5"), None, None]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("1'234.50", "1234.5"), ("1 234.56", "1234.56"), ("1,23,456.00", "123456"), ("人民币12", "12")],
)
def test_thousands_are_parted_in_many_ways(text: str, wanted: str) -> None:
    assert read_numbers(pl.Series([text])).values[0] == money(wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1762128000", "2025-11-03 08:00:00"),
        ("1762128000500", "2025-11-03 08:00:00.500"),
        ("2026-11-03 下午2:05", "2026-11-03 14:05:00"),
        ("2026年11月3日 14时05分06秒", "2026-11-03 14:05:06"),
        ("Tue Nov 03 2026 14:05:06 GMT+0800 (China Standard Time)", "2026-11-03 14:05:06"),
    ],
)
def test_moments_of_machines_and_of_chinese_clocks(text: str, wanted: str) -> None:
    assert read_moments(pl.Series([text]), None, "Asia/Shanghai").values.cast(pl.String)[0].startswith(wanted)


def test_a_number_that_may_be_a_day_and_an_hour_is_no_epoch() -> None:
    read = read_days(pl.Series(["2026110314", "2026-11-03"]), None, "Asia/Shanghai")
    assert read.values.to_list() == [None, date(2026, 11, 3)]
