"""Operations: which view answers each chart of its page, and which figure draws it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from metrics.periods import grain_for
from metrics.views.channel_mix import channel_mix as channel_mix_frame
from metrics.views.cohorts import cohorts as cohorts_frame
from metrics.views.driver_tree import driver_tree as driver_tree_frame
from metrics.views.funnel import funnel as funnel_frame
from metrics.views.lead_times import lead_times as lead_times_frame
from metrics.views.order_clock import order_clock as order_clock_frame
from metrics.views.pareto import imperfect_orders, return_reasons
from metrics.views.trend import trend as trend_frame
from pages.kit.charts import channel_mix, cohorts, driver_tree, funnel, lead_times, order_clock, pareto, trend
from pages.kit.drawings.chart import Chart, asking, plain
from pages.kit.focus import Focus

FEWEST_CUSTOMERS = 30
ORDERS, SHIPMENTS, TRAFFIC, RETURNS = "fact_order", "fact_shipment", "fact_traffic", "fact_return"


def _gmv(focus: Focus) -> pl.DataFrame:
    return trend_frame(focus.visit.reader, "gmv", focus.scope, focus.visit.viewer, focus.visit.catalogue)


def _gmv_view(focus: Focus, frame: pl.DataFrame, _: str | None) -> trend.TrendView:
    visit = focus.visit
    kpi, grain = visit.catalogue.kpi("gmv"), grain_for(focus.period)
    return trend.view(frame, kpi, visit.currency, grain, visit.address.compare)


CHARTS: Mapping[str, Chart] = {
    "ops_driver_tree": Chart(
        (ORDERS, TRAFFIC),
        asking(driver_tree_frame),
        lambda focus, frame, _: driver_tree.view(frame, focus.visit.currency, focus.visit.address.compare),
        driver_tree,
        explains_change=True,
    ),
    "ops_gmv_trend": Chart((ORDERS, "dim_date", "kpi_target"), _gmv, _gmv_view, trend),
    "ops_funnel": Chart(
        (TRAFFIC,),
        asking(funnel_frame),
        lambda _, frame, device: funnel.view(frame, device),
        funnel,
        funnel.devices,
        "device",
    ),
    "ops_channel_mix": Chart(
        (ORDERS, TRAFFIC),
        asking(channel_mix_frame),
        lambda focus, frame, _: channel_mix.view(frame, grain_for(focus.period)),
        channel_mix,
    ),
    "ops_cohort": Chart(
        (ORDERS,), plain(cohorts_frame), lambda _focus, frame, _: cohorts.view(frame, FEWEST_CUSTOMERS), cohorts
    ),
    "ops_perfect_order": Chart(
        (SHIPMENTS,), plain(imperfect_orders), lambda _focus, frame, _: pareto.view(frame, "imperfection"), pareto
    ),
    "ops_lead_time": Chart(
        (SHIPMENTS,), plain(lead_times_frame), lambda _focus, frame, _: lead_times.view(frame), lead_times
    ),
    "ops_return_pareto": Chart(
        (RETURNS, "dim_product"),
        plain(return_reasons),
        lambda _focus, frame, _: pareto.view(frame, "reason_group"),
        pareto,
    ),
    "ops_order_clock": Chart(
        (ORDERS,), plain(order_clock_frame), lambda _focus, frame, _: order_clock.view(frame), order_clock
    ),
}
