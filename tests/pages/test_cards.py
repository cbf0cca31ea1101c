"""A card says what is known, and says why where it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from metrics.availability import OK, Availability
from metrics.compare import NO_CHANGE_KNOWN, Change, change
from metrics.load import load_catalogue
from metrics.model import Text
from metrics.periods import Period
from metrics.targets import TargetStatus
from pages.kit.attention import concerns
from pages.kit.cards import Card, card, card_html
from pages.kit.html import sparkline
from pages.kit.standing import Standing

KPIS = load_catalogue().kpis
PERIOD = Period(date(2026, 10, 25), date(2026, 11, 21))


def standing(kpi: str = "gmv", value: float | None = 110.0, before: float | None = 100.0, **more: object) -> Standing:
    """A KPI that is fully known, without target, unless `more` says otherwise."""
    moved = change(value, before, KPIS[kpi]) if value is not None else NO_CHANGE_KNOWN
    known = Standing(KPIS[kpi], value, before, moved, TargetStatus(), OK, OK, False, None, PERIOD)
    return replace(known, **more)  # type: ignore[arg-type]


def shown(of: Standing, spark: tuple[float | None, ...] = ()) -> Card:
    return card(of, spark, "previous", "en", "CNY")


def test_a_card_shows_value_change_and_what_it_is_compared_with() -> None:
    seen = shown(standing())
    assert (seen.value, seen.delta, seen.tone, seen.against) == ("¥110", "+10.0%", "good", "vs previous")
    assert "↑ +10.0%" in card_html(seen)


def test_a_rise_of_what_should_fall_is_bad_and_a_rate_changes_by_points() -> None:
    seen = shown(standing("return_rate", 7.0, 5.0))
    assert (seen.delta, seen.tone) == ("+2.0pp", "bad")


def test_a_change_too_small_to_matter_has_no_colour() -> None:
    assert shown(standing(value=100.2)).tone == "flat"


def test_without_a_comparison_the_card_says_so_instead_of_showing_a_change() -> None:
    seen = shown(standing(before=None, change=NO_CHANGE_KNOWN, compared=Availability("no_data")))
    assert seen.delta == ""
    assert seen.against == "no data vs previous"


def test_a_missing_number_is_a_dash_with_its_reason_and_neither_change_nor_target() -> None:
    reason = Text("No data: needs orders.", "无数据：需要订单。", "無資料：需要訂單。")
    seen = shown(standing(value=None, before=None, availability=Availability("no_data"), reason=reason))
    html = card_html(seen)
    assert ">–<" in html
    assert "No data: needs orders." in html
    assert "delta" not in html
    assert ">0<" not in html


def test_the_target_is_told_in_words_and_the_bar_never_overflows() -> None:
    target = TargetStatus(value=50.0, status="good", attainment=2.2)
    html = card_html(shown(standing(target=target)))
    assert "Target ¥50" in html
    assert "220% · on target" in html
    assert "width:100.0%" in html


def test_what_falls_short_of_its_target_never_reads_as_100_percent() -> None:
    assert shown(standing(target=TargetStatus(value=50.0, status="warn", attainment=0.998))).attained == "99%"
    assert shown(standing(target=TargetStatus(value=50.0, status="good", attainment=1.0))).attained == "100%"


def test_a_band_is_a_target_of_two_limits() -> None:
    assert shown(standing(target=TargetStatus(low=5.0, high=9.0))).target == "Target ¥5 – ¥9"
    assert shown(standing(target=TargetStatus(value=7.0, low=5.0, high=9.0))).target == "Target ¥5 – ¥9"


def test_an_incomplete_number_is_grey() -> None:
    seen = shown(standing(availability=Availability("partial")))
    assert seen.is_grey
    assert "sb-card grey" in card_html(seen)


def test_what_came_with_the_data_cannot_become_markup() -> None:
    reason = Text("<script>x</script>", "<script>", "<script>")
    assert "<script" not in card_html(shown(standing(reason=reason)))


def test_a_sparkline_leaves_a_gap_where_a_value_is_missing() -> None:
    """1 2 – 4 5: two strokes of two points each."""
    drawn = sparkline((1, 2, None, 4, 5), "flat")
    line = drawn.rsplit("<i ", 1)[-1]
    assert line.count("M0.00") + line.count("M75.00") == 2


def test_a_value_without_neighbours_is_a_dot_that_can_be_seen() -> None:
    assert "stroke-width%3D%225%22" in sparkline((1, 2, None, 4), "flat")
    assert "stroke-width%3D%225%22" not in sparkline((1, 2, None), "flat")


def test_a_sparkline_of_one_value_is_empty() -> None:
    assert "<i" not in sparkline((None, 3, None), "flat")


def test_red_numbers_come_before_worse_ones_and_small_changes_not_at_all() -> None:
    red = standing("otif_rate", 80.0, 80.0, target=TargetStatus(95.0, status="bad", attainment=0.84))
    worse = standing("gmv", 90.0, 100.0)
    small = standing("paid_orders", 99.0, 100.0)
    found = concerns([small, worse, red], "previous", "en", "CNY")
    assert [concern.kpi for concern in found] == ["otif_rate", "gmv"]
    assert found[0].sentence == "80.0% against a target of 95.0%"
    assert found[1].sentence == "¥90, -10.0% vs previous"


def test_an_incomplete_number_raises_no_alarm() -> None:
    half = standing("gmv", 50.0, 100.0, availability=Availability("partial"))
    young = standing("return_rate", 9.0, 1.0, is_immature=True)
    assert concerns([half, young], "previous", "en", "CNY") == []


def test_a_change_from_nothing_is_said_as_an_amount() -> None:
    from_nothing = standing(change=Change(12.0, None, None, True, True))
    assert shown(from_nothing).delta == "+¥12"
