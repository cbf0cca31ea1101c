"""One KPI through time: this period, the period it is compared with, the target, and the festivals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import polars as pl

from metrics.model import DisplayAs, Kpi, Language, Text, Unit
from metrics.periods import Grain
from pages.kit import formats
from pages.kit.charts import canvas, gaps, moments, spacing
from pages.kit.charts.palette import Palette
from pages.kit.text import say

Comparison = Literal["previous", "last_year"]
HEIGHT = 300
_LABELS_ON_A_PHONE = 5
# What the calendar puts behind the id of a festival on the days around it.
_RUN = "_run"
# What `metrics.views.trend` puts between the festivals of one bucket.
_BETWEEN = ", "
# The part of a phone's width that the name of a festival takes.
_FESTIVAL_WIDTH = 0.26
# A point stands out of its neighbours like a peak where they reach less than this part of it.
_STEEP = 0.7


@dataclass(frozen=True)
class TrendView:
    """A point a bucket of time, as many in each tuple; None = no data (never 0).

    days: the first day of each bucket. is_open: the bucket still grows, or the period cuts it short. reason: text key
    when there is nothing to draw.
    """

    name: Text
    unit: Unit | DisplayAs
    currency: str
    grain: Grain
    comparison_kind: Comparison
    days: tuple[date, ...]
    values: tuple[float | None, ...]
    comparison_days: tuple[date | None, ...]
    comparison: tuple[float | None, ...]
    targets: tuple[float | None, ...]
    festivals: tuple[str | None, ...]
    holidays: tuple[str | None, ...]
    is_open: tuple[bool, ...]
    reason: str | None

    @property
    def has_comparison(self) -> bool:
        """Whether any day of the comparison holds a value."""
        return any(value is not None for value in self.comparison)

    @property
    def has_target(self) -> bool:
        """Whether any day has a target."""
        return any(value is not None for value in self.targets)


def view(frame: pl.DataFrame, kpi: Kpi, currency: str, grain: Grain, comparison_kind: Comparison) -> TrendView:
    """The view model of the frame that `metrics.views.trend` returns. currency: ISO code of the base currency."""
    values = tuple(frame["value"].cast(pl.Float64).to_list())
    return TrendView(
        name=kpi.name,
        unit=kpi.shown_in,
        currency=currency,
        grain=grain,
        comparison_kind=comparison_kind,
        days=tuple(frame["period"].to_list()),
        values=values,
        comparison_days=tuple(frame["comparison_period"].to_list()),
        comparison=tuple(frame["comparison"].cast(pl.Float64).to_list()),
        targets=tuple(frame["target"].cast(pl.Float64).to_list()),
        festivals=tuple(frame["festival"].to_list()),
        holidays=tuple(frame["holiday"].to_list()),
        is_open=tuple(frame.select(pl.col("is_young") | ~pl.col("is_whole")).to_series().to_list()),
        reason=None if any(value is not None for value in values) else "charts.no_data",
    )


def figure(view: TrendView, theme: Palette, language: Language) -> canvas.Figure | None:
    """A line over a soft area, comparison dashed grey, target dashed amber; None when `view.reason` says why."""
    if view.reason:
        return None
    shown = [value for value in (*view.values, *view.comparison, *view.targets) if value is not None]
    levels = spacing.ticks(min(shown), max(shown))
    places = spacing.spread(len(view.days), _LABELS_ON_A_PHONE)
    layout = {
        "margin": {"l": 4, "r": 26, "t": 36, "b": 4},
        "title": canvas.key(_key(view, theme, language), theme),
        "hovermode": "x",
        "xaxis": canvas.axis(
            theme,
            type="date",
            range=[view.days[0].isoformat(), view.days[-1].isoformat()] if len(view.days) > 1 else None,
            tickvals=[view.days[place].isoformat() for place in places],
            ticktext=[moments.tick(view.days[place], view.grain, language) for place in places],
            showspikes=True,
            spikemode="across",
            spikethickness=1,
            spikedash="solid",
            spikecolor=theme.grid,
        ),
        "yaxis": canvas.axis(
            theme,
            has_grid=True,
            range=[levels[0], levels[-1] + (levels[-1] - levels[0]) * 0.03],
            tickvals=levels,
            ticktext=formats.axis(levels, view.unit, language, view.currency),
        ),
        "shapes": gaps.bands(view.days, view.values, theme),
        "annotations": gaps.words(view.days, view.values, theme, language),
    }
    return canvas.figure(_traces(view, theme, language), theme, language, HEIGHT, layout)


def alt(view: TrendView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason:
        return say(view.reason, language)
    known = [(value, day) for value, day in zip(view.values, view.days, strict=True) if value is not None]
    (lowest, low_day), (highest, high_day) = min(known), max(known)
    return say(
        "charts.trend_alt",
        language,
        name=view.name.say(language),
        days=formats.day_range(view.days[0], view.days[-1], language),
        highest=formats.short(highest, view.unit, language, view.currency),
        high_day=formats.day(high_day, language),
        lowest=formats.short(lowest, view.unit, language, view.currency),
        low_day=formats.day(low_day, language),
    )


def _traces(view: TrendView, theme: Palette, language: Language) -> list[dict[str, Any]]:
    days = [day.isoformat() for day in view.days]
    line = {"type": "scatter", "mode": "lines", "x": days, "hoverinfo": "skip"}
    traces = [_area(view, run, theme) for run in gaps.runs(view.values, is_known=True)]
    if view.has_comparison:
        dashed = {"color": theme.comparison, "width": 1.5, "dash": "3px,3px"}
        traces.append({**line, "y": list(view.comparison), "line": dashed})
    if view.has_target:
        dashed = {"color": theme.plan, "width": 1.5, "dash": "8px,4px", "shape": "hvh"}
        traces.append({**line, "y": list(view.targets), "line": dashed})
    traces.append(
        {
            **line,
            "mode": "lines+markers",
            "y": list(view.values),
            "line": {"color": theme.data, "width": 2},
            "marker": {
                "size": _dots(view),
                "color": [theme.surface if is_open else theme.data for is_open in view.is_open],
                "line": {"width": 1.5, "color": theme.data},
                "opacity": 1,
            },
            "cliponaxis": False,
            "hovertext": [_hover(view, place, language) for place in range(len(days))],
            "hoverinfo": "text",
        }
    )
    peaks = _peaks(view)
    return [*traces, _festivals(view, peaks, theme, language)] if peaks else traces


def _key(view: TrendView, theme: Palette, language: Language) -> list[tuple[str, str, str]]:
    entries = [("—", theme.data, say("charts.this_period", language))]
    if view.has_comparison:
        entries.append(("- - -", theme.comparison, say(f"charts.{view.comparison_kind}", language)))
    if view.has_target:
        entries.append(("– –", theme.plan, _target_name(view, language)))
    return entries


def _hover(view: TrendView, place: int, language: Language) -> str:
    def write(value: float | None) -> str:
        return formats.short(value, view.unit, language, view.currency)

    value, before, target = view.values[place], view.comparison[place], view.targets[place]
    colon = say("charts.colon", language)
    rows = [
        canvas.bold(moments.when(view.days[place], view.grain, language)),
        _festival(view.festivals[place], language) or _festival(view.holidays[place], language),
    ]
    name, exact = canvas.plain(view.name.say(language)), formats.full(value, view.unit, language, view.currency)
    rows.append(name + colon + (say("charts.gap", language) if value is None else exact))
    if view.has_comparison:
        day = formats.day(view.comparison_days[place], language)
        change = "" if not before or value is None else f" ({_change(value, before, view.unit, language)})"
        rows.append(say(f"charts.{view.comparison_kind}", language) + f" ({day})" + colon + write(before) + change)
    if target is not None:
        share = "" if not target or value is None else f" ({formats.share(value / target, language)})"
        rows.append(say("charts.plan", language) + colon + write(target) + share)
    if view.is_open[place] and value is not None:
        rows.append(say("charts.open", language))
    return canvas.lines(*rows)


def _change(value: float, before: float, unit: Unit | DisplayAs, language: Language) -> str:
    if unit == "percent":
        return formats.signed_points(value - before, language)
    return formats.signed_share(value / before - 1, language)


def _target_name(view: TrendView, language: Language) -> str:
    """The plan, with its amount where it is the same on all days as people read it."""
    written = {
        formats.short(target, view.unit, language, view.currency) for target in view.targets if target is not None
    }
    return " ".join([say("charts.plan", language), *(written if len(written) == 1 else ())])


def _festival(codes: str | None, language: Language) -> str:
    """The names of a bucket's festivals, each once: a week can hold several, and the run-up of one with its day."""
    found = [] if codes is None else [code.removesuffix(_RUN) for code in codes.split(_BETWEEN)]
    named = [canvas.named("festival", code, language) for code in dict.fromkeys(found)]
    return say("charts.comma", language).join(named)


