"""Marketing: which view answers each chart of its page, and which figure draws it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from metrics.views.acquisition import acquisition
from metrics.views.beside import carries
from metrics.views.brand import brand_funnel
from metrics.views.campaigns import campaign_calendar, campaign_results
from metrics.views.lifetime_value import lifetime_value
from metrics.views.messages import message_funnel
from metrics.views.messages import rewards as rewards_frame
from metrics.views.partners import partner_bridge
from metrics.views.rfm import SMALLEST_CELL, rfm_grid
from metrics.views.series import reaching_back, series
from pages.kit.charts import bars, lines, points, rfm, steps, timeline, waterfall
from pages.kit.drawings import marketing_market as market
from pages.kit.drawings import marketing_media as media
from pages.kit.drawings.chart import Chart, asking, plain
from pages.kit.focus import Focus

CAMPAIGNS, MESSAGES, ORDERS = "fact_campaign", "fact_campaign_daily", "fact_order"
SHARES = ("share_of_voice", "share_of_search", "market_share")
MONTHS_BACK = 13


def _shares(focus: Focus) -> pl.DataFrame:
    visit, scope = focus.visit, reaching_back(focus.scope, MONTHS_BACK)
    return series(visit.reader, scope, visit.viewer, visit.catalogue, SHARES, grain="month")


def _campaigns(focus: Focus, frame: pl.DataFrame, _: str | None) -> bars.BarsView:
    is_able = carries(focus.visit.reader, focus.scope, CAMPAIGNS)
    return media.campaigns(frame, focus.as_of, focus.visit.currency, is_able)


CHARTS: Mapping[str, Chart] = {
    "mkt_spend_vs_new": Chart(
        (MESSAGES, ORDERS),
        asking(acquisition),
        lambda focus, frame, _: media.spend(frame, focus.visit.currency),
        points,
    ),
    "mkt_campaign_bullet": Chart(
        (CAMPAIGNS, ORDERS),
        plain(campaign_results),
        _campaigns,
        bars,
    ),
    "mkt_calendar": Chart(
        (CAMPAIGNS, "dim_date"),
        plain(campaign_calendar),
        lambda focus, frame, _: media.calendar(frame, focus.as_of),
        timeline,
    ),
    "mkt_rfm": Chart(
        ("fact_customer_snapshot",),
        plain(rfm_grid),
        lambda focus, frame, _: rfm.view(frame, focus.visit.currency, SMALLEST_CELL),
        rfm,
    ),
    "mkt_clv_curve": Chart(
        (ORDERS, "fact_order_line", MESSAGES),
        asking(lifetime_value),
        lambda focus, frame, _: market.lifetime(frame, focus.visit.currency),
        lines,
    ),
    "mkt_message_funnel": Chart(
        (MESSAGES,),
        plain(message_funnel),
        lambda _, frame, touch: media.messages(frame, touch),
        steps,
        media.touches,
        "touch_type",
    ),
    "mkt_rewards": Chart(
        (MESSAGES,), plain(rewards_frame), lambda focus, frame, _: media.rewards(frame, focus.visit.currency), bars
    ),
    "mkt_sov_som": Chart(
        ("fact_market_snapshot",),
        _shares,
        lambda focus, frame, _: market.market(frame, [focus.visit.catalogue.kpi(name) for name in SHARES]),
        lines,
    ),
    "mkt_brand_funnel": Chart(
        ("fact_feedback",), plain(brand_funnel), lambda _focus, frame, _: market.brand(frame), bars
    ),
    "mkt_partners": Chart(
        ("fact_partner_contract",),
        plain(partner_bridge),
        lambda _, frame, kind: market.partners(frame, kind),
        waterfall,
        market.kinds,
        "partner_type",
    ),
}
