"""What lines are made of before they are drawn: panels below each other on one axis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from metrics.periods import Grain
from pages.kit.charts.words import Measure, Word

Role = Literal["data", "comparison", "plan", "other"]


@dataclass(frozen=True)
class Line:
    """One line: a value for each x, None = no data (a gap, never 0).

    role: "data" is what the chart is about, "comparison" what it is compared with (dashed grey), "plan" a target that
    moves (dashed amber), "other" one of several equals.
    """

    name: Word
    values: tuple[float | None, ...]
    role: Role = "other"


@dataclass(frozen=True)
class Panel:
    """Lines on one y axis. target: a fixed line; band: lowest and highest good value, None = open to that side.

    is_area: the lines are stacked areas, which add up to a whole.
    """

    title: Word | None
    measure: Measure
    lines: tuple[Line, ...]
    target: float | None = None
    band: tuple[float | None, float | None] | None = None
    is_area: bool = False


@dataclass(frozen=True)
class LinesView:
    """Panels below each other over the same xs: first days of buckets with a `grain`, or whole numbers (`x_name`).

    about: what is measured. marks: days to name, e.g. festivals and incidents. forecast_from: from this x on lines are
    drawn dashed. reason: text key when there is nothing to draw.
    """

    about: Word
    xs: tuple[date, ...] | tuple[int, ...]
    grain: Grain | None
    x_name: Word | None
    panels: tuple[Panel, ...]
    marks: tuple[tuple[date, Word], ...] = ()
    forecast_from: date | int | None = None
    reason: str | None = None
