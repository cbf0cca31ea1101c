"""Lines over time or over steps: one panel or several below each other on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from metrics.model import Language
from metrics.periods import Grain
from pages.kit import formats
from pages.kit.charts import canvas, fitting, lines_drawn, moments
from pages.kit.charts.lines_plots import Plot, plots, right
from pages.kit.charts.lines_view import Line, LinesView, Panel, Role
from pages.kit.charts.palette import Palette
from pages.kit.charts.words import said, spoken
from pages.kit.text import say

__all__ = ["Line", "LinesView", "Panel", "Role", "alt", "figure"]

_TOP, _BOTTOM, _NAMED_BOTTOM = 6, 26, 44


def figure(view: LinesView, theme: Palette, language: Language) -> canvas.Figure | None:
    """The panels, each line named where it ends or in a key above; None when `view.reason` says why."""
    if view.reason or not _has_values(view):
        return None
    found, height = plots(view, theme, language)
    bottom = _NAMED_BOTTOM if view.x_name else _BOTTOM
    layout: dict[str, Any] = {
        "margin": {"l": 4, "r": max(right(found, language), _half_label(view, language)), "t": _TOP, "b": bottom},
        "hovermode": "x",
        "xaxis": _x_axis(view, found, theme, language),
        "annotations": [
            *(words for plot in found for words in lines_drawn.words(view, plot, theme, language)),
            *lines_drawn.marks(view, found[0], theme, language),
            *_x_words(view, theme, language),
        ],
        "shapes": [shape for plot in found for shape in lines_drawn.shapes(view, plot, theme)],
    }
    for plot in found:
        layout[plot.axis.replace("y", "yaxis")] = canvas.axis(
            theme,
            has_grid=True,
            domain=[plot.bottom, plot.top],
            range=[plot.levels[0], plot.levels[-1] + (plot.levels[-1] - plot.levels[0]) * 0.03],
            tickvals=list(plot.levels),
            ticktext=plot.panel.measure.axis(list(plot.levels), language),
        )
    traces = [trace for plot in found for trace in lines_drawn.traces(view, plot, theme, language)]
    return canvas.figure(traces, theme, language, height + _TOP + bottom, layout)


def alt(view: LinesView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason or not _has_values(view):
        return say(view.reason or "charts.no_data", language)
    parts = []
    every = [line.name for panel in view.panels for line in panel.lines]
    for panel in view.panels:
        for line in panel.lines:
            known = [value for value in line.values if value is not None]
            if known and line.role in ("data", "other"):
                first, last = (panel.measure.short(value, language) for value in (known[0], known[-1]))
                # The same measure of several things is told apart by the plots' titles.
                words = (panel.title, line.name) if panel.title and every.count(line.name) > 1 else (line.name,)
                name = " ".join(said(word, language) for word in words)
                parts.append(say("shapes.from_to", language, name=name, first=first, last=last))
    ends = (view.xs[0], view.xs[-1])
    return say(
        "shapes.lines_alt",
        language,
        about=said(view.about, language),
        span=_span(ends[0], ends[1], view, language),
        parts=say("charts.semicolon", language).join(parts),
    )


def _span(first: date | int, last: date | int, view: LinesView, language: Language) -> str:
    if isinstance(first, date) and isinstance(last, date):
        return formats.day_range(first, last, language)
    name = said(view.x_name, language) if view.x_name else ""
    return f"{name} {first}–{last}".strip()


def _has_values(view: LinesView) -> bool:
    return any(value is not None for panel in view.panels for line in panel.lines for value in line.values)


def _x_axis(view: LinesView, found: Sequence[Plot], theme: Palette, language: Language) -> dict[str, Any]:
    pixels = fitting.PHONE - 48 - right(found, language)
    labels = [_tick(x, view.grain, language) for x in view.xs]
    places = fitting.labelled(labels, pixels)
    has_width = len(view.xs) > 1
    return canvas.axis(
        theme,
        type="date" if view.grain else "linear",
        anchor=found[-1].axis,
        range=[lines_drawn.at_x(view.xs[0]), lines_drawn.at_x(view.xs[-1])] if has_width else None,
        tickvals=[lines_drawn.at_x(view.xs[place]) for place in places],
        ticktext=[labels[place] for place in places],
        showspikes=True,
        spikemode="across",
        spikethickness=1,
        spikedash="solid",
        spikecolor=theme.grid,
    )


def _half_label(view: LinesView, language: Language) -> int:
    """What the label of the last x, which stands in its middle below it, takes beyond the plot."""
    return round(fitting.width(_tick(view.xs[-1], view.grain, language)) / 2) + 2


def _x_words(view: LinesView, theme: Palette, language: Language) -> list[dict[str, Any]]:
    if not view.x_name:
        return []
    words = spoken(view.x_name, language)
    return [canvas.note(words, theme, x=0, xref="paper", y=0, yref="paper", yanchor="top", yshift=-24)]


def _tick(x: date | int, grain: Grain | None, language: Language) -> str:
    return moments.tick(x, grain, language) if isinstance(x, date) and grain else str(x)
