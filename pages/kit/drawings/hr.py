"""Human resources: which view answers each chart of its page, and which figure draws it."""

from __future__ import annotations

from collections.abc import Mapping

from metrics.views.absence import absence
from metrics.views.compa import compa
from metrics.views.headcount_bridge import headcount_bridge
from metrics.views.labour_compliance import labour_compliance
from metrics.views.ratings import ratings
from metrics.views.recruiting import recruiting
from metrics.views.span_of_control import span_of_control
from metrics.views.training import training
from metrics.views.turnover import turnover
from pages.kit.charts import bars, boxes, heat, lines, listing, steps, waterfall
from pages.kit.drawings.chart import Chart, asking
from pages.kit.drawings.context import TARGETS, target_of
from pages.kit.drawings.hr_growth import compa_view, compliance_view, ratings_view, training_view
from pages.kit.drawings.hr_people import (
    absence_view,
    bridge_view,
    recruiting_view,
    sources,
    span_view,
    turnover_view,
)

STAFF, OPENINGS, COURSES, FILINGS = (
    "fact_employee_snapshot",
    "fact_requisition",
    "fact_training_record",
    "fact_compliance_item",
)

CHARTS: Mapping[str, Chart] = {
    "hr_bridge": Chart((STAFF,), asking(headcount_bridge), lambda _focus, frame, _: bridge_view(frame), waterfall),
    "hr_recruit_funnel": Chart(
        (OPENINGS,),
        asking(recruiting),
        lambda _, frame, source: recruiting_view(frame, source),
        steps,
        sources,
        "source",
    ),
    "hr_turnover_heatmap": Chart((STAFF,), asking(turnover), lambda _focus, frame, _: turnover_view(frame), heat),
    "hr_absence": Chart(
        (STAFF, TARGETS),
        asking(absence),
        lambda focus, frame, _: absence_view(frame, target_of(focus, "absence_rate").value),
        lines,
    ),
    "hr_ratings": Chart((STAFF,), asking(ratings), lambda _focus, frame, _: ratings_view(frame), bars),
    "hr_compa": Chart((STAFF,), asking(compa), lambda _focus, frame, _: compa_view(frame), boxes),
    "hr_training": Chart((COURSES,), asking(training), lambda _focus, frame, _: training_view(frame), bars),
    "hr_span": Chart((STAFF,), asking(span_of_control), lambda _focus, frame, _: span_view(frame), bars),
    "hr_compliance": Chart(
        (STAFF, FILINGS), asking(labour_compliance), lambda _focus, frame, _: compliance_view(frame), listing
    ),
}
