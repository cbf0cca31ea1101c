"""The funnel: bars by share, conversions beside them, a step that no file carries is not 0."""

from __future__ import annotations

import polars as pl

from pages.kit.charts import funnel
from pages.kit.charts.palette import LIGHT
from tests.pages.charts import frames

STEPS = [1000.0, 800.0, 200.0, None, 40.0]


def test_the_bars_are_shares_and_the_columns_count_and_share() -> None:
    figure = funnel.figure(funnel.view(frames.funnel_frame(STEPS)), LIGHT, "en")
    assert figure is not None
    assert figure["data"][1]["x"] == [1.0, 0.8, 0.2, None, 0.04]
    words = [note["text"] for note in figure["layout"]["annotations"]]
    assert {"<b>1,000</b>", "100.0%", "<b>800</b>", "80.0%", "4.0%"} <= set(words)


def test_the_step_conversion_stands_inside_a_long_bar_and_beside_a_short_one() -> None:
    figure = funnel.figure(funnel.view(frames.funnel_frame(STEPS)), LIGHT, "en")
    assert figure is not None
    sides = {note["text"]: note["xanchor"] for note in figure["layout"]["annotations"]}
    assert sides["80%"] == "right"
    assert sides["25%"] == "left"


def test_a_step_that_no_file_carries_says_so_and_has_no_conversion() -> None:
    view = funnel.view(frames.funnel_frame(STEPS))
    assert view.conversions == (None, 0.8, 0.25, None, None)
    figure = funnel.figure(view, LIGHT, "en")
    assert figure is not None
    assert [note["y"] for note in figure["layout"]["annotations"] if note["text"] == "no data"] == [3]


def test_one_device_is_taken_from_the_frame_and_none_means_all_together() -> None:
    frame = pl.concat([frames.funnel_frame(STEPS), frames.funnel_frame([600.0, 500.0, 0.0, 0.0, 0.0], "mobile")])
    assert funnel.devices(frame) == ("mobile",)
    assert funnel.view(frame).sessions[0] == 1000
    assert funnel.view(frame, "mobile").sessions[0] == 600
    assert funnel.view(frame, "tablet").reason == "charts.no_sessions"


def test_the_sentence_names_the_steepest_step() -> None:
    view = funnel.view(frames.funnel_frame(STEPS))
    assert funnel.alt(view, "en") == (
        "Of 1,000 sessions 4.0% reach “Purchase”; the steepest step is from “Product view” to “Add to cart” (25%)."
    )


def test_without_sessions_there_is_only_a_reason() -> None:
    view = funnel.view(frames.funnel_frame([None] * 5))
    assert view.reason == "charts.no_sessions"
    assert funnel.figure(view, LIGHT, "en") is None
