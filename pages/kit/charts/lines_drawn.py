"""What is drawn in a plot of lines: the lines, their names, their gaps, and the days that explain them."""

from __future__ import annotations

from datetime import date
from typing import Any

from metrics.model import Language
from pages.kit.charts import canvas, fitting, gaps, moments, spacing
from pages.kit.charts.lines_plots import Plot, colour, end_names
from pages.kit.charts.lines_view import Line, LinesView, Panel
from pages.kit.charts.palette import Palette
from pages.kit.charts.words import said, spoken
from pages.kit.text import say

_HEAD_GAP = 5
# Sets a second row of words below the first, which begins with a mark.
_INDENT = "\u2003"
# A plot's width on a phone, and of it what the name of a mark may take, in CSS pixels.
_PHONE_PLOT, _MARK_NAME = 200, 84
_DASHES = {"comparison": "3px,3px", "plan": "8px,4px"}
_FORECAST = "5px,4px"


def traces(view: LinesView, plot: Plot, theme: Palette, language: Language) -> list[dict[str, Any]]:
    """The lines of a plot, dots where a line is only a point, and what the pointer finds."""
    found: list[dict[str, Any]] = []
    for place, line in enumerate(plot.panel.lines):
        paint = colour(plot.panel, place, theme)
        if plot.panel.is_area:
            found.append(_area(view, plot, line, paint, theme))
        else:
            found += [*_strokes(view, plot, line, paint, theme), _dots(view, plot, line, paint)]
    return [*found, _touch(view, plot, language)]


def words(view: LinesView, plot: Plot, theme: Palette, language: Language) -> list[dict[str, Any]]:
    """The plot's title and key, the names of its lines, and "no data" where there is none."""
    head = [canvas.bold(plot.title)] if plot.title else []
    if plot.key:
        head.append(fitting.key_text(plot.key))
    found = [_head("<br>".join(head), plot, theme, bool(plot.title))] if head else []
    if plot.names_ends:
        found += _ends(plot, theme, language)
    if view.grain:
        days, known = _reported(view, plot)
        found += gaps.words(days, known, theme, language, f"{plot.axis} domain")
    return found


