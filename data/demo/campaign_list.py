"""The list of campaigns: festivals, members' days, collection drops, channels that always run, and what is no media."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import Ints, amounts, frame, money, stream, total
from data.demo.demand import LAUNCH, LAUNCH_EVERY, Demand, promotions
from data.demo.months import Months
from data.demo.past import Past

# Extra gross profit as a share of the gross profit of a campaign's orders: the rest would have come anyway.
INCREMENTAL = {
    "festival": 0.44, "crm_loyalty": 0.3, "new_product_launch": 0.5, "promotion": 0.35, "performance": 0.33,
}  # fmt: skip
PLAN_SPREAD = 0.14
PLANNED_GROWTH = 1.25
EMPTY_PROMOTION_PLAN = 9.0
BUDGET_SPREAD = 0.1
REVIEWED_AFTER_DAYS, REVIEWED_SHARE = 14, 0.86
MESSAGE_PLATFORMS = ("klaviyo", "sms", "push")
# Campaigns that no order carries: name, kind, mode, owner, month and day they begin each year, days, cost and extra
# profit per order of the company in a year (fen), visitors per thousand orders.
OTHERS = (
    ("spring_brand_film", "brand", "online", "marketing", (3, 10), 40, 70, None, None),
    ("autumn_brand_film", "brand", "online", "marketing", (9, 20), 35, 75, None, None),
    ("popup_shanghai", "popup_store", "offline", "marketing", (5, 1), 16, 30, 34, 62),
    ("popup_chengdu", "popup_store", "offline", "marketing", (10, 1), 12, 24, 19, 41),
    ("home_fair", "offline_event", "offline", "marketing", (8, 20), 4, 22, 12, 25),
    ("thank_you_week", "customer_appreciation", "omni", "customer_service", (4, 18), 7, 20, 31, 90),
    ("anniversary", "customer_appreciation", "omni", "marketing", (10, 18), 7, 26, 41, 120),
    ("tea_house_edition", "partner_joint", "omni", "marketing", (6, 25), 21, 18, 25, 48),
    ("winter_comfort", "partner_joint", "online", "product", (11, 3), 14, 16, 21, 30),
)  # fmt: skip


@dataclass(frozen=True)
class _Campaign:
    """One row; amounts in fen, None for what is not known or not set. `meant` is what a coming one should cost."""

    id: str
    name: str
    kind: str
    mode: str
    owner: str
    first: date
    last: date | None
    spent: int | None = None
    extra: int | None = None
    target: int | None = None
    visitors: int | None = None
    meant: int | None = None


def list_frame(demand: Demand, past: Past, calendar: pl.DataFrame, months: Months, seed: int) -> pl.DataFrame:
    """`fact_campaign`: all campaigns of the history and those planned to the end of the calendar."""
    rng = stream(seed, "campaign list")
    known = [*_promotions(calendar), *_drops(months), *_always_on(demand, months)]
    known.append(_draw(months))
    sums = _sums(past, len(demand.campaigns))
    rows = [_told(one, demand, past, sums, months, rng) for one in known]
    rows += [one for year in _years(calendar) for one in _others(year, int(demand.orders.sum()), months, rng)]
    rows = [one for one in rows if months.first_day <= one.first <= calendar["date"][-1]]
    return _frame(sorted(rows, key=lambda one: (one.first, one.id)), months, rng)


def _years(calendar: pl.DataFrame) -> range:
    return range(calendar["date"][0].year, calendar["date"][-1].year + 1)


def _promotions(calendar: pl.DataFrame) -> list[_Campaign]:
    names = pl.DataFrame({"id": promotions(calendar), "date": calendar["date"]}).filter(pl.col("id") != "")
    found = names.group_by("id").agg(first=pl.col("date").min(), last=pl.col("date").max()).sort("first")
    rows = []
    for key, first, last in found.iter_rows():
        is_member_day = key.startswith("member_day")
        kind, owner = ("crm_loyalty", "marketing") if is_member_day else ("festival", "operations")
        rows.append(_Campaign(key, key.replace("_", " ").capitalize(), kind, "online", owner, first, last))
    return rows


def _drops(months: Months) -> list[_Campaign]:
    last = stories.HISTORY_DAYS - 1
    count = (last - LAUNCH.last) // LAUNCH_EVERY + 1
    rows = []
    for number in range(1, count + 1):
        back = (count - number) * LAUNCH_EVERY
        first, end = months.date(max(0, last - LAUNCH.first - back)), months.date(last - LAUNCH.last - back)
        name = f"Collection drop {number:02d}"
        rows.append(_Campaign(f"launch_{number:02d}", name, "new_product_launch", "online", "product", first, end))
    return rows


def _always_on(demand: Demand, months: Months) -> list[_Campaign]:
    rows = []
    for key in demand.campaigns:
        if key.endswith("_always_on"):
            kind = "crm_loyalty" if key.removesuffix("_always_on") in MESSAGE_PLATFORMS else "performance"
            name = key.removesuffix("_always_on").replace("_", " ").capitalize() + ", always on"
            rows.append(_Campaign(key, name, kind, "online", "marketing", months.first_day, None))
    return rows


def _draw(months: Months) -> _Campaign:
    first, last = stories.EMPTY_PROMOTION_DAYS.dates(months.last_day)
    return _Campaign(stories.EMPTY_PROMOTION, "Lucky draw", "promotion", "online", "marketing", first, last)


def _told(
    one: _Campaign, demand: Demand, past: Past, sums: Ints, months: Months, rng: np.random.Generator
) -> _Campaign:
    """The campaign with what the company's own books say of it; what is still to come has only a plan."""
    surprise = rng.lognormal(0.0, PLAN_SPREAD)
    if one.id not in demand.campaigns:
        before = one.id.replace(str(one.first.year), str(one.first.year - 1))
        reached = sums[0, demand.campaigns.index(before)] if before in demand.campaigns else 0
        cost = past.campaign_cost[demand.campaigns.index(before)] if before in demand.campaigns else 0
        return replace(one, target=_round(reached * PLANNED_GROWTH * surprise), meant=int(cost * PLANNED_GROWTH))
    number = demand.campaigns.index(one.id)
    net, profit = sums[:, number].tolist()
    plan = net * surprise * (EMPTY_PROMOTION_PLAN if one.id == stories.EMPTY_PROMOTION else 1.0)
    extra = int(profit * INCREMENTAL[one.kind] * rng.normal(1.0, 0.15))
    is_ended = one.last is not None and one.last <= months.last_day
    return replace(
        one,
        spent=int(past.campaign_cost[number]),
        extra=extra if is_ended else None,
        target=_round(plan) if one.last else None,
        visitors=int(past.campaign_visits[number]),
    )


