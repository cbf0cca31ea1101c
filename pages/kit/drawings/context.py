"""What a view model needs of the page around it: the chart's title, and targets to draw."""

from __future__ import annotations

from metrics.model import Text
from metrics.targets import TargetStatus, targets_for
from pages.kit.focus import Focus

TARGETS = "kpi_target"


def title_of(focus: Focus, chart_id: str) -> Text:
    """The title of a chart of the page. Raises StopIteration for one the page does not name."""
    return next(item.title for item in focus.page.charts if item.id == chart_id)


def target_of(focus: Focus, kpi: str) -> TargetStatus:
    """The target of a KPI for the days shown; a chart that draws it names `TARGETS` among its tables."""
    visit = focus.visit
    return targets_for(visit.reader, (kpi,), focus.period, visit.catalogue, None, focus.filters)[kpi]
