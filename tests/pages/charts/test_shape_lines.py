"""Lines, bars over time and points: gaps stay gaps, names stand at ends, forecasts are dashed."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from metrics.model import Text
from pages.kit.charts import fitting, lines, points
from pages.kit.charts.lines import Line, LinesView, Panel
from pages.kit.charts.palette import LIGHT
from pages.kit.charts.points import Axis, Point, PointsView
from pages.kit.charts.words import Measure
from tests.pages.charts import samples
from tests.pages.charts.samples import ABOUT, COUNT, DAYS, RATE

THREE = DAYS[:3]


def drawn(*drawn_lines: Line, **more: Any) -> dict[str, Any]:
    """The figure of one panel over three days."""
    panel = Panel(None, RATE, drawn_lines, more.pop("target", None), more.pop("band", None), more.pop("is_area", False))
    figure = lines.figure(LinesView(ABOUT, THREE, "day", None, (panel,), **more), LIGHT, "en")
    assert figure is not None
    return figure


def strokes(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines that are seen."""
    return [trace for trace in figure["data"] if trace["mode"] == "lines" and trace["line"]["width"] > 0]


def notes(figure: dict[str, Any]) -> list[str]:
    """The words on the chart."""
    return [note["text"] for note in figure["layout"]["annotations"]]


def test_a_gap_stays_a_gap_and_says_so() -> None:
    figure = drawn(Line("a", (4.0, None, 2.0)))
    assert strokes(figure)[0]["y"] == [4.0, None, 2.0]
    assert [shape["fillcolor"] for shape in figure["layout"]["shapes"]] == [LIGHT.track]
    assert "no data" in notes(figure)
    assert "no data" in figure["data"][-1]["hovertext"][1]


def test_no_value_at_all_is_no_figure() -> None:
    view = LinesView(ABOUT, THREE, "day", None, (Panel(None, RATE, (Line("a", (None, None, None)),)),))
    assert lines.figure(view, LIGHT, "en") is None
    assert lines.alt(view, "en") == "No data for this period."


def test_lines_of_equal_rank_are_named_where_they_end_and_have_colours_of_their_own() -> None:
    figure = drawn(Line("east", (1.0, 2.0, 3.0)), Line("west", (5.0, 5.0, 5.0)))
    assert [stroke["line"]["color"] for stroke in strokes(figure)] == list(LIGHT.equals[:2])
    assert [("east" in text, "west" in text) for text in notes(figure)] == [(True, False), (False, True)]
    assert "<b>3.00%</b>" in notes(figure)[0]


def test_this_period_its_comparison_and_its_plan_are_told_apart_by_stroke_and_in_a_key() -> None:
    figure = drawn(Line("now", (1.0, 2.0, 3.0), "data"), Line("then", (2.0, 2.0, 2.0), "comparison"), target=4.0)
    assert [stroke["line"]["dash"] for stroke in strokes(figure)] == ["solid", "3px,3px"]
    key = notes(figure)[0]
    assert "now" in key
    assert "then" in key
    assert "Target 4.00%" in key


def test_names_at_the_ends_never_overlap() -> None:
    figure = drawn(*(Line(f"shop {place}", (1.0, 1.0, 50.0 + place / 10)) for place in range(5)))
    heights = sorted(note["y"] for note in figure["layout"]["annotations"] if "shop" in note["text"])
    axis = figure["layout"]["yaxis"]
    pixels = [height / (axis["range"][1] - axis["range"][0]) * 200 for height in heights]
    assert all(after - before >= 14.9 for before, after in pairwise(pixels))


def test_there_is_room_for_the_last_values_beside_short_names() -> None:
    long = Measure("minutes")
    panel = Panel(None, long, (Line("p50", (1.0, 2.0, 240.5)), Line("p90", (3.0, 4.0, 540.5))))
    figure = lines.figure(LinesView(ABOUT, THREE, "day", None, (panel,)), LIGHT, "en")
    assert figure is not None
    assert figure["layout"]["margin"]["r"] > fitting.width("540.5 min") + 12


def test_the_title_of_a_panel_names_a_line_that_stands_alone() -> None:
    panel = Panel(ABOUT, RATE, (Line("the same", (1.0, 2.0, 3.0), "data"),))
    figure = lines.figure(LinesView(ABOUT, THREE, "day", None, (panel,)), LIGHT, "en")
    assert figure is not None
    assert notes(figure) == ["<b>Net revenue</b>"]


def test_days_that_lie_ahead_are_not_missing() -> None:
    figure = drawn(Line("a", (1.0, 2.0, None), "data"), forecast_from=THREE[1])
    assert "no data" not in notes(figure)


