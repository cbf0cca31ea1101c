"""What moved sales: from the GMV of the period before to this one's, through the drivers whose product it is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import polars as pl

from metrics.compare import MATERIAL_SHARE
from metrics.model import Language
from metrics.views.driver_tree import REST, SALES
from pages.kit import formats, names
from pages.kit.charts import canvas
from pages.kit.charts.palette import Palette
from pages.kit.charts.trend import Comparison
from pages.kit.text import say

_ROW = 40


@dataclass(frozen=True)
class DriverTreeView:
    """Money from `before` to `after`; the known contributions add up to the difference.

    befores, afters: the drivers' own values (sessions, shares of 0 to 1, money an order); None = no data. `rest`, the
    last driver where one is unknown, holds what the unknown ones brought together. reason: text key when there is
    nothing to draw.
    """

    currency: str
    comparison_kind: Comparison
    before: float
    after: float
    drivers: tuple[str, ...]
    contributions: tuple[float | None, ...]
    befores: tuple[float | None, ...]
    afters: tuple[float | None, ...]
    reason: str | None

    @property
    def levels(self) -> tuple[float, ...]:
        """Where the way stands before the first driver and after each; the last is `after`."""
        return tuple(accumulate((contribution or 0.0 for contribution in self.contributions), initial=self.before))


def view(frame: pl.DataFrame, currency: str, comparison_kind: Comparison) -> DriverTreeView:
    """The view model of the frame that `metrics.views.driver_tree` returns. currency: ISO code."""
    total = frame.row(by_predicate=pl.col("driver") == SALES, named=True)
    drivers = frame.filter(~pl.col("driver").is_in([SALES, REST]))
    parts = frame.filter(pl.col("driver") != SALES)
    is_known = total["contribution"] is not None and drivers["contribution"].null_count() < drivers.height
    return DriverTreeView(
        currency=currency,
        comparison_kind=comparison_kind,
        before=total["before"] or 0.0,
        after=total["after"] or 0.0,
        drivers=tuple(parts["driver"].to_list()),
        contributions=tuple(parts["contribution"].to_list()),
        befores=tuple(parts["before"].to_list()),
        afters=tuple(parts["after"].to_list()),
        reason=None if is_known else "charts.drivers_missing",
    )


def figure(view: DriverTreeView, theme: Palette, language: Language) -> canvas.Figure | None:
    """A waterfall that runs down the rows; None when `view.reason` says why.

    The two totals are marks, not bars: the axis does not begin at 0, and only a bar's length would need that.
    """
    if view.reason:
        return None
    count = len(view.drivers)
    labels = [
        say(f"charts.{view.comparison_kind}", language),
        *(canvas.named("driver", driver, language) for driver in view.drivers),
        say("charts.this_period", language),
    ]
    low, high = min(view.levels), max(view.levels)
    room = (high - low) * 0.06 or abs(high) * 0.02 or 1.0
    ends = (low - room, high + room)
    layout = {
        "margin": {"l": 4, "r": 136, "t": 4, "b": 4},
        "barmode": "overlay",
        "bargap": 0.4,
        "xaxis": canvas.axis(theme, range=list(ends), showticklabels=False),
        "yaxis": canvas.axis(
            theme,
            range=[count + 1.5, -0.5],
            tickvals=list(range(count + 2)),
            ticktext=labels,
            tickfont={"color": theme.quiet},
        ),
        "annotations": canvas.columns(_numbers(view, language), theme, first_width=76, second_width=54),
        "shapes": [*_connectors(view, theme), *_totals(view, theme)],
    }
    hover = [_hover(view, place, labels[place + 1], language) for place in range(count)]
    traces = [_bars(view, theme), canvas.touch(hover, range(1, count + 1), *ends)]
    return canvas.figure(traces, theme, language, _ROW * (count + 2) + 8, layout)


def alt(view: DriverTreeView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason:
        return say(view.reason, language)
    parts = [
        f"{names.value('driver', driver, language)} {formats.signed(amount, 'currency', language, view.currency)}"
        for driver, amount in zip(view.drivers, view.contributions, strict=True)
    ]
    return say(
        "charts.driver_tree_alt",
        language,
        before=formats.money(view.before, language, view.currency, 4),
        after=formats.money(view.after, language, view.currency, 4),
        parts=say("charts.comma", language).join(parts),
    )


def _numbers(view: DriverTreeView, language: Language) -> list[tuple[str | float, str, str]]:
    """Beside each row its money, and for a driver how far it moved itself."""
    rows: list[tuple[str | float, str, str]] = [(0, formats.money(view.before, language, view.currency, 4), "")]
    for place, contribution in enumerate(view.contributions, start=1):
        before, after = view.befores[place - 1], view.afters[place - 1]
        amount = formats.signed(contribution, "currency", language, view.currency)
        rows.append((place, amount, _moved(before, after, language)))
    total = formats.money(view.after, language, view.currency, 4)
    return [*rows, (len(view.drivers) + 1, total, _moved(view.before, view.after, language))]


def _moved(before: float | None, after: float | None, language: Language) -> str:
    return formats.signed_share(after / before - 1, language) if before and after is not None else ""


def _bars(view: DriverTreeView, theme: Palette) -> dict[str, Any]:
    places = range(len(view.drivers))
    return {
        "type": "bar",
        "orientation": "h",
        "y": [place + 1 for place in places],
        "base": list(view.levels[:-1]),
        "x": [contribution or 0.0 for contribution in view.contributions],
        "marker": {"color": [_colour(view, place, theme) for place in places], "cornerradius": 3},
        "hoverinfo": "skip",
    }


def _colour(view: DriverTreeView, place: int, theme: Palette) -> str:
    contribution = view.contributions[place] or 0.0
    if abs(contribution) < MATERIAL_SHARE * abs(view.before):
        return theme.comparison
    return theme.good if contribution > 0 else theme.bad


def _hover(view: DriverTreeView, place: int, name: str, language: Language) -> str:
    driver, before, after = view.drivers[place], view.befores[place], view.afters[place]
    moved = None
    if before is not None and after is not None:
        moved = f"{_written(before, driver, view, language)} → {_written(after, driver, view, language)}"
    amount = formats.signed(view.contributions[place], "currency", language, view.currency)
    contribution = say("charts.contribution", language) + say("charts.colon", language) + amount
    return canvas.lines(canvas.bold(name), moved, contribution, say(f"charts.driver_means.{driver}", language))


def _written(value: float, driver: str, view: DriverTreeView, language: Language) -> str:
    if driver == "sessions":
        return formats.number(value, language)
    if driver == "basket":
        return formats.full(value, "currency", language, view.currency)
    return formats.share(value, language, 2)


def _connectors(view: DriverTreeView, theme: Palette) -> list[dict[str, Any]]:
    line = {"color": theme.comparison, "width": 1, "dash": "dot"}
    return [
        {"type": "line", "x0": level, "x1": level, "y0": place + 0.3, "y1": place + 0.7, "line": line}
        for place, level in enumerate(view.levels)
    ]


def _totals(view: DriverTreeView, theme: Palette) -> list[dict[str, Any]]:
    last = len(view.drivers) + 1
    ends = ((0, view.before, theme.comparison), (last, view.after, theme.data))
    return [
        {
            "type": "line",
            "x0": level,
            "x1": level,
            "y0": place - 0.3,
            "y1": place + 0.3,
            "line": {"color": colour, "width": 4},
        }
        for place, level, colour in ends
    ]
