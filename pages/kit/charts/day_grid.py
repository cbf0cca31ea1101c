"""A calendar as a grid: one row a name, one column a day, week or month, shaded by how bad it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from metrics.model import Language
from metrics.periods import Grain
from pages.kit.charts import beside, canvas, fitting, moments
from pages.kit.charts.palette import Palette, as_scale
from pages.kit.charts.words import Measure, Word, said, spoken
from pages.kit.text import say

_ROW, _NAME, _HEAD, _SCALE = 24, 108, 30, 34


@dataclass(frozen=True)
class DayGridView:
    """One tuple of values a row, one value a day (the first of its bucket); None = no data, drawn as a gap.

    totals: what each row comes to over all days. reason: text key when there is nothing to draw.
    """

    about: Word
    rows: tuple[Word, ...]
    days: tuple[date, ...]
    grain: Grain
    values: tuple[tuple[float | None, ...], ...]
    totals: tuple[float | None, ...]
    measure: Measure
    reason: str | None = None


def figure(view: DayGridView, theme: Palette, language: Language) -> canvas.Figure | None:
    """The grid, its highest value the darkest; None when `view.reason` says why."""
    if view.reason:
        return None
    count = len(view.rows)
    totals = [beside.Numbers("", tuple(view.measure.short(value, language) for value in view.totals), is_strong=True)]
    highest = max((value for row in view.values for value in row if value is not None), default=0.0) or 1.0
    cells = {
        "type": "heatmap",
        "z": [list(row) for row in view.values],
        "zmin": 0,
        "zmax": highest,
        "xgap": 1,
        "ygap": 2,
        "colorscale": as_scale(theme.alarm),
        "hoverongaps": False,
        "hovertext": [
            [_hover(view, row, column, language) for column in range(len(view.days))] for row in range(count)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "colorbar": canvas.scale_below(
            [view.measure.short(end, language) for end in (0.0, highest)], [0.0, highest], theme
        ),
    }
    names = fitting.row_names(view.rows, language, _NAME)
    labels = [moments.tick(day, view.grain, language) for day in view.days]
    room = fitting.PHONE - max(map(fitting.widest_row, names)) - 14 - beside.margin(totals)
    ticks = fitting.labelled(labels, room)
    layout: dict[str, Any] = {
        "margin": {"l": 4, "r": beside.margin(totals), "t": _HEAD, "b": _SCALE},
        # A day that was not reported stays visible as a day.
        "plot_bgcolor": theme.track,
        "xaxis": canvas.axis(
            theme, side="top", range=[-0.5, len(view.days) - 0.5], tickvals=ticks,
            ticktext=[labels[place] for place in ticks],
        ),
        "yaxis": canvas.axis(
            theme, range=[count - 0.5, -0.5], tickvals=list(range(count)),
            ticktext=names,
            tickfont={"size": canvas.SMALL, "color": theme.text},
        ),
        "annotations": beside.words(totals, list(range(count)), theme),
    }  # fmt: skip
    return canvas.figure([cells], theme, language, fitting.row_height(names, _ROW) * count + _HEAD + _SCALE, layout)


def alt(view: DayGridView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason:
        return say(view.reason, language)
    ranked = sorted(enumerate(view.totals), key=lambda item: -(item[1] or 0.0))[:3]
    parts = [
        say("shapes.named", language, name=said(view.rows[row], language), value=view.measure.short(value, language))
        for row, value in ranked
    ]
    return say(
        "prd.grid_alt",
        language,
        about=said(view.about, language),
        first=moments.tick(view.days[0], view.grain, language),
        last=moments.tick(view.days[-1], view.grain, language),
        parts=say("charts.comma", language).join(parts),
    )


def _hover(view: DayGridView, row: int, column: int, language: Language) -> str:
    value, colon = view.values[row][column], say("charts.colon", language)
    written = say("charts.gap", language) if value is None else view.measure.full(value, language)
    return canvas.lines(
        canvas.bold(spoken(view.rows[row], language)),
        moments.when(view.days[column], view.grain, language),
        spoken(view.about, language) + colon + written,
    )
