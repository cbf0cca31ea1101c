"""The driver tree: the way from one GMV to the other is complete, and what is not known is not drawn as 0."""

from __future__ import annotations

from pages.kit.charts import driver_tree
from pages.kit.charts.palette import LIGHT
from tests.pages.charts import frames


def test_the_steps_lead_exactly_from_the_period_before_to_this_one() -> None:
    view = driver_tree.view(frames.driver_frame([40.0, -10.0, 0.2, -0.2]), "CNY", "previous")
    assert view.levels[0] == 100
    assert view.levels[-1] == 130
    assert view.drivers == ("sessions", "conversion", "tracking_gap", "basket")
    figure = driver_tree.figure(view, LIGHT, "en")
    assert figure is not None
    assert figure["data"][0]["base"] == list(view.levels[:-1])
    assert figure["data"][0]["x"] == [40.0, -10.0, 0.2, -0.2]


def test_only_what_matters_has_a_colour_and_a_sign_says_the_same() -> None:
    """0.2 of 100 is below half a percent."""
    view = driver_tree.view(frames.driver_frame([40.0, -10.0, 0.2, -0.2]), "CNY", "previous")
    figure = driver_tree.figure(view, LIGHT, "en")
    assert figure is not None
    assert figure["data"][0]["marker"]["color"] == [LIGHT.good, LIGHT.bad, LIGHT.comparison, LIGHT.comparison]
    words = [note["text"] for note in figure["layout"]["annotations"]]
    assert {"<b>+¥40</b>", "<b>-¥10</b>", "<b>¥100</b>", "<b>¥130</b>", "+30.0%"} <= set(words)


def test_a_driver_without_data_is_a_dash_and_the_rest_is_named() -> None:
    view = driver_tree.view(frames.driver_frame([40.0, None, None, 2.0]), "CNY", "previous")
    assert view.drivers[-1] == "rest"
    assert view.contributions == (40.0, None, None, 2.0, -12.0)
    assert view.levels[-1] == 130
    figure = driver_tree.figure(view, LIGHT, "en")
    assert figure is not None
    assert [note["text"] for note in figure["layout"]["annotations"]].count("<b>–</b>") == 2


def test_the_hover_text_shows_the_driver_in_its_own_unit() -> None:
    view = driver_tree.view(frames.driver_frame([40.0, -10.0, 0.0, 0.0]), "CNY", "previous")
    figure = driver_tree.figure(view, LIGHT, "en")
    assert figure is not None
    sessions, conversion, _, basket = figure["data"][-1]["hovertext"]
    assert "1,000 → 1,300" in sessions
    assert "4.00% → 4.00%" in conversion
    assert "¥2.50 → ¥2.50" in basket
    assert "Contribution: +¥40" in sessions


def test_without_gmv_of_one_period_or_without_any_driver_there_is_only_a_reason() -> None:
    for frame in (frames.driver_frame([None] * 4, before=None), frames.driver_frame([None] * 4)):
        view = driver_tree.view(frame, "CNY", "previous")
        assert view.reason == "charts.drivers_missing"
        assert driver_tree.figure(view, LIGHT, "en") is None
        assert driver_tree.alt(view, "en").startswith("Needs GMV")


def test_the_sentence_names_each_contribution() -> None:
    view = driver_tree.view(frames.driver_frame([40.0, -10.0, 0.0, 0.0]), "CNY", "previous")
    assert driver_tree.alt(view, "en") == (
        "GMV went from ¥100 to ¥130: Sessions +¥40, Conversion -¥10, Tracking gap ¥0, Basket ¥0."
    )
