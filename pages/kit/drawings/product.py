"""Product: which view answers each chart of its page, and which figure draws it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from metrics.views.discovery import RATES, discovery_grain
from metrics.views.discovery import discovery as discovery_frame
from metrics.views.launches import launch_curves
from metrics.views.price_index import price_index
from metrics.views.product_margins import product_margins
from metrics.views.review_topics import review_topics
from metrics.views.roadmap import roadmap_burn_up
from metrics.views.series import carrying
from metrics.views.stock_age import stock_age
from metrics.views.stock_cover import KPIS, stock_cover
from metrics.views.stock_outs import stock_outs as stock_outs_frame
from metrics.views.suppliers import suppliers as suppliers_frame
from pages.kit.charts import bars, day_grid, dots, lines, points, ranking
from pages.kit.charts.bars import BarsView
from pages.kit.charts.dots import DotsView
from pages.kit.charts.lines import LinesView
from pages.kit.charts.points import PointsView
from pages.kit.drawings import product_range as offer
from pages.kit.drawings import product_stock as stock
from pages.kit.drawings.chart import Chart, asking, plain
from pages.kit.focus import Focus

LINES, STOCK, PURCHASES, PRODUCTS = (
    "fact_order_line", "fact_inventory_snapshot", "fact_purchase_order_line", "dim_product",
)  # fmt: skip


def _cover(focus: Focus, frame: pl.DataFrame, _: str | None) -> PointsView:
    kpis = [focus.visit.catalogue.kpi(name) for name in KPIS]
    target, is_able = kpis[0].default_target, len(carrying(kpis, focus.scope)) == len(kpis)
    return stock.cover(frame, focus.visit.currency, target.high if target else None, is_able)


def _suppliers(focus: Focus, frame: pl.DataFrame, _: str | None) -> BarsView:
    target = focus.visit.catalogue.kpi("supplier_otif_rate").default_target
    return stock.suppliers(frame, focus.visit.currency, target.value if target else None)


def _prices(focus: Focus, frame: pl.DataFrame, _: str | None) -> DotsView:
    target = focus.visit.catalogue.kpi("competitive_price_index").default_target
    return stock.prices(frame, (target.low, target.high) if target else (None, None))


def _discovery(focus: Focus, frame: pl.DataFrame, _: str | None) -> LinesView:
    kpis = {name: focus.visit.catalogue.kpi(name) for name in RATES}
    return offer.discovery(frame, kpis, discovery_grain(focus.scope), focus.visit.currency)


CHARTS: Mapping[str, Chart] = {
    "prd_abc": Chart(
        (LINES, PRODUCTS),
        asking(product_margins),
        lambda focus, frame, _: stock.margins(frame, focus.visit.currency),
        ranking,
    ),
    "prd_stock_age": Chart(
        (STOCK, PRODUCTS), plain(stock_age), lambda focus, frame, _: stock.ages(frame, focus.visit.currency), bars
    ),
    "prd_quadrant": Chart((STOCK, LINES, PURCHASES, PRODUCTS), asking(stock_cover), _cover, points),
    "prd_stockout_calendar": Chart(
        (STOCK, PRODUCTS),
        plain(stock_outs_frame),
        lambda focus, frame, _: stock.stock_outs(frame, focus.period),
        day_grid,
    ),
    "prd_supplier": Chart((PURCHASES,), plain(suppliers_frame), _suppliers, bars, beside=("fact_partner_contract",)),
    "prd_price_index": Chart(("fact_listing_snapshot", PRODUCTS), plain(price_index), _prices, dots),
    "prd_burnup": Chart(
        ("fact_work_item",), plain(roadmap_burn_up), lambda _focus, frame, _: offer.burn_up(frame), lines
    ),
    "prd_launch_curves": Chart(
        (LINES, PRODUCTS),
        plain(launch_curves),
        lambda focus, frame, _: offer.launches(frame, focus.visit.currency),
        lines,
    ),
    "prd_reviews": Chart(("fact_feedback",), plain(review_topics), lambda _focus, frame, _: offer.reviews(frame), bars),
    "prd_discovery": Chart(("fact_traffic", LINES), asking(discovery_frame), _discovery, lines),
}