def _has_festival(codes: str | None) -> bool:
    """Whether a bucket holds the day of a festival itself."""
    return codes is not None and any(not code.endswith(_RUN) for code in codes.split(_BETWEEN))


def _peaks(view: TrendView) -> list[int]:
    """The days of the festivals themselves; of festivals that crowd each other the one that sold more."""
    known = [
        (-value, place)
        for place, (value, codes) in enumerate(zip(view.values, view.festivals, strict=True))
        if value is not None and _has_festival(codes)
    ]
    peaks: list[int] = []
    for _, place in sorted(known):
        if all(abs(place - other) > len(view.days) * _FESTIVAL_WIDTH for other in peaks):
            peaks.append(place)
    return sorted(peaks)


def _festivals(view: TrendView, peaks: Sequence[int], theme: Palette, language: Language) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [view.days[peak].isoformat() for peak in peaks],
        "y": [view.values[peak] for peak in peaks],
        "text": [f"\u2002{canvas.bold(_festival(view.festivals[peak], language))}\u2002" for peak in peaks],
        "textposition": [_side(view, peak) for peak in peaks],
        "textfont": {"size": canvas.SMALL, "color": theme.text},
        "marker": {"size": 8, "color": theme.data, "line": {"width": 2, "color": theme.surface}},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _side(view: TrendView, place: int) -> str:
    """Where a name does not lie on the line: beside a steep peak, above any other point; never beyond the plot."""
    side = "left" if place > len(view.days) * (1 - _FESTIVAL_WIDTH) else "right"
    before, after = view.values[max(place - 1, 0) : place], view.values[place + 1 : place + 2]
    highest = max((value for value in (*before, *after) if value is not None), default=0.0)
    return f"middle {side}" if highest < _STEEP * (view.values[place] or 0.0) else f"top {side}"


def _dots(view: TrendView) -> list[int]:
    """A dot on a value that no line joins to a neighbour, and on one that is not final (hollow); 0 = none."""
    padded = [None, *view.values, None]
    return [
        6 if value is not None and (is_open or (padded[place] is None and padded[place + 2] is None)) else 0
        for place, (value, is_open) in enumerate(zip(view.values, view.is_open, strict=True))
    ]


def _area(view: TrendView, run: Sequence[int], theme: Palette) -> dict[str, Any]:
    # One area a run: a single one would fill the days without data too, as if they were known.
    return {
        "type": "scatter",
        "mode": "none",
        "x": [view.days[place].isoformat() for place in run],
        "y": [view.values[place] for place in run],
        "fill": "tozeroy",
        "fillcolor": theme.data_soft,
        "hoverinfo": "skip",
    }
