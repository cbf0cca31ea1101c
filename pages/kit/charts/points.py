"""Points: two measures against each other, or single cases over time."""

from __future__ import annotations

import math
from typing import Any

from metrics.model import Language
from pages.kit.charts import canvas, fitting, points_axes
from pages.kit.charts.palette import Palette
from pages.kit.charts.points_view import Axis, Point, PointsView
from pages.kit.charts.words import said, spoken
from pages.kit.text import say

__all__ = ["Axis", "Point", "PointsView", "alt", "figure"]

_HEIGHT = 236
_SMALLEST, _LARGEST, _PLAIN = 8.0, 30.0, 9.0
_SYMBOLS = ("circle", "diamond", "square", "triangle-up", "star", "hexagon")
_MARKS = ("●", "◆", "■", "▲", "★", "⬢")
_MOST_NAMED, _NAME_ROWS, _NAME_HEIGHT = 5, 3, 14
# A bubble chart is fuller than single cases over time.
_NAME, _CASE_NAME = 104, 132
_SAID = 3

_Box = tuple[float, float, float, float]


def figure(view: PointsView, theme: Palette, language: Language) -> canvas.Figure | None:
    """The points, the outstanding ones named; None when `view.reason` says why."""
    if view.reason or not view.drawn:
        return None
    title, key_height = fitting.key(_key(view, theme, language), theme)
    top, bottom = key_height + 24, 44 if view.x else 28
    x_axis, y_axis = points_axes.across(view, theme, language), points_axes.up(view, theme, language)
    layout: dict[str, Any] = {
        "margin": {"l": 4, "r": 14, "t": top, "b": bottom},
        "xaxis": x_axis,
        "yaxis": y_axis,
        "annotations": [*points_axes.words(view, theme, language), *_names(view, x_axis, y_axis, theme, language)],
        "shapes": points_axes.shapes(view, theme),
    }
    if title:
        layout["title"] = title
    return canvas.figure(_traces(view, theme, language), theme, language, _HEIGHT + key_height + bottom, layout)


