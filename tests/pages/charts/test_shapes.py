"""What every generic shape keeps: plain figures, three languages, safe names, sentences, and a reason instead."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any

import plotly.graph_objects as go
import pytest

from metrics.model import Language
from pages.kit.charts import fitting, listing
from pages.kit.charts.palette import DARK, LIGHT, Palette
from tests.pages.charts.samples import SAMPLES

LANGUAGES: tuple[Language, ...] = ("en", "zh-Hans", "zh-Hant")
FIGURES = [name for name, (module, _) in SAMPLES.items() if module is not listing]
# What the samples say themselves, and never a language.
OWN_WORDS = ("Shoes", "Hats", "scarves", "Bags", "Logistics", "very", "long", "costs", "category", "name", "shop",
             "south", "Checkout", "checkout", "without", "Search", "Stock", "service", "Certificates", "Outage",
             "Joined", "other")  # fmt: skip


def drawn(name: str, theme: Palette = LIGHT, language: Language = "en") -> dict[str, Any]:
    """The figure of a sample."""
    module, view = SAMPLES[name]
    figure: dict[str, Any] = module.figure(view, theme, language)
    return figure


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_plotly_takes_the_figure_and_it_is_plain_json(name: str, theme: Palette, language: Language) -> None:
    figure = drawn(name, theme, language)
    go.Figure(figure)
    assert json.loads(json.dumps(figure)) == figure
    assert figure["layout"]["height"] >= 100


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_no_english_word_of_the_house_is_left_in_a_chinese_chart(name: str, language: Language) -> None:
    module, view = SAMPLES[name]
    texts = _table(module, view, language) if module is listing else " ".join(_texts(drawn(name, LIGHT, language)))
    words = " ".join([texts, module.alt(view, language)])
    left = set(re.findall(r"[A-Za-z]{4,}", re.sub(r"</?[a-z][^>]*>|&[a-z]+;", " ", words)))
    assert {word for word in left if not any(own.startswith(word) for own in OWN_WORDS)} <= set()


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_shape_says_in_a_sentence_what_is_seen(name: str, language: Language) -> None:
    module, view = SAMPLES[name]
    sentence = module.alt(view, language)
    assert sentence.endswith((".", "。"))
    assert "{" not in sentence


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_stands_in_for_the_drawing(name: str, language: Language) -> None:
    module, view = SAMPLES[name]
    empty = replace(view, reason="charts.no_orders")
    assert module.figure(empty, LIGHT, language) is None
    assert module.alt(empty, language) == {
        "en": "No orders in this period.", "zh-Hans": "本期没有订单。", "zh-Hant": "本期沒有訂單。"
    }[language]  # fmt: skip
    if module is listing:
        assert module.html(empty, language) is None


@pytest.mark.parametrize("name", FIGURES)
def test_a_name_with_an_angle_bracket_begins_no_tag(name: str) -> None:
    tags = {tag for text in _texts(drawn(name)) for tag in re.findall(r"</?([A-Za-z]+)", text)}
    assert tags <= {"b", "br", "span"}


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_on_a_chart_drags_zooms_or_toggles(name: str) -> None:
    layout = drawn(name)["layout"]
    axes = [value for key, value in layout.items() if re.fullmatch(r"[xy]axis\d*", key)]
    assert layout["dragmode"] is False
    assert layout["showlegend"] is False
    assert axes
    assert all(axis["fixedrange"] and axis["automargin"] for axis in axes)


@pytest.mark.parametrize("name", FIGURES)
def test_labels_of_rows_leave_room_for_bars_on_a_phone(name: str) -> None:
    labels = [re.sub("</?b>", "", label) for label in drawn(name)["layout"]["yaxis"]["ticktext"]]
    assert all(fitting.widest_row(label) <= 124 and label.count("<br>") <= 1 for label in labels)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_colours_come_from_the_palette_only(theme: Palette) -> None:
    own = {value for value in vars(theme).values() if isinstance(value, str)}
    own |= {*theme.ramp, *theme.alarm, *theme.equals, "rgba(0, 0, 0, 0)"}
    found = {colour for name in FIGURES for colour in _colours(drawn(name, theme))}
    assert found <= own


def _table(module: ModuleType, view: Any, language: Language) -> str:
    return str(module.html(view, language))


def _colours(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from _colours(value)
    elif isinstance(node, list):
        for value in node:
            yield from _colours(value)
    elif isinstance(node, str):
        yield from re.findall(r"#[0-9a-f]{6}\b|rgba\([^)]*\)", node)


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