def _sums(past: Past, campaigns: int) -> Ints:
    """Net revenue and gross profit of each campaign's paid orders."""
    number = past.order_campaign.astype(np.int64)
    return np.stack([total(number, fen, campaigns) for fen in (past.order_net, past.order_profit)])


def _round(fen: float) -> int:
    """An amount as planners write it: two digits that count."""
    size = int(10 ** max(2, len(str(int(fen))) - 2))
    return max(size, round(fen / size) * size)


def _others(year: int, orders: int, months: Months, rng: np.random.Generator) -> list[_Campaign]:
    """What no order carries, with amounts in proportion to the company's orders; no target, since none is told."""
    rows = []
    for key, kind, mode, owner, begins, days, cost, extra, visitors in OTHERS:
        first = date(year, *begins)
        last = first + timedelta(days=days - 1)
        luck = rng.normal(1.0, 0.12, 3)
        yearly = orders / 2
        one = _Campaign(f"{key}_{year}", f"{key.replace('_', ' ').capitalize()} {year}", kind, mode, owner, first, last)
        if last > months.last_day:
            one = replace(one, meant=int(yearly * cost))
        else:
            one = replace(
                one,
                spent=int(yearly * cost * luck[0]),
                extra=int(yearly * extra * luck[1]) if extra else None,
                visitors=int(yearly / 1000 * visitors * luck[2]) + 1 if visitors else None,
            )
        rows.append(one)
    return rows


def _frame(rows: list[_Campaign], months: Months, rng: np.random.Generator) -> pl.DataFrame:
    spent = [one.spent for one in rows]
    luck = rng.normal(1.02, BUDGET_SPREAD, len(rows)).tolist()
    budget = [_round((one.spent or one.meant or 0) * factor) for one, factor in zip(rows, luck, strict=True)]
    closed = [one.last is not None and one.last < months.last_day - timedelta(REVIEWED_AFTER_DAYS) for one in rows]
    early = rng.choice((0, 0, 0, 2), len(rows)).tolist()
    planned = [one.first - timedelta(days=days) for one, days in zip(rows, early, strict=True)]
    return frame(
        "fact_campaign",
        {
            "campaign_id": pl.Series([one.id for one in rows]),
            "campaign_name": pl.Series([one.name for one in rows]),
            "campaign_type": pl.Series([one.kind for one in rows]),
            "owner_department": pl.Series([one.owner for one in rows]),
            "channel_mode": pl.Series([one.mode for one in rows]),
            "planned_start_date": pl.Series(planned, dtype=pl.Date),
            "start_date": pl.Series([one.first for one in rows], dtype=pl.Date),
            "end_date": pl.Series([one.last for one in rows], dtype=pl.Date),
            "budget_amount": money(np.array(budget)),
            "spend_amount": amounts(spent),
            "target_revenue": amounts([one.target for one in rows]),
            "incremental_gross_profit": amounts([one.extra for one in rows]),
            "participants": pl.Series([one.visitors for one in rows], dtype=pl.Int64),
            "has_review": pl.Series([bool(is_old and rng.random() < REVIEWED_SHARE) for is_old in closed]),
        },
    )
