"""Shapes of rows: bars, heat maps, waterfalls, boxes, timelines, funnels, rankings and lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pages.kit.charts import bars, boxes, heat, listing, ranking, steps, timeline, waterfall
from pages.kit.charts.bars import BarsView, Mode, Series
from pages.kit.charts.heat import HeatView
from pages.kit.charts.palette import LIGHT
from pages.kit.charts.waterfall import Step, WaterfallView
from tests.pages.charts import samples
from tests.pages.charts.samples import ABOUT, COUNT, MONEY, RATE


def of(module: Any, view: Any) -> dict[str, Any]:
    """The figure of a view."""
    figure: dict[str, Any] | None = module.figure(view, LIGHT, "en")
    assert figure is not None
    return figure


def notes(figure: dict[str, Any]) -> list[str]:
    """The words on the chart."""
    return [note["text"] for note in figure["layout"]["annotations"]]


def two(mode: Mode, **more: Any) -> BarsView:
    """Two series over two rows, one value missing."""
    series = (Series("a", (30.0, None)), Series("b", (10.0, 5.0)))
    return BarsView(ABOUT, ("x", "y"), series, COUNT, mode, **more)


def test_a_stack_adds_up_what_is_known_and_draws_no_zero_for_what_is_not() -> None:
    figure = of(bars, two("stacked"))
    assert figure["data"][0]["x"] == [30.0, None]
    assert {"<b>40</b>", "<b>5</b>"} <= set(notes(figure))
    assert "a: no data" in figure["data"][-1]["hovertext"][1]


def test_shares_are_parts_of_their_own_row() -> None:
    figure = of(bars, two("share"))
    assert figure["data"][0]["x"] == [0.75, None]
    assert figure["data"][1]["x"] == [0.25, 1.0]
    assert {"75%", "25%", "100%"} <= set(notes(figure))


def test_bars_side_by_side_have_their_numbers_behind_them() -> None:
    figure = of(bars, two("grouped"))
    assert figure["layout"]["barmode"] == "group"
    assert notes(figure).count("no data") == 1
    assert {"30", "10", "5"} <= set(notes(figure))


def test_the_line_of_the_target_does_not_cross_the_numbers_behind_bars() -> None:
    figure = of(bars, replace(two("grouped"), target=12.0))
    behind = [note for note in figure["layout"]["annotations"] if note["text"] in {"30", "10", "5"}]
    assert {note["bgcolor"] for note in behind} == {LIGHT.surface}


def test_a_bullet_has_its_plan_as_a_mark_and_both_numbers_beside_it() -> None:
    figure = of(bars, two("bullet"))
    assert len([trace for trace in figure["data"] if trace.get("marker", {}).get("color") == LIGHT.data]) == 1
    marks = [(shape["x0"], shape["line"]["color"]) for shape in figure["layout"]["shapes"]]
    assert marks == [(10.0, LIGHT.plan), (5.0, LIGHT.plan)]
    assert {"<b>30</b>", "<b>–</b>", "10", "5"} <= set(notes(figure))


def test_a_row_without_any_value_says_so() -> None:
    assert "no data" in notes(of(bars, samples.stacked()))


def test_columns_over_time_leave_a_gap_and_say_so() -> None:
    figure = of(bars, samples.columns_over_time())
    assert figure["data"][0]["y"][4:6] == [None, None]
    assert [(shape["x0"], shape["x1"]) for shape in figure["layout"]["shapes"][:1]] == [(3.5, 5.5)]
    assert "no data" in notes(figure)
    assert "<b>Jan 2026</b>" in figure["data"][-1]["hovertext"][0]


def test_the_ramp_is_dark_for_the_first_series() -> None:
    view = two("stacked")
    assert LIGHT.ramp.index(view.shade(0, LIGHT)) > LIGHT.ramp.index(view.shade(1, LIGHT))


def test_bars_of_good_and_bad_are_named_in_a_key() -> None:
    title = of(bars, samples.stacked())["layout"]["title"]["text"]
    assert all(word in title for word in ("Good", "Needs improvement", "Poor"))


def test_the_sentence_of_bars_counts_what_it_leaves_out() -> None:
    assert bars.alt(samples.stacked(), "en") == "Net revenue: Tmall 1,300; Douyin 950; All others 190; 1 more."


def test_a_heat_map_writes_its_numbers_where_cells_are_wide_enough() -> None:
    few, many = of(heat, samples.few_cells())["data"][0], of(heat, samples.many_cells())["data"][0]
    assert few["text"][0] == ["12", "8", "", "1"]
    assert few["showscale"] is False
    assert "text" not in many
    assert many["showscale"] is True


def test_a_heading_that_would_tear_a_chinese_word_is_turned_where_it_does_not_fit() -> None:
    shops = ("Tmall", "拼多多", "JD", "抖音", "App", "京东", "淘宝")
    view = replace(samples.few_cells(), columns=shops, values=((1.0,) * 7,) * 3, hidden=frozenset(), row_totals=())
    axis = of(heat, view)["layout"]["xaxis"]
    assert "拼多多" in axis["ticktext"]
    assert axis["autotickangles"] == [0, -60]


def test_a_hidden_cell_has_a_dot_and_a_cell_without_data_has_nothing() -> None:
    figure = of(heat, samples.few_cells())
    assert [(note["x"], note["y"]) for note in figure["layout"]["annotations"] if note["text"] == "·"] == [(2, 0)]
    assert "· too few cases: hidden" in notes(figure)
    assert figure["data"][0]["z"][2][0] is None


def test_much_of_something_bad_is_shaded_as_a_warning() -> None:
    scale = of(heat, samples.few_cells())["data"][0]["colorscale"]
    assert [colour for _, colour in scale] == list(LIGHT.alarm)


def test_a_heat_map_of_nothing_known_is_no_figure() -> None:
    view = HeatView(ABOUT, ("a",), ("b",), ((None,),), RATE)
    assert heat.figure(view, LIGHT, "en") is None
    assert heat.alt(view, "en") == "No data for this period."


def test_a_waterfall_stands_each_change_on_the_step_before() -> None:
    rows = (Step("a", 10.0, "total"), Step("b", -4.0, "change", is_good=False), Step("c", 6.0, "total"))
    figure = of(waterfall, WaterfallView(ABOUT, rows, MONEY))
    assert (figure["data"][0]["base"], figure["data"][0]["x"]) == ([0.0, 10.0, 0.0], [10.0, -4.0, 6.0])
    assert "<b>-¥4</b>" in notes(figure)


def test_small_changes_beside_large_totals_are_seen_and_the_cut_axis_says_so() -> None:
    rows = (Step("a", 134.0, "total"), Step("b", 5.0, "change"), Step("c", -4.0, "change"), Step("d", 135.0, "total"))
    figure = of(waterfall, WaterfallView(ABOUT, rows, COUNT))
    low, high = figure["layout"]["xaxis"]["range"]
    assert 5 / (high - low) > 0.3
    assert figure["data"][0]["base"][0] == low
    assert "The axis does not begin at 0" in notes(figure)


def test_an_unknown_step_is_not_drawn_as_zero() -> None:
    figure = of(waterfall, samples.profit())
    assert figure["data"][0]["y"] == [0, 1, 2, 4, 5]
    assert {"no data", "<b>–</b>"} <= set(notes(figure))


def test_a_box_reaches_over_the_middle_half_and_its_median_and_count_stand_beside_it() -> None:
    figure = of(boxes, samples.spreads())
    assert (figure["data"][0]["base"][0], figure["data"][0]["x"][0]) == (14.0, 16.0)
    assert {"<b>20 h</b>", "120", "Median", "Cases", "2 groups with too few cases are hidden"} <= set(notes(figure))


def test_a_timeline_groups_its_spans_and_says_what_their_tone_means() -> None:
    figure = of(timeline, samples.plans())
    assert figure["layout"]["yaxis"]["ticktext"][0] == "<b>Launches</b>"
    assert {"12 days late", "<b>Today</b>"} <= set(notes(figure))
    days = [(shape["x0"], shape["x1"]) for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert days[-1] == ("2026-10-09", "2026-10-10")


def test_one_group_alone_needs_no_heading() -> None:
    view = samples.plans()
    alone = replace(view, spans=view.spans[:2])
    assert len(of(timeline, alone)["layout"]["yaxis"]["ticktext"]) == 2


def test_today_is_on_the_axis_even_where_every_span_has_ended() -> None:
    view = replace(samples.plans(), today=date(2027, 6, 1))
    assert view.reach[1] > date(2027, 6, 1).toordinal()


def test_today_is_not_drawn_where_it_lies_far_from_every_span() -> None:
    figure = of(timeline, replace(samples.plans(), today=None))
    assert "<b>Today</b>" not in notes(figure)


def test_a_funnel_makes_shares_of_the_first_and_of_the_step_before() -> None:
    view = samples.funnel()
    assert view.shares == pytest.approx((1.0, 330 / 420, None, 41 / 420))
    assert view.conversions == pytest.approx((None, 330 / 420, None, None))
    figure = of(steps, view)
    assert {"no data", "<b>330</b>", "78.6%", "79%", "Withdrawn 31"} <= set(notes(figure))


def test_a_ranking_counts_the_rest_in_the_whole_but_not_in_the_running_sum() -> None:
    view = samples.ranking_of_names()
    assert view.total == 1074.0
    figure = of(ranking, view)
    bars_drawn, line = figure["data"][:2]
    assert bars_drawn["x"][0] == pytest.approx(700 / 1074)
    assert bars_drawn["marker"]["color"] == [LIGHT.data, LIGHT.data, LIGHT.ramp[3], LIGHT.ramp[3], LIGHT.track]
    assert len(line["x"]) == 4
    assert figure["layout"]["yaxis"]["ticktext"][-1] == "9 more"


def test_names_that_never_make_80_percent_are_all_vital() -> None:
    assert ranking.vital([0.2, 0.3, 0.4]) == 3


def test_a_list_is_a_table_whose_words_are_escaped() -> None:
    table = listing.html(samples.cases_listed(), "en")
    assert table is not None
    assert '<th scope="row">INV-1 &lt;b&gt;</th>' in table
    assert '<td class="d">2 Nov 2026</td><td class="n">¥1.25M</td><td class="n">19 days</td>' in table
    assert '<td class="n">–</td>' in table
    assert "and 12 more" in table
    assert listing.alt(samples.cases_listed(), "en") == "Net revenue: 14 rows."