def shapes(view: LinesView, plot: Plot, theme: Palette) -> list[dict[str, Any]]:
    """Bands for days without data and for good values, the target, and where the forecast begins."""
    found: list[dict[str, Any]] = []
    days, known = _reported(view, plot)
    if days:
        found += gaps.bands(days, known, theme, f"{plot.axis} domain", "above" if plot.panel.is_area else "below")
    low, high = plot.panel.band or (None, None)
    if plot.panel.band:
        edges = {"y0": plot.levels[0] if low is None else low, "y1": plot.levels[-1] if high is None else high}
        fill = {"fillcolor": theme.track, "line": {"width": 0}, "layer": "below"}
        found.append({"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "yref": plot.axis, **edges, **fill})
    if plot.panel.target is not None:
        at = {"yref": plot.axis, "y0": plot.panel.target, "y1": plot.panel.target}
        dashed = {"color": theme.plan, "width": 1.5, "dash": "8px,4px"}
        found.append({"type": "line", "xref": "paper", "x0": 0, "x1": 1, **at, "line": dashed})
    if view.forecast_from is not None:
        found.append(_upright(at_x(view.forecast_from), plot, theme.comparison))
    return [*found, *(_upright(day.isoformat(), plot, theme.grid) for day, _ in _inside(view))]


def marks(view: LinesView, plot: Plot, theme: Palette, language: Language) -> list[dict[str, Any]]:
    """The names of marked days at the top of a plot; of days that crowd each other the later one is named."""
    latest_first = sorted(_inside(view), key=lambda mark: mark[0], reverse=True)
    starts = [(day, fitting.label(name, language, _MARK_NAME)) for day, name in latest_first]
    found: list[dict[str, Any]] = []
    taken: list[tuple[float, float]] = []
    first, span = _ordinal(view.xs[0]), max(_ordinal(view.xs[-1]) - _ordinal(view.xs[0]), 1)
    for x, text in starts:
        at, needed = (_ordinal(x) - first) / span * _PHONE_PLOT, fitting.width(text) + 8
        sides = {"left": (at, at + needed), "right": (at - needed, at)}
        free = [side for side, place in sides.items() if _is_free(place, taken)]
        if not free:
            continue
        taken.append(sides[free[0]])
        side = {"xanchor": free[0], "xshift": 2 if free[0] == "left" else -2}
        place = {"x": at_x(x), "y": 1, "yref": f"{plot.axis} domain", "yanchor": "top", **side}
        found.append(canvas.note(text, theme, **place, bgcolor=theme.surface, borderpad=1))
    return found


def _is_free(place: tuple[float, float], taken: list[tuple[float, float]]) -> bool:
    start, end = place
    is_inside = start >= 0 and end <= _PHONE_PLOT
    return is_inside and all(end <= other_start or start >= other_end for other_start, other_end in taken)


def _reported(view: LinesView, plot: Plot) -> tuple[list[date], tuple[float | None, ...]]:
    """The days that files could report, and what is known of each: what lies ahead is not missing. Empty over steps."""
    end = view.forecast_from
    days = [x for x in view.xs if isinstance(x, date) and not (isinstance(end, date) and x > end)]
    return days, plot.known[: len(days)]


def at_x(x: date | int) -> str | int:
    """An x as Plotly takes it."""
    return x.isoformat() if isinstance(x, date) else x


def _inside(view: LinesView) -> list[tuple[date, Any]]:
    first, last = view.xs[0], view.xs[-1]
    if not (isinstance(first, date) and isinstance(last, date)):
        return []
    return [(day, name) for day, name in view.marks if first <= day <= last]


def _ordinal(x: date | int) -> int:
    return x.toordinal() if isinstance(x, date) else x


def _upright(x: str | int, plot: Plot, paint: str) -> dict[str, Any]:
    line = {"color": paint, "width": 1, "dash": "2px,3px"}
    place = {"xref": "x", "x0": x, "x1": x, "yref": f"{plot.axis} domain", "y0": 0, "y1": 1}
    return {"type": "line", **place, "line": line, "layer": "below"}


def _head(text: str, plot: Plot, theme: Palette, has_title: bool) -> dict[str, Any]:
    place = {"x": 0, "xref": "paper", "xshift": -2, "y": plot.top, "yref": "paper", "yanchor": "bottom"}
    title = {"font": {"size": canvas.SMALL, "color": theme.text if has_title else theme.quiet}}
    return canvas.note(text, theme, **place, yshift=_HEAD_GAP, **title)


def _ends(plot: Plot, theme: Palette, language: Language) -> list[dict[str, Any]]:
    """Each line's name beside its end, and its last value below the name where there are few lines."""
    lowest, span = plot.levels[0], (plot.levels[-1] - plot.levels[0]) * 1.03
    places = _places(plot.panel)
    last = sorted((value, place) for place, value in enumerate(places) if value is not None)
    names, needed = end_names(plot, language)
    heights = spacing.apart([(value - lowest) / span for value, _ in last], needed / plot.height, 1.0)
    found = []
    for place, height in zip(_in_order(plot.panel, [place for _, place in last], theme), heights, strict=True):
        line = plot.panel.lines[place]
        mark = f"<span style='color:{colour(plot.panel, place, theme)}'>{'■' if plot.panel.is_area else '●'}</span>"
        text = f"{mark} {names[place].replace('<br>', f'<br>{_INDENT}')}"
        if plot.has_values:
            value = next(value for value in reversed(line.values) if value is not None)
            text += f"<br>{_INDENT}{canvas.bold(plot.panel.measure.short(value, language))}"
        at = {"x": 1, "xref": "paper", "xshift": 6, "y": lowest + height * span, "yref": plot.axis, "yanchor": "middle"}
        found.append(canvas.note(text, theme, **at, font={"size": canvas.SMALL, "color": theme.text}))
    return found


def _in_order(panel: Panel, places: list[int], theme: Palette) -> list[int]:
    """The lines from the lowest name to the highest: as they end, but steps of one thing, such as months, in order."""
    steps = [place for place in places if panel.lines[place].role == "other"]
    if panel.is_area or len(steps) <= len(theme.equals):
        return places
    falling = iter(sorted(steps, reverse=True))
    return [next(falling) if place in steps else place for place in places]


def _places(panel: Panel) -> list[float | None]:
    """The height at which each line ends; of an area the middle of its band there."""
    if not panel.is_area:
        return [next((value for value in reversed(line.values) if value is not None), None) for line in panel.lines]
    columns = list(zip(*(line.values for line in panel.lines), strict=True))
    last = next(column for column in reversed(columns) if any(value is not None for value in column))
    found, below = [], 0.0
    for value in last:
        found.append(below + (value or 0.0) / 2)
        below += value or 0.0
    return [*found]


def _strokes(view: LinesView, plot: Plot, line: Line, paint: str, theme: Palette) -> list[dict[str, Any]]:
    """The line, dashed from where the forecast begins."""
    base = {"type": "scatter", "mode": "lines", "yaxis": plot.axis, "hoverinfo": "skip", "cliponaxis": False}
    width = 1.5 if line.role in _DASHES else 2
    dash = _DASHES.get(line.role, "solid")
    xs, values = [at_x(x) for x in view.xs], list(line.values)
    begins = len(xs)
    if view.forecast_from is not None and line.role not in _DASHES:
        start = _ordinal(view.forecast_from)
        begins = next((place for place, x in enumerate(map(_ordinal, view.xs)) if x >= start), begins)
    drawn = {"color": paint, "width": width, "dash": dash}
    found: list[dict[str, Any]] = []
    if len([one for one in plot.panel.lines if one.role not in _DASHES]) == 1 and paint == theme.data:
        found += _soft(view, plot, line, theme)
    if begins > 0:
        found.append({**base, "x": xs[:begins], "y": values[:begins], "line": drawn})
    if begins < len(xs):
        joined = max(begins - 1, 0)
        found.append({**base, "x": xs[joined:], "y": values[joined:], "line": {**drawn, "dash": _FORECAST}})
    return found


def _soft(view: LinesView, plot: Plot, line: Line, theme: Palette) -> list[dict[str, Any]]:
    """A soft area below a line that stands alone on an axis from 0: one a run, so that gaps stay empty."""
    if plot.levels[0] != 0:
        return []
    return [
        {
            "type": "scatter",
            "mode": "none",
            "x": [at_x(view.xs[place]) for place in run],
            "y": [line.values[place] for place in run],
            "yaxis": plot.axis,
            "fill": "tozeroy",
            "fillcolor": theme.data_soft,
            "hoverinfo": "skip",
        }
        for run in gaps.runs(line.values, is_known=True)
    ]


def _dots(view: LinesView, plot: Plot, line: Line, paint: str) -> dict[str, Any]:
    """A dot at the end of a line and on each value that no line joins to a neighbour."""
    padded = [None, *line.values, None]
    known = [place for place, value in enumerate(line.values) if value is not None]
    lonely = [place for place in known if padded[place] is None and padded[place + 2] is None]
    is_quiet = line.role in _DASHES
    places = sorted({*lonely, *([] if is_quiet else known[-1:])})
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [at_x(view.xs[place]) for place in places],
        "y": [line.values[place] for place in places],
        "yaxis": plot.axis,
        "marker": {"size": 6, "color": paint},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _area(view: LinesView, plot: Plot, line: Line, paint: str, theme: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [at_x(x) for x in view.xs],
        "y": list(line.values),
        "yaxis": plot.axis,
        "stackgroup": plot.axis,
        "line": {"width": 1, "color": theme.surface},
        "fillcolor": paint,
        "hoverinfo": "skip",
    }


def _touch(view: LinesView, plot: Plot, language: Language) -> dict[str, Any]:
    """An unseen line that answers the pointer with every value of an x."""
    top = plot.levels[-1]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [at_x(x) for x in view.xs],
        "y": [None if value is None else top if plot.panel.is_area else value for value in plot.tops],
        "yaxis": plot.axis,
        "line": {"width": 0},
        "hovertext": [_hover(view, plot.panel, place, language) for place in range(len(view.xs))],
        "hoverinfo": "text",
    }


def _hover(view: LinesView, panel: Panel, place: int, language: Language) -> str:
    x, colon = view.xs[place], say("charts.colon", language)
    when = moments.when(x, view.grain, language) if isinstance(x, date) and view.grain else str(x)
    if view.x_name:
        when = spoken(view.x_name, language) + colon + when
    # An area is read from above as its bands lie.
    lines = panel.lines[::-1] if panel.is_area else panel.lines
    rows = [
        spoken(line.name, language)
        + colon
        + (say("charts.gap", language) if value is None else panel.measure.full(value, language))
        for line in lines
        for value in [line.values[place]]
    ]
    if panel.target is not None:
        rows.append(say("charts.plan", language) + colon + panel.measure.short(panel.target, language))
    marked = [said(name, language) for day, name in view.marks if day == x]
    return canvas.lines(canvas.bold(when), canvas.plain(say("charts.comma", language).join(marked)), *rows)
