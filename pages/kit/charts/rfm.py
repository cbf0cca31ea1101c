"""The RFM grid: customers by how recently and how often they bought, shaded by what they brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from metrics.model import Language
from pages.kit import formats
from pages.kit.charts import canvas
from pages.kit.charts.palette import Palette
from pages.kit.charts.words import Coded, Measure, spoken
from pages.kit.text import say

_ROW = 44
_HIDDEN = "·"
_SCORES = range(1, 6)


@dataclass(frozen=True)
class Cell:
    """Customers of one pair of scores (None: hidden, too few), their revenue (None: not known), their segment."""

    customers: int | None
    revenue: float | None
    segment: str | None


@dataclass(frozen=True)
class RfmView:
    """cells by (recency, frequency), both 1 to 5; day of the snapshot; minimum: customers below which a cell hides."""

    day: date | None
    cells: dict[tuple[int, int], Cell]
    currency: str
    minimum: int
    reason: str | None

    @property
    def has_revenue(self) -> bool:
        """Whether any cell says what its customers brought."""
        return any(cell.revenue is not None for cell in self.cells.values())


def view(frame: pl.DataFrame, currency: str, minimum: int) -> RfmView:
    """The view model of the frame that `metrics.views.rfm.rfm_grid` returns."""
    cells = {
        (row["recency"], row["frequency"]): Cell(row["customers"], row["revenue"], row["segment"])
        for row in frame.iter_rows(named=True)
    }
    is_seen = any(cell.customers for cell in cells.values())
    return RfmView(
        day=frame["day"][0] if frame.height else None,
        cells=cells,
        currency=currency,
        minimum=minimum,
        reason=None if is_seen else "mkt.rfm_few" if cells else "mkt.no_rfm",
    )


def figure(view: RfmView, theme: Palette, language: Language) -> canvas.Figure | None:
    """Five rows of recency, five columns of frequency; in each cell customers and revenue; None: `view.reason`."""
    if view.reason:
        return None
    rows = [[view.cells[recency, frequency] for frequency in _SCORES] for recency in reversed(_SCORES)]
    shade = [[cell.revenue if view.has_revenue else cell.customers for cell in row] for row in rows]
    cells = {
        "type": "heatmap",
        "x": list(_SCORES),
        "y": [5, 4, 3, 2, 1],
        "z": [[None if value is None or not cell.customers else float(value) for value, cell in zip(*pair, strict=True)]
              for pair in zip(shade, rows, strict=True)],
        "zmin": 0,
        "xgap": 2,
        "ygap": 2,
        "colorscale": theme.scale,
        "showscale": False,
        "hoverongaps": False,
        "text": [[_written(cell, view, language) for cell in row] for row in rows],
        "texttemplate": "%{text}",
        "textfont": {"size": 10},
        "hovertext": [
            [_hover(view, recency, frequency, language) for frequency in _SCORES] for recency in reversed(_SCORES)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }  # fmt: skip

    def head(key: str) -> dict[str, Any]:
        return {"text": say(key, language), "font": {"size": canvas.SMALL, "color": theme.quiet}}

    layout = {
        "margin": {"l": 4, "r": 8, "t": 40, "b": 40},
        "xaxis": canvas.axis(theme, side="top", tickvals=list(_SCORES), title=head("mkt.frequency")),
        "yaxis": canvas.axis(theme, tickvals=list(_SCORES), title={**head("mkt.recency"), "standoff": 10}),
        "annotations": [*_dots(view, theme), _explanation(view, theme, language)],
    }
    return canvas.figure([cells], theme, language, _ROW * 5 + 84, layout)


def alt(view: RfmView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason:
        return say(view.reason, language)
    count = {place: cell.customers or 0 for place, cell in view.cells.items()}
    recency, frequency = max(count, key=lambda place: (count[place], place))
    return say(
        "mkt.rfm_alt",
        language,
        day=formats.full_day(view.day, language),
        customers=formats.number(sum(count.values()), language),
        most=formats.number(count[recency, frequency], language),
        recency=recency,
        frequency=frequency,
    )


def _written(cell: Cell, view: RfmView, language: Language) -> str:
    if not cell.customers:
        return ""
    money = None if cell.revenue is None else formats.money(cell.revenue, language, view.currency, 2)
    return canvas.lines(canvas.bold(formats.number(cell.customers, language)), money)


def _dots(view: RfmView, theme: Palette) -> list[dict[str, Any]]:
    """A dot in each cell that is hidden, so that it does not look like one without customers."""
    return [
        canvas.note(_HIDDEN, theme, x=frequency, y=recency, xanchor="center", yanchor="middle")
        for (recency, frequency), cell in view.cells.items()
        if cell.customers is None
    ]


def _explanation(view: RfmView, theme: Palette, language: Language) -> dict[str, Any]:
    key = "mkt.rfm_legend" if view.has_revenue else "mkt.rfm_legend_customers"
    words = say(key, language, day=formats.full_day(view.day, language), minimum=view.minimum)
    return canvas.note(words, theme, x=0, y=0, xref="paper", yref="paper", yanchor="top", yshift=-4)


def _hover(view: RfmView, recency: int, frequency: int, language: Language) -> str:
    cell, colon = view.cells[recency, frequency], say("charts.colon", language)
    title = say("mkt.rfm_cell", language, recency=recency, frequency=frequency)
    if cell.customers is None:
        return canvas.lines(canvas.bold(title), say("mkt.rfm_hidden", language, minimum=view.minimum))
    money = Measure("currency", view.currency).full(cell.revenue, language)
    return canvas.lines(
        canvas.bold(title),
        None if cell.segment is None else spoken(Coded("rfm_segment", cell.segment), language),
        say("mkt.customers", language) + colon + formats.full(cell.customers, "count", language, ""),
        None if cell.revenue is None else say("mkt.revenue_12m", language) + colon + money,
    )
