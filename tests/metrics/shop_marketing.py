"""The small shop's marketing: messages, campaigns, the market, partners, the brand panel and the customer base."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from metrics.periods import Period

Rows = list[dict[str, Any]]
DEPARTMENTS = ("marketing", "product", "(unknown)")
SEGMENTS = ("champions", "loyal", "at_risk", "(unknown)")
TIERS = ("gold", "silver", "")
REGIONS = ("上海", "广东", "(unknown)")
MESSAGE_CUT = "audience_segment,campaign_id,marketing_channel,platform,touch_type"


def market(period: Period) -> dict[str, Rows]:
    """The rows of each table over a period of whole months."""
    dice = Random(23)
    days = [period.first + timedelta(days=n) for n in range(period.days)]
    ends = [day for day in days if (day + timedelta(days=1)).day == 1]
    return {
        "fact_campaign_daily": [row for day in days[::3] for row in _messages(dice, day)],
        "fact_campaign": [_campaign(dice, number, days) for number in range(60)],
        "fact_market_snapshot": [row for end in ends for row in _players(dice, end)],
        "fact_partner_contract": [
            _contract(dice, end, n) for end in ends for n in range(24) if n < 22 or end == ends[1]
        ],
        "fact_feedback": [_panellist(dice, number, days) for number in range(140)],
        "fact_customer_snapshot": [_customer(dice, end, n) for end in ends for n in range(90)],
        "fact_work_item": [_insight(dice, number, days) for number in range(80)],
    }


def _maybe(dice: Random, value: object, share: float = 0.85) -> Any:
    return value if dice.random() < share else None


def _messages(dice: Random, day: date) -> Rows:
    # A source of its own: its reports are split by touch, the media reports are not.
    return [
        {
            "date": day,
            "_source": "messages",
            "cut": MESSAGE_CUT,
            "platform": platform,
            "marketing_channel": channel,
            "touch_type": dice.choice(("coupon", "birthday")),
            "campaign_id": dice.choice(("spring", "(unknown)")),
            "audience_segment": dice.choice(("vip", "all")),
            "is_paid_media": False,
            "delivered": _maybe(dice, dice.randrange(100, 900)),
            "conversions": _maybe(dice, dice.randrange(0, 40) + 0.5),
            "cost": dice.randrange(1, 30),
            "reward_value_issued": _maybe(dice, dice.randrange(50, 200)),
            "reward_value_redeemed": _maybe(dice, dice.randrange(0, 50)),
        }
        for platform, channel in (("klaviyo", "email"), ("sms", "sms"), ("pr", "earned_media"))
    ]


def _campaign(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    # The first campaigns end on the edges of the period; some began before it, some end after it.
    start = days[0] if number == 0 else dice.choice(days)
    end = (days[0], days[-1])[number] if number < 2 else start + timedelta(days=dice.randrange(0, 40))
    return {
        "campaign_id": f"k{number}",
        "campaign_type": dice.choice(("festival", "new_product_launch", "new_product_launch", "popup_store")),
        "owner_department": dice.choice(DEPARTMENTS),
        "channel_mode": dice.choice(("online", "omni")),
        "start_date": start,
        "end_date": None if number == 5 else end,
        "target_revenue": _maybe(dice, dice.randrange(1000, 9000)),
        "attributed_revenue": _maybe(dice, dice.randrange(500, 9000) + 0.25),
        "incremental_gross_profit": _maybe(dice, dice.randrange(-100, 900), 0.6),
        "spend_amount": _maybe(dice, dice.randrange(50, 500)),
    }


def _players(dice: Random, end: date) -> Rows:
    return [
        {
            "month_end": end,
            "category": category,
            "player": player,
            "is_self": player == "us",
            "estimated_sales": _maybe(dice, dice.randrange(100, 900)),
            "search_index": _maybe(dice, dice.randrange(10, 99)),
            "mentions": _maybe(dice, dice.randrange(100, 300)),
            "positive_mentions": _maybe(dice, dice.randrange(10, 90)),
            "negative_mentions": _maybe(dice, dice.randrange(0, 50)),
        }
        for category in ("shoes", "hats", "bags")
        # Nobody of ours is in the last category.
        for player in (("us", "rival", "other") if category != "bags" else ("rival", "other"))
    ]


def _contract(dice: Random, end: date, number: int) -> dict[str, Any]:
    is_due = dice.random() < 0.4
    return {
        "snapshot_date": end,
        "contract_id": f"c{number}",
        # Several contracts a partner; a kind of two contracts is there at the second month end only.
        "partner_id": f"p{number % 9}",
        "partner_name": f"Partner {number % 3}",
        "partner_type": "kol" if number > 21 else dice.choice(("supplier", "logistics")),
        "is_active": dice.choice((True, True, False, None)),
        "is_renewal_due": is_due,
        "is_renewed": dice.choice((True, False, None)) if is_due else False,
        "is_signed": dice.choice((True, True, False)),
        "baseline_cost": _maybe(dice, dice.randrange(100, 900)),
        "negotiated_cost": _maybe(dice, dice.randrange(50, 800)),
        "joint_revenue": _maybe(dice, dice.randrange(0, 5000) + 0.5),
    }


def _panellist(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    return {
        "feedback_id": f"panel{number}",
        "submitted_date": (days[0], days[-1])[number] if number < 2 else dice.choice(days),
        "feedback_type": dice.choice(("brand_tracker", "brand_tracker", "market_survey")),
        "topic": dice.choice(("awareness", "good value", "(unknown)")),
        "wave": dice.choice(("2025-Q1", "(unknown)")),
        "region": dice.choice(REGIONS),
        "respondent_segment": dice.choice(("women 18-25", "men 18-25")),
        "is_unaided_aware": dice.choice((True, False, None)),
        "is_aided_aware": dice.choice((True, True, False, None)),
        "is_attribute_match": dice.choice((True, False, None)),
    }


def _customer(dice: Random, end: date, number: int) -> dict[str, Any]:
    return {
        "snapshot_date": end,
        "customer_id": f"m{number}",
        "region": dice.choice(REGIONS),
        "member_tier": dice.choice(TIERS),
        "acquisition_channel": dice.choice(("paid_search", "direct")),
        "rfm_segment": dice.choice(SEGMENTS),
        "is_marketing_reachable": dice.choice((True, False, None)),
        "lifetime_orders": dice.choice((0, 1, 5, None)),
        "lifetime_gross_profit": _maybe(dice, dice.randrange(-20, 900) + 0.75),
        "was_active_prev_12m": dice.choice((True, False, None)),
        "is_active_12m": dice.choice((True, True, False, None)),
        "bought_online_12m": dice.choice((True, False)),
        "bought_offline_12m": dice.choice((True, False, None)),
    }


def _insight(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    status = dice.choice(("done", "done", "cancelled", "open"))
    day = (days[0], days[-1])[number] if number < 2 else dice.choice(days)
    return {
        "item_key": f"insight-{number}",
        "item_type": dice.choice(("market_insight", "market_insight", "feature")),
        "owner_department": dice.choice(DEPARTMENTS),
        "requesting_department": dice.choice(DEPARTMENTS),
        "origin": dice.choice(("market_research", "competitor_watch")),
        "status": status,
        "due_date": day,
        "resolved_date": day if status == "done" else None,
        "outcome": dice.choice(("adopted", "rejected", "(unknown)")) if status == "done" else "(unknown)",
    }
