"""One KPI through time, a line for each value of a dimension."""

from __future__ import annotations

from datetime import date

import polars as pl

from metrics.model import Kpi
from metrics.periods import Grain
from metrics.targets import TargetStatus
from metrics.views.series import SEGMENT
from pages.kit.charts.lines import Line, LinesView, Panel, Role
from pages.kit.charts.palette import MOST_EQUALS
from pages.kit.charts.words import Coded, Measure, Word

NOTHING = "charts.no_data"


def over_time(
    frame: pl.DataFrame, kpi: Kpi, dimension: str, about: Word, grain: Grain, target: TargetStatus
) -> LinesView:
    """The view model of a frame that `metrics.views.series` returns for one KPI by one dimension."""
    days = tuple(frame["period"].unique().sort())
    lines = []
    segments = frame[SEGMENT].unique(maintain_order=True)
    for place, segment in enumerate(segments):
        known = dict(frame.filter(pl.col(SEGMENT) == segment).select("period", kpi.id).iter_rows())
        # Of more lines than there are colours the first, which is the largest, stands out.
        role: Role = "data" if place == 0 and len(segments) > MOST_EQUALS else "other"
        lines.append(Line(Coded(dimension, segment), tuple(known.get(day) for day in days), role))
    band = None if target.low is None and target.high is None else (target.low, target.high)
    panel = Panel(None, Measure(kpi.shown_in), tuple(lines), target.value if band is None else None, band)
    has_values = any(value is not None for line in lines for value in line.values)
    return LinesView(about, days, grain, None, (panel,), _festivals(frame), reason=None if has_values else NOTHING)


def _festivals(frame: pl.DataFrame) -> tuple[tuple[date, Word], ...]:
    """The first bucket of each festival."""
    marks = frame.select("period", "festival").unique().sort("period")
    begins = pl.col("festival").is_not_null() & (pl.col("festival") != pl.col("festival").shift(1)).fill_null(True)
    return tuple((day, Coded("festival", name)) for day, name in marks.filter(begins).iter_rows())
