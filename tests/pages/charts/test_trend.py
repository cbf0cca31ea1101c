"""The trend: missing days stay missing, festivals carry their name, hover texts say everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from metrics.model import Unit
from pages.kit.charts import trend
from pages.kit.charts.palette import LIGHT
from tests.pages.charts import frames


def drawn(frame: pl.DataFrame, unit: Unit = "currency") -> dict[str, Any]:
    view = trend.view(frame, frames.kpi(unit), "CNY", "day", "last_year")
    figure = trend.figure(view, LIGHT, "en")
    assert figure is not None
    return figure


def line(figure: dict[str, Any]) -> dict[str, Any]:
    """The trace of this period, the one that answers the pointer."""
    return next(trace for trace in figure["data"] if "hovertext" in trace)


def areas(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace.get("fill") == "tozeroy"]


def names(figure: dict[str, Any]) -> list[str]:
    return [text.strip() for trace in figure["data"] for text in trace.get("text", [])]


def test_a_day_without_data_is_a_gap_in_line_and_area_and_not_0() -> None:
    figure = drawn(frames.trend_frame([5.0, None, 7.0, 8.0]))
    assert line(figure)["y"] == [5.0, None, 7.0, 8.0]
    assert [area["y"] for area in areas(figure)] == [[5.0], [7.0, 8.0]]
    assert figure["layout"]["shapes"][0]["x0"] == "2026-11-09"
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["no data"]


def test_a_value_without_neighbours_is_a_dot_since_no_line_reaches_it() -> None:
    figure = drawn(frames.trend_frame([5.0, None, 7.0, 8.0]))
    assert line(figure)["marker"]["size"] == [6, 0, 0, 0]


def test_a_bucket_that_still_grows_is_hollow_and_says_so() -> None:
    figure = drawn(frames.trend_frame([5.0, 6.0, 7.0], open_last=1))
    assert line(figure)["marker"]["color"][-1] == LIGHT.surface
    assert line(figure)["marker"]["size"] == [0, 0, 6]
    assert "Not final yet" in line(figure)["hovertext"][-1]
    assert "Not final yet" not in line(figure)["hovertext"][0]


def test_the_hover_text_tells_day_festival_value_comparison_and_plan() -> None:
    frame = frames.trend_frame([50.0, 110.0], [40.0, 100.0], 55.0, [None, "double_11"])
    assert line(drawn(frame))["hovertext"][1] == (
        "<b>10 Nov 2026 Tue</b><br>Double 11<br>GMV: ¥110.00<br>Last year (8 Nov): ¥100 (+10.0%)<br>Target: ¥55 (200%)"
    )


def test_a_rate_changes_by_points_and_not_by_percent_of_percent() -> None:
    frame = frames.trend_frame([4.0, 5.5], [4.0, 5.0])
    assert "Last year (8 Nov): 5.0% (+0.5 pts)" in line(drawn(frame, "percent"))["hovertext"][1]


def test_without_comparison_and_target_only_this_period_is_drawn() -> None:
    figure = drawn(frames.trend_frame([5.0, 6.0]))
    assert len(figure["data"]) == 2
    assert "Last year" not in figure["layout"]["title"]["text"]
    assert "Target" not in figure["layout"]["title"]["text"]


def test_the_plan_stands_in_the_key_with_its_amount_where_it_is_one_amount() -> None:
    same = drawn(frames.trend_frame([5.0, 6.0], target=492_000.0))
    assert "Target ¥492K" in same["layout"]["title"]["text"]
    moving = frames.trend_frame([5.0, 6.0]).with_columns(pl.Series("target", [100.0, 200.0]))
    assert drawn(moving)["layout"]["title"]["text"].endswith(" Target")


def test_a_festival_is_named_on_its_day_and_not_on_the_days_around_it() -> None:
    festivals: Sequence[str] = ["double_11_run", "double_11_run", "double_11", "double_11_run"]
    assert names(drawn(frames.trend_frame([9.0, 9.0, 5.0, 9.0], festivals=festivals))) == ["<b>Double 11</b>"]


def test_a_week_names_each_of_its_festivals_once() -> None:
    frame = frames.trend_frame([9.0, 9.0], festivals=["black_friday, 618_run, 618", "618_run"])
    assert names(drawn(frame)) == ["<b>Black Friday, 618</b>"]
    assert "<br>618<br>" in line(drawn(frame))["hovertext"][1]


def test_of_two_festivals_that_would_overlap_the_one_that_sold_more_is_named() -> None:
    values = [1.0] * 30
    festivals: list[str | None] = [None] * 30
    values[10], festivals[10] = 3.0, "black_friday"
    values[13], festivals[13] = 2.0, "cyber_monday"
    assert names(drawn(frames.trend_frame(values, festivals=festivals))) == ["<b>Black Friday</b>"]


def test_a_holiday_with_markup_in_its_name_cannot_break_the_chart() -> None:
    frame = frames.trend_frame([5.0, 6.0]).with_columns(pl.lit("<a href='x'>Day</a>").alias("holiday"))
    assert "&lt;a href" in line(drawn(frame))["hovertext"][0]


def test_a_single_day_is_drawn() -> None:
    figure = drawn(frames.trend_frame([5.0]))
    assert figure["layout"]["xaxis"]["ticktext"] == ["9 Nov"]
    assert line(figure)["marker"]["size"] == [6]


def test_without_any_value_there_is_a_reason_and_no_figure() -> None:
    view = trend.view(frames.trend_frame([None, None], [5.0, 6.0]), frames.kpi(), "CNY", "day", "previous")
    assert view.reason == "charts.no_data"
    assert trend.figure(view, LIGHT, "en") is None
    assert trend.alt(view, "zh-Hant") == "本期沒有資料。"


def test_the_sentence_names_the_highest_and_the_lowest_day() -> None:
    view = trend.view(frames.trend_frame([5.0, None, 20_500.0]), frames.kpi(), "CNY", "day", "previous")
    assert trend.alt(view, "en") == "GMV, 9 – 11 Nov 2026: highest ¥20.5K on 11 Nov, lowest ¥5 on 9 Nov."
    assert trend.alt(view, "zh-Hans").startswith("成交额，2026年11月9日–11日：最高 ¥2.05万（11月11日）")
