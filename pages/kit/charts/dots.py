"""A dot plot: one value a row against a band of good values, with numbers beside the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from metrics.model import Language
from pages.kit.charts import beside, canvas, fitting, spacing
from pages.kit.charts.bars_view import Side
from pages.kit.charts.palette import Palette
from pages.kit.charts.words import Measure, Word, said, spoken
from pages.kit.text import say

_ROW, _NAME = 30, 96
_FEW_LEVELS = 3


@dataclass(frozen=True)
class DotsView:
    """Names with their values from the first row to the last.

    band: lowest and highest good value, None = open to that side. origin: the value that dots are tied to with a line.
    side: columns of numbers right of the rows. reason: text key when there is nothing to draw.
    """

    about: Word
    names: tuple[Word, ...]
    values: tuple[float, ...]
    measure: Measure
    origin: float
    band: tuple[float | None, float | None] = (None, None)
    side: tuple[Side, ...] = ()
    reason: str | None = None

    def is_outside(self, value: float) -> bool:
        """Whether a value lies outside the band."""
        low, high = self.band
        return (low is not None and value < low) or (high is not None and value > high)


def figure(view: DotsView, theme: Palette, language: Language) -> canvas.Figure | None:
    """A dot a row, tied to the origin, the band behind; None when `view.reason` says why."""
    if view.reason:
        return None
    count = len(view.names)
    places = list(range(count))
    low, high = (edge for edge in view.band)
    edges = [*view.values, view.origin, *(edge for edge in view.band if edge is not None)]
    levels = spacing.ticks_between(min(edges), max(edges))
    # On a phone the dots have some 100 px: every other level gets its number.
    marked = list(levels[::2]) if len(levels) > _FEW_LEVELS else list(levels)
    numbers = _numbers(view, theme, language)
    names = fitting.row_names(view.names, language, fitting.name_width(_NAME, beside.margin(numbers)))
    title, key_height = fitting.key(_key(view, theme, language), theme)
    top = 6 + key_height + beside.head_height(numbers)
    layout: dict[str, Any] = {
        "margin": {"l": 4, "r": beside.margin(numbers), "t": top, "b": 22},
        "xaxis": canvas.axis(
            theme, range=[levels[0], levels[-1]], tickvals=marked, has_grid=True,
            ticktext=view.measure.axis(marked, language),
        ),
        "yaxis": canvas.axis(
            theme, range=[count - 0.5, -0.5], tickvals=places,
            ticktext=names,
            tickfont={"size": canvas.SMALL, "color": theme.text},
        ),
        "annotations": beside.words(numbers, places, theme),
        "shapes": _shapes(view, theme, levels[0] if low is None else low, levels[-1] if high is None else high),
    }  # fmt: skip
    if title:
        layout["title"] = title
    hover = [_hover(view, place, language) for place in places]
    touch = canvas.touch(hover, places, levels[0], levels[-1])
    height = fitting.row_height(names, _ROW) * count + top + 22
    return canvas.figure([_dots(view, theme), touch], theme, language, height, layout)


def alt(view: DotsView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason:
        return say(view.reason, language)
    ranked = sorted(zip(view.values, view.names, strict=True), key=lambda pair: pair[0])
    outside = sum(view.is_outside(value) for value in view.values)
    return say(
        "prd.dots_alt",
        language,
        about=said(view.about, language),
        highest=said(ranked[-1][1], language),
        high=view.measure.short(ranked[-1][0], language),
        lowest=said(ranked[0][1], language),
        low=view.measure.short(ranked[0][0], language),
        outside=outside,
        all=len(ranked),
    )


def _dots(view: DotsView, theme: Palette) -> dict[str, Any]:
    # Outside the band a dot is hollow as well as red, so that colour does not say it alone.
    outside = [view.is_outside(value) for value in view.values]
    colours = [theme.bad if is_out else theme.data for is_out in outside]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(view.values),
        "y": list(range(len(view.values))),
        "marker": {
            "size": 11,
            "color": [theme.surface if is_out else theme.data for is_out in outside],
            "line": {"width": 2.5, "color": colours},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _shapes(view: DotsView, theme: Palette, low: float, high: float) -> list[dict[str, Any]]:
    whole = {"yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    found: list[dict[str, Any]] = []
    if view.band != (None, None):
        found.append({"type": "rect", "x0": low, "x1": high, **whole, "fillcolor": theme.track, "line": {"width": 0}})
    line = {"color": theme.comparison, "width": 1}
    found.append({"type": "line", "x0": view.origin, "x1": view.origin, **whole, "line": line})
    for place, value in enumerate(view.values):
        tie = {"color": theme.bad if view.is_outside(value) else theme.data, "width": 2}
        found.append({"type": "line", "x0": view.origin, "x1": value, "y0": place, "y1": place, "line": tie})
    return found


def _key(view: DotsView, theme: Palette, language: Language) -> list[fitting.Entry]:
    if view.band == (None, None):
        return []
    low, high = (view.measure.short(edge, language) for edge in view.band)
    kind = "at_most" if view.band[0] is None else "at_least" if view.band[1] is None else "between"
    return [
        ("●", theme.data, say(f"shapes.band_{kind}", language, low=low, high=high)),
        ("○", theme.bad, say("prd.outside", language)),
    ]


def _numbers(view: DotsView, theme: Palette, language: Language) -> list[beside.Numbers]:
    own = tuple(view.measure.short(value, language) for value in view.values)
    colours = tuple(theme.bad if view.is_outside(value) else theme.text for value in view.values)
    columns = [beside.Numbers("", own, is_strong=True, colours=colours)]
    for column in view.side:
        texts = tuple(column.measure.short(value, language) for value in column.values)
        columns.append(beside.Numbers(said(column.name, language), texts))
    return columns


def _hover(view: DotsView, place: int, language: Language) -> str:
    colon = say("charts.colon", language)
    rows = [
        f"{spoken(column.name, language)}{colon}{column.measure.full(column.values[place], language)}"
        for column in view.side
    ]
    own = spoken(view.about, language) + colon + view.measure.full(view.values[place], language)
    return canvas.lines(canvas.bold(spoken(view.names[place], language)), own, *rows)
