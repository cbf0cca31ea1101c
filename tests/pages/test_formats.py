"""Numbers and days as people write them, in the three languages."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import get_args

import pytest

from metrics.model import DisplayAs, Language, Unit
from pages.kit import formats

LANGUAGES: tuple[Language, ...] = ("en", "zh-Hans", "zh-Hant")


@pytest.mark.parametrize(
    ("value", "en", "hans", "hant"),
    [
        (0, "0", "0", "0"),
        (3.4, "3.4", "3.4", "3.4"),
        (284, "284", "284", "284"),
        (9_999, "9,999", "9,999", "9,999"),
        (9_999.6, "10K", "1万", "1萬"),
        (24_087, "24.1K", "2.41万", "2.41萬"),
        (123_456, "123K", "12.3万", "12.3萬"),
        (999_950, "1M", "100万", "100萬"),
        (13_600_000, "13.6M", "1,360万", "1,360萬"),
        (120_000_000, "120M", "1.2亿", "1.2億"),
        (1_300_000_000_000, "1.3T", "1.3万亿", "1.3兆"),
        (-123_456, "-123K", "-12.3万", "-12.3萬"),
        (Decimal("123456.7800"), "123K", "12.3万", "12.3萬"),
    ],
)
def test_large_counts_have_three_digits_and_the_languages_own_steps(
    value: float, en: str, hans: str, hant: str
) -> None:
    assert [formats.number(value, language) for language in LANGUAGES] == [en, hans, hant]


@pytest.mark.parametrize(
    ("currency", "text"),
    [("CNY", "¥284"), ("JPY", "¥284"), ("TWD", "NT$284"), ("GBP", "£284"), ("USD", "$284"), ("CHF", "CHF\u00a0284")],
)
def test_an_amount_carries_the_sign_of_its_currency(currency: str, text: str) -> None:
    assert formats.money(284.3, "zh-Hant", currency) == text


def test_an_amount_shows_cents_only_where_they_matter_and_its_minus_before_the_sign() -> None:
    assert formats.money(3.5, "en", "GBP") == "£3.50"
    assert formats.money(284.37, "en", "GBP") == "£284"
    assert formats.money(-2_474_823.07, "zh-Hans", "CNY") == "-¥247万"
    assert formats.money(134_500_000, "en", "CNY", digits=4) == "¥134.5M"


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0%"), (3.723, "3.72%"), (22.51, "22.5%"), (99.954, "99.95%"), (100, "100.0%")]
)
def test_a_small_rate_has_two_decimals_because_a_tenth_of_a_point_matters_there(value: float, text: str) -> None:
    assert formats.percent(value, "en") == text


def test_units_are_said_in_the_readers_language() -> None:
    assert [formats.hours(26.44, language) for language in LANGUAGES] == ["26.4 h", "26.4小时", "26.4 小時"]
    assert [formats.days(3.5, language) for language in LANGUAGES] == ["3.5 days", "3.5天", "3.5 天"]
    assert formats.days(1, "en") == "1 day"
    assert formats.ratio(12.04, "en") == "12.0×"
    assert formats.score(42.26, "en") == "42.3"
    assert formats.score(0.084, "en") == "0.08"


def test_short_times_are_said_in_seconds_and_minutes() -> None:
    assert [formats.seconds(2.414, language) for language in LANGUAGES] == ["2.41 s", "2.41秒", "2.41 秒"]
    assert [formats.minutes(12.5, language) for language in LANGUAGES] == ["12.5 min", "12.5分钟", "12.5 分鐘"]
    assert formats.minutes(240.4, "en") == "240 min"


@pytest.mark.parametrize(
    ("shown_in", "value", "texts"),
    [
        ("milliseconds", 0.184, ("184 ms", "184毫秒", "184 毫秒")),
        ("months", 270, ("8.9 months", "8.9个月", "8.9 個月")),
        ("months", 30.4, ("1 month", "1个月", "1 個月")),
        ("per_1000_orders", 12.44, ("12.4 per 1,000 orders", "每千单12.4", "每千筆訂單 12.4")),
        ("per_100_orders", 8.125, ("8.12 per 100 orders", "每百单8.12", "每百筆訂單 8.12")),
        ("per_1000_employees", 0, ("0 per 1,000 staff", "每千人0", "每千人 0")),
        ("to_one", 4.1, ("4.1 : 1", "4.1 : 1", "4.1 : 1")),
    ],
)
def test_some_values_are_read_in_something_closer_to_people_than_their_unit(
    shown_in: DisplayAs, value: float, texts: tuple[str, str, str]
) -> None:
    assert tuple(formats.short(value, shown_in, language, "CNY") for language in LANGUAGES) == texts
    assert formats.full(value, shown_in, "en", "CNY") == texts[0]


def test_an_axis_is_in_what_its_values_are_read_in() -> None:
    assert formats.axis([0, 0.2, 0.4], "milliseconds", "en", "") == ["0", "200", "400"]
    assert formats.axis([0, 2.5], "seconds", "en", "") == ["0", "2.5"]


@pytest.mark.parametrize("unit", [*get_args(Unit), *get_args(DisplayAs)])
@pytest.mark.parametrize("missing", [None, float("nan"), float("inf")])
def test_what_is_missing_is_a_dash_and_never_0(unit: Unit | DisplayAs, missing: float | None) -> None:
    assert formats.short(missing, unit, "en", "CNY") == "–"
    assert formats.full(missing, unit, "en", "CNY") == "–"
    assert formats.signed(missing, unit, "en", "CNY") == "–"
    assert formats.share(missing, "en") == "–"


def test_a_full_number_keeps_every_digit_that_means_something() -> None:
    assert formats.full(2_474_823.07, "currency", "en", "CNY") == "¥2,474,823.07"
    assert formats.full(24_087, "count", "zh-Hans", "CNY") == "24,087"
    assert formats.full(3.7234, "percent", "en", "CNY") == "3.72%"
    assert formats.full(26.44, "hours", "en", "CNY") == "26.4 h"


def test_a_difference_has_a_sign_in_its_own_unit_and_a_rate_differs_by_points() -> None:
    assert formats.signed(9_300_000, "currency", "en", "CNY") == "+¥9.3M"
    assert formats.signed(-0.3, "percent", "en", "CNY") == "-0.3 pts"
    assert formats.signed_share(0.069, "zh-Hans") == "+6.9%"
    assert [formats.signed_points(0.14, language) for language in LANGUAGES] == [
        "+0.1 pts", "+0.1 个百分点", "+0.1 個百分點",
    ]  # fmt: skip
    assert {formats.signed_points(0.14, language, is_short=True) for language in LANGUAGES} == {"+0.1pp"}


@pytest.mark.parametrize("tiny", [0, 0.0001, -0.0001])
def test_a_difference_that_rounds_to_nothing_has_no_sign(tiny: float) -> None:
    """ "-0.0%" would be read, and coloured, as a loss."""
    assert formats.signed_share(tiny, "en") == "0%"
    assert formats.signed_points(tiny, "en") == "0 pts"
    assert formats.signed(tiny, "currency", "en", "CNY") == "¥0"


def test_all_labels_of_an_axis_have_the_scale_of_the_largest() -> None:
    ticks = [0, 4_000_000, 8_000_000, 12_000_000]
    assert formats.axis(ticks, "currency", "zh-Hans", "CNY") == ["¥0", "¥400万", "¥800万", "¥1,200万"]
    assert formats.axis(ticks, "currency", "en", "CNY") == ["¥0", "¥4M", "¥8M", "¥12M"]
    assert formats.axis([-5_000, 0, 5_000, 10_000], "count", "zh-Hant", "") == ["-0.5萬", "0", "0.5萬", "1萬"]
    assert formats.axis([0, 2_500], "count", "en", "") == ["0", "2,500"]
    assert formats.axis([0, 2.5], "percent", "en", "") == ["0%", "2.5%"]
    assert formats.axis([0, 24], "hours", "en", "") == ["0", "24"]
    assert formats.axis([], "count", "en", "") == []


def test_days_are_written_in_each_language() -> None:
    day = date(2026, 9, 3)
    assert [formats.day(day, language) for language in LANGUAGES] == ["3 Sep", "9月3日", "9月3日"]
    assert [formats.full_day(day, language) for language in LANGUAGES] == ["3 Sep 2026", "2026年9月3日", "2026年9月3日"]
    assert [formats.month(day, language) for language in LANGUAGES] == ["Sep 2026", "2026年9月", "2026年9月"]
    assert [formats.weekday(7, language) for language in LANGUAGES] == ["Sun", "周日", "週日"]
    assert formats.moment(datetime(2026, 11, 20, 9, 5), "en") == "20 Nov 2026 09:05"
    assert {formats.day(None, "en"), formats.month(None, "en"), formats.moment(None, "en")} == {"–"}


@pytest.mark.parametrize(
    ("first", "last", "en", "hans"),
    [
        (date(2026, 11, 9), date(2026, 11, 9), "9 Nov 2026", "2026年11月9日"),
        (date(2026, 11, 1), date(2026, 11, 30), "1 – 30 Nov 2026", "2026年11月1日–30日"),
        (date(2026, 10, 25), date(2026, 11, 21), "25 Oct – 21 Nov 2026", "2026年10月25日–11月21日"),
        (date(2025, 12, 25), date(2026, 1, 3), "25 Dec 2025 – 3 Jan 2026", "2025年12月25日–2026年1月3日"),
    ],
)
def test_a_range_says_once_what_both_ends_share(first: date, last: date, en: str, hans: str) -> None:
    assert formats.day_range(first, last, "en") == en
    assert formats.day_range(first, last, "zh-Hans") == hans
