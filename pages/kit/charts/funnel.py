"""The purchase funnel as bars: how many sessions reach each step, of all and of the step before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from metrics.model import Language
from pages.kit import formats, names
from pages.kit.charts import canvas
from pages.kit.charts.palette import Palette
from pages.kit.text import say

_ROW = 46
# A step conversion stands right of its bar; in a bar longer than this it would leave the groove, so it stands inside.
_LONG_BAR = 0.72


@dataclass(frozen=True)
class FunnelView:
    """The steps from first to last with their sessions; None = a step the files do not carry.

    shares: of the sessions of the same files; conversions: of the step before (None for the first); both 0 to 1.
    """

    steps: tuple[str, ...]
    sessions: tuple[float | None, ...]
    shares: tuple[float | None, ...]
    conversions: tuple[float | None, ...]
    reason: str | None


def devices(frame: pl.DataFrame) -> tuple[str, ...]:
    """The devices a reader can choose from, by falling sessions; all together is no device."""
    return tuple(frame["device"].drop_nulls().unique(maintain_order=True).to_list())


def view(frame: pl.DataFrame, device: str | None = None) -> FunnelView:
    """The view model of one device, or of all together (None), from the frame that `metrics.views.funnel` returns."""
    rows = frame.filter(pl.col("device").eq_missing(pl.lit(device)))
    sessions = tuple(rows["sessions"].to_list())
    return FunnelView(
        steps=tuple(rows["step"].to_list()),
        sessions=sessions,
        shares=tuple(rows["share_of_sessions"].to_list()),
        conversions=tuple(rows["share_of_previous"].to_list()),
        reason=None if any(sessions[:1]) else "charts.no_sessions",
    )


def figure(view: FunnelView, theme: Palette, language: Language) -> canvas.Figure | None:
    """Bars in grooves of equal length, count and share beside them; None when `view.reason` says why."""
    if view.reason:
        return None
    places = list(range(len(view.steps)))
    labels = [canvas.named("funnel_step", step, language) for step in view.steps]
    rows = [
        (place, formats.number(view.sessions[place], language), formats.share(view.shares[place], language, 1))
        for place in places
    ]
    layout = {
        "margin": {"l": 4, "r": 118, "t": 4, "b": 4},
        "barmode": "overlay",
        "bargap": 0.44,
        "xaxis": canvas.axis(theme, range=[0, 1], showticklabels=False),
        "yaxis": canvas.axis(
            theme, range=[len(places) - 0.5, -0.5], tickvals=places, ticktext=labels, tickfont={"color": theme.quiet}
        ),
        "annotations": [*canvas.columns(rows, theme), *_step_conversions(view, theme, language)],
    }
    return canvas.figure(_bars(view, labels, theme, language), theme, language, _ROW * len(places) + 8, layout)


def alt(view: FunnelView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason:
        return say(view.reason, language)
    last = next(place for place in range(len(view.steps) - 1, -1, -1) if view.sessions[place] is not None)
    known = [(rate, place) for place, rate in enumerate(view.conversions) if rate is not None]
    if not known:
        return say("charts.funnel_alt_one", language, count=formats.number(view.sessions[0], language))
    rate, worst = min(known)
    return say(
        "charts.funnel_alt",
        language,
        count=formats.number(view.sessions[0], language),
        share=formats.share(view.shares[last], language, 1),
        last=names.value("funnel_step", view.steps[last], language),
        worst=names.value("funnel_step", view.steps[worst], language),
        before=names.value("funnel_step", view.steps[worst - 1], language),
        rate=formats.share(rate, language),
    )


def _bars(view: FunnelView, labels: Sequence[str], theme: Palette, language: Language) -> list[dict[str, Any]]:
    places = list(range(len(labels)))
    bar = {"type": "bar", "orientation": "h", "y": places}
    groove = {
        **bar,
        "x": [1] * len(places),
        "marker": {"color": theme.track, "cornerradius": 5},
        "hovertext": [_hover(view, labels, place, language) for place in places],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    reached = {
        **bar,
        "x": [None if share is None else min(share, 1.0) for share in view.shares],
        "marker": {"color": theme.data, "cornerradius": 5},
        "hoverinfo": "skip",
    }
    return [groove, reached]


def _hover(view: FunnelView, labels: Sequence[str], place: int, language: Language) -> str:
    colon = say("charts.colon", language)
    conversion = view.conversions[place]
    step = None
    if conversion is not None:
        step = say("charts.of_step", language, name=labels[place - 1]) + colon + formats.share(conversion, language, 1)
    return canvas.lines(
        canvas.bold(labels[place]),
        say("charts.sessions", language) + colon + formats.full(view.sessions[place], "count", language, ""),
        say("charts.of_all_sessions", language) + colon + formats.share(view.shares[place], language, 1),
        step,
    )


def _step_conversions(view: FunnelView, theme: Palette, language: Language) -> list[dict[str, Any]]:
    words = []
    for place, (rate, share) in enumerate(zip(view.conversions, view.shares, strict=True)):
        if view.sessions[place] is None:
            words.append(canvas.note(say("charts.gap", language), theme, x=0, y=place, xshift=6))
        if rate is None or share is None:
            continue
        text = formats.share(rate, language)
        if share > _LONG_BAR:
            inside = {"size": canvas.SMALL, "color": theme.on_data}
            words.append(canvas.note(text, theme, x=min(share, 1.0), y=place, xanchor="right", xshift=-6, font=inside))
        else:
            words.append(canvas.note(text, theme, x=share, y=place, xshift=5))
    return words