def alt(view: PointsView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason or not view.drawn:
        return say(view.reason or "charts.no_data", language)
    ranked = sorted(view.drawn, key=lambda point: -point.y)[:_SAID]
    parts = [
        say("shapes.named", language, name=said(point.name, language), value=view.y.measure.short(point.y, language))
        for point in ranked
    ]
    return say(
        "shapes.points_alt",
        language,
        about=said(view.about, language),
        n=len(view.drawn),
        axis=said(view.y.name, language),
        parts=say("charts.comma", language).join(parts),
    )


def _key(view: PointsView, theme: Palette, language: Language) -> list[fitting.Entry]:
    groups = view.groups
    entries: list[fitting.Entry] = []
    if len(groups) > 1:
        entries = [
            (_MARKS[place % len(_MARKS)], theme.equals[place % len(theme.equals)], said(group or "", language))
            for place, group in enumerate(groups)
        ]
    if view.size:
        entries.append(("○", theme.quiet, say("shapes.size", language, name=said(view.size[0], language))))
    for axis in (view.x, view.y):
        if axis and axis.guide is not None:
            words = f"{said(axis.name, language)} {axis.measure.short(axis.guide, language)}"
            entries.append(("– –", theme.plan, words))
    if view.bands:
        entries.append(("▒", theme.quiet, points_axes.band_words(view, language)))
    return entries


def _traces(view: PointsView, theme: Palette, language: Language) -> list[dict[str, Any]]:
    found = []
    groups = view.groups
    largest = max((point.size or 0.0 for point in view.drawn), default=0.0) or 1.0
    for place, group in enumerate(groups):
        # The large ones first, so that small ones lie on them.
        points = sorted((p for p in view.drawn if p.group == group), key=lambda point: -(point.size or 0.0))
        colour = theme.equals[place % len(theme.equals)] if len(groups) > 1 else theme.data
        found.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [view.place(point) for point in points],
                "y": [point.y for point in points],
                "marker": {
                    "size": [_size(point, view, largest) for point in points],
                    "symbol": _SYMBOLS[place % len(_SYMBOLS)] if len(groups) > 1 else "circle",
                    "color": colour,
                    "opacity": 0.72,
                    "line": {"width": 1, "color": theme.surface},
                },
                "cliponaxis": False,
                "hovertext": [_hover(view, point, language) for point in points],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
    return found


def _size(point: Point, view: PointsView, largest: float) -> float:
    """A diameter in CSS pixels, so that areas compare; a small one where the size is not known."""
    if view.size is None:
        return _PLAIN
    part = max(point.size or 0.0, 0.0) / largest
    return round(max(_SMALLEST, _LARGEST * math.sqrt(part)), 1)


def _names(
    view: PointsView, x_axis: dict[str, Any], y_axis: dict[str, Any], theme: Palette, language: Language
) -> list[dict[str, Any]]:
    """The names of the largest or the farthest out, as far as they cover neither each other nor a mark."""
    taken: list[_Box] = []
    found = []
    spots = {point: points_axes.pixels(view, point, x_axis, y_axis) for point in view.drawn}
    largest = max((point.size or 0.0 for point in view.drawn), default=0.0) or 1.0
    for point in _outstanding(view, spots):
        text = fitting.wrapped(said(point.name, language), _NAME if view.x else _CASE_NAME, _NAME_ROWS)
        others = [spot for other, spot in spots.items() if other is not point]
        half = _size(point, view, largest) / 2 + 2
        for box, side in _sides(spots[point], half, text):
            if box[0] < 0 or any(_meet(box, other) for other in taken) or any(_covers(box, spot) for spot in others):
                continue
            taken.append(box)
            at = {"x": points_axes.at(view.place(point), view.x), "y": points_axes.at(point.y, view.y)}
            font = {"size": canvas.SMALL, "color": theme.text}
            # On the ground of the chart, so that lines do not cross the words; bubbles are too large for that.
            ground = {} if view.size else {"bgcolor": theme.surface}
            found.append(canvas.note(text, theme, **at, **side, **ground, font=font))
            break
        if len(found) == _MOST_NAMED:
            break
    return found


def _sides(spot: tuple[float, float], half: float, text: str) -> list[tuple[_Box, dict[str, Any]]]:
    """Where a name may stand, the best first: beside its mark, where the plot has more room, or above it."""
    across, up = spot
    needed, height = fitting.widest_row(text) + 6, _NAME_HEIGHT * (1 + text.count("<br>"))
    middle = {"yanchor": "middle"}
    right = (
        (across + half, across + half + needed, up - height / 2, up + height / 2),
        {**middle, "xshift": half},
    )
    left = (
        (across - half - needed, across - half, up - height / 2, up + height / 2),
        {**middle, "xanchor": "right", "xshift": -half},
    )
    above = (
        (across - needed / 2, across + needed / 2, up + half, up + half + height),
        {"yanchor": "bottom", "xanchor": "center", "align": "center", "yshift": half - 2},
    )
    is_late = across + half + needed > points_axes.WIDTH
    return [left, above] if is_late else [right, left, above]


def _outstanding(view: PointsView, spots: dict[Point, tuple[float, float]]) -> list[Point]:
    if view.size:
        return sorted(view.drawn, key=lambda point: -(point.size or 0.0))
    middle = [sorted(places)[len(places) // 2] for places in zip(*spots.values(), strict=True)]
    return sorted(view.drawn, key=lambda p: -((spots[p][0] - middle[0]) ** 2 + (spots[p][1] - middle[1]) ** 2))


def _covers(box: _Box, spot: tuple[float, float]) -> bool:
    return box[0] < spot[0] < box[1] and box[2] < spot[1] < box[3]


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _hover(view: PointsView, point: Point, language: Language) -> str:
    colon = say("charts.colon", language)
    rows = [canvas.bold(spoken(point.name, language))]
    if point.group is not None and len(view.groups) > 1:
        rows.append(spoken(point.group, language))
    if view.x:
        rows.append(spoken(view.x.name, language) + colon + view.x.measure.full(point.x, language))
    else:
        rows.append(points_axes.day(point, language))
    rows.append(spoken(view.y.name, language) + colon + view.y.measure.full(point.y, language))
    if view.size:
        name, measure = view.size
        rows.append(spoken(name, language) + colon + measure.full(point.size, language))
    rows += [spoken(name, language) + colon + canvas.plain(value) for name, value in point.facts]
    return canvas.lines(*rows)
