"""How long people wait, warehouse by warehouse: half of the parcels are done by p50, nine in ten by p90."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import polars as pl

from metrics.model import Language
from pages.kit import formats, names
from pages.kit.charts import canvas
from pages.kit.charts.palette import Palette
from pages.kit.text import say

_ROW = 32
_DAY_HOURS = 24
_MOST_PLACES = 8


@dataclass(frozen=True)
class Wait:
    """One warehouse's wait for one stage, in hours from payment. parcels: how many were measured."""

    warehouse: str
    p50: float
    p90: float
    parcels: int


@dataclass(frozen=True)
class LeadTimesView:
    """Per stage (`shipped`, `delivered`) the waits of the warehouses, in the frame's order."""

    stages: tuple[tuple[str, tuple[Wait, ...]], ...]
    reason: str | None

    @property
    def longest(self) -> float:
        """The largest p90 in hours."""
        return max(wait.p90 for _, waits in self.stages for wait in waits)


def view(frame: pl.DataFrame) -> LeadTimesView:
    """The view model of the frame that `metrics.views.lead_times` returns by warehouse; the eight with most parcels."""
    stages = []
    for stage in frame["stage"].unique(maintain_order=True).to_list():
        rows = frame.filter(pl.col("stage") == stage).head(_MOST_PLACES)
        waits = rows.select("warehouse", "p50", "p90", "parcels").iter_rows()
        stages.append((stage, tuple(Wait(*wait) for wait in waits)))
    return LeadTimesView(tuple(stages), None if stages else "charts.no_lead_times")


def figure(view: LeadTimesView, theme: Palette, language: Language) -> canvas.Figure | None:
    """Two blocks of dumbbells on one axis of hours; None when `view.reason` says why."""
    if view.reason:
        return None
    rows = _rows(view)
    ticks = _day_ticks(view.longest)
    known = [(place, wait) for place, wait in rows if isinstance(wait, Wait)]
    numbers = [(place, *_numbers(wait, language)) for place, wait in rows]
    layout = {
        "title": canvas.key(
            [("●", theme.data, say("charts.p50", language)), ("○", theme.data, say("charts.p90", language))], theme
        ),
        "margin": {"l": 4, "r": 128, "t": 30, "b": 4},
        "barmode": "overlay",
        "xaxis": canvas.axis(
            theme,
            has_grid=True,
            range=[0, view.longest * 1.06],
            tickvals=ticks,
            ticktext=["0", *(formats.hours(tick, language) for tick in ticks[1:])],
        ),
        "yaxis": canvas.axis(
            theme,
            range=[len(rows) - 0.4, -0.6],
            tickvals=[place for place, _ in known],
            ticktext=[canvas.named("warehouse", wait.warehouse, language) for _, wait in known],
        ),
        "annotations": [
            *canvas.columns(numbers, theme, first_width=58, second_width=66),
            *(_heading(place, stage, theme, language) for place, stage in rows if isinstance(stage, str)),
        ],
    }
    hover = [_hover(wait, language) for _, wait in known]
    touch = canvas.touch(hover, [place for place, _ in known], 0, view.longest)
    traces = [_bars(known, theme), _ends(known, theme), touch]
    return canvas.figure(traces, theme, language, _ROW * len(rows) + 56, layout)


def alt(view: LeadTimesView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason:
        return say(view.reason, language)
    slowest = []
    for stage, waits in view.stages:
        worst = max(waits, key=lambda wait: wait.p90)
        slowest.append(
            say(
                "charts.lead_times_alt_stage",
                language,
                stage=say(f"charts.stage.{stage}", language),
                warehouse=names.value("warehouse", worst.warehouse, language),
                p50=formats.hours(worst.p50, language),
                p90=formats.hours(worst.p90, language),
            )
        )
    return say("charts.lead_times_alt", language, stages=say("charts.semicolon", language).join(slowest))


def _rows(view: LeadTimesView) -> list[tuple[int, str | Wait]]:
    """The rows from above: each stage's name, below it its warehouses."""
    rows: list[str | Wait] = []
    for stage, waits in view.stages:
        rows += [stage, *waits]
    return list(enumerate(rows))


def _numbers(row: str | Wait, language: Language) -> tuple[str, str]:
    """The two columns beside a row; beside a stage's name what they hold."""
    if isinstance(row, str):
        return "p50", "p90"
    return formats.hours(row.p50, language), formats.hours(row.p90, language)


def _day_ticks(longest: float) -> list[float]:
    """Ticks at whole days, 0 and at most three more."""
    step = _DAY_HOURS * max(1, math.ceil(longest / _DAY_HOURS / 3))
    return [float(step * place) for place in range(math.floor(longest / step) + 1)]


def _bars(rows: list[tuple[int, Wait]], theme: Palette) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "y": [place for place, _ in rows],
        "base": [wait.p50 for _, wait in rows],
        "x": [wait.p90 - wait.p50 for _, wait in rows],
        "width": 0.16,
        "marker": {"color": theme.ramp[2]},
        "hoverinfo": "skip",
    }


def _ends(rows: list[tuple[int, Wait]], theme: Palette) -> dict[str, Any]:
    ends = [(place, hours) for place, wait in rows for hours in (wait.p50, wait.p90)]
    return {
        "type": "scatter",
        "mode": "markers",
        "y": [place for place, _ in ends],
        "x": [hours for _, hours in ends],
        "marker": {
            "size": 11,
            "color": [theme.data, theme.surface] * len(rows),
            "line": {"color": theme.data, "width": 2},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _hover(wait: Wait, language: Language) -> str:
    colon = say("charts.colon", language)
    return canvas.lines(
        canvas.bold(canvas.named("warehouse", wait.warehouse, language)),
        say("charts.p50", language) + colon + formats.hours(wait.p50, language),
        say("charts.p90", language) + colon + formats.hours(wait.p90, language),
        say("charts.parcels", language, n=formats.full(wait.parcels, "count", language, "")),
    )


def _heading(place: int, stage: str, theme: Palette, language: Language) -> dict[str, Any]:
    words = canvas.bold(say(f"charts.stage.{stage}", language))
    font = {"size": canvas.SMALL, "color": theme.text}
    return canvas.note(words, theme, x=0, xref="paper", y=place, yanchor="middle", font=font)
