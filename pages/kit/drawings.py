"""Which view answers a chart of the catalogue, and which figure draws it. One entry a chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import polars as pl

from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.model import Language
from metrics.periods import grain_for
from metrics.policy import Viewer
from metrics.views.channel_mix import channel_mix as channel_mix_frame
from metrics.views.cohorts import cohorts as cohorts_frame
from metrics.views.driver_tree import driver_tree as driver_tree_frame
from metrics.views.funnel import funnel as funnel_frame
from metrics.views.lead_times import lead_times as lead_times_frame
from metrics.views.order_clock import order_clock as order_clock_frame
from metrics.views.pareto import imperfect_orders, return_reasons
from metrics.views.scope import Scope
from metrics.views.trend import trend as trend_frame
from pages.kit.charts import channel_mix, cohorts, driver_tree, funnel, lead_times, order_clock, pareto, trend
from pages.kit.charts.canvas import Figure
from pages.kit.charts.palette import Palette
from pages.kit.focus import Focus

FEWEST_CUSTOMERS = 30
ORDERS, SHIPMENTS, TRAFFIC, RETURNS = "fact_order", "fact_shipment", "fact_traffic", "fact_return"


@dataclass(frozen=True)
class Chart:
    """A chart: the tables it reads, its frame, the view model of that, and the module that draws the view model.

    `choices` gives the parts of a frame that the reader may look at one by one, as values of `dimension`; the view
    model is then of the chosen part, or of all together (None). A chart that `explains_change` is drawn only where
    the comparison of its first KPI is complete.
    """

    tables: tuple[str, ...]
    frame: Callable[[Focus], pl.DataFrame]
    view: Callable[[Focus, pl.DataFrame, str | None], Any]
    module: ModuleType
    choices: Callable[[pl.DataFrame], tuple[str, ...]] | None = None
    dimension: str = ""
    explains_change: bool = False

    @property
    def facts(self) -> tuple[str, ...]:
        """The fact tables among those it reads."""
        return tuple(table for table in self.tables if table.startswith("fact_"))

    def figure(self, view: Any, theme: Palette, language: Language) -> Figure | None:
        """The Plotly figure as a dict; None where the view says why there is none."""
        drawn: Figure | None = self.module.figure(view, theme, language)
        return drawn

    def alt(self, view: Any, language: Language) -> str:
        """The chart in one sentence."""
        return str(self.module.alt(view, language))


Ask = Callable[[Engine, Scope, Viewer, Catalogue], pl.DataFrame]
AskPlain = Callable[[Engine, Scope, Viewer], pl.DataFrame]


def _asking(view: Ask) -> Callable[[Focus], pl.DataFrame]:
    return lambda focus: view(focus.visit.reader, focus.scope, focus.visit.viewer, focus.visit.catalogue)


def _plain(view: AskPlain) -> Callable[[Focus], pl.DataFrame]:
    return lambda focus: view(focus.visit.reader, focus.scope, focus.visit.viewer)


def _gmv(focus: Focus) -> pl.DataFrame:
    return trend_frame(focus.visit.reader, "gmv", focus.scope, focus.visit.viewer, focus.visit.catalogue)


def _gmv_view(focus: Focus, frame: pl.DataFrame, _: str | None) -> trend.TrendView:
    visit = focus.visit
    kpi, grain = visit.catalogue.kpi("gmv"), grain_for(focus.period)
    return trend.view(frame, kpi, visit.currency, grain, visit.address.compare)


CHARTS: Mapping[str, Chart] = {
    "ops_driver_tree": Chart(
        (ORDERS, TRAFFIC),
        _asking(driver_tree_frame),
        lambda focus, frame, _: driver_tree.view(frame, focus.visit.currency, focus.visit.address.compare),
        driver_tree,
        explains_change=True,
    ),
    "ops_gmv_trend": Chart((ORDERS, "dim_date", "kpi_target"), _gmv, _gmv_view, trend),
    "ops_funnel": Chart(
        (TRAFFIC,),
        _asking(funnel_frame),
        lambda _, frame, device: funnel.view(frame, device),
        funnel,
        funnel.devices,
        "device",
    ),
    "ops_channel_mix": Chart(
        (ORDERS, TRAFFIC),
        _asking(channel_mix_frame),
        lambda focus, frame, _: channel_mix.view(frame, grain_for(focus.period)),
        channel_mix,
    ),
    "ops_cohort": Chart(
        (ORDERS,), _plain(cohorts_frame), lambda _focus, frame, _: cohorts.view(frame, FEWEST_CUSTOMERS), cohorts
    ),
    "ops_perfect_order": Chart(
        (SHIPMENTS,), _plain(imperfect_orders), lambda _focus, frame, _: pareto.view(frame, "imperfection"), pareto
    ),
    "ops_lead_time": Chart(
        (SHIPMENTS,), _plain(lead_times_frame), lambda _focus, frame, _: lead_times.view(frame), lead_times
    ),
    "ops_return_pareto": Chart(
        (RETURNS, "dim_product"),
        _plain(return_reasons),
        lambda _focus, frame, _: pareto.view(frame, "reason_group"),
        pareto,
    ),
    "ops_order_clock": Chart(
        (ORDERS,), _plain(order_clock_frame), lambda _focus, frame, _: order_clock.view(frame), order_clock
    ),
}
