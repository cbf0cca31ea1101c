"""A funnel: how many reach each step, of all and of the step before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from metrics.model import Language
from pages.kit import formats
from pages.kit.charts import beside, canvas, fitting
from pages.kit.charts.palette import Palette
from pages.kit.charts.words import Measure, Word, said, spoken
from pages.kit.text import say

_ROW = 46
_NAME = 104
_ASIDE = 18
# A step conversion stands right of its bar; in a bar longer than this it would leave the groove, so it stands inside.
_LONG_BAR = 0.72


@dataclass(frozen=True)
class StepsView:
    """The steps from first to last with their counts; None = a step the files do not carry.

    asides: numbers that belong to it without being a step. reason: text key when there is nothing to draw.
    """

    about: Word
    steps: tuple[Word, ...]
    counts: tuple[float | None, ...]
    measure: Measure
    asides: tuple[tuple[Word, float | None], ...] = ()
    reason: str | None = None

    @property
    def shares(self) -> tuple[float | None, ...]:
        """Each step's part of the first (0 to 1); None where either is not known."""
        first = self.counts[0] if self.counts else None
        return tuple(None if count is None or not first else count / first for count in self.counts)

    @property
    def conversions(self) -> tuple[float | None, ...]:
        """Each step's part of the step before (0 to 1); None for the first, and where either is not known."""
        before = (None, *self.counts[:-1])
        return tuple(
            None if count is None or not earlier else count / earlier
            for count, earlier in zip(self.counts, before, strict=True)
        )


@dataclass(frozen=True)
class Reach:
    """A step as drawn: its name (safe to stand in a chart), its number, its parts of all and of the step before.

    is_known: whether files carry the step at all. hover: everything about it.
    """

    name: str
    count: str
    share: float | None
    conversion: float | None
    is_known: bool
    hover: str


def figure(view: StepsView, theme: Palette, language: Language) -> canvas.Figure | None:
    """Bars in grooves of equal length, count and share beside them; None when `view.reason` says why."""
    if view.reason or not any(view.counts):
        return None
    reached = [
        Reach(
            name,
            view.measure.short(count, language),
            share,
            conversion,
            count is not None,
            _hover(view, place, language),
        )
        for place, (name, count, share, conversion) in enumerate(
            zip(
                fitting.row_names(view.steps, language, _NAME),
                view.counts,
                view.shares,
                view.conversions,
                strict=True,
            )
        )
    ]
    return draw(reached, theme, language, _asides(view, language))


def alt(view: StepsView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason or not any(view.counts):
        return say(view.reason or "charts.no_data", language)
    parts = [
        say("shapes.named", language, name=said(name, language), value=view.measure.short(count, language))
        + ("" if share is None or place == 0 else f" ({formats.share(share, language, 1)})")
        for place, (name, count, share) in enumerate(zip(view.steps, view.counts, view.shares, strict=True))
        if count is not None
    ]
    joined = say("charts.comma", language).join(parts)
    return say("shapes.bars_alt", language, about=said(view.about, language), parts=joined)


def draw(reached: Sequence[Reach], theme: Palette, language: Language, asides: str = "") -> canvas.Figure:
    """The figure of some steps; asides: a quiet line below them."""
    places = list(range(len(reached)))
    numbers = [
        beside.Numbers("", tuple(step.count for step in reached), is_strong=True),
        beside.Numbers("", tuple(formats.share(step.share, language, 1) for step in reached)),
    ]
    bottom = 4 + (_ASIDE * (1 + asides.count("<br>")) if asides else 0)
    words = [*beside.words(numbers, places, theme), *_conversions(reached, theme, language)]
    if asides:
        words.append(canvas.note(asides, theme, x=0, xref="paper", y=0, yref="paper", yanchor="top", yshift=-2))
    layout = {
        "margin": {"l": 4, "r": beside.margin(numbers), "t": 4, "b": bottom},
        "barmode": "overlay",
        "bargap": 0.44,
        "xaxis": canvas.axis(theme, range=[0, 1], showticklabels=False),
        "yaxis": canvas.axis(
            theme,
            range=[len(places) - 0.5, -0.5],
            tickvals=places,
            ticktext=[step.name for step in reached],
            tickfont={"size": canvas.SMALL, "color": theme.quiet},
        ),
        "annotations": words,
    }
    return canvas.figure(_bars(reached, theme), theme, language, _ROW * len(places) + 4 + bottom, layout)


def _bars(reached: Sequence[Reach], theme: Palette) -> list[dict[str, Any]]:
    places = list(range(len(reached)))
    bar = {"type": "bar", "orientation": "h", "y": places}
    groove = {
        **bar,
        "x": [1] * len(places),
        "marker": {"color": theme.track, "cornerradius": 5},
        "hovertext": [step.hover for step in reached],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    filled = {
        **bar,
        "x": [None if step.share is None else min(step.share, 1.0) for step in reached],
        "marker": {"color": theme.data, "cornerradius": 5},
        "hoverinfo": "skip",
    }
    return [groove, filled]


def _conversions(reached: Sequence[Reach], theme: Palette, language: Language) -> list[dict[str, Any]]:
    words = []
    for place, step in enumerate(reached):
        if not step.is_known:
            words.append(canvas.note(say("charts.gap", language), theme, x=0, y=place, xshift=6))
        if step.conversion is None or step.share is None:
            continue
        text = formats.share(step.conversion, language)
        if step.share > _LONG_BAR:
            inside = {"size": canvas.SMALL, "color": theme.on_data}
            at = {"x": min(step.share, 1.0), "xanchor": "right", "xshift": -6}
            words.append(canvas.note(text, theme, y=place, **at, font=inside))
        else:
            words.append(canvas.note(text, theme, x=step.share, y=place, xshift=5))
    return words


def _asides(view: StepsView, language: Language) -> str:
    rows: list[str] = []
    for name, value in view.asides:
        words = say("shapes.named", language, name=said(name, language), value=view.measure.short(value, language))
        rows.append(fitting.wrapped(words, fitting.PHONE - 110))
    return "<br>".join(rows)


def _hover(view: StepsView, place: int, language: Language) -> str:
    colon = say("charts.colon", language)
    rows = [view.measure.full(view.counts[place], language)]
    share, conversion = view.shares[place], view.conversions[place]
    if place and share is not None:
        first = say("charts.of_step", language, name=said(view.steps[0], language))
        rows.append(canvas.plain(first) + colon + formats.share(share, language, 1))
    if place > 1 and conversion is not None:
        before = say("charts.of_step", language, name=said(view.steps[place - 1], language))
        rows.append(canvas.plain(before) + colon + formats.share(conversion, language, 1))
    return canvas.lines(canvas.bold(spoken(view.steps[place], language)), *rows)
