"""View models of the charts of Human resources about appraisals, pay, training and labour law."""

from __future__ import annotations

import polars as pl

from metrics.views.ratings import RATINGS
from pages.kit.charts.bars import BarsView, Series, Side
from pages.kit.charts.boxes import Box, BoxesView
from pages.kit.charts.listing import Column, ListView
from pages.kit.charts.words import Coded, Measure, Said, Word

COUNT = Measure("count")
MIDPOINT = 100.0


def ratings_view(frame: pl.DataFrame) -> BarsView:
    """Ratings by department; frame: `metrics.views.ratings`. Departments too small to show are left out."""
    about, shown = Said("hr.ratings"), frame.filter(~pl.col("is_hidden"))
    if shown.is_empty():
        reason = "hr.no_ratings" if frame.is_empty() else "hr.too_few"
        return BarsView(about, (), (), COUNT, "share", reason=reason)
    departments = shown["department"].unique(maintain_order=True).to_list()
    cells = {(row["department"], row["rating"]): float(row["people"]) for row in shown.iter_rows(named=True)}
    rated = dict(shown.select("department", "rated").iter_rows())
    return BarsView(
        about,
        tuple(Coded("department", department) for department in departments),
        tuple(
            Series(Coded("rating", str(rating)), tuple(cells[department, rating] for department in departments))
            for rating in RATINGS
        ),
        COUNT,
        "share",
        side=(Side(Said("hr.rated"), tuple(float(rated[department]) for department in departments), COUNT),),
    )


def compa_view(frame: pl.DataFrame) -> BoxesView:
    """Compa-ratios by level; frame: `metrics.views.compa`."""
    about, measure = Said("hr.compa"), Measure("percent")
    if frame.is_empty():
        return BoxesView(about, (), measure, reason="hr.no_pay")
    shown = frame.filter(~pl.col("is_hidden"))
    if shown.is_empty():
        return BoxesView(about, (), measure, reason="hr.too_few")
    ends = ("p10", "p25", "p50", "p75", "p90", "people")
    boxes = tuple(
        Box(Coded("job_level", level), low, p25, p50, p75, high, people)
        for level, low, p25, p50, p75, high, people in shown.select("job_level", *ends).iter_rows()
    )
    return BoxesView(about, boxes, measure, guide=MIDPOINT, hidden=frame.height - shown.height)


def training_view(frame: pl.DataFrame) -> BarsView:
    """Training hours by department and kind, with the gain from test to test; frame: `metrics.views.training`."""
    about, measure = Said("hr.training"), Measure("hours")
    if frame.is_empty():
        return BarsView(about, (), (), measure, "stacked", reason="hr.no_training")
    departments = frame["department"].unique(maintain_order=True).to_list()
    sizes = frame.group_by("course_type").agg(pl.col("hours").sum())
    kinds = sizes.sort("hours", "course_type", descending=[True, False])["course_type"].to_list()
    # Where files carry hours, a kind that nobody took had none.
    hours = {(department, kind): value for department, kind, value, _ in frame.iter_rows()}
    gains = dict(frame.select("department", "gain").iter_rows())
    gain = Side(Said("hr.test_gain"), tuple(gains[department] for department in departments), Measure("score"))
    return BarsView(
        about,
        tuple(Coded("department", department) for department in departments),
        tuple(
            Series(Coded("course_type", kind), tuple(hours.get((department, kind), 0.0) for department in departments))
            for kind in kinds
        ),
        measure,
        "stacked",
        side=(gain,) if any(value is not None for value in gains.values()) else (),
    )


def compliance_view(frame: pl.DataFrame) -> ListView:
    """What labour law asks for and is missing, by department; frame: `metrics.views.labour_compliance`."""
    about = Said("hr.compliance")
    counts = ("people", "contracts_missing", "insurance_unpaid", "open_disputes")
    columns = (Column(Said("hr.department")), *(Column(Said(f"hr.{name}"), COUNT) for name in counts))
    if frame.is_empty():
        return ListView(about, columns, (), reason="hr.no_compliance")
    rows = []
    for department, *values in frame.select("department", *counts).iter_rows():
        name: Word = Said("hr.whole_company") if department is None else Coded("department", department)
        rows.append((name, *values))
    return ListView(about, columns, tuple(rows))