def test_what_is_forecast_is_dashed_and_joined_to_what_is_known() -> None:
    figure = drawn(Line("a", (1.0, 2.0, 3.0), "data"), forecast_from=THREE[2])
    solid, dashed = strokes(figure)
    assert (solid["y"], dashed["y"]) == ([1.0, 2.0], [2.0, 3.0])
    assert dashed["line"]["dash"] != "solid"
    assert "Forecast" in notes(figure)[0]


def test_a_line_that_hardly_moves_is_not_drawn_from_zero() -> None:
    axis = drawn(Line("a", (99.2, 99.5, 99.8)))["layout"]["yaxis"]
    assert axis["range"][0] > 98
    assert drawn(Line("a", (1.0, 50.0, 99.8)))["layout"]["yaxis"]["range"][0] == 0


def test_panels_stand_below_each_other_on_one_time_axis() -> None:
    figure = lines.figure(samples.panels(), LIGHT, "en")
    assert figure is not None
    domains = [figure["layout"][axis]["domain"] for axis in ("yaxis", "yaxis2", "yaxis3")]
    assert all(lower[1] < upper[0] for upper, lower in pairwise(domains))
    assert figure["layout"]["xaxis"]["anchor"] == "y3"
    assert figure["layout"]["yaxis3"]["domain"][0] >= 0


def test_areas_add_up_and_a_gap_covers_what_falls_to_zero() -> None:
    figure = drawn(Line("a", (1.0, None, 3.0)), Line("b", (2.0, None, 1.0)), is_area=True)
    assert all(trace["stackgroup"] == "y" for trace in figure["data"][:2])
    assert figure["layout"]["shapes"][0]["layer"] == "above"
    assert figure["layout"]["yaxis"]["range"][1] > 4


def test_steps_since_something_need_no_calendar() -> None:
    figure = lines.figure(samples.cohorts(), LIGHT, "en")
    assert figure is not None
    assert figure["layout"]["xaxis"]["type"] == "linear"
    assert figure["layout"]["xaxis"]["ticktext"][-1] == "11"
    assert "Months since the first order" in notes(figure)


def test_a_marked_day_is_named_and_said_in_the_hover_text() -> None:
    figure = drawn(Line("a", (1.0, 2.0, 3.0)), marks=((THREE[0], "Sale & more"), (date(2020, 1, 1), "long ago")))
    assert "Sale &amp; more" in notes(figure)
    assert "long ago" not in notes(figure)
    assert "Sale &amp; more" in figure["data"][-1]["hovertext"][0]


def test_a_logarithmic_axis_leaves_out_what_it_cannot_hold() -> None:
    axis = Axis(ABOUT, COUNT, is_log=True)
    view = PointsView(ABOUT, (Point("a", 0.0, 3.0), Point("b", 10.0, 3.0)), axis, Axis(ABOUT, COUNT))
    figure = points.figure(view, LIGHT, "en")
    assert figure is not None
    assert figure["data"][0]["x"] == [10.0]


def test_a_name_without_room_beside_its_mark_stands_above_it() -> None:
    """Close neighbours at both sides, and room above."""
    cases = (Point("Ads", 5.0, 5.0, 4.0), Point("b", 4.2, 5.0, 9.0), Point("c", 5.8, 5.0, 9.0), Point("d", 0.0, 9.0))
    view = PointsView(ABOUT, cases, Axis(ABOUT, COUNT), Axis(ABOUT, COUNT), (ABOUT, COUNT))
    figure = points.figure(view, LIGHT, "en")
    assert figure is not None
    [name] = [note for note in figure["layout"]["annotations"] if note["text"] == "Ads"]
    assert name["yanchor"] == "bottom"


def test_groups_of_points_differ_in_shape_too() -> None:
    figure = points.figure(samples.crowd(), LIGHT, "en")
    assert figure is not None
    assert [trace["marker"]["symbol"] for trace in figure["data"]] == ["circle", "diamond"]
    assert "Size: Net revenue" in figure["layout"]["title"]["text"]


def test_areas_of_points_compare_and_an_unknown_size_is_small() -> None:
    cases = (Point("a", 1.0, 1.0, 100.0), Point("b", 2.0, 2.0, 25.0), Point("c", 3.0, 3.0, None))
    view = PointsView(ABOUT, cases, Axis(ABOUT, COUNT), Axis(ABOUT, COUNT), (Text("s", "s", "s"), COUNT))
    figure = points.figure(view, LIGHT, "en")
    assert figure is not None
    assert figure["data"][0]["marker"]["size"] == [30.0, 15.0, 8.0]


def test_points_over_time_say_their_day() -> None:
    figure = points.figure(samples.cases(), LIGHT, "en")
    assert figure is not None
    assert figure["layout"]["xaxis"]["type"] == "date"
    assert "25 Oct 2026" in figure["data"][0]["hovertext"][0]
