"""Who comes back: of the customers of each first-order month, how many order again in the months after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from metrics.model import Language
from pages.kit import formats
from pages.kit.charts import canvas
from pages.kit.charts.palette import Palette
from pages.kit.text import say

_ROW = 25
_MOST_MONTHS = 12
_HIDDEN = "·"


@dataclass(frozen=True)
class CohortsView:
    """One row a first-order month, newest last; one column a month since, from 1.

    rates: 0 to 100, None where the month is not over or the cohort is hidden. sizes: customers of the month; None =
    hidden, because they are fewer than `minimum`.
    """

    months: tuple[date, ...]
    sizes: tuple[int | None, ...]
    rates: tuple[tuple[float | None, ...], ...]
    is_hidden: tuple[tuple[bool, ...], ...]
    minimum: int
    reason: str | None


def view(frame: pl.DataFrame, minimum: int) -> CohortsView:
    """The view model of the frame that `metrics.views.cohorts` returns: the latest 12 months that say anything.

    minimum: the customers below which the frame hides a cohort.
    """
    cells = frame.filter(pl.col("rate").is_not_null() | pl.col("is_hidden"), pl.col("months_since") <= _MOST_MONTHS)
    months = cells["cohort"].unique().sort().to_list()[-_MOST_MONTHS:]
    found = {(row["cohort"], row["months_since"]): row for row in cells.iter_rows(named=True)}
    shown = cells.filter(pl.col("cohort").is_in(months))["months_since"].unique().sort().to_list()
    grid = [[found.get((month, since), {}) for since in range(1, max(shown, default=0) + 1)] for month in months]
    sizes = [[cell["customers"] for cell in row if cell.get("customers") is not None] for row in grid]
    return CohortsView(
        months=tuple(months),
        sizes=tuple(size[0] if size else None for size in sizes),
        rates=tuple(tuple(cell.get("rate") for cell in row) for row in grid),
        is_hidden=tuple(tuple(bool(cell.get("is_hidden")) for cell in row) for row in grid),
        minimum=minimum,
        reason=None if cells["rate"].count() else "charts.no_cohorts",
    )


def figure(view: CohortsView, theme: Palette, language: Language) -> canvas.Figure | None:
    """A heat map with the rate in each cell; None when `view.reason` says why."""
    if view.reason:
        return None
    columns = list(range(1, len(view.rates[0]) + 1))
    most = max(rate for row in view.rates for rate in row if rate is not None) or 1.0
    cells = {
        "type": "heatmap",
        "z": [list(row) for row in view.rates],
        "x": columns,
        "y": [formats.month(month, language) for month in view.months],
        "zmin": 0,
        "zmax": most,
        "xgap": 2,
        "ygap": 2,
        "colorscale": theme.scale,
        "showscale": False,
        "hoverongaps": False,
        "text": [[_short(rate, language) for rate in row] for row in view.rates],
        "texttemplate": "%{text}",
        "textfont": {"size": 10},
        "hovertext": [[_hover(view, row, column, language) for column in columns] for row in range(len(view.months))],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    layout = {
        "margin": {"l": 4, "r": 8, "t": 22, "b": 36},
        "xaxis": canvas.axis(theme, side="top", tickvals=columns, ticktext=[str(column) for column in columns]),
        "yaxis": canvas.axis(theme, autorange="reversed"),
        "annotations": [*_dots(view, theme, language), _explanation(view, theme, language)],
    }
    return canvas.figure([cells], theme, language, _ROW * len(view.months) + 66, layout)


def alt(view: CohortsView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason:
        return say(view.reason, language)
    first = [(row[0], month) for row, month in zip(view.rates, view.months, strict=True) if row[0] is not None]
    if not first:
        return say("charts.cohorts_alt_few", language)
    (worst, worst_month), (best, best_month) = min(first), max(first)
    return say(
        "charts.cohorts_alt",
        language,
        best=formats.percent(best, language, 1),
        best_month=formats.month(best_month, language),
        worst=formats.percent(worst, language, 1),
        worst_month=formats.month(worst_month, language),
    )


def _dots(view: CohortsView, theme: Palette, language: Language) -> list[dict[str, Any]]:
    """A dot in each cell that is hidden, so that it does not look like a month still to come."""
    return [
        canvas.note(_HIDDEN, theme, x=column, y=formats.month(month, language), xanchor="center")
        for month, row in zip(view.months, view.is_hidden, strict=True)
        for column, is_hidden in enumerate(row, start=1)
        if is_hidden
    ]


def _explanation(view: CohortsView, theme: Palette, language: Language) -> dict[str, Any]:
    words = say("charts.cohorts_legend", language, minimum=view.minimum)
    return canvas.note(words, theme, x=0, y=0, xref="paper", yref="paper", yanchor="top", yshift=-6)


def _hover(view: CohortsView, row: int, column: int, language: Language) -> str:
    size, rate = view.sizes[row], view.rates[row][column - 1]
    return canvas.lines(
        canvas.bold(say("charts.cohort_of", language, month=formats.month(view.months[row], language))),
        say("charts.cohort_size", language, n=formats.full(size, "count", language, "")),
        say("charts.cohort_rate", language, n=column, rate=formats.percent(rate, language, 1)),
    )


def _short(rate: float | None, language: Language) -> str:
    if rate is None:
        return ""
    return formats.percent(rate, language, 1 if rate < 10 else 0).removesuffix("%")
