"""The purchase funnel as bars: how many sessions reach each step, of all and of the step before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from metrics.model import Language
from pages.kit import formats, names
from pages.kit.charts import canvas
from pages.kit.charts.palette import Palette
from pages.kit.charts.steps import Reach, draw
from pages.kit.text import say


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
    labels = [canvas.named("funnel_step", step, language) for step in view.steps]
    reached = [
        Reach(
            label,
            formats.number(view.sessions[place], language),
            view.shares[place],
            view.conversions[place],
            view.sessions[place] is not None,
            _hover(view, labels, place, language),
        )
        for place, label in enumerate(labels)
    ]
    return draw(reached, theme, language)


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
