"""Bars that stand: one column a bucket of time, its numbers on an axis at the left."""

from __future__ import annotations

from datetime import date
from typing import Any

from metrics.model import Language
from pages.kit.charts import canvas, fitting, gaps, moments, spacing
from pages.kit.charts.bars_view import BarsView
from pages.kit.charts.palette import Palette
from pages.kit.charts.words import said
from pages.kit.text import say

_HEIGHT = 200
_PLOT = 236


def figure(view: BarsView, theme: Palette, language: Language) -> canvas.Figure:
    """The columns in the order of the categories."""
    places = list(range(len(view.categories)))
    title, key_height = fitting.key(_key(view, theme, language), theme)
    levels = _levels(view)
    each = _PLOT / max(len(places), 1)
    labels = [_tick(view, place, each, language) for place in places]
    labelled = fitting.labelled(labels, _PLOT) if view.grain else places
    is_share = view.mode == "share"
    # Half of the last label, as far as its own column does not hold it.
    beyond = round((fitting.width(labels[-1]) - each) / 2) + 2 if view.grain else 0
    layout: dict[str, Any] = {
        "margin": {"l": 4, "r": max(12, beyond), "t": key_height + 12, "b": 26 if view.grain else 34},
        "barmode": {"grouped": "group", "bullet": "overlay"}.get(view.mode, "relative"),
        "bargap": 0.28,
        "bargroupgap": 0.06,
        "hovermode": "x",
        "xaxis": canvas.axis(
            theme,
            range=[-0.5, len(places) - 0.5],
            tickvals=labelled,
            ticktext=[labels[place] for place in labelled],
        ),
        "yaxis": canvas.axis(
            theme,
            has_grid=True,
            range=[levels[0], levels[-1]],
            tickvals=levels,
            ticktext=[f"{level:.0%}" for level in levels] if is_share else view.measure.axis(levels, language),
        ),
        "shapes": [*_gaps(view, theme), *_marks(view, theme)],
        "annotations": _no_data(view, theme, language),
    }
    if title:
        layout["title"] = title
    return canvas.figure(_bars(view, theme, language), theme, language, _HEIGHT + key_height + 40, layout)


def _bars(view: BarsView, theme: Palette, language: Language) -> list[dict[str, Any]]:
    shown = view.series[:1] if view.mode == "bullet" else view.series
    places = list(range(len(view.categories)))
    bars = [
        {
            "type": "bar",
            "x": places,
            "y": list(view.parts(one)),
            "marker": {"color": view.shade(number, theme), "cornerradius": 2 if len(shown) > 1 else 3},
            "hoverinfo": "skip",
        }
        for number, one in enumerate(shown)
    ]
    touch = {
        "type": "scatter",
        "mode": "lines",
        "x": places,
        "y": [_levels(view)[-1]] * len(places),
        "line": {"width": 0},
        "hovertext": [view.hover(place, language) for place in places],
        "hoverinfo": "text",
    }
    return [*bars, touch]


def _levels(view: BarsView) -> list[float]:
    if view.mode == "share":
        return [0.0, 0.5, 1.0]
    shown = list(view.heights)
    if view.target is not None:
        shown.append(view.target)
    return spacing.ticks(min(shown), max(shown))


def _tick(view: BarsView, place: int, pixels: float, language: Language) -> str:
    word = view.categories[place]
    if isinstance(word, date) and view.grain:
        return moments.tick(word, view.grain, language)
    return fitting.wrapped(said(word, language), pixels)


def _key(view: BarsView, theme: Palette, language: Language) -> list[fitting.Entry]:
    entries = [("■", view.shade(place, theme), said(one.name, language)) for place, one in enumerate(view.series)]
    if view.mode == "bullet" and len(entries) > 1:
        entries[1] = ("▬", theme.plan, entries[1][2])
    entries = entries if len(entries) > 1 else []
    if view.target is not None:
        amount = view.measure.short(view.target, language)
        entries.append(("– –", theme.plan, f"{say('charts.plan', language)} {amount}"))
    return entries


def _known(view: BarsView) -> tuple[float | None, ...]:
    columns = zip(*(one.values for one in view.series), strict=True)
    return tuple(next((value for value in column if value is not None), None) for column in columns)


def _gaps(view: BarsView, theme: Palette) -> list[dict[str, Any]]:
    fill = {"fillcolor": theme.track, "line": {"width": 0}, "layer": "below"}
    return [
        {"type": "rect", "x0": run[0] - 0.5, "x1": run[-1] + 0.5, "yref": "paper", "y0": 0, "y1": 1, **fill}
        for run in gaps.runs(_known(view), is_known=False)
    ]


def _no_data(view: BarsView, theme: Palette, language: Language) -> list[dict[str, Any]]:
    at = {"y": 1, "yref": "paper", "yanchor": "top", "yshift": -4, "xanchor": "center", "textangle": -90}
    font = {"size": 10, "color": theme.quiet}
    return [
        canvas.note(say("charts.gap", language), theme, x=(run[0] + run[-1]) / 2, **at, font=font)
        for run in gaps.runs(_known(view), is_known=False)
        if len(run) * _PLOT / len(view.categories) > canvas.SMALL
    ]


def _marks(view: BarsView, theme: Palette) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if view.mode == "bullet":
        for number, one in enumerate(view.series[1:], start=1):
            line = {"color": theme.plan if number == 1 else theme.quiet, "width": 3 if number == 1 else 1.5}
            found += [
                {"type": "line", "x0": place - 0.42, "x1": place + 0.42, "y0": value, "y1": value, "line": line}
                for place, value in enumerate(one.values)
                if value is not None
            ]
    if view.target is not None and view.mode != "share":
        line = {"color": theme.plan, "width": 1.5, "dash": "8px,4px"}
        found.append(
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": view.target, "y1": view.target, "line": line}
        )
    return found
