"""Where visits and orders come from: the channels' shares of both, so that visits that do not buy stand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

import polars as pl

from metrics.model import Language
from metrics.periods import Grain
from metrics.views.rest import REST
from pages.kit import formats, names
from pages.kit.charts import canvas, gaps, moments, spacing
from pages.kit.charts.palette import Palette
from pages.kit.text import say

Rows = tuple[tuple[float | None, ...], ...]

_MARGIN = {"l": 4, "r": 156, "t": 28, "b": 26}
_PLOT_HEIGHT, _BETWEEN = 172, 40
_NAME_HEIGHT = 15
_LONGEST_NAME = 18
_LABELS_ON_A_PHONE = 3
_LEVELS = (0.0, 0.5, 1.0)
_SESSIONS = ("charts.sessions", "charts.share_of_sessions")
_ORDERS = ("charts.paid_orders", "charts.share_of_orders")
# Steps of the ramp from the largest channel on.
_SHADES = (8, 6, 5, 4, 3, 2, 1)


@dataclass(frozen=True)
class ChannelMixView:
    """The channels by falling size, the small ones together last.

    sessions, orders: one row a channel, one number a bucket of time; None = no data. Empty: not known by channel.
    reason: text key when there is nothing to draw.
    """

    grain: Grain
    days: tuple[date, ...]
    channels: tuple[str, ...]
    sessions: Rows
    orders: Rows
    reason: str | None


@dataclass(frozen=True)
class _Plot:
    """One of the two plots.

    what: text keys of what is counted, and of its share. rows: the counts; parts: their shares of each bucket's total;
    both None where nothing is known. shares: of the whole period. axis: the y axis; bottom, top: where it stands.
    """

    what: tuple[str, str]
    rows: Rows
    parts: Rows
    totals: tuple[float | None, ...]
    shares: tuple[float, ...]
    axis: str
    bottom: float
    top: float


def view(frame: pl.DataFrame, grain: Grain) -> ChannelMixView:
    """The view model of the frame that `metrics.views.channel_mix` returns."""
    channels, days = (frame[column].unique(maintain_order=True).to_list() for column in ("channel", "period"))
    sessions, orders = (_rows(frame, column, channels, days) for column in ("sessions", "orders"))
    return ChannelMixView(
        grain=grain,
        days=tuple(days),
        channels=tuple(channels),
        sessions=sessions,
        orders=orders,
        reason=None if sessions or orders else "charts.no_channels",
    )


def figure(view: ChannelMixView, theme: Palette, language: Language) -> canvas.Figure | None:
    """Shares of sessions above, of orders below, each channel named where its band ends; None with a `view.reason`."""
    if view.reason:
        return None
    plots = _plots(view)
    places = spacing.spread(len(view.days), _LABELS_ON_A_PHONE)
    days = [view.days[place] for place in places]
    layout: dict[str, Any] = {
        "margin": _MARGIN,
        "hovermode": "x",
        "xaxis": canvas.axis(
            theme,
            type="date",
            anchor=plots[-1].axis,
            tickvals=[day.isoformat() for day in days],
            ticktext=[moments.tick(day, view.grain, language) for day in days],
        ),
        "annotations": [words for plot in plots for words in _words(view, plot, theme, language)],
        "shapes": [
            band for plot in plots for band in gaps.bands(view.days, plot.totals, theme, f"{plot.axis} domain", "above")
        ],
    }
    for plot in plots:
        layout[plot.axis.replace("y", "yaxis")] = canvas.axis(
            theme,
            has_grid=True,
            domain=[plot.bottom, plot.top],
            range=[0, 1],
            tickvals=list(_LEVELS),
            ticktext=[formats.share(level, language) for level in _LEVELS],
        )
    traces = [trace for plot in plots for trace in _traces(view, plot, theme, language)]
    return canvas.figure(traces, theme, language, _height(len(plots)) + _MARGIN["t"] + _MARGIN["b"], layout)


def alt(view: ChannelMixView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason:
        return say(view.reason, language)
    shares = _shares(view.sessions or view.orders)
    parts = [
        f"{_name(channel, language)} {formats.share(part, language)}"
        for channel, part in zip(view.channels, shares, strict=True)
    ]
    what = say((_SESSIONS if view.sessions else _ORDERS)[0], language)
    mix = say("charts.mix_alt", language, what=what, parts=say("charts.comma", language).join(parts))
    if not (view.sessions and view.orders):
        return mix
    buying = _shares(view.orders)
    gap, place = max((visits - buys, place) for place, (visits, buys) in enumerate(zip(shares, buying, strict=True)))
    if gap <= 0:
        return mix
    return mix + say(
        "charts.mix_alt_gap",
        language,
        channel=_name(view.channels[place], language),
        visits=formats.share(shares[place], language),
        buys=formats.share(buying[place], language),
    )


def _plots(view: ChannelMixView) -> list[_Plot]:
    known = [(_SESSIONS, view.sessions), (_ORDERS, view.orders)]
    drawn = [(what, rows) for what, rows in known if rows]
    height = _height(len(drawn))
    plots = []
    for place, (what, rows) in enumerate(drawn):
        totals = _totals(rows)
        parts = tuple(tuple(map(_part, row, totals)) for row in rows)
        top = 1 - place * (_PLOT_HEIGHT + _BETWEEN) / height
        bottom = max(top - _PLOT_HEIGHT / height, 0.0)
        axis = "y" if place == 0 else f"y{place + 1}"
        plots.append(_Plot(what, rows, parts, totals, _shares(rows), axis, bottom, top))
    return plots


def _height(plots: int) -> int:
    return plots * _PLOT_HEIGHT + (plots - 1) * _BETWEEN


def _traces(view: ChannelMixView, plot: _Plot, theme: Palette, language: Language) -> list[dict[str, Any]]:
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": [day.isoformat() for day in view.days],
        "yaxis": plot.axis,
    }
    bands = [
        {
            **line,
            "y": list(parts),
            "stackgroup": plot.axis,
            "line": {"width": 1, "color": theme.surface},
            "fillcolor": _shade(channel, place, theme),
            "hoverinfo": "skip",
        }
        for place, (channel, parts) in enumerate(zip(view.channels, plot.parts, strict=True))
    ]
    touch = {
        **line,
        "y": [None if total is None else 1.0 for total in plot.totals],
        "line": {"width": 0, "color": theme.data},
        "hovertext": [_hover(view, plot, place, language) for place in range(len(view.days))],
        "hoverinfo": "text",
    }
    return [*bands, touch]


def _hover(view: ChannelMixView, plot: _Plot, place: int, language: Language) -> str:
    colon = say("charts.colon", language)
    counted = [
        f"{canvas.plain(_name(channel, language))}{colon}{formats.number(row[place], language)}"
        f" ({formats.share(parts[place], language)})"
        for channel, row, parts in zip(view.channels, plot.rows, plot.parts, strict=True)
    ]
    head = say(plot.what[0], language) + colon + formats.full(plot.totals[place], "count", language, "")
    # From above as the bands lie.
    return canvas.lines(canvas.bold(moments.when(view.days[place], view.grain, language)), head, *counted[::-1])


def _words(view: ChannelMixView, plot: _Plot, theme: Palette, language: Language) -> list[dict[str, Any]]:
    """The plot's title, each band's share and name beside its end, and where there are no data."""
    strong = {"size": canvas.SMALL, "color": theme.text}
    title = canvas.note(
        canvas.bold(say(plot.what[1], language)), theme, x=0, xref="paper", y=plot.top, yref="paper", yanchor="bottom",
        yshift=7, font=strong,
    )  # fmt: skip
    last = max(place for place, total in enumerate(plot.totals) if total)
    ends = [parts[last] or 0.0 for parts in plot.parts]
    middles = [top - end / 2 for top, end in zip(accumulate(ends), ends, strict=True)]
    # Thin bands lie closer than their names are high.
    heights = spacing.apart(middles, _NAME_HEIGHT / _PLOT_HEIGHT, 1.0)
    bands = []
    for place, (channel, height) in enumerate(zip(view.channels, heights, strict=True)):
        mark = f"<span style='color:{_shade(channel, place, theme)}'>■</span>"
        share, name = formats.share(plot.shares[place], language), canvas.plain(_name(channel, language))
        words = f"{mark} {canvas.bold(share)} {name}"
        at = {"x": 1, "xref": "paper", "xshift": 4, "y": height, "yref": plot.axis, "yanchor": "middle"}
        bands.append(canvas.note(words, theme, **at))
    return [title, *bands, *gaps.words(view.days, plot.totals, theme, language, f"{plot.axis} domain")]


def _part(value: float | None, total: float | None) -> float | None:
    """A count's part of the total; 0 where nobody came at all, None where nothing is known."""
    if total is None:
        return None
    return (value or 0.0) / total if total else 0.0


def _shade(channel: str, place: int, theme: Palette) -> str:
    return theme.grid if channel == REST else theme.ramp[_SHADES[min(place, len(_SHADES) - 1)]]


def _name(channel: str, language: Language) -> str:
    if channel == REST:
        return say("charts.other_channels", language)
    name = names.value("marketing_channel", channel, language)
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _totals(rows: Rows) -> tuple[float | None, ...]:
    columns = [[value for value in column if value is not None] for column in zip(*rows, strict=True)]
    return tuple(sum(column) if column else None for column in columns)


def _shares(rows: Rows) -> tuple[float, ...]:
    sums = [sum(value for value in row if value is not None) for row in rows]
    return tuple(part / (sum(sums) or 1) for part in sums)


def _rows(frame: pl.DataFrame, column: str, channels: Sequence[str], days: Sequence[date]) -> Rows:
    """One row a channel; none at all where no value is above 0."""
    found = {(channel, day): value for channel, day, value in frame.select("channel", "period", column).iter_rows()}
    rows = tuple(tuple(found.get((channel, day)) for day in days) for channel in channels)
    return rows if any(value for row in rows for value in row) else ()
