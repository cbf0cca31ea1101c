"""Technology: which view answers each chart of its page, and which figure draws it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import polars as pl

from metrics.periods import grain_for
from metrics.views.deliveries import RATES
from metrics.views.deliveries import deliveries as deliveries_frame
from metrics.views.error_budget import error_budget as error_budget_frame
from metrics.views.incidents import incidents as incidents_frame
from metrics.views.job_calendar import calendar_grain
from metrics.views.job_calendar import job_calendar as job_calendar_frame
from metrics.views.series import series
from metrics.views.tool_adoption import tool_adoption as tool_adoption_frame
from metrics.views.vulnerability_age import vulnerability_age as vulnerability_age_frame
from metrics.views.web_vitals import web_vitals as web_vitals_frame
from pages.kit.charts import bars, day_grid, heat, lines, points
from pages.kit.drawings import technology_views as views
from pages.kit.drawings.chart import Chart, asking, plain
from pages.kit.drawings.context import TARGETS, target_of, title_of
from pages.kit.drawings.over_time import over_time
from pages.kit.focus import Focus

HEALTH, DEPLOYMENTS, LOADS = "fact_service_health", "fact_deployment", "fact_web_performance"
INCIDENTS, ITEMS, JOBS = "fact_incident", "fact_work_item", "fact_scheduled_job"
TOOLS, TICKETS, CALENDAR = "fact_tool_usage", "fact_ticket", "dim_date"


def _series(kpi: str, by: str, focus: Focus) -> pl.DataFrame:
    visit = focus.visit
    return series(visit.reader, focus.scope, visit.viewer, visit.catalogue, (kpi,), by)


def _over_time(chart: str, kpi: str, by: str, focus: Focus, frame: pl.DataFrame, _: str | None) -> lines.LinesView:
    definition, target = focus.visit.catalogue.kpi(kpi), target_of(focus, kpi)
    return over_time(frame, definition, by, title_of(focus, chart), grain_for(focus.period), target)


def _line(chart: str, kpi: str, by: str) -> Chart:
    tables = (HEALTH, CALENDAR, TARGETS)
    return Chart(tables, partial(_series, kpi, by), partial(_over_time, chart, kpi, by), lines)


def _deliveries(focus: Focus, frame: pl.DataFrame, _: str | None) -> lines.LinesView:
    targets = {name: target_of(focus, name).value for name in RATES}
    return views.deliveries(frame, title_of(focus, "tec_dora"), targets)


def _incidents(focus: Focus, frame: pl.DataFrame, _: str | None) -> points.PointsView:
    span = (focus.period.first, focus.period.last)
    target = target_of(focus, "time_to_restore_p50").value
    return views.incidents(frame, title_of(focus, "tec_incidents"), span, target)


CHARTS: Mapping[str, Chart] = {
    "tec_error_budget": Chart(
        (HEALTH,),
        plain(error_budget_frame),
        lambda focus, frame, _: views.error_budget(frame, title_of(focus, "tec_error_budget")),
        lines,
    ),
    "tec_dora": Chart((DEPLOYMENTS, CALENDAR, TARGETS), asking(deliveries_frame), _deliveries, lines),
    "tec_vitals": Chart(
        (LOADS,),
        asking(web_vitals_frame),
        lambda focus, frame, device: views.web_vitals(frame, title_of(focus, "tec_vitals"), device),
        bars,
        views.devices,
        "device",
    ),
    "tec_incidents": Chart((INCIDENTS, TARGETS), asking(incidents_frame), _incidents, points),
    "tec_vuln_age": Chart(
        (ITEMS,),
        plain(vulnerability_age_frame),
        lambda focus, frame, _: views.vulnerability_age(frame, title_of(focus, "tec_vuln_age")),
        bars,
    ),
    "tec_capacity": _line("tec_capacity", "peak_capacity_utilisation", "service"),
    "tec_crash": _line("tec_crash", "crash_free_session_rate", "platform"),
    "tec_jobs": Chart(
        (JOBS,),
        plain(job_calendar_frame),
        lambda focus, frame, _: views.job_calendar(frame, title_of(focus, "tec_jobs"), calendar_grain(focus.period)),
        day_grid,
    ),
    "tec_adoption": Chart(
        (TOOLS, TICKETS),
        asking(tool_adoption_frame),
        lambda focus, frame, _: views.tool_adoption(frame, title_of(focus, "tec_adoption")),
        heat,
    ),
}
