"""View models of the charts of Human resources about how many people there are, who comes, who goes."""

from __future__ import annotations

from itertools import pairwise

import polars as pl

from metrics.views.turnover import BANDS, UNKNOWN_BAND
from pages.kit.charts.bars import BarsView, Series
from pages.kit.charts.heat import HeatView
from pages.kit.charts.lines import Line, LinesView, Panel
from pages.kit.charts.steps import StepsView
from pages.kit.charts.waterfall import Step, WaterfallView
from pages.kit.charts.words import Amount, Coded, Measure, Moment, Said, Word

COUNT, PERCENT = Measure("count"), Measure("percent")
# From this many reports to the next; the last is open.
SPANS = (1, 4, 7, 10, 13, 16)


def bridge_view(frame: pl.DataFrame) -> WaterfallView:
    """How the headcount came about; frame: `metrics.views.headcount_bridge`. Moves and rest of 0 are left out."""
    about = Said("hr.headcount")
    if frame.is_empty():
        return WaterfallView(about, (), COUNT, "hr.no_staff")
    people = dict(frame.select("step", "people").iter_rows())
    if people["start"] is None:
        return WaterfallView(about, (), COUNT, "hr.one_snapshot")
    days = {"start": frame["first_day"][0], "end": frame["last_day"][0]}
    quiet = {step for step in ("moves_in", "moves_out", "rest") if not people[step]}
    steps = []
    for step, count in people.items():
        if step in days:
            name: Word = Said(f"hr.headcount_{step}", (("month", Moment(days[step], "month")),))
            steps.append(Step(name, count, "total"))
        elif step not in quiet:
            steps.append(Step(Coded("headcount_step", step), count, "change"))
    return WaterfallView(about, tuple(steps), COUNT)


def sources(frame: pl.DataFrame) -> tuple[str, ...]:
    """The sources of hires a reader can choose from, by falling applicants; frame: `metrics.views.recruiting`."""
    return tuple(frame["source"].drop_nulls().unique(maintain_order=True).to_list())


def recruiting_view(frame: pl.DataFrame, source: str | None) -> StepsView:
    """The recruiting funnel of one source, or of all together (None); frame: `metrics.views.recruiting`."""
    rows = frame.filter(pl.col("source").eq_missing(pl.lit(source, pl.String)))
    if rows.is_empty() or not rows["people"].count():
        return StepsView(Said("hr.recruiting"), (), (), COUNT, reason="hr.no_openings")
    openings, days = int(rows["openings"][0]), rows["median_days"][0]
    about = Said("hr.recruiting")
    if days is not None:
        about = Said("hr.recruiting_days", (("days", Amount(days, Measure("days"))),))
    return StepsView(
        about,
        tuple(Coded("recruit_step", step) for step in rows["step"]),
        tuple(rows["people"].to_list()),
        COUNT,
        asides=((Said("hr.openings"), float(openings)),),
    )


def turnover_view(frame: pl.DataFrame) -> HeatView:
    """Voluntary exits a year by department and tenure; frame: `metrics.views.turnover`."""
    about = Said("hr.turnover")
    if frame.is_empty():
        return HeatView(about, (), (), (), PERCENT, reason="hr.no_exits")
    if not frame.drop_nulls("band")["rate"].count():
        return HeatView(about, (), (), (), PERCENT, reason="hr.too_few")
    cells = {(row["department"], row["band"]): row for row in frame.iter_rows(named=True)}
    departments = frame["department"].unique(maintain_order=True).to_list()
    held = set(frame["band"].drop_nulls().to_list())
    bands = [band for band in (*BANDS, UNKNOWN_BAND) if band in held]
    grid = [[cells.get((department, band)) for band in bands] for department in departments]
    return HeatView(
        about,
        tuple(Coded("department", department) for department in departments),
        tuple(Coded("tenure_band", band) for band in bands),
        tuple(tuple(cell["rate"] if cell else None for cell in row) for row in grid),
        PERCENT,
        hidden=frozenset(
            (place, column)
            for place, row in enumerate(grid)
            for column, cell in enumerate(row)
            if cell and cell["is_hidden"]
        ),
        is_high_bad=True,
        row_totals=tuple(cells[department, None]["rate"] for department in departments),
    )


def absence_view(frame: pl.DataFrame, target: float | None) -> LinesView:
    """Absence (with its target) and overtime by month; frame: `metrics.views.absence`."""
    about = Said("hr.absence_and_overtime")
    panels = tuple(
        Panel(Said(f"hr.{name}"), measure, (Line(Said(f"hr.{name}"), tuple(frame[name].to_list()), "data"),), aim)
        for name, measure, aim in (("absence_rate", PERCENT, target), ("overtime_hours", Measure("hours"), None))
        if frame[name].count()
    )
    reason = None if panels else "hr.too_few" if frame["is_hidden"].any() else "hr.no_hours"
    return LinesView(about, tuple(frame["month"].to_list()), "month", None, panels, reason=reason)


def span_view(frame: pl.DataFrame) -> BarsView:
    """Managers by how many people they lead; frame: `metrics.views.span_of_control`."""
    about = Said("hr.span")
    if frame.is_empty():
        return BarsView(about, (), (), COUNT, "grouped", reason="hr.no_managers")
    names: list[Word] = [
        Said("hr.reports", (("low", low), ("high", following - 1))) for low, following in pairwise(SPANS)
    ]
    names.append(Said("hr.reports_up", (("low", SPANS[-1]),)))
    reports = pl.col("reports")
    counts = []
    for low, following in zip(SPANS, (*SPANS[1:], None), strict=True):
        inside = (reports >= low) & (reports < following) if following else reports >= low
        counts.append(float(frame.filter(inside)["managers"].sum()))
    return BarsView(about, tuple(names), (Series(Said("hr.managers"), tuple(counts), "data"),), COUNT, "grouped")
