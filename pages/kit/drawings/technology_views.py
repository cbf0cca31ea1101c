"""Technology: the view model of each special chart, from the frame of its view."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from metrics.periods import Grain
from metrics.source import UNKNOWN
from metrics.views.vulnerability_age import AGES
from metrics.views.web_vitals import DEVICE, PAGE, RATINGS
from pages.kit.charts.bars import BarsView, Series, Side, Tone
from pages.kit.charts.day_grid import DayGridView
from pages.kit.charts.heat import HeatView
from pages.kit.charts.lines import Line, LinesView, Panel
from pages.kit.charts.points import Axis, Point, PointsView
from pages.kit.charts.words import Amount, Coded, Measure, Said, Word

COUNT, PERCENT = Measure("count"), Measure("percent")
MINUTES_A_DAY = 24 * 60
MOST_PAGES = 10
_TONES: dict[str, Tone] = {"good": "good", "needs_improvement": "warn", "poor": "bad"}
_VITALS = {"lcp_p75": Measure("seconds"), "inp_p75": Measure("milliseconds"), "cls_p75": Measure("score")}
_DELIVERY = {
    "a_working_day": (COUNT, "tec.delivery.a_working_day"),
    "change_lead_time_p50": (Measure("hours"), "tec.delivery.lead_time"),
    "failed_deployment_recovery_p50": (Measure("hours"), "tec.delivery.recovery"),
}


def error_budget(frame: pl.DataFrame, about: Word) -> LinesView:
    """One plot a service: what is left of its budget, and where even use of it would stand."""
    days = tuple(frame["day"].unique().sort())
    even = tuple(100 * (1 - place / len(days)) for place in range(1, len(days) + 1))
    panels = []
    for service in frame["service"].unique(maintain_order=True):
        rows = frame.filter(pl.col("service") == service).sort("day")
        title = Said(
            "tec.budget_of",
            (("service", Coded("service", service)), ("availability", Amount(rows["availability"][0], PERCENT))),
        )
        left = Line(Said("tec.budget_left"), tuple(rows["remaining"]), "data")
        panels.append(Panel(title, PERCENT, (left, Line(Said("tec.even_use"), even, "plan"))))
    return LinesView(about, days, "day", None, tuple(panels), reason=None if panels else "tec.no_error_budget")


def deliveries(frame: pl.DataFrame, about: Word, targets: dict[str, float | None]) -> LinesView:
    """The measures of DORA below each other; failures and rework share a plot. targets: by column of the frame."""
    periods = tuple(frame["period"])

    def plot(column: str) -> Panel:
        measure, key = _DELIVERY[column]
        line = Line(Said(key), tuple(frame[column]))
        return Panel(Said(key), measure, (line,), targets.get(column))

    rates = (
        Line(Said("tec.delivery.failed"), tuple(frame["change_fail_rate"])),
        Line(Said("tec.delivery.rework"), tuple(frame["rework_rate"])),
    )
    failures = Panel(Said("tec.delivery.failures"), PERCENT, rates, targets.get("change_fail_rate"))
    panels = (
        plot("a_working_day"),
        plot("change_lead_time_p50"),
        failures,
        plot("failed_deployment_recovery_p50"),
    )
    gaps = (periods[1] - periods[0]).days if len(periods) > 1 else 7
    has_releases = any(value for value in frame["a_working_day"])
    reason = None if has_releases else "tec.no_deployments"
    return LinesView(about, periods, "week" if gaps == 7 else "month", None, panels, reason=reason)


def devices(frame: pl.DataFrame) -> tuple[str, ...]:
    """The devices a reader can choose from, by falling page loads."""
    return tuple(frame[DEVICE].drop_nulls().unique(maintain_order=True))


def web_vitals(frame: pl.DataFrame, about: Word, device: str | None) -> BarsView:
    """The pages with most loads: the parts that are good, need improvement and are poor, and the percentiles."""
    rows = frame.filter(pl.col(DEVICE).eq_missing(pl.lit(device))).head(MOST_PAGES)
    return BarsView(
        about,
        categories=tuple(Coded("page_group", page) for page in rows[PAGE]),
        series=tuple(Series(Said(f"tec.vital.{name}"), tuple(rows[name]), _TONES[name]) for name in RATINGS),
        measure=COUNT,
        mode="share",
        side=tuple(Side(Said(f"tec.vital.{name}"), tuple(rows[name]), _VITALS[name]) for name in _VITALS),
        reason=None if rows.height else "tec.no_page_loads",
    )


def incidents(frame: pl.DataFrame, about: Word, span: tuple[date, date], target: float | None) -> PointsView:
    """Each incident by its day and the minutes it took; an open one stands at the days it has been open so far."""
    points = tuple(_incident(row) for row in frame.iter_rows(named=True))
    y = Axis(Said("tec.minutes_to_restore"), Measure("minutes"), is_log=True, guide=target)
    return PointsView(about, points, None, y, dates=span, reason=None if points else "tec.no_incidents")


def _incident(row: dict[str, Any]) -> Point:
    about = (("service", Coded("service", row["service"])), ("kind", Coded("incident_class", row["incident_class"])))
    name = Said("tec.incident", about)
    if row["detected_by"] != UNKNOWN:
        name = Said("tec.incident_noticed", (*about, ("who", Coded("detected_by", row["detected_by"]))))
    is_open = row["minutes_to_restore"] is None
    # A logarithmic axis has no 0: what took less than a minute took one, and what was opened today is open for a day.
    height = max(row["open_days"], 1) * MINUTES_A_DAY if is_open else max(row["minutes_to_restore"], 1.0)
    group = Said("tec.still_open") if is_open else Coded("severity", row["severity"])
    return Point(name, row["opened_date"].toordinal(), height, group=group, facts=_facts(row))


def _facts(row: dict[str, Any]) -> tuple[tuple[Word, str], ...]:
    facts: list[tuple[Word, str]] = [(Said("tec.incident_number"), row["incident_id"])]
    if row["records_exposed"]:
        facts.append((Said("tec.records_exposed"), f"{row['records_exposed']:,}"))
    return tuple(facts)


def vulnerability_age(frame: pl.DataFrame, about: Word) -> BarsView:
    """Open vulnerabilities by severity, stacked by age; those past their day beside them."""
    severities = tuple(frame["severity"].unique(maintain_order=True))
    ages = {age: tuple(frame.filter(pl.col("age") == age)["open"].cast(pl.Float64)) for age in AGES}
    overdue = frame.group_by("severity", maintain_order=True).agg(pl.col("overdue").sum().cast(pl.Float64))["overdue"]
    reason = None if frame["open"].sum() else "tec.no_open_vulnerabilities"
    return BarsView(
        about,
        categories=tuple(Coded("severity", severity) for severity in severities),
        series=tuple(Series(Said(f"tec.age.{age}"), ages[age]) for age in reversed(AGES)),
        measure=COUNT,
        mode="stacked",
        side=(Side(Said("tec.overdue"), tuple(overdue), COUNT),),
        reason=reason if severities else "tec.no_vulnerabilities",
    )


def job_calendar(frame: pl.DataFrame, about: Word, grain: Grain) -> DayGridView:
    """Jobs by day: the part of the planned runs that did not go as it should, then and in the whole period."""
    jobs = tuple(frame["job_id"].unique(maintain_order=True))
    failed = frame.with_columns((100 - pl.col("rate")).alias("failed"))
    parts = [failed.filter(pl.col("job_id") == job).sort("period") for job in jobs]
    sums = frame.group_by("job_id", maintain_order=True).agg(pl.col("planned", "fine").sum())
    return DayGridView(
        about,
        rows=tuple(Coded("job_id", job) for job in jobs),
        days=tuple(frame["period"].unique().sort()),
        grain=grain,
        values=tuple(tuple(part["failed"]) for part in parts),
        totals=tuple(sums.select(100 - 100 * pl.col("fine") / pl.col("planned")).to_series()),
        measure=PERCENT,
        reason=None if jobs else "tec.no_jobs",
    )


def tool_adoption(frame: pl.DataFrame, about: Word) -> HeatView:
    """Departments by tool: the part of its people who used it; how many how-to questions stand beside the name."""
    tools = tuple(frame["tool"].unique(maintain_order=True))
    departments = frame.unique("department", maintain_order=True).select("department", "how_to")
    rows: list[Word] = []
    for department, how_to in departments.iter_rows():
        named = Coded("department", department)
        asked = (("department", named), ("n", how_to))
        rows.append(named if how_to is None else Said("tec.department_how_to", asked))
    known = {(department, tool): value for department, tool, value, _ in frame.iter_rows()}
    return HeatView(
        about,
        rows=tuple(rows),
        columns=tuple(Coded("tool", tool) for tool in tools),
        values=tuple(tuple(known[department, tool] for tool in tools) for department in departments["department"]),
        measure=PERCENT,
        reason=None if rows else "tec.no_tools",
    )
