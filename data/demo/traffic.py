"""Traffic: visits and their funnel, as the analytics tool counted them, which is not what the ledger says."""

from __future__ import annotations

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import Column, Ints, days_from, frame, money, only, picks, stream, total
from data.demo.demand import CELLS, SLOTS, Demand
from data.demo.orders import Settled
from data.demo.placed import Placed

CUT = "campaign_id,device,marketing_channel,store_name,touchpoint"
TRACKED_SHARE = 0.955
THROUGH_CART_SHARE = 0.8
CART_SHARE = 0.056
CHECKOUT_SHARE = 0.24
VIEW_SHARE = 0.52
ENGAGED_SHARE = 0.22
VIEWS_PER_VISIT = 3.1
SEARCH_SHARE = 0.21
ZERO_RESULT_SHARE = 0.062
SLOTS_PER_VIEW = 1.8
RECOMMENDATION_CLICK_SHARE = 0.035
HELP_VISITS_PER_ORDER = 0.28
HELP_SEARCH_SHARE = 0.4
OWN = ("web", "app", "mini_program")
FUNNEL = (
    "sessions_with_product_view", "sessions_with_add_to_cart", "sessions_with_checkout", "sessions_with_purchase",
    "cart_sessions_with_purchase",
)  # fmt: skip


def visits_of(demand: Demand, placed: Placed, seed: int) -> Ints:
    """Visits of the days of the orders placed, by (day, cell, slot) flattened: the expectation with the day's luck.

    Never fewer than the orders that came out of them.
    """
    rng = stream(seed, "visits", placed.first_day)
    days = slice(placed.first_day, placed.last_day + 1)
    expected, orders = demand.visits[days].ravel(), demand.orders[days].ravel()
    visits: Ints = np.maximum(rng.poisson(expected), orders)
    return visits


def flat(placed: Placed) -> Ints:
    """The flattened (day, cell, slot) of each order placed."""
    return ((placed.day - placed.first_day) * len(CELLS) + placed.cell) * SLOTS + placed.slot


def traffic_frame(demand: Demand, placed: Placed, settled: Settled, visits: Ints, seed: int) -> pl.DataFrame:
    """`fact_traffic` of shops and own surfaces: one row a day, surface, channel and campaign that saw a visit."""
    rng = stream(seed, "traffic", placed.first_day)
    at, size = flat(placed), len(visits)
    bought = total(at, placed.is_paid, size)
    spent = total(at, np.where(placed.is_paid, settled.gross - settled.discount, 0), size)
    rows = np.flatnonzero(visits)
    visits, bought, spent = visits[rows], bought[rows], spent[rows]
    day, cell = rows // (len(CELLS) * SLOTS) + placed.first_day, rows // SLOTS % len(CELLS)
    touchpoint = np.array([one.surface.touchpoint for one in CELLS])[cell]
    device = np.array([one.surface.device for one in CELLS])[cell]
    is_broken = stories.TRACKING_BUG.holds(day) & (touchpoint == "web") & (device == "mobile")
    tracked = rng.binomial(bought, np.where(is_broken, stories.TRACKED_SHARE_LEFT, TRACKED_SHARE))
    seen = spent * tracked // np.maximum(bought, 1)
    is_own = np.isin(touchpoint, OWN)
    # Marketplaces do not tell what was searched or recommended.
    searches = {name: only(is_own, pl.Series(counts)) for name, counts in _searches(visits, rng).items()}
    return _frame(
        days_from(demand.first_day, day),
        {
            "touchpoint": pl.Series(touchpoint),
            "store_name": picks([one.sales.store for one in CELLS], cell),
            "marketing_channel": picks([one.source.channel for one in CELLS], cell),
            "campaign_id": picks(demand.campaigns, demand.campaign[day, cell, rows % SLOTS]),
            "device": pl.Series(device),
            "session_basis": picks(("daily_visitor", "session"), is_own.astype(np.int64)),
            "sessions": visits,
            **_funnel(visits, tracked, rng),
            "purchase_revenue": money(seen),
            **searches,
        },
    )


def help_frame(demand: Demand, placed: Placed, seed: int) -> pl.DataFrame:
    """`fact_traffic` of the help centre: visits that are no shopping and never count as such."""
    rng = stream(seed, "help", placed.first_day)
    day = np.arange(placed.first_day, placed.last_day + 1)
    visits = 1 + rng.poisson(demand.orders[day].sum(axis=(1, 2)) * HELP_VISITS_PER_ORDER)
    shop_only = dict.fromkeys((*FUNNEL, "purchase_revenue", "reco_impressions", "reco_clicks"))
    searches = rng.binomial(visits, HELP_SEARCH_SHARE)
    return _frame(
        days_from(demand.first_day, day),
        {
            "touchpoint": "help_centre",
            "store_name": "",
            "marketing_channel": "direct",
            "campaign_id": "",
            "device": "mobile",
            "session_basis": "session",
            "sessions": visits,
            "engaged_sessions": rng.binomial(visits, VIEW_SHARE),
            "page_views": visits + rng.poisson(visits),
            **shop_only,
            "site_searches": searches,
            "zero_result_searches": rng.binomial(searches, ZERO_RESULT_SHARE),
        },
    )


def _funnel(visits: Ints, tracked: Ints, rng: np.random.Generator) -> dict[str, Ints]:
    """The steps of the funnel, each within the one before (checkout counts those who buy at once, too)."""
    cart_bought = rng.binomial(tracked, THROUGH_CART_SHARE)
    in_cart = cart_bought + rng.binomial(visits - tracked, CART_SHARE)
    at_checkout = tracked + rng.binomial(in_cart - cart_bought, CHECKOUT_SHARE)
    deep = in_cart + tracked - cart_bought
    viewed = deep + rng.binomial(visits - deep, VIEW_SHARE)
    steps = dict(zip(FUNNEL, (viewed, in_cart, at_checkout, tracked, cart_bought), strict=True))
    return {
        "engaged_sessions": viewed + rng.binomial(visits - viewed, ENGAGED_SHARE),
        "page_views": visits + rng.poisson(visits * (VIEWS_PER_VISIT - 1)),
        **steps,
    }


def _searches(visits: Ints, rng: np.random.Generator) -> dict[str, Ints]:
    searches = rng.binomial(visits, SEARCH_SHARE)
    shown = rng.poisson(visits * VIEWS_PER_VISIT * SLOTS_PER_VIEW)
    return {
        "site_searches": searches,
        "zero_result_searches": rng.binomial(searches, ZERO_RESULT_SHARE),
        "reco_impressions": shown,
        "reco_clicks": rng.binomial(shown, RECOMMENDATION_CLICK_SHARE),
    }


def _frame(day: pl.Series, columns: dict[str, Column]) -> pl.DataFrame:
    whole = {"source_medium": "", "page_group": "", "region": "", "cut": CUT}
    return frame("fact_traffic", {"date": day, "from_date": day, "to_date": day, **whole, **columns})
