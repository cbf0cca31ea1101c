"""The channel mix: two stacks in one order, names that do not overlap, gaps that are covered."""

from __future__ import annotations

from itertools import pairwise

from pages.kit.charts import channel_mix
from pages.kit.charts.palette import LIGHT
from tests.pages.charts import frames

ROWS = [
    (0, "direct", 60.0, 9.0),
    (0, "paid_social", 40.0, 1.0),
    (1, "direct", 60.0, 9.0),
    (1, "paid_social", 40.0, 1.0),
]


def test_both_stacks_show_shares_of_the_channels_in_the_same_order_and_shade() -> None:
    """Direct brings 60 of 100 visits, but 9 of 10 orders."""
    figure = channel_mix.figure(channel_mix.view(frames.mix_frame(ROWS), "day"), LIGHT, "en")
    assert figure is not None
    bands = [trace for trace in figure["data"] if "stackgroup" in trace]
    assert [(band["yaxis"], band["y"]) for band in bands] == [
        ("y", [0.6, 0.6]), ("y", [0.4, 0.4]), ("y2", [0.9, 0.9]), ("y2", [0.1, 0.1]),
    ]  # fmt: skip
    assert bands[0]["fillcolor"] == bands[2]["fillcolor"] != bands[1]["fillcolor"]


def test_the_hover_text_gives_counts_and_shares_from_above() -> None:
    figure = channel_mix.figure(channel_mix.view(frames.mix_frame(ROWS), "day"), LIGHT, "en")
    assert figure is not None
    touch = next(trace for trace in figure["data"] if "hovertext" in trace)
    assert (
        touch["hovertext"][0] == "<b>9 Nov 2026 Mon</b><br>Sessions: 100<br>Paid social: 40 (40%)<br>Direct: 60 (60%)"
    )


def test_each_band_is_named_with_its_share_so_that_colour_is_not_needed() -> None:
    figure = channel_mix.figure(channel_mix.view(frames.mix_frame(ROWS), "day"), LIGHT, "en")
    assert figure is not None
    words = [note["text"].split("</span> ")[-1] for note in figure["layout"]["annotations"]]
    assert words == [
        "<b>Share of sessions</b>", "<b>60%</b> Direct", "<b>40%</b> Paid social",
        "<b>Share of paid orders</b>", "<b>90%</b> Direct", "<b>10%</b> Paid social",
    ]  # fmt: skip


def test_names_of_thin_bands_are_pushed_apart() -> None:
    rows = [
        (0, channel, size, None) for channel, size in [("direct", 96.0), ("email", 1.0), ("sms", 1.0), ("kol", 1.0)]
    ]
    figure = channel_mix.figure(channel_mix.view(frames.mix_frame(rows), "day"), LIGHT, "en")
    assert figure is not None
    heights = [note["y"] for note in figure["layout"]["annotations"] if note.get("yref") == "y"]
    assert all(above - below >= 0.087 for below, above in pairwise(heights))


def test_days_without_data_are_covered_and_say_so() -> None:
    rows = [(0, "direct", 60.0, 9.0), (1, "direct", None, 8.0), (2, "direct", 60.0, 9.0)]
    figure = channel_mix.figure(channel_mix.view(frames.mix_frame(rows), "day"), LIGHT, "en")
    assert figure is not None
    (band,) = figure["layout"]["shapes"]
    assert (band["yref"], band["layer"], band["x0"], band["x1"]) == ("y domain", "above", "2026-11-09", "2026-11-11")


def test_without_orders_by_channel_only_the_sessions_are_drawn() -> None:
    view = channel_mix.view(frames.mix_frame([(0, "direct", 60.0, None), (1, "direct", 50.0, None)]), "day")
    assert view.orders == ()
    figure = channel_mix.figure(view, LIGHT, "en")
    assert figure is not None
    assert "yaxis2" not in figure["layout"]


def test_the_sentence_names_the_channel_whose_visits_do_not_buy() -> None:
    view = channel_mix.view(frames.mix_frame(ROWS), "day")
    assert channel_mix.alt(view, "en") == (
        "Sessions by channel: Direct 60%, Paid social 40%. Paid social brings 40% of the visits but 10% of the orders."
    )


def test_without_anything_by_channel_there_is_only_a_reason() -> None:
    view = channel_mix.view(frames.mix_frame([]), "day")
    assert view.reason == "charts.no_channels"
    assert channel_mix.figure(view, LIGHT, "en") is None
