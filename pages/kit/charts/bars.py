"""Bars: stacked, as shares of a whole, side by side, or as bullets against a plan; with numbers beside the rows."""

from __future__ import annotations

from metrics.model import Language
from pages.kit.charts import bars_across, bars_upright, canvas
from pages.kit.charts.bars_view import BarsView, Mode, Series, Side, Tone
from pages.kit.charts.palette import Palette
from pages.kit.charts.words import said
from pages.kit.text import say

__all__ = ["BarsView", "Mode", "Series", "Side", "Tone", "alt", "figure"]

_MOST_SAID = 6


def figure(view: BarsView, theme: Palette, language: Language) -> canvas.Figure | None:
    """The bars with their names and numbers; None when `view.reason` says why."""
    if view.reason or not view.has_values:
        return None
    draw = bars_upright.figure if view.is_vertical else bars_across.figure
    return draw(view, theme, language)


def alt(view: BarsView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason or not view.has_values:
        return say(view.reason or "charts.no_data", language)
    lead = view.totals if view.totals and view.mode in ("stacked", "share") else view.sums
    known = [(value, place) for place, value in enumerate(lead) if value is not None]
    if not view.is_vertical:
        known = known[:_MOST_SAID]
    elif len(known) > _MOST_SAID:
        # Of many days the highest, the lowest and the last.
        known = [max(known), min(known), known[-1]]
    parts = [_part(view, place, value, language) for value, place in known]
    more = len(view.categories) - len(parts)
    return say(
        "shapes.bars_alt" if view.is_vertical or more <= 0 else "shapes.bars_alt_more",
        language,
        about=said(view.about, language),
        parts=say("charts.semicolon", language).join(parts),
        more=more,
    )


def _part(view: BarsView, place: int, value: float, language: Language) -> str:
    name = said(view.moment(place), language)
    if view.mode == "bullet" and len(view.series) > 1:
        plan = view.measure.short(view.series[1].values[place], language)
        actual = view.measure.short(view.series[0].values[place], language)
        return say("shapes.named_plan", language, name=name, value=actual, plan=plan)
    return say("shapes.named", language, name=name, value=view.measure.short(value, language))
