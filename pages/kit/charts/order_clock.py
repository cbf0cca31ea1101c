"""When people order: weekdays by hours of the day, in the company's time zone."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from metrics.model import Language
from pages.kit import formats
from pages.kit.charts import canvas
from pages.kit.charts.palette import Palette
from pages.kit.text import say

_HEIGHT = 290
_WEEKDAYS = range(1, 8)
_HOURS = range(24)


@dataclass(frozen=True)
class OrderClockView:
    """Average orders an hour: seven rows (Monday first) of 24 hours; None = that weekday is not in the period."""

    orders: tuple[tuple[float | None, ...], ...]
    reason: str | None

    @property
    def peak(self) -> tuple[int, int, float]:
        """The busiest hour as (ISO weekday, hour, average orders)."""
        cells = [
            (count, -day, -hour)
            for day, row in zip(_WEEKDAYS, self.orders, strict=True)
            for hour, count in enumerate(row)
            if count is not None
        ]
        count, day, hour = max(cells)
        return -day, -hour, count


def view(frame: pl.DataFrame) -> OrderClockView:
    """The view model of the frame that `metrics.views.order_clock` returns."""
    cells = {(day, hour): count for day, hour, count in frame.select("weekday", "hour", "orders").iter_rows()}
    orders = tuple(tuple(_number(cells.get((day, hour))) for hour in _HOURS) for day in _WEEKDAYS)
    has_orders = any(count for row in orders for count in row)
    return OrderClockView(orders, None if has_orders else "charts.no_orders")


def figure(view: OrderClockView, theme: Palette, language: Language) -> canvas.Figure | None:
    """A heat map with its scale below; None when `view.reason` says why."""
    if view.reason:
        return None
    day, hour, most = view.peak
    names = [formats.weekday(day, language) for day in _WEEKDAYS]
    hover = [[_hover(view, day, hour, language) for hour in _HOURS] for day in _WEEKDAYS]
    cells = {
        "type": "heatmap",
        "z": [list(row) for row in view.orders],
        "x": list(_HOURS),
        "y": names,
        "zmin": 0,
        "zmax": most,
        "xgap": 2,
        "ygap": 2,
        "colorscale": theme.scale,
        "colorbar": canvas.scale_below(["0", formats.number(most, language)], [0, most], theme),
        "hoverongaps": False,
        "text": hover,
        "hovertemplate": "%{text}<extra></extra>",
    }
    peak = {
        "type": "scatter",
        "mode": "markers",
        "x": [hour],
        "y": [names[day - 1]],
        "marker": {"symbol": "circle", "size": 5, "color": theme.surface},
        "hoverinfo": "skip",
    }
    layout = {
        "margin": {"l": 4, "r": 8, "t": 8, "b": 62},
        "xaxis": canvas.axis(
            theme, tickvals=list(range(0, 24, 3)), ticktext=[f"{hour:02}" for hour in range(0, 24, 3)]
        ),
        "yaxis": canvas.axis(theme, autorange="reversed"),
    }
    return canvas.figure([cells, peak], theme, language, _HEIGHT, layout)


def alt(view: OrderClockView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason:
        return say(view.reason, language)
    day, hour, most = view.peak
    return say(
        "charts.order_clock_alt",
        language,
        day=formats.weekday(day, language),
        hours=_span(hour),
        count=formats.number(most, language),
    )


def _hover(view: OrderClockView, day: int, hour: int, language: Language) -> str:
    count = view.orders[day - 1][hour]
    average = say("charts.orders_an_hour", language, n=formats.number(count, language))
    return canvas.lines(canvas.bold(f"{formats.weekday(day, language)} {_span(hour)}"), average)


def _span(hour: int) -> str:
    return f"{hour:02}:00–{hour + 1:02}:00"


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
