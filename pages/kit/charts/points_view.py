"""What a chart of points is made of before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pages.kit.charts.words import Measure, Word


@dataclass(frozen=True)
class Point:
    """One case. size: in the view's size measure, None = not known. facts: more about it, for the hover text."""

    name: Word
    x: float
    y: float
    size: float | None = None
    group: Word | None = None
    facts: tuple[tuple[Word, str], ...] = ()


@dataclass(frozen=True)
class Axis:
    """What an axis measures. guide: a value with a line through the plot, e.g. a target.

    A logarithmic axis leaves out points at 0 and below.
    """

    name: Word
    measure: Measure
    is_log: bool = False
    guide: float | None = None


@dataclass(frozen=True)
class PointsView:
    """Points over an x axis, or over time (x None: a point's x is `date.toordinal()`, and `dates` frames the axis).

    bands: lowest and highest y to expect, None = open to that side. reason: text key when there is nothing to draw.
    """

    about: Word
    points: tuple[Point, ...]
    x: Axis | None
    y: Axis
    size: tuple[Word, Measure] | None = None
    dates: tuple[date, ...] = ()
    bands: tuple[float | None, float | None] | None = None
    reason: str | None = None

    @property
    def drawn(self) -> tuple[Point, ...]:
        """The points that the axes can hold."""
        return tuple(
            point
            for point in self.points
            if not (self.x and self.x.is_log and point.x <= 0) and not (self.y.is_log and point.y <= 0)
        )

    @property
    def groups(self) -> list[Word | None]:
        """The groups in the order in which they come."""
        return list(dict.fromkeys(point.group for point in self.drawn))

    def place(self, point: Point) -> float | str:
        """A point's x as Plotly takes it."""
        return point.x if self.x else date.fromordinal(round(point.x)).isoformat()
