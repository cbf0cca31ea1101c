"""The small shop's range: listings, stock, purchases, search and recommendations, reviews and product work."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from metrics.periods import Period

Rows = list[dict[str, Any]]
SKUS = ("s1", "s2", "s3", "s4", "no_such_product")
DEPARTMENTS = ("product", "technology", "operations", "(unknown)")
KINDS = ("roadmap_epic", "experiment", "listing_change", "report_action")
SEARCH_CUT = "device,page_group,region,touchpoint"


def assortment(period: Period) -> dict[str, Rows]:
    """The rows of each table over a period of whole months."""
    dice = Random(31)
    days = [period.first + timedelta(days=n) for n in range(period.days)]
    return {
        "dim_product": [
            {"sku": "s5", "brand": "South", "category_l1": "bags", "supplier_id": "p1", "is_key_sku": True}
        ],
        "fact_order_line": [_line(dice, number, days) for number in range(120)],
        "fact_inventory_snapshot": [row for day in days[::4] for row in _stock(dice, day)],
        "fact_listing_snapshot": [row for day in days[1::7] for row in _listings(dice, day)],
        "fact_purchase_order_line": [_purchase(dice, number, days) for number in range(90)],
        "fact_traffic": [_discovery(dice, day, device) for day in days for device in ("mobile", "desktop")],
        "fact_feedback": [_review(dice, number, days) for number in range(120)],
        "fact_work_item": [_work(dice, number, days) for number in range(240)],
    }


def _maybe(dice: Random, value: object, share: float = 0.85) -> Any:
    return value if dice.random() < share else None


def _line(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    qty = dice.randrange(1, 6)
    return {
        "order_id": f"line{number}",
        "line_no": "1",
        "sku": dice.choice((*SKUS, "s5")),
        "sales_channel": dice.choice(("tmall", "jd")),
        "region": dice.choice(("上海", "(unknown)")),
        "campaign_id": "(unknown)",
        "entry_source": dice.choice(("search", "recommendation")),
        "paid_date": (days[0], days[-1])[number] if number < 2 else dice.choice(days),
        "is_paid": dice.random() < 0.9,
        "qty": qty,
        "returned_qty": dice.choice((0, 0, 1)),
        "net_amount": _maybe(dice, qty * 20 + 0.5),
        "cogs_amount": _maybe(dice, qty * 11 + 0.25),
        "is_new_product": dice.choice((True, False, None)),
    }


def _stock(dice: Random, day: date) -> Rows:
    return [
        {
            "snapshot_date": day,
            "sku": sku,
            "warehouse": warehouse,
            "available_qty": dice.choice((-1, 0, 5, 9, None)),
            "is_sellable": dice.choice((True, True, False, None)),
            # Each product has days without a value, and days without a row.
            "on_hand_value": _maybe(dice, dice.randrange(50, 900) + 0.5),
        }
        for sku in (*SKUS, "s5")
        for warehouse in ("east", "(unknown)")
        if dice.random() < 0.8
    ]


def _listings(dice: Random, day: date) -> Rows:
    return [
        {
            "snapshot_date": day,
            "sku": sku,
            "sales_channel": channel,
            "is_listed": dice.choice((True, True, True, False, None)),
            "attributes_required": _maybe(dice, 20),
            "attributes_filled": _maybe(dice, dice.randrange(10, 21)),
            "has_content_error": dice.choice((True, False, False, None)),
            "has_price_error": dice.choice((True, False, False, None)),
            "price": dice.choice((99.5, 120, 0, None)),
            "competitor_price": dice.choice((100, 110.25, 0, None)),
        }
        for sku in (*SKUS, "s5")
        for channel in ("tmall", "own_site")
    ]


def _purchase(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    # Some lines are promised on the last day and still open, some only after the period.
    promised = days[-1] if number < 4 else dice.choice(days) + timedelta(days=dice.choice((0, 0, 0, 20)))
    return {
        "po_id": f"po{number // 2}",
        "line_no": number % 2 + 1,
        "supplier_id": dice.choice(("p1", "p2")),
        "sku": dice.choice(SKUS),
        "warehouse": dice.choice(("east", "west")),
        "promised_date": promised,
        "received_date": _maybe(dice, promised + timedelta(days=dice.randrange(-4, 4)), 0.8),
        "qty_ordered": dice.choice((10, 20)),
        "qty_received": dice.choice((10, 20, 25, None)),
    }


def _discovery(dice: Random, day: date, device: str) -> dict[str, Any]:
    # A source of its own: these reports count searches, not visits.
    return {
        "date": day,
        "_source": "site_search",
        "cut": SEARCH_CUT,
        "touchpoint": dice.choice(("web", "app")),
        "device": device,
        "page_group": dice.choice(("home", "search")),
        "region": dice.choice(("上海", "广东")),
        "site_searches": _maybe(dice, dice.randrange(20, 90)),
        "zero_result_searches": _maybe(dice, dice.randrange(0, 9)),
        "reco_impressions": _maybe(dice, dice.randrange(100, 900)),
        "reco_clicks": _maybe(dice, dice.randrange(0, 90)),
    }


def _review(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    return {
        "feedback_id": f"review{number}",
        "submitted_date": dice.choice(days),
        "feedback_type": "product_review",
        "score": dice.choice((1, 4, 5, 5, None)),
        "sku": dice.choice((*SKUS, "(unknown)")),
        "topic": dice.choice(("quality", "size")),
        "sales_channel": dice.choice(("tmall", "jd")),
    }


def _work(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    # Some work is due on the last day and still open, some only after the period.
    due = days[-1] if number < 6 else dice.choice(days) + timedelta(days=dice.choice((0, 0, 0, 15)))
    status = dice.choice(("done", "done", "cancelled", "in_progress"))
    return {
        "item_key": f"work-{number}",
        "item_type": KINDS[number % 4],
        "owner_department": dice.choice(DEPARTMENTS),
        "requesting_department": dice.choice(DEPARTMENTS),
        "team": dice.choice(("search", "checkout")),
        "sales_channel": dice.choice(("tmall", "own_site")),
        "origin": dice.choice(("ops_report", "customer_feedback")),
        "status": status,
        "due_date": due,
        "resolved_date": due + timedelta(days=dice.randrange(-9, 5)) if status == "done" else None,
        "outcome": dice.choice(("win", "flat", "loss")) if status == "done" else "(unknown)",
    }
