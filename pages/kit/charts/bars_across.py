"""Bars that lie: one row a category, its name before it and its numbers behind it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from metrics.model import Language
from pages.kit import formats
from pages.kit.charts import beside, canvas, fitting
from pages.kit.charts.bars_view import BarsView
from pages.kit.charts.palette import Palette
from pages.kit.charts.words import said
from pages.kit.text import say

_ROW, _GROUPED_BAR, _GROUP_GAP = 31, 16, 14
# A part of the width in which a number fits into its bar, and room for numbers behind bars side by side.
_ROOM, _BEHIND = 0.16, 1.45
# Names that do not fit in less room than this stand in a row of words above their bars.
_NAME, _LEAST_NAME, _WORDS = 96, 72, 18


@dataclass(frozen=True)
class _Rows:
    """How rows stand: their names, safe to stand in a chart, before or above the bars; height and gap in CSS pixels."""

    names: list[str]
    is_above: bool
    height: int
    gap: int


def figure(view: BarsView, theme: Palette, language: Language) -> canvas.Figure:
    """The rows from above in the order of the categories."""
    count = len(view.categories)
    places = list(range(count))
    numbers = _numbers(view, language)
    right = beside.margin(numbers) if numbers else 10
    title, key_height = fitting.key(_key(view, theme, language), theme)
    top = 6 + key_height + beside.head_height(numbers)
    low, high = _reach(view)
    rows = _rows(view, right, language)
    layout: dict[str, Any] = {
        "margin": {"l": 4, "r": right, "t": top, "b": 4},
        "barmode": {"grouped": "group", "bullet": "overlay"}.get(view.mode, "relative"),
        "bargap": rows.gap / rows.height,
        "bargroupgap": 0.1,
        "xaxis": canvas.axis(theme, range=[low, high], showticklabels=False),
        "yaxis": canvas.axis(
            theme,
            range=[count - 0.5, -0.5],
            tickvals=places,
            ticktext=rows.names,
            showticklabels=not rows.is_above,
            tickfont={"size": canvas.SMALL, "color": theme.text},
        ),
        "annotations": [*beside.words(numbers, places, theme), *_inside(view, rows, theme, language)],
        "shapes": _marks(view, theme),
    }
    if rows.is_above:
        layout["annotations"] += [_above(place, rows, theme) for place in places]
    if title:
        layout["title"] = title
    hover = [view.hover(place, language) for place in places]
    # A touch bar of its own group would push grouped bars aside, so it lies over the rows on axes of its own.
    touch = {**canvas.touch(hover, places, low, high), "yaxis": "y2", "offset": -0.5}
    layout["yaxis2"] = {**layout["yaxis"], "overlaying": "y", "showticklabels": False, "automargin": True}
    return canvas.figure([*_bars(view, theme), touch], theme, language, rows.height * count + top + 6, layout)


def _rows(view: BarsView, right: int, language: Language) -> _Rows:
    """Names before the bars where the numbers behind them, `right` pixels wide, leave room on a phone; else above."""
    words = [view.moment(place) for place in range(len(view.categories))]
    room = fitting.name_width(_NAME, right)
    is_above = room < _LEAST_NAME and not all(fitting.fits(said(word, language), room) for word in words)
    names = [fitting.label(word, language, fitting.PHONE - 20) for word in words]
    if not is_above:
        names = fitting.row_names(words, language, room)
    bars = _GROUPED_BAR * len(view.series) if view.mode == "grouped" else round(_ROW * 0.58)
    gap = (_GROUP_GAP if view.mode == "grouped" else _ROW - bars) + (2 * _WORDS if is_above else 0)
    height = fitting.row_height(names, bars + gap)
    return _Rows(names, is_above, height, height - bars)


def _above(place: int, rows: _Rows, theme: Palette) -> dict[str, Any]:
    font = {"size": canvas.SMALL, "color": theme.text}
    at = {"x": 0, "xref": "paper", "y": place, "yanchor": "middle"}
    return canvas.note(
        rows.names[place], theme, **at, yshift=rows.height / 2 - _WORDS / 2 - 3, font=font, bgcolor=theme.surface
    )


def _bars(view: BarsView, theme: Palette) -> list[dict[str, Any]]:
    shown = view.series[:1] if view.mode == "bullet" else view.series
    return [
        {
            "type": "bar",
            "orientation": "h",
            "y": list(range(len(view.categories))),
            "x": list(view.parts(one)),
            "marker": {
                "color": view.shade(place, theme),
                "cornerradius": 3 if view.mode in ("stacked", "share") and len(shown) > 1 else 4,
                "line": {"width": 1 if len(shown) > 1 else 0, "color": theme.surface},
            },
            "hoverinfo": "skip",
        }
        for place, one in enumerate(shown)
    ]


def _key(view: BarsView, theme: Palette, language: Language) -> list[fitting.Entry]:
    entries = []
    if view.mode == "bullet":
        for place, one in enumerate(view.series):
            mark = "■" if place == 0 else "┃" if place == 1 else "│"
            entries.append((mark, _bullet_colour(view, place, theme), said(one.name, language)))
    elif len(view.series) > 1:
        entries = [("■", view.shade(place, theme), said(one.name, language)) for place, one in enumerate(view.series)]
    if view.target is not None:
        amount = view.measure.short(view.target, language)
        entries.append(("┇", theme.plan, f"{say('charts.plan', language)} {amount}"))
    return entries


def _bullet_colour(view: BarsView, place: int, theme: Palette) -> str:
    if place == 0:
        return view.shade(0, theme)
    tone = view.series[place].tone
    return theme.plan if tone == "step" and place == 1 else theme.quiet if tone == "step" else str(getattr(theme, tone))


def _numbers(view: BarsView, language: Language) -> list[beside.Numbers]:
    columns = []
    if view.mode == "bullet":
        for place, one in enumerate(view.series[:2]):
            texts = tuple(view.measure.short(value, language) for value in one.values)
            columns.append(beside.Numbers(said(one.name, language), texts, is_strong=place == 0))
    elif view.mode == "stacked" or view.totals or len(view.series) == 1:
        totals = view.totals or view.sums
        is_sum = len(view.series) > 1 and bool(view.side)
        texts = tuple(view.measure.short(value, language) for value in totals)
        columns.append(beside.Numbers(say("shapes.total", language) if is_sum else "", texts, is_strong=True))
    for column in view.side:
        texts = tuple(column.measure.short(value, language) for value in column.values)
        columns.append(beside.Numbers(said(column.name, language), texts, is_strong=not columns))
    return columns


def _reach(view: BarsView) -> tuple[float, float]:
    """The first and last x: from 0, or the lowest, to the highest that is drawn."""
    if view.mode == "share":
        return 0.0, 1.0
    shown = list(view.heights)
    if view.target is not None:
        shown.append(view.target)
    high = max(0.0, *shown) or (1.0 if min(shown) >= 0 else 0.0)
    return min(0.0, *shown), high * (_BEHIND if _writes_behind(view) else 1.02)


def _writes_behind(view: BarsView) -> bool:
    """Bars side by side have their numbers behind them, as one column beside the row could not hold them."""
    return view.mode == "grouped" and len(view.series) > 1


def _inside(view: BarsView, rows: _Rows, theme: Palette, language: Language) -> list[dict[str, Any]]:
    """Numbers in bars that are wide enough or behind bars side by side, and "no data" where a row has none."""
    found = [
        canvas.note(say("charts.gap", language), theme, x=0, y=place, xshift=4, yanchor="middle")
        for place in range(len(view.categories))
        if all(one.values[place] is None for one in view.series)
    ]
    if _writes_behind(view):
        return [*found, *_behind(view, rows, theme, language)]
    if view.mode != "share":
        return found
    for place in range(len(view.categories)):
        parts = [view.parts(one)[place] for one in view.series]
        ends = list(accumulate(part or 0.0 for part in parts))
        for number, (part, end) in enumerate(zip(parts, ends, strict=True)):
            if part is not None and part >= _ROOM:
                font = {"size": 10, "color": theme.words_on(view.shade(number, theme))}
                at = {"x": end - part / 2, "y": place, "xanchor": "center", "yanchor": "middle"}
                found.append(canvas.note(formats.share(part, language), theme, **at, font=font))
    return found


def _behind(view: BarsView, rows: _Rows, theme: Palette, language: Language) -> list[dict[str, Any]]:
    count = len(view.series)
    step = _GROUPED_BAR / rows.height
    found = []
    for number, one in enumerate(view.series):
        for place, value in enumerate(one.values):
            if all(other.values[place] is None for other in view.series):
                continue
            text = say("charts.gap", language) if value is None else view.measure.short(value, language)
            font = {"size": 10, "color": theme.text if number == 0 and value is not None else theme.quiet}
            at = {"x": max(value or 0.0, 0.0), "y": place + (number - (count - 1) / 2) * step, "xshift": 4}
            # On the ground of the chart, so that the line of the target does not cross the number.
            ground = {"bgcolor": theme.surface, "borderpad": 1}
            found.append(canvas.note(text, theme, **at, yanchor="middle", font=font, **ground))
    return found


def _marks(view: BarsView, theme: Palette) -> list[dict[str, Any]]:
    """The plan of each row as an upright mark, ticks for what else is compared, and the target through all rows."""
    found: list[dict[str, Any]] = []
    if view.mode == "bullet":
        for number, one in enumerate(view.series[1:], start=1):
            half, width = (0.36, 3) if number == 1 else (0.28, 1.5)
            colour = _bullet_colour(view, number, theme)
            found += [
                _upright(value, place - half, place + half, {"color": colour, "width": width})
                for place, value in enumerate(one.values)
                if value is not None
            ]
    if view.target is not None and view.mode != "share":
        line = {"color": theme.plan, "width": 1.5, "dash": "4px,3px"}
        found.append(_upright(view.target, -0.5, len(view.categories) - 0.5, line))
    return found


def _upright(x: float, first: float, last: float, line: dict[str, Any]) -> dict[str, Any]:
    return {"type": "line", "x0": x, "x1": x, "y0": first, "y1": last, "line": line}
