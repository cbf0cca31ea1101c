"""From one total to another, step by step: what added, what took away."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from metrics.model import Language
from pages.kit import formats
from pages.kit.charts import beside, canvas, fitting
from pages.kit.charts.palette import Palette
from pages.kit.charts.words import Measure, Word, said, spoken
from pages.kit.text import say

_ROW, _NAME, _NOTE = 29, 112, 22
# Totals this much larger than what changes would hide it.
_SLIVER = 0.2


@dataclass(frozen=True)
class Step:
    """A total that stands on 0, or a change from the step before; amount None = no data.

    is_good: whether the change is for the better; None = neither.
    """

    name: Word
    amount: float | None
    kind: Literal["total", "change"]
    is_good: bool | None = None


@dataclass(frozen=True)
class WaterfallView:
    """The steps from first to last. reason: text key when there is nothing to draw."""

    about: Word
    steps: tuple[Step, ...]
    measure: Measure
    reason: str | None = None

    @property
    def has_values(self) -> bool:
        """Whether any step has an amount at all."""
        return any(step.amount is not None for step in self.steps)

    @property
    def ends(self) -> tuple[tuple[float, float] | None, ...]:
        """Where each step begins and ends on the axis; None where its amount is unknown."""
        found: list[tuple[float, float] | None] = []
        level = 0.0
        for step in self.steps:
            if step.amount is None:
                found.append(None)
                continue
            start = 0.0 if step.kind == "total" else level
            level = start + step.amount
            found.append((start, level))
        return tuple(found)


def figure(view: WaterfallView, theme: Palette, language: Language) -> canvas.Figure | None:
    """One row a step with its amount beside it; None when `view.reason` says why."""
    if view.reason or not view.has_values:
        return None
    places = list(range(len(view.steps)))
    low, high = _reach(view)
    room = (high - low or 1.0) * 0.02
    amounts = beside.Numbers(
        "",
        tuple(_amount(step, view.measure, language) for step in view.steps),
        is_strong=True,
        colours=tuple(_word_colour(step, theme) for step in view.steps),
    )
    names = [_name(step, language) for step in view.steps]
    layout: dict[str, Any] = {
        "margin": {"l": 4, "r": beside.margin([amounts]), "t": 6, "b": _NOTE if low > 0 else 4},
        "barmode": "overlay",
        "bargap": 0.36,
        "xaxis": canvas.axis(theme, range=[low if low > 0 else low - room, high + room], showticklabels=False),
        "yaxis": canvas.axis(
            theme,
            range=[len(places) - 0.5, -0.5],
            tickvals=places,
            ticktext=names,
            tickfont={"size": canvas.SMALL, "color": theme.text},
        ),
        "annotations": [
            *beside.words([amounts], places, theme),
            *_no_data(view, theme, language),
            *_cut(low, theme, language),
        ],
        "shapes": _joints(view, theme),
    }
    hover = [_hover(view, place, language) for place in places]
    traces = [_bars(view, max(low, 0.0), theme), canvas.touch(hover, places, low, high)]
    row = fitting.row_height(names, _ROW)
    return canvas.figure(traces, theme, language, row * len(places) + (_NOTE + 6 if low > 0 else 10), layout)


def alt(view: WaterfallView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason or not view.has_values:
        return say(view.reason or "charts.no_data", language)
    parts = [
        say("shapes.named", language, name=said(step.name, language), value=_amount(step, view.measure, language))
        for step in view.steps
        if step.amount is not None
    ]
    about, joined = said(view.about, language), say("charts.comma", language).join(parts)
    return say("shapes.bars_alt", language, about=about, parts=joined)


def _reach(view: WaterfallView) -> tuple[float, float]:
    """The first and last x: from 0, unless every step would be a sliver beside the totals."""
    levels = [end for step in view.ends if step for end in step[1:]]
    low, high = min(levels), max(levels)
    if low > 0 and 0 < high - low < _SLIVER * high:
        return low - (high - low) * 1.5, high
    return min(0.0, low), max(0.0, high)


def _cut(low: float, theme: Palette, language: Language) -> list[dict[str, Any]]:
    """Says so where the axis does not begin at 0."""
    if low <= 0:
        return []
    words = say("shapes.not_from_zero", language)
    return [canvas.note(words, theme, x=0, xref="paper", y=0, yref="paper", yanchor="top", yshift=-3)]


def _amount(step: Step, measure: Measure, language: Language) -> str:
    if step.kind == "total":
        return measure.short(step.amount, language)
    return formats.signed(step.amount, measure.unit, language, measure.currency)


def _name(step: Step, language: Language) -> str:
    if step.kind == "change":
        return fitting.wrapped(said(step.name, language), _NAME)
    # Bold words are a little wider.
    return canvas.bold(fitting.wrapped(said(step.name, language), _NAME * 0.93))


def _colour(step: Step, theme: Palette) -> str:
    if step.kind == "total":
        return theme.data
    return theme.comparison if step.is_good is None else theme.good if step.is_good else theme.bad


def _word_colour(step: Step, theme: Palette) -> str:
    return theme.text if step.kind == "total" or step.is_good is None or not step.amount else _colour(step, theme)


def _bars(view: WaterfallView, start: float, theme: Palette) -> dict[str, Any]:
    known = [(place, (end[0] or start, end[1])) for place, end in enumerate(view.ends) if end]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [place for place, _ in known],
        "base": [base for _, (base, _) in known],
        "x": [end - base for _, (base, end) in known],
        "marker": {"color": [_colour(view.steps[place], theme) for place, _ in known], "cornerradius": 3},
        "hoverinfo": "skip",
    }


def _joints(view: WaterfallView, theme: Palette) -> list[dict[str, Any]]:
    """Thin lines from where a step ends to where the next begins."""
    line = {"color": theme.comparison, "width": 1}
    known = [(place, end[1]) for place, end in enumerate(view.ends) if end]
    return [
        {"type": "line", "x0": level, "x1": level, "y0": place + 0.32, "y1": following - 0.32, "line": line}
        for (place, level), (following, _) in pairwise(known)
    ]


def _no_data(view: WaterfallView, theme: Palette, language: Language) -> list[dict[str, Any]]:
    return [
        canvas.note(say("charts.gap", language), theme, x=0, y=place, xshift=4, yanchor="middle")
        for place, step in enumerate(view.steps)
        if step.amount is None
    ]


def _hover(view: WaterfallView, place: int, language: Language) -> str:
    step, end = view.steps[place], view.ends[place]
    exact = view.measure.full(step.amount, language)
    after = None
    if end and step.kind == "change":
        after = say("shapes.after", language) + say("charts.colon", language) + view.measure.full(end[1], language)
    sign = "+" if step.kind == "change" and step.amount and step.amount > 0 else ""
    return canvas.lines(canvas.bold(spoken(step.name, language)), sign + exact, after)
