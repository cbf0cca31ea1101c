"""The axes of a chart of points: levels, names, guides and the range to expect."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from metrics.model import Language
from pages.kit import formats
from pages.kit.charts import canvas, fitting, spacing
from pages.kit.charts.palette import Palette
from pages.kit.charts.points_view import Axis, Point, PointsView
from pages.kit.text import say

# The plot on a phone in CSS pixels.
WIDTH, HEIGHT = 232, 210
_FEW_TICKS = 3
_ROOM = 0.06


def across(view: PointsView, theme: Palette, language: Language) -> dict[str, Any]:
    """The x axis."""
    if view.x:
        return _measured(view.x, [point.x for point in view.drawn], theme, language)
    days = sorted([*view.dates, *(date.fromordinal(round(point.x)) for point in view.drawn)])
    first, last = days[0].toordinal(), days[-1].toordinal()
    shown = [date.fromordinal(first + round((last - first) * part / 2)) for part in range(3)]
    room = max((last - first) * _ROOM, 1)
    return canvas.axis(
        theme,
        type="date",
        range=[date.fromordinal(round(end)).isoformat() for end in (first - room, last + room)],
        tickvals=[day.isoformat() for day in dict.fromkeys(shown)],
        ticktext=[formats.day(day, language) for day in dict.fromkeys(shown)],
    )


def up(view: PointsView, theme: Palette, language: Language) -> dict[str, Any]:
    """The y axis."""
    bands = [value for value in view.bands or () if value is not None]
    return _measured(view.y, [*(point.y for point in view.drawn), *bands], theme, language)


def at(place: float | str, axis: Axis | None) -> float | str:
    """A place as words take it: on a logarithmic axis its logarithm, unlike lines and points."""
    return math.log10(place) if axis and axis.is_log and isinstance(place, float | int) else place


def pixels(view: PointsView, point: Point, x_axis: dict[str, Any], y_axis: dict[str, Any]) -> tuple[float, float]:
    """About where a point stands on a phone, from the left and from below."""
    low, high = x_axis["range"]
    if isinstance(low, str):
        low, high = date.fromisoformat(low).toordinal(), date.fromisoformat(high).toordinal()
    placed = math.log10(point.x) if view.x and view.x.is_log else point.x
    bottom, top = y_axis["range"]
    height = math.log10(point.y) if view.y.is_log else point.y
    return (placed - low) / (high - low) * WIDTH, (height - bottom) / (top - bottom) * HEIGHT


def words(view: PointsView, theme: Palette, language: Language) -> list[dict[str, Any]]:
    """The names of the axes: that of y above it, that of x below its end."""
    paper = {"xref": "paper", "yref": "paper"}
    name = fitting.label(view.y.name, language, WIDTH)
    found = [canvas.note(f"↑ {name}", theme, x=0, y=1, yanchor="bottom", yshift=6, xshift=-2, **paper)]
    if view.x:
        name = fitting.label(view.x.name, language, WIDTH)
        found.append(canvas.note(f"{name} →", theme, x=1, xanchor="right", y=0, yanchor="top", yshift=-22, **paper))
    return found


def shapes(view: PointsView, theme: Palette) -> list[dict[str, Any]]:
    """The guides as dashed lines, and the range to expect as a band."""
    found: list[dict[str, Any]] = []
    dashed = {"color": theme.plan, "width": 1.5, "dash": "4px,3px"}
    if view.bands:
        low, high = view.bands
        bottom, top = (10**end if view.y.is_log else end for end in up(view, theme, "en")["range"])
        fill = {"fillcolor": theme.track, "line": {"width": 0}, "layer": "below"}
        heights = {"y0": bottom if low is None else low, "y1": top if high is None else high}
        found.append({"type": "rect", "xref": "paper", "x0": 0, "x1": 1, **heights, **fill})
    if view.y.guide is not None:
        level = {"y0": view.y.guide, "y1": view.y.guide}
        found.append({"type": "line", "xref": "paper", "x0": 0, "x1": 1, **level, "line": dashed, "layer": "below"})
    if view.x and view.x.guide is not None:
        place = {"x0": view.x.guide, "x1": view.x.guide}
        found.append({"type": "line", "yref": "paper", "y0": 0, "y1": 1, **place, "line": dashed, "layer": "below"})
    return found


def band_words(view: PointsView, language: Language) -> str:
    """The range to expect in words."""
    low, high = view.bands or (None, None)
    kind = "between" if low is not None and high is not None else "at_most" if low is None else "at_least"
    measure = view.y.measure
    return say(f"shapes.band_{kind}", language, low=measure.short(low, language), high=measure.short(high, language))


def day(point: Point, language: Language) -> str:
    """The day of a point over time."""
    return formats.full_day(date.fromordinal(round(point.x)), language)


def _measured(axis: Axis, values: list[float], theme: Palette, language: Language) -> dict[str, Any]:
    shown = [*values, *([] if axis.guide is None else [axis.guide])]
    low, high = min(shown), max(shown)
    if axis.is_log:
        levels = _log_levels(low, high)
        ends = [math.log10(low) - 0.12, math.log10(high) + 0.12]
    else:
        has_zero = low <= 0 or low < 0.6 * high
        levels = (spacing.ticks if has_zero else spacing.ticks_between)(low, high, _FEW_TICKS)
        room = (levels[-1] - levels[0]) * _ROOM
        ends = [levels[0] - room, levels[-1] + room]
    return canvas.axis(
        theme,
        has_grid=True,
        type="log" if axis.is_log else "linear",
        range=ends,
        tickvals=levels,
        # Levels that lie far apart have no scale in common.
        ticktext=[axis.measure.short(level, language) for level in levels]
        if axis.is_log
        else axis.measure.axis(levels, language),
    )


def _log_levels(low: float, high: float) -> list[float]:
    """Powers of ten, and 3 times them where there are few."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = (1, 3) if len(powers) <= _FEW_TICKS else (1,)
    return [step * 10.0**power for power in powers for step in steps]
