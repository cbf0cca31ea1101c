"""A small shop, the same each time: three months of orders, parcels, returns, visits, adverts and answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from metrics.periods import Period

FIRST, LAST = date(2025, 1, 1), date(2025, 3, 31)
PERIOD = Period(FIRST, LAST)
CHANNELS = ("tmall", "own_site", "jd")
REGIONS = ("上海", "广东", "(unknown)")
MARKETING = ("paid_search", "email", "direct")
CAMPAIGNS = ("spring", "(unknown)")
SKUS = ("s1", "s2", "s3", "s4", "no_such_product")
Rows = list[dict[str, Any]]


def shop() -> dict[str, Rows]:
    """The rows of every table, by table; some columns are null in some rows, as in life."""
    dice = Random(7)
    orders = [_order(dice, number) for number in range(260)]
    return {
        "dim_product": _products(),
        "fact_order": orders,
        "fact_order_line": [line for order in orders for line in _lines(dice, order)],
        "fact_shipment": [parcel for order in orders if order["is_paid"] for parcel in _parcels(dice, order)],
        "fact_return": [_return(dice, number) for number in range(80)],
        "fact_traffic": [row for day in _days() for row in _visits(dice, day)],
        "fact_campaign_daily": [row for day in _days() for row in _adverts(dice, day)],
        "fact_feedback": [_answer(dice, number) for number in range(160)],
    }


def _days() -> list[date]:
    return [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def _noon(day: date, hours: float = 0) -> datetime:
    return datetime(day.year, day.month, day.day, 12) + timedelta(hours=hours)


def _products() -> Rows:
    brands = {"s1": "North", "s2": "North", "s3": "South", "s4": "South"}
    return [
        {"sku": sku, "brand": brand, "category_l1": "shoes" if sku in ("s1", "s3") else "hats", "launch_date": FIRST}
        for sku, brand in brands.items()
    ]


def _order(dice: Random, number: int) -> dict[str, Any]:
    # The first two orders lie on the edges of the period.
    day = (FIRST, LAST)[number] if number < 2 else dice.choice(_days())
    seq = dice.choice((1, 1, 2, 3))
    gap = None if seq == 1 else dice.choice((10, 179, 180, 400))
    amount = dice.randrange(10, 500)
    return {
        "order_id": f"o{number}",
        "paid_date": day,
        "paid_at": _noon(day),
        "is_paid": dice.random() < 0.9,
        "gmv_amount": amount + 0.55,
        "net_amount": amount if dice.random() < 0.95 else None,
        "customer_id": f"c{dice.randrange(90)}",
        "customer_order_seq": seq,
        "days_since_prev_order": gap,
        "customer_type": "new" if seq == 1 else "reactivated" if gap and gap >= 180 else "returning",
        "is_member_order": dice.choice((True, False)),
        "is_cancelled": dice.choice((True, False, False, None)),
        "cancelled_by": dice.choice(("customer", "merchant", "(unknown)")),
        "cancel_reason": dice.choice(("no_stock", "(unknown)")),
        "sales_channel": dice.choice(CHANNELS),
        "store_name": dice.choice(("north", "south")),
        "region": dice.choice(REGIONS),
        "device": dice.choice(("mobile", "desktop")),
        "marketing_channel": dice.choice(MARKETING),
        "campaign_id": dice.choice(CAMPAIGNS),
        "payment_method": dice.choice(("alipay", "card")),
    }


def _lines(dice: Random, order: dict[str, Any]) -> Rows:
    shared = {key: order[key] for key in ("order_id", "paid_date", "is_paid", "sales_channel", "region", "campaign_id")}
    rows: Rows = []
    for number in range(dice.choice((1, 1, 2))):
        qty = dice.choice((1, 2, 5, -1))
        rows.append(
            {
                **shared,
                "line_no": str(number + 1),
                "sku": dice.choice(SKUS),
                "entry_source": dice.choice(("search", "campaign_page")),
                "qty": qty,
                "net_amount": qty * dice.randrange(5, 80) + 0.25,
                "returned_qty": dice.choice((0, 0, 1)) if qty > 0 else 0,
            }
        )
    return rows


def _parcels(dice: Random, order: dict[str, Any]) -> Rows:
    rows: Rows = []
    for number in range(dice.choice((1, 1, 2))):
        promised = order["paid_date"] + timedelta(days=3)
        hours = dice.randrange(5, 120)
        is_sent = dice.random() < 0.95
        rows.append(
            {
                "order_id": order["order_id"],
                "parcel_no": number + 1,
                "sales_channel": order["sales_channel"],
                "region": order["region"],
                "warehouse": dice.choice(("east", "west")),
                "carrier": dice.choice(("sf", "zto")),
                "promised_delivery_date": promised,
                "shipped_date": order["paid_date"] if is_sent else None,
                "delivered_at": _noon(order["paid_date"], hours) if is_sent and dice.random() < 0.95 else None,
                "fulfilment_hours": hours / 7 if is_sent else None,
                "is_in_full": dice.choice((True, True, True, False, None)),
                "is_correct_item": dice.choice((True, True, True, False, None)),
                "is_damage_free": dice.choice((True, None)),
                "is_docs_correct": dice.choice((True, None)),
                "pick_pack_cost": dice.randrange(1, 9),
                "freight_cost": dice.choice((6.5, 8, None)) if dice.random() < 0.2 else 7,
            }
        )
    return rows


def _return(dice: Random, number: int) -> dict[str, Any]:
    day = dice.choice(_days())
    return {
        "return_id": f"r{number}",
        "line_no": "1",
        "sku": dice.choice(SKUS),
        "sales_channel": dice.choice(CHANNELS),
        "warehouse": dice.choice(("east", "west")),
        "return_type": dice.choice(("refund_only", "return_refund", "exchange")),
        "reason_group": dice.choice(("quality", "size_fit")),
        "requested_at": _noon(day, -dice.randrange(1, 200)),
        "completed_at": _noon(day),
        "completed_date": day,
        "qty": 1,
    }


def _visits(dice: Random, day: date) -> Rows:
    cut = "campaign_id,device,marketing_channel,page_group,region,source_medium,store_name,touchpoint"
    rows: Rows = []
    for touchpoint in ("web", "app", "help_centre"):
        for device in ("mobile", "desktop"):
            sessions = dice.randrange(50, 500)
            carts = sessions // 10
            rows.append(
                {
                    "date": day,
                    "touchpoint": touchpoint,
                    "device": device,
                    "store_name": dice.choice(("north", "south")),
                    "marketing_channel": dice.choice(MARKETING),
                    "source_medium": dice.choice(("baidu / cpc", "mail / news")),
                    "campaign_id": dice.choice(CAMPAIGNS),
                    "page_group": dice.choice(("home", "product")),
                    "region": dice.choice(REGIONS),
                    "session_basis": "session",
                    "sessions": sessions,
                    "engaged_sessions": sessions // 2,
                    "sessions_with_add_to_cart": carts,
                    "cart_sessions_with_purchase": carts // 3,
                    "sessions_with_purchase": carts // 3 + 1,
                    "cut": cut,
                }
            )
    return rows


def _adverts(dice: Random, day: date) -> Rows:
    cut = "ad_group,audience_segment,campaign_id,marketing_channel,platform,region"
    return [
        {
            "date": day,
            "platform": platform,
            "campaign_id": dice.choice(CAMPAIGNS),
            "ad_group": dice.choice(("brand", "generic")),
            "audience_segment": dice.choice(("vip", "all")),
            "marketing_channel": "email" if platform == "klaviyo" else "paid_search",
            "region": dice.choice(REGIONS),
            "is_paid_media": platform != "klaviyo",
            "cost": dice.randrange(20, 200),
            "conversion_value": dice.randrange(20, 900),
            "cut": cut,
        }
        for platform in ("baidu", "google_ads", "klaviyo")
    ]


def _answer(dice: Random, number: int) -> dict[str, Any]:
    return {
        "feedback_id": f"f{number}",
        "submitted_date": dice.choice(_days()),
        "feedback_type": dice.choice(("nps", "nps", "ces")),
        "score": dice.choice((*range(11), 9, 10, None)),
        "topic": dice.choice(("delivery", "quality")),
        "sales_channel": dice.choice(CHANNELS),
        "region": dice.choice(REGIONS),
        "respondent_segment": dice.choice(("vip", "new")),
    }
