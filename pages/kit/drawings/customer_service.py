"""Customer service: which view answers each chart of its page, and which figure draws it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from metrics.periods import Grain, Period, grain_for
from metrics.views.backlog import backlog as backlog_frame
from metrics.views.breakdown import breakdown
from metrics.views.complaint_reasons import complaint_reasons as complaint_reasons_frame
from metrics.views.contact_causes import contact_causes as contact_causes_frame
from metrics.views.contact_clock import contact_clock as contact_clock_frame
from metrics.views.key_accounts import key_accounts as key_accounts_frame
from metrics.views.presale import presale as presale_frame
from metrics.views.response_times import response_times as response_times_frame
from metrics.views.self_service import KPIS as SELF_SERVICE
from metrics.views.self_service import self_service as self_service_frame
from pages.kit.charts import bars, heat, lines, listing, ranking, steps
from pages.kit.drawings import customer_service_views as views
from pages.kit.drawings.chart import Chart, plain
from pages.kit.drawings.context import TARGETS, target_of, title_of
from pages.kit.focus import Focus

TICKETS, CUSTOMERS, TRAFFIC, FEEDBACK = "fact_ticket", "fact_customer_snapshot", "fact_traffic", "fact_feedback"
REASON = "contact_reason_l1"
SATISFACTION = ("customer_satisfaction_score", "first_contact_resolution_rate")
EVERY_REASON = 200
LONGEST_NOISY_DAYS = 31


def _grain(period: Period) -> Grain:
    """By day percentiles and rates of longer periods are mostly noise."""
    grain = grain_for(period)
    return "week" if grain == "day" and period.days > LONGEST_NOISY_DAYS else grain


def _response_times(focus: Focus) -> pl.DataFrame:
    visit = focus.visit
    return response_times_frame(visit.reader, focus.scope, visit.viewer, visit.catalogue, _grain(focus.period))


def _by_reason(focus: Focus) -> pl.DataFrame:
    visit = focus.visit
    return breakdown(
        visit.reader, focus.scope, visit.viewer, visit.catalogue, SATISFACTION, (REASON,), most=EVERY_REASON
    )


def _by_reason_view(focus: Focus, frame: pl.DataFrame, _: str | None) -> bars.BarsView:
    kpis = tuple(focus.visit.catalogue.kpi(name) for name in SATISFACTION)
    target = target_of(focus, SATISFACTION[0]).value
    return views.by_reason(frame, kpis, title_of(focus, "cs_csat_by_reason"), target)


def _self_service(focus: Focus) -> pl.DataFrame:
    visit = focus.visit
    return self_service_frame(visit.reader, focus.scope, visit.viewer, visit.catalogue, _grain(focus.period))


def _self_service_view(focus: Focus, frame: pl.DataFrame, _: str | None) -> lines.LinesView:
    kpis = tuple(focus.visit.catalogue.kpi(name) for name in SELF_SERVICE)
    return views.self_service(frame, title_of(focus, "cs_self_service"), kpis, _grain(focus.period))


def _key_accounts(focus: Focus) -> pl.DataFrame:
    # Who is due for a call is asked today, whatever days the page shows.
    return key_accounts_frame(focus.visit.reader, focus.scope, focus.visit.viewer, focus.as_of)


CHARTS: Mapping[str, Chart] = {
    "cs_complaint_pareto": Chart(
        (TICKETS,),
        plain(complaint_reasons_frame),
        lambda focus, frame, _: views.complaint_reasons(frame, title_of(focus, "cs_complaint_pareto")),
        ranking,
    ),
    "cs_volume_clock": Chart(
        (TICKETS,),
        plain(contact_clock_frame),
        lambda focus, frame, answer: views.contact_clock(frame, title_of(focus, "cs_volume_clock"), answer),
        heat,
        views.answers,
        "answer",
    ),
    "cs_frt_band": Chart(
        (TICKETS,),
        _response_times,
        lambda focus, frame, _: views.response_times(frame, title_of(focus, "cs_frt_band"), _grain(focus.period)),
        lines,
    ),
    "cs_backlog_age": Chart(
        (TICKETS,),
        plain(backlog_frame),
        lambda focus, frame, _: views.backlog(frame, title_of(focus, "cs_backlog_age"), grain_for(focus.period)),
        lines,
    ),
    "cs_cause_heatmap": Chart(
        (TICKETS,),
        plain(contact_causes_frame),
        lambda focus, frame, _: views.contact_causes(frame, title_of(focus, "cs_cause_heatmap")),
        heat,
    ),
    "cs_csat_by_reason": Chart((TICKETS, TARGETS), _by_reason, _by_reason_view, bars),
    "cs_self_service": Chart((TICKETS, TRAFFIC, FEEDBACK), _self_service, _self_service_view, lines),
    "cs_presale": Chart(
        (TICKETS,),
        plain(presale_frame),
        lambda focus, frame, _: views.presale(frame, title_of(focus, "cs_presale")),
        steps,
    ),
    "cs_key_accounts": Chart(
        (CUSTOMERS, TICKETS),
        _key_accounts,
        lambda focus, frame, _: views.key_accounts(frame, title_of(focus, "cs_key_accounts")),
        listing,
    ),
}
