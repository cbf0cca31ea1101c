"""Days without data on a time axis: they are left empty and say so, never drawn as 0."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, Literal

from metrics.model import Language
from pages.kit.charts import canvas
from pages.kit.charts.palette import Palette
from pages.kit.text import say

# The part of the width that the words need, upright and as they are read.
_UPRIGHT, _WIDE = 0.04, 0.3


def runs(values: Sequence[float | None], *, is_known: bool) -> list[list[int]]:
    """The places of each unbroken run of values that are known (or missing)."""
    found = groupby(range(len(values)), key=lambda place: values[place] is not None)
    return [list(places) for has_value, places in found if has_value == is_known]


def bands(
    days: Sequence[date],
    values: Sequence[float | None],
    theme: Palette,
    yref: str = "paper",
    layer: Literal["above", "below"] = "below",
) -> list[dict[str, Any]]:
    """A grey band for each run of days without a value, from the last known day to the next.

    layer: "above" hides what is drawn there, such as a stacked area, which falls to 0 in a gap.
    """
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": yref,
            "x0": days[max(run[0] - 1, 0)].isoformat(),
            "x1": days[min(run[-1] + 1, len(days) - 1)].isoformat(),
            "y0": 0,
            "y1": 1,
            "fillcolor": theme.track,
            "line": {"width": 0},
            "layer": layer,
        }
        for run in runs(values, is_known=False)
    ]


def words(
    days: Sequence[date], values: Sequence[float | None], theme: Palette, language: Language, yref: str = "paper"
) -> list[dict[str, Any]]:
    """The words "no data" in each band that is wide enough for it, upright in a narrow one."""
    return [
        canvas.note(
            say("charts.gap", language),
            theme,
            x=days[(run[0] + run[-1]) // 2].isoformat(),
            y=1,
            yref=yref,
            yanchor="top",
            yshift=-4,
            xanchor="center",
            textangle=0 if len(run) > len(days) * _WIDE else -90,
            font={"size": 10, "color": theme.quiet},
        )
        for run in runs(values, is_known=False)
        if len(run) > len(days) * _UPRIGHT
    ]
