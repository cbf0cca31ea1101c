"""How values spread in each group: the middle half as a box, whiskers to the low and high ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from metrics.model import Language
from pages.kit import formats
from pages.kit.charts import beside, canvas, fitting, spacing
from pages.kit.charts.palette import Palette
from pages.kit.charts.words import Measure, Word, said, spoken
from pages.kit.text import say

_ROW, _NAME = 31, 96
_FEW_TICKS = 3


@dataclass(frozen=True)
class Box:
    """One group. p25, p50, p75: quartiles. low, high: where the whiskers end. count: cases measured."""

    name: Word
    low: float
    p25: float
    p50: float
    p75: float
    high: float
    count: int


@dataclass(frozen=True)
class BoxesView:
    """The groups in order. guide: a value with a line through all; hidden: groups too small to show.

    reason: text key when there is nothing to draw.
    """

    about: Word
    boxes: tuple[Box, ...]
    measure: Measure
    guide: float | None = None
    hidden: int = 0
    reason: str | None = None


def figure(view: BoxesView, theme: Palette, language: Language) -> canvas.Figure | None:
    """One row a group with its median and count beside it; None when `view.reason` says why."""
    if view.reason or not view.boxes:
        return None
    places = list(range(len(view.boxes)))
    numbers = [
        beside.Numbers(
            say("shapes.median", language),
            tuple(view.measure.short(box.p50, language) for box in view.boxes),
            is_strong=True,
        ),
        beside.Numbers(say("shapes.cases", language), tuple(formats.number(b.count, language) for b in view.boxes)),
    ]
    guide = () if view.guide is None else (view.guide,)
    low, high = min(*(box.low for box in view.boxes), *guide), max(*(box.high for box in view.boxes), *guide)
    levels = spacing.ticks_between(low, high, _FEW_TICKS)
    title, key_height = fitting.key(_key(view, theme, language), theme)
    top, bottom = 6 + key_height + beside.head_height(numbers), 24 + (18 if view.hidden else 0)
    layout: dict[str, Any] = {
        "title": title,
        "margin": {"l": 4, "r": beside.margin(numbers), "t": top, "b": bottom},
        "barmode": "overlay",
        "xaxis": canvas.axis(
            theme,
            has_grid=True,
            range=[levels[0], levels[-1]],
            tickvals=levels,
            ticktext=view.measure.axis(levels, language),
        ),
        "yaxis": canvas.axis(
            theme,
            range=[len(places) - 0.5, -0.5],
            tickvals=places,
            ticktext=fitting.row_names([box.name for box in view.boxes], language, _NAME),
            tickfont={"size": canvas.SMALL, "color": theme.text},
        ),
        "annotations": [*beside.words(numbers, places, theme), *_hidden(view, theme, language)],
        "shapes": _shapes(view, theme),
    }
    hover = [_hover(view, box, language) for box in view.boxes]
    traces = [_middles(view, theme), canvas.touch(hover, places, levels[0], levels[-1])]
    return canvas.figure(traces, theme, language, _ROW * len(places) + top + bottom, layout)


def alt(view: BoxesView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason or not view.boxes:
        return say(view.reason or "charts.no_data", language)
    parts = [
        say("shapes.named", language, name=said(box.name, language), value=view.measure.short(box.p50, language))
        for box in view.boxes
    ]
    joined = say("charts.comma", language).join(parts)
    return say("shapes.boxes_alt", language, about=said(view.about, language), parts=joined)


def _key(view: BoxesView, theme: Palette, language: Language) -> list[fitting.Entry]:
    entries = [
        ("■", theme.ramp[3], say("shapes.middle_half", language)),
        ("┃", theme.data, say("shapes.median", language)),
    ]
    if view.guide is not None:
        amount = view.measure.short(view.guide, language)
        entries.append(("┇", theme.plan, f"{say('charts.plan', language)} {amount}"))
    return entries


def _middles(view: BoxesView, theme: Palette) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(view.boxes))),
        "base": [box.p25 for box in view.boxes],
        "x": [box.p75 - box.p25 for box in view.boxes],
        "width": 0.5,
        "marker": {"color": theme.ramp[3], "cornerradius": 3},
        "hoverinfo": "skip",
    }


def _shapes(view: BoxesView, theme: Palette) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    thin, thick = {"color": theme.comparison, "width": 1.5}, {"color": theme.data, "width": 3}
    for place, box in enumerate(view.boxes):
        found.append({**_line(box.low, box.high, place, place, thin), "layer": "below"})
        found += [_line(end, end, place - 0.13, place + 0.13, thin) for end in (box.low, box.high)]
        found.append(_line(box.p50, box.p50, place - 0.3, place + 0.3, thick))
    if view.guide is not None:
        dashed = {"color": theme.plan, "width": 1.5, "dash": "4px,3px"}
        found.append(_line(view.guide, view.guide, -0.5, len(view.boxes) - 0.5, dashed))
    return found


def _line(x0: float, x1: float, y0: float, y1: float, line: dict[str, Any]) -> dict[str, Any]:
    return {"type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "line": line}


def _hidden(view: BoxesView, theme: Palette, language: Language) -> list[dict[str, Any]]:
    if not view.hidden:
        return []
    words = say("shapes.hidden_groups", language, n=view.hidden)
    return [canvas.note(words, theme, x=0, y=0, xref="paper", yref="paper", yanchor="top", yshift=-24)]


def _hover(view: BoxesView, box: Box, language: Language) -> str:
    colon = say("charts.colon", language)
    rows = (
        ("shapes.median", box.p50, None),
        ("shapes.middle_half", box.p25, box.p75),
        ("shapes.ends", box.low, box.high),
    )
    written = [
        say(key, language)
        + colon
        + view.measure.short(first, language)
        + ("" if last is None else f" – {view.measure.short(last, language)}")
        for key, first, last in rows
    ]
    counted = say("shapes.cases", language) + colon + formats.full(box.count, "count", language, "")
    return canvas.lines(canvas.bold(spoken(box.name, language)), *written, counted)
