"""Numbers, flags, days and moments as tools write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import polars as pl
import pytest

from data.ingest import channels, regions
from data.ingest.cells import Condition, Header
from data.ingest.evaluate import Cells
from data.ingest.moments import evidence, read_days, read_moments
from data.ingest.values import read_flags, read_integers, read_numbers, read_text

ZONE = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1234.5", "1234.5"),
        ("1,234.50", "1234.5"),
        ("¥1,234", "1234"),
        ("￥12", "12"),
        ("NT$1,000", "1000"),
        ("€1,622.60", "1622.6"),
        ("HKD 12", "12"),
        ("3 €", "3"),
        ("(3.20)", "-3.2"),
        ("3-", "-3"),
        ("\u22127", "-7"),
        ("-¥5", "-5"),
        ("9.27%", "0.0927"),
        ("1.2万", "12000"),
        ("9.83E-02", "0.0983"),
        ("１２３", "123"),
        ('="00123"', "123"),
    ],
)
def test_a_number_is_read_however_it_is_dressed(written: str, number: str) -> None:
    reading = read_numbers(read_text(pl.Series([written])))
    assert reading.values.to_list() == [Decimal(number).quantize(Decimal("0.0001"))]
    assert reading.bad is None


@pytest.mark.parametrize("written", ["12,50", "1,23,4", "abc", "1.2.3", "(5", "12 apples"])
def test_what_is_no_number_is_bad_and_never_guessed(written: str) -> None:
    reading = read_numbers(pl.Series(["1", written]))
    assert reading.values.to_list() == [Decimal("1.0000"), None]
    assert reading.bad is not None
    assert reading.bad.to_list() == [False, True]


@pytest.mark.parametrize("written", ["--", " --", "-", "N/A", "null", "无", "(not set)", "NaN", "\\N"])
def test_a_sign_for_nothing_is_null_and_not_bad(written: str) -> None:
    reading = read_numbers(read_text(pl.Series([written, "1"])))
    assert reading.values[0] is None
    assert reading.bad is None


def test_a_whole_number_may_be_written_with_a_point_zero_but_not_with_a_half() -> None:
    reading = read_integers(pl.Series(["3", "3.0", "1,234", "3.5"]))
    assert reading.values.to_list() == [3, 3, 1234, None]
    assert reading.bad is not None
    assert reading.bad.to_list() == [False, False, False, True]


def test_a_day_of_noughts_is_no_day_and_not_bad() -> None:
    """MySQL writes it for an order that nobody paid."""
    reading = read_moments(pl.Series(["0000-00-00 00:00:00"]), None, ZONE)
    assert (reading.values[0], reading.bad) == (None, None)


def test_marks_that_nobody_sees_are_no_part_of_a_text() -> None:
    assert read_text(pl.Series(["\u200bA1\u200e", "\ufeffA1\u00a0", "订单 1"])).to_list() == ["A1", "A1", "订单 1"]


def test_flags_are_read_in_both_languages() -> None:
    reading = read_flags(pl.Series(["是", "no", "TRUE", "0", None, "perhaps"]))
    assert reading.values.to_list() == [True, False, True, False, None, None]
    assert reading.bad is not None
    assert reading.bad.to_list() == [False] * 5 + [True]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-03 10:05:06", datetime(2026, 11, 3, 10, 5, 6)),
        ("2026/1/3 9:05", datetime(2026, 1, 3, 9, 5)),
        ("2026年11月3日 10:05", datetime(2026, 11, 3, 10, 5)),
        ("20261103", datetime(2026, 11, 3)),
        ("20261103101500", datetime(2026, 11, 3, 10, 15)),
        ("2026-11-03 10:00:00 +0800", datetime(2026, 11, 3, 10)),
        ("2026-11-02 21:00:00 -0500", datetime(2026, 11, 3, 10)),
        ("2026-11-03T02:00:00Z", datetime(2026, 11, 3, 10)),
        ("3-Nov-26", datetime(2026, 11, 3)),
        ("Tue Nov 03 2026", datetime(2026, 11, 3)),
        ("Nov 3, 2026 3:04 PM", datetime(2026, 11, 3, 15, 4)),
        ("3/3/2026", datetime(2026, 3, 3)),
        ("46329.5", datetime(2026, 11, 3, 12)),
    ],
)
def test_a_moment_becomes_the_clock_of_the_company(written: str, moment: datetime) -> None:
    reading = read_moments(pl.Series([written]), None, ZONE)
    assert reading.values.to_list() == [moment]
    assert reading.bad is None


@pytest.mark.parametrize("written", ["2026-13-01", "2026-02-30", "12:30", "soon", "0001-01-01"])
def test_what_is_no_day_is_bad(written: str) -> None:
    reading = read_days(pl.Series(["2026-11-03", written]), None, ZONE)
    assert reading.values.to_list() == [date(2026, 11, 3), None]
    assert reading.bad is not None
    assert reading.bad.to_list() == [False, True]


def test_the_order_of_day_and_month_is_the_whole_columns() -> None:
    """One 31 is enough for the column; a cell alone is never asked."""
    assert evidence(pl.Series(["1/2/2026", "31/1/2026"])).order == "dmy"
    assert evidence(pl.Series(["1/2/2026", "1/31/2026"])).order == "mdy"
    assert read_days(pl.Series(["1/2/2026"]), "dmy", ZONE).values.to_list() == [date(2026, 2, 1)]
    assert read_days(pl.Series(["1/2/2026"]), "mdy", ZONE).values.to_list() == [date(2026, 1, 2)]


def test_a_column_that_fits_both_orders_is_open() -> None:
    found = evidence(pl.Series(["1/2/2026", "3/4/2026"]))
    assert (found.order, found.is_open) == (None, True)


def test_a_column_that_claims_both_orders_is_open() -> None:
    found = evidence(pl.Series(["13/1/2026", "1/13/2026"]))
    assert (found.order, found.is_open) == (None, True)


def test_one_slip_in_a_long_column_does_not_turn_it() -> None:
    found = evidence(pl.Series(["1/13/2026", *["13/1/2026"] * 200]))
    assert found.order == "dmy"


def test_a_region_has_one_name() -> None:
    names = pl.Series(
        ["上海", "上海市", "Shanghai", "沪", "上海市浦东新区世纪大道1号", "廣東省", "内蒙古自治区", "EIRE"]
    )
    assert regions.conform(names).to_list() == ["上海"] * 5 + ["广东", "内蒙古", "Ireland"]
    taiwan = pl.Series(["台北", "臺北市", "台北市信義區市府路1號", "中國 廣東省深圳市南山區1號", "臺灣", "花蓮縣"])
    assert regions.conform(taiwan).to_list() == ["臺北市"] * 3 + ["广东", "台湾", "花蓮縣"]


def test_an_address_that_is_not_known_is_dropped_where_only_regions_may_be_kept() -> None:
    addresses = pl.Series(["浙江省杭州市文三路1号", "Some Street 5"])
    assert regions.conform(addresses, known_only=True).to_list() == ["浙江", None]
    assert regions.conform(addresses).to_list() == ["浙江", "Some Street 5"]


def test_values_are_known_in_either_chinese_script_and_as_they_are_written_first() -> None:
    """A mapping that tells 已签收 from 已簽收 is obeyed; a test that names one of them holds for both."""
    cells = Cells(pl.DataFrame({"状态": ["已签收", "已簽收", "關閉", "处理中", None]}), "UTC")
    told_apart = Header(("状态",), values={"已签收": "a", "已簽收": "b", "关闭": "c"})
    assert cells.read(told_apart, "text").values.to_list() == ["a", "b", "c", "处理中", None]
    for test, wanted in (("in", "已签收"), ("contains", "簽"), ("starts_with", "已签")):
        assert cells.holds(Condition(("状态",), test, (wanted,))).to_list() == [True, True, False, False, False]
    assert cells.holds(Condition(("状态",), "not_in", ("关闭",))).to_list() == [True, True, False, True, True]


def test_channel_groups_go_by_the_names_of_the_catalogue() -> None:
    names = pl.Series(["Organic Search", "paid_social", "Direct", "直通車", "Our Partners", None])
    expected = ["organic_search", "paid_social", "direct", "paid_search", "(unknown)", None]
    assert channels.conform(names).to_list() == expected
