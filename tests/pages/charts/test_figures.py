"""What every chart keeps: Plotly takes it, it speaks the language, it has nothing but plain values in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import plotly.graph_objects as go
import pytest

from metrics.model import Language
from pages.kit.charts import channel_mix, cohorts, driver_tree, funnel, lead_times, order_clock, pareto, trend
from pages.kit.charts.palette import DARK, LIGHT, Palette
from tests.pages.charts import frames

LANGUAGES: tuple[Language, ...] = ("en", "zh-Hans", "zh-Hant")
HIGH = [100.0, 900.0, None, 300.0]
REASONS = {"late": 6.0, "damaged": 3.0, "short": 0.0, "papers": None}
CHARTS: dict[str, tuple[ModuleType, Any]] = {
    "trend": (
        trend,
        trend.view(
            frames.trend_frame(HIGH, [90.0, 80.0, None, 70.0], 120.0, [None, "double_11", None, None], open_last=1),
            frames.kpi(),
            "CNY",
            "day",
            "last_year",
        ),
    ),
    "driver_tree": (driver_tree, driver_tree.view(frames.driver_frame([40.0, -10.0, 0.0, 0.0]), "CNY", "previous")),
    "funnel": (funnel, funnel.view(frames.funnel_frame([100.0, 80.0, 20.0, None, 4.0]))),
    "channel_mix": (
        channel_mix,
        channel_mix.view(
            frames.mix_frame(
                [
                    (0, "direct", 60.0, 2.0),
                    (0, "paid_social", 40.0, 0.0),
                    (1, "direct", 50.0, 3.0),
                    (1, "(other)", 1.0, None),
                ]
            ),
            "day",
        ),
    ),
    "cohorts": (cohorts, cohorts.view(frames.cohort_frame([(1, 1, 40, 12.5, False), (2, 1, None, None, True)]), 30)),
    "pareto": (pareto, pareto.view(frames.pareto_frame(REASONS), "imperfection")),
    "lead_times": (lead_times, lead_times.view(frames.wait_frame([("shipped", "Shanghai", 16.0, 40.0, 12)]))),
    "order_clock": (order_clock, order_clock.view(frames.clock_frame({(3, 21): 7.0}))),
}


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_plotly_takes_the_figure_and_it_is_plain_json(name: str, theme: Palette, language: Language) -> None:
    module, view = CHARTS[name]
    figure = module.figure(view, theme, language)
    go.Figure(figure)
    assert json.loads(json.dumps(figure)) == figure
    assert figure["layout"]["height"] >= 100


@pytest.mark.parametrize("name", CHARTS)
def test_plotly_adds_no_template_of_its_own(name: str) -> None:
    """Its standard template weighs more than the chart and would bring other colours."""
    module, view = CHARTS[name]
    assert set(go.Figure(module.figure(view, LIGHT, "en")).layout.template.to_plotly_json()["layout"]) == {
        "autotypenumbers"
    }


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_no_english_word_is_left_in_a_chinese_chart(name: str, language: Language) -> None:
    module, view = CHARTS[name]
    words = " ".join([*_texts(module.figure(view, LIGHT, language)), module.alt(view, language)])
    left = set(re.findall(r"[A-Za-z]{4,}", re.sub(r"<[^>]*>", " ", words)))
    assert left <= {"Shanghai"}


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_chart_says_in_a_sentence_what_is_seen(name: str, language: Language) -> None:
    module, view = CHARTS[name]
    sentence = module.alt(view, language)
    assert sentence.endswith((".", "。"))
    assert "{" not in sentence
    assert "<" not in sentence


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_on_a_chart_drags_zooms_or_toggles(name: str) -> None:
    """A finger that scrolls the page must not move a chart."""
    module, view = CHARTS[name]
    layout = module.figure(view, LIGHT, "en")["layout"]
    axes = [value for key, value in layout.items() if re.fullmatch(r"[xy]axis\d*", key)]
    assert layout["dragmode"] is False
    assert layout["showlegend"] is False
    assert axes
    assert all(axis["fixedrange"] and axis["automargin"] for axis in axes)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_words_stand_out_from_the_surface(palette: Palette) -> None:
    """4.5 to 1 is what small text needs (WCAG 2.2, 1.4.3), 3 to 1 what marks need (1.4.11)."""
    assert all(_contrast(colour, palette.surface) >= 4.5 for colour in (palette.text, palette.quiet))
    marks = (palette.data, palette.comparison, palette.plan, palette.good, palette.bad)
    assert all(_contrast(colour, palette.surface) >= 3 for colour in marks)
    assert len(palette.ramp) == 10


def _texts(node: object) -> Iterator[str]:
    """Every text of a figure that a reader sees."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("text", "hovertext", "ticktext"):
                yield from _strings(value)
            else:
                yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)
    else:
        yield from _texts(node)


def _contrast(colour: str, surface: str) -> float:
    lighter, darker = sorted((_luminance(colour), _luminance(surface)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
