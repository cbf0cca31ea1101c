"""A Pareto chart: names from the largest to the smallest with the share they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from metrics.model import Language
from pages.kit import formats
from pages.kit.charts import beside, canvas, fitting
from pages.kit.charts.palette import Palette
from pages.kit.charts.words import Measure, Word, said, spoken
from pages.kit.text import say

MOST = 0.8
_ROW, _NAME = 32, 112


@dataclass(frozen=True)
class RankingView:
    """Names by falling value. rest: how many further names there are, and their sum; None = these are all.

    reason: text key when there is nothing to draw.
    """

    about: Word
    names: tuple[Word, ...]
    values: tuple[float, ...]
    measure: Measure
    rest: tuple[int, float] | None = None
    reason: str | None = None

    @property
    def total(self) -> float:
        """What all names add up to."""
        return sum(self.values) + (self.rest[1] if self.rest else 0.0)

    @property
    def shares(self) -> tuple[float, ...]:
        """Each name's part of the total (0 to 1)."""
        return tuple(value / self.total for value in self.values)


@dataclass(frozen=True)
class Rank:
    """A row as it is drawn: its name (safe to stand in a chart), number beside it, share and running sum (0 to 1).

    sum None: the rest, or a row without data; then share is None too. hover: everything about it.
    """

    name: str
    count: str
    share: float | None
    sum: float | None
    hover: str


def vital(sums: Sequence[float]) -> int:
    """How many names, from the first, it takes to explain 80 %; all of them where even they do not."""
    return next((place for place, total in enumerate(sums, start=1) if total >= MOST - 1e-9), len(sums))


def figure(view: RankingView, theme: Palette, language: Language) -> canvas.Figure | None:
    """Bars and the running sum on one axis of shares; None when `view.reason` says why."""
    if view.reason or view.total <= 0:
        return None
    sums = list(accumulate(view.shares))
    ranks = [
        Rank(
            name,
            view.measure.short(value, language),
            share,
            total,
            _hover(view, place, total, language),
        )
        for place, (name, value, share, total) in enumerate(
            zip(fitting.row_names(view.names, language, _NAME), view.values, view.shares, sums, strict=True)
        )
    ]
    if view.rest:
        count, value = view.rest
        name = fitting.wrapped(say("shapes.rest_of", language, n=formats.number(count, language)), _NAME)
        share = value / view.total
        hover = canvas.lines(canvas.bold(name.replace("<br>", " ")), view.measure.full(value, language))
        ranks.append(Rank(name, view.measure.short(value, language), share, None, hover))
    return draw(ranks, theme, language)


def alt(view: RankingView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason or view.total <= 0:
        return say(view.reason or "charts.no_data", language)
    sums = list(accumulate(view.shares))
    most = vital(sums)
    return say(
        "shapes.ranking_alt",
        language,
        about=said(view.about, language),
        first=said(view.names[0], language),
        share=formats.share(view.shares[0], language),
        vital=most,
        all=len(view.names) + (view.rest[0] if view.rest else 0),
        sum=formats.share(sums[most - 1], language),
    )


def draw(ranks: Sequence[Rank], theme: Palette, language: Language) -> canvas.Figure:
    """The figure of some rows: those that make 80 % are drawn in full, the rest of the list is grey."""
    numbers = [
        beside.Numbers("", tuple(rank.count for rank in ranks), is_strong=True),
        beside.Numbers("", tuple("" if r.share is None else formats.share(r.share, language) for r in ranks)),
    ]
    entries = [("■", theme.data, say("charts.share", language)), ("●", theme.text, say("charts.running_sum", language))]
    layout = {
        "title": canvas.key(entries, theme),
        "margin": {"l": 4, "r": beside.margin(numbers), "t": 44, "b": 4},
        "barmode": "overlay",
        "bargap": 0.4,
        "xaxis": canvas.axis(theme, range=[0, 1.02], showticklabels=False),
        "yaxis": canvas.axis(
            theme,
            range=[len(ranks) - 0.5, -0.5],
            tickvals=list(range(len(ranks))),
            ticktext=[rank.name for rank in ranks],
        ),
        "annotations": _words(ranks, numbers, theme, language),
        "shapes": [
            {
                "type": "line", "x0": MOST, "x1": MOST, "y0": 0, "y1": 1, "yref": "paper", "layer": "below",
                "line": {"color": theme.grid, "width": 1, "dash": "4px,3px"},
            }
        ],
    }  # fmt: skip
    height = fitting.row_height([rank.name for rank in ranks], _ROW) * len(ranks) + 48
    return canvas.figure(_traces(ranks, theme), theme, language, height, layout)


def _words(
    ranks: Sequence[Rank], numbers: Sequence[beside.Numbers], theme: Palette, language: Language
) -> list[dict[str, Any]]:
    sign = formats.share(MOST, language)
    return [
        *beside.words(numbers, list(range(len(ranks))), theme),
        *(
            canvas.note(say("charts.gap", language), theme, x=0, y=place, xshift=4)
            for place, rank in enumerate(ranks)
            if rank.share is None
        ),
        canvas.note(sign, theme, x=MOST, y=1, yref="paper", yanchor="bottom", xanchor="center"),
    ]


def _traces(ranks: Sequence[Rank], theme: Palette) -> list[dict[str, Any]]:
    shares = [(place, rank.share) for place, rank in enumerate(ranks) if rank.share is not None]
    sums = [(place, rank.sum) for place, rank in enumerate(ranks) if rank.sum is not None]
    most = vital([total for _, total in sums])
    # The few that make 80 % are drawn in full; the line's dots and the numbers say the same without colour.
    colours = [
        theme.track if ranks[place].sum is None else theme.data if place < most else theme.ramp[3]
        for place, _ in shares
    ]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": [place for place, _ in shares],
        "x": [share for _, share in shares],
        "marker": {"color": colours, "cornerradius": 4},
        "hoverinfo": "skip",
    }
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "y": [place for place, _ in sums],
        "x": [total for _, total in sums],
        "line": {"color": theme.text, "width": 1.5},
        "marker": {"color": theme.text, "size": 6, "line": {"color": theme.surface, "width": 1}},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    touch = canvas.touch([ranks[place].hover for place, _ in shares], [place for place, _ in shares], 0, 1)
    return [bars, line, touch]


def _hover(view: RankingView, place: int, total: float, language: Language) -> str:
    colon = say("charts.colon", language)
    return canvas.lines(
        canvas.bold(spoken(view.names[place], language)),
        spoken(view.about, language) + colon + view.measure.full(view.values[place], language),
        say("charts.share", language) + colon + formats.share(view.shares[place], language, 1),
        say("charts.running_sum", language) + colon + formats.share(total, language, 1),
    )
