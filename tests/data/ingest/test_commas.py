"""Decimal commas and points: one decision a column, never cell by cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from data.ingest.commas import CommaEvidence, comma_evidence
from data.ingest.moments import read_days, read_moments
from data.ingest.values import read_numbers
from tests.data.ingest.files import checked, money, written

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


def test_without_a_sign_of_decimal_commas_a_comma_parts_thousands(tmp_path: Path) -> None:
    found = checked(written(tmp_path, f"{HEADER}a;2026-11-01;1,250;2.5\nb;2026-11-02;2,000;0\n"))
    assert found.frames["fact_order"]["gmv_amount"].to_list() == [money("1250"), money("2000")]


def test_a_column_that_claims_both_is_refused_where_it_cannot_be_read(tmp_path: Path) -> None:
    found = checked(written(tmp_path, f"{HEADER}a;2026-11-01;12,50;0\nb;2026-11-02;12.50;0\n"))
    assert found.rejects.select("line", "value").rows() == [(2, "12,50")]


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
