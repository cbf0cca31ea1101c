"""For each reconciliation a few rows on which it holds, and the table that breaks it: small enough to add up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tests.data.lakes import NOW, order

TODAY = NOW.date()
SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
FIRST, DAY, LAST = date(2026, 10, 1), date(2026, 10, 15), OCTOBER
Records = Sequence[dict[str, Any]]
Tables = dict[str, Records]


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour)


def line(number: str, day: date, net: float, **more: Any) -> dict[str, Any]:
    return {"order_id": number, "line_no": "1", "paid_date": day, "net_amount": net, "is_paid": True, **more}


def report(day: date, cut: str, name: str, cost: float) -> dict[str, Any]:
    """A day of a campaign report that is split by one dimension."""
    keys = {"platform": "", "campaign_id": "", "ad_group": "", "audience_segment": "", "touch_type": ""}
    return keys | {cut: name, "date": day, "from_date": day, "to_date": day, "cut": cut, "cost": cost}


def visits(cut: str, name: str, sessions: int) -> dict[str, Any]:
    """A day of a traffic report that is split by one dimension."""
    names = ("touchpoint", "store_name", "marketing_channel", "source_medium", "campaign_id", "device", "page_group")
    keys = dict.fromkeys((*names, "region"), "")
    return keys | {cut: name, "date": FIRST, "from_date": FIRST, "to_date": FIRST, "cut": cut, "sessions": sessions}


def booked(kind: str, name: str, amount: float, month_end: date = OCTOBER) -> dict[str, Any]:
    return {
        "period_end": month_end,
        "account_code": name,
        "account_name": name,
        "account_class": kind,
        "department": "finance",
        "amount": amount,
    }


def person(number: str, month_end: date, **more: Any) -> dict[str, Any]:
    facts = {"is_active": True, "is_hire": False, "is_exit": False, "fte": 1, "base_salary": 1000}
    return {"snapshot_date": month_end, "employee_id": number, **facts, **more}


ORDERS: Records = [
    order("a", FIRST, 113, discount_amount=0, tax_amount=13, net_amount=100, refunded_amount=0),
    order("b", DAY, 113, discount_amount=0, tax_amount=13, net_amount=100, refunded_amount=22.6),
    order("c", LAST, 124, discount_amount=11, tax_amount=13, net_amount=100, refunded_amount=0),
    order("gone", LAST, 113, discount_amount=0, tax_amount=13, net_amount=100, refunded_amount=113, is_cancelled=True),
]
LINES: Records = [
    line("a", FIRST, 100, sku="s1", qty=1, discount_amount=0),
    line("b", DAY, 60, sku="s1", qty=2, discount_amount=0),
    line("b", DAY, 40, sku="s2", qty=1, discount_amount=0) | {"line_no": "2"},
    line("c", LAST, 100, sku="s2", qty=4, discount_amount=11),
    line("gone", LAST, 100, sku="s1", qty=1, discount_amount=0),
]
# The refund of 22.60 holds 2.60 of tax; the two others only open and close the month.
RETURNS: Records = [
    {
        "return_id": name,
        "line_no": "1",
        "order_id": "b",
        "sku": "s1",
        "qty": 0,
        "requested_at": at(day, 8),
        "completed_at": at(day, 9),
        "completed_date": day,
        "refund_amount": amount,
    }
    for name, day, amount in (("r0", FIRST, 0), ("r1", DAY, 22.6), ("r2", LAST, 0))
]
ADS: Records = [
    report(day, "platform", name, cost)
    for day, name, cost in ((FIRST, "meta", 500), (FIRST, "jd_ads", 300), (LAST, "meta", 200))
]
STAFF: Records = [
    person("ann", SEPTEMBER),
    person("bo", SEPTEMBER),
    person("ann", OCTOBER),
    person("bo", OCTOBER, is_active=False, is_exit=True, fte=0),
    person("cai", OCTOBER, is_hire=True, fte=0.5),
    person("di", OCTOBER, is_hire=True),
    person("eva", SEPTEMBER, employment_type="outsourced", base_salary=None),
    person("eva", OCTOBER, employment_type="outsourced", base_salary=None),
]
# 100 at the end of September, 60 of s1 came, 4 of s1 and 5 of s2 were sold: 116 and 35 are left.
STOCK: Records = [
    {"snapshot_date": day, "sku": sku, "warehouse": "east", "on_hand_qty": units}
    for day, sku, units in (
        (SEPTEMBER, "s1", 60),
        (SEPTEMBER, "s2", 40),
        (OCTOBER, "s1", 116),
        (OCTOBER, "s2", 35),
    )
]
BOUGHT: Records = [
    {"po_id": "p", "line_no": 1, "sku": "s1", "promised_date": SEPTEMBER, "received_date": DAY, "qty_received": 60},
    {"po_id": "p", "line_no": 2, "sku": "s2", "promised_date": LAST, "received_date": None, "qty_received": None},
]
PRODUCTS: Records = [{"sku": "s1"}, {"sku": "s2"}]
OLD = order("old", FIRST - timedelta(days=200), 1)


def parcels(*numbers: str) -> Records:
    return [
        {
            "order_id": number,
            "parcel_no": 1,
            "shipped_at": at(DAY, 9),
            "shipped_date": DAY,
            "delivered_at": at(DAY, 20),
        }
        for number in numbers
    ]


def tickets(*numbers: str) -> Records:
    return [{"ticket_id": str(place), "created_date": DAY, "order_id": number} for place, number in enumerate(numbers)]


# For each check the tables on which it passes, and the one that is loaded instead when it is to differ.
CASES: dict[str, tuple[Tables, str, Records]] = {
    "order_amounts": ({"fact_order": ORDERS}, "fact_order", [*ORDERS[:3], ORDERS[3] | {"net_amount": 100.5}]),
    "order_lines_net": (
        {"fact_order": ORDERS, "fact_order_line": LINES},
        "fact_order_line",
        [*LINES[:4], LINES[4] | {"net_amount": 99}],
    ),
    "order_lines_discount": (
        {"fact_order": ORDERS, "fact_order_line": LINES},
        "fact_order_line",
        [*LINES[:4], LINES[4] | {"discount_amount": 1}],
    ),
    "order_refunds": (
        {"fact_order": ORDERS, "fact_return": RETURNS},
        "fact_return",
        [RETURNS[0], RETURNS[1] | {"refund_amount": 20}, RETURNS[2]],
    ),
    "ledger_revenue": (
        {"fact_order": ORDERS, "fact_return": RETURNS, "fact_gl_balance": [booked("revenue", "sales", 280)]},
        "fact_gl_balance",
        [booked("revenue", "sales", 300)],
    ),
    "ledger_advertising": (
        {"fact_campaign_daily": ADS, "fact_gl_balance": [booked("opex_marketing", "Advertising", 1000)]},
        "fact_gl_balance",
        [booked("opex_marketing", "Advertising", 1100)],
    ),
    "ledger_payroll": (
        {"fact_employee_snapshot": STAFF, "fact_gl_balance": [booked("opex_personnel", "Salaries", 2500)]},
        "fact_gl_balance",
        [booked("opex_personnel", "Salaries", 3000)],
    ),
    "headcount": (
        {"fact_employee_snapshot": STAFF},
        "fact_employee_snapshot",
        [*STAFF[:5], STAFF[5] | {"is_hire": False}, *STAFF[6:]],
    ),
    "stock_movements": (
        {"fact_inventory_snapshot": STOCK, "fact_order_line": LINES, "fact_purchase_order_line": BOUGHT},
        "fact_inventory_snapshot",
        [*STOCK[:3], STOCK[3] | {"on_hand_qty": 25}],
    ),
    "order_line_order": ({"fact_order": ORDERS, "fact_order_line": LINES}, "fact_order", [*ORDERS[:2], ORDERS[3]]),
    "shipment_order": (
        {"fact_order": [*ORDERS, OLD], "fact_shipment": parcels("a", "b")},
        "fact_shipment",
        parcels("a", "nobody"),
    ),
    "return_order": (
        {"fact_order": [*ORDERS, OLD], "fact_return": RETURNS},
        "fact_return",
        [RETURNS[0] | {"order_id": "nobody"}, *RETURNS[1:]],
    ),
    "ticket_order": (
        {"fact_order": [*ORDERS, OLD], "fact_ticket": tickets("a", "b")},
        "fact_ticket",
        tickets("a", "nobody"),
    ),
    "order_line_sku": ({"fact_order_line": LINES, "dim_product": PRODUCTS}, "dim_product", PRODUCTS[:1]),
    "inventory_snapshot_sku": (
        {"fact_inventory_snapshot": STOCK[2:], "dim_product": PRODUCTS},
        "dim_product",
        PRODUCTS[:1],
    ),
    "order_times": (
        {"fact_order": [order("a", DAY, 1, created_at=at(DAY, 11))]},
        "fact_order",
        [order("a", DAY, 1, created_at=at(DAY, 13))],
    ),
    "shipment_times": (
        {"fact_shipment": parcels("a")},
        "fact_shipment",
        [row | {"delivered_at": at(DAY, 8)} for row in parcels("a")],
    ),
    "return_times": (
        {"fact_return": RETURNS},
        "fact_return",
        [RETURNS[0] | {"requested_at": at(DAY)}, *RETURNS[1:]],
    ),
    "future_days": ({"fact_order": ORDERS}, "fact_order", [order("later", TODAY + timedelta(days=2), 1)]),
    "campaign_daily_splits": (
        {"fact_campaign_daily": [*ADS, report(FIRST, "campaign_id", "autumn", 800)]},
        "fact_campaign_daily",
        [*ADS, report(FIRST, "campaign_id", "autumn", 700)],
    ),
    "traffic_splits": (
        {"fact_traffic": [visits("device", "mobile", 70), visits("device", "desktop", 30), visits("region", "", 100)]},
        "fact_traffic",
        [visits("device", "mobile", 70), visits("device", "desktop", 30), visits("region", "", 130)],
    ),
}
