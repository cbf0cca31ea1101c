"""Words of charts: said in three languages, safe in a chart, and short enough for their place."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.model import Text
from pages.kit.charts import fitting
from pages.kit.charts.words import Amount, Coded, Measure, Moment, Said, Word, said, spoken


@pytest.mark.parametrize(
    ("word", "english", "chinese"),
    [
        (Text("a", "甲", "甲"), "a", "甲"),
        (Coded("sales_channel", "tmall"), "Tmall", "天猫"),
        (Coded("sales_channel", None), "Unknown", "未知"),
        (Coded("sales_channel", "(other)"), "All others", "其他"),
        (Said("charts.parcels", (("n", 12000),)), "12K parcels", "1.2万 个包裹"),
        (Said("charts.of_step", (("name", Coded("sales_channel", "jd")),)), "Of “JD.com”", "占“京东”"),
        (Moment(date(2026, 11, 1), "month"), "Nov 2026", "2026年11月"),
        (Amount(1.5e6, Measure("currency", "CNY")), "¥1.5M", "¥150万"),
        (Amount(None, Measure("count")), "–", "–"),
        (date(2026, 11, 2), "2 Nov 2026", "2026年11月2日"),
        ("free text", "free text", "free text"),
    ],
)
def test_each_kind_of_word_is_said_in_the_reader_s_language(word: Word, english: str, chinese: str) -> None:
    assert said(word, "en") == english
    assert said(word, "zh-Hans") == chinese


def test_a_name_from_a_file_is_made_safe_for_a_chart_only() -> None:
    assert spoken("<b>x & y", "en") == "&lt;b&gt;x &amp; y"
    assert said("<b>x & y", "en") == "<b>x & y"


def test_a_name_is_cut_with_an_ellipsis_before_it_is_made_safe() -> None:
    assert fitting.shorten("short", 100) == "short"
    assert fitting.label("<<<<<<<<<<<<<<<<<<<<<<<<", "en", 40) == "&lt;" * 5 + "…"
    assert fitting.width(fitting.shorten("一个非常长的中文类目名称", 60)) <= 60


def test_the_name_of_a_row_takes_two_rows_before_it_is_cut() -> None:
    assert fitting.row_names(["Storage", "Small appliances"], "en", 80) == ["Storage", "Small<br>appliances"]
    assert fitting.row_names(["SOCIAL-INSURANCE-2026-10 Filing"], "en", 122) == ["SOCIAL-INSURANCE-<br>2026-10 Filing"]
    assert fitting.row_names(["load_douyin_orders", "全棉四件套"], "en", 70) == ["load_douyin_<br>orders", "全棉四件套"]
    assert fitting.row_height(["Storage", "Small<br>appliances"], 26) > fitting.row_height(["Storage"], 26) == 26


def test_a_heading_wraps_between_words_and_chinese_anywhere() -> None:
    assert fitting.wrapped("Conversion rate", 60) == "Conversion<br>rate"
    assert fitting.wrapped("平均退款处理时间", 46) == "平均退款<br>处理时间"
    assert fitting.fits("All others", 36)
    assert not fitting.fits("Fulfilment", 36)


@pytest.mark.parametrize(
    ("text", "pixels", "expected"),
    [
        ("拼多多", 26, None),
        ("官方網站", 26, "官方<br>網站"),
        ("5 年以上", 40, "5 年<br>以上"),
        ("净收入，2026年10月", 92, "净收入，<br>2026年10月"),
        ("8天结账（工作日）", 70, "8天结账<br>（工作日）"),
        ("商店前台：資料；員工", 60, "商店前台：<br>資料；員工"),
    ],
)
def test_chinese_tears_neither_a_short_word_nor_a_number_from_its_unit(
    text: str, pixels: int, expected: str | None
) -> None:
    assert fitting.fits(text, pixels) is (expected is not None)
    assert expected in (None, fitting.wrapped(text, pixels))


def test_two_rows_of_words_are_about_as_wide_as_each_other() -> None:
    assert fitting.wrapped("Winter duvet 冬被, Sand", 112) == "Winter duvet<br>冬被, Sand"
    assert fitting.wrapped("Checkout: Availability; noticed by: Staff", 132, 3) == (
        "Checkout: Availability;<br>noticed by: Staff"
    )


def test_an_axis_on_which_one_label_fits_names_both_of_its_ends() -> None:
    assert fitting.labelled(["11月12日"] * 13, 90) == [0, 12]
    assert fitting.labelled(["11月12日"], 90) == [0]


def test_a_key_wraps_into_rows_that_fit_a_phone() -> None:
    entries = [("■", "#000000", f"a name of some length {place}") for place in range(4)]
    rows = fitting.key_rows(entries)
    assert sum(len(row) for row in rows) == 4
    assert len(rows) > 1
