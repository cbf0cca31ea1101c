"""The small shop's service desk: tickets, actions that followed from them, key customers, visits to the help centre."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from metrics.periods import Period

Rows = list[dict[str, Any]]
CHANNELS = ("chat", "email", "phone")
SHOPS = ("tmall", "own_site", "(unknown)")
DEPARTMENTS = ("operations", "product", "(unknown)")


def service_desk(period: Period) -> dict[str, Rows]:
    """The rows of each table over a period of whole months; the first and last day are always hit."""
    dice = Random(11)
    days = [period.first + timedelta(days=n) for n in range(period.days)]
    return {
        "fact_ticket": [_ticket(dice, number, days) for number in range(240)],
        "fact_work_item": [_action(dice, number, days) for number in range(90)],
        "fact_customer_snapshot": [
            _customer(dice, day, number) for day in days if _is_month_end(day) for number in range(30)
        ],
        "fact_feedback": [_answer(dice, number, days) for number in range(120)],
    }


def _is_month_end(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _noon(day: date, hours: float = 0) -> datetime:
    return datetime(day.year, day.month, day.day, 12) + timedelta(hours=hours)


def _maybe(dice: Random, value: object, share: float = 0.85) -> Any:
    return value if dice.random() < share else None


def _ticket(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    day = (days[0], days[-1])[number] if number < 2 else dice.choice(days)
    kind = dice.choice(("pre_sale", "after_sale", "complaint", "proactive_follow_up"))
    is_bot = dice.choice((True, False, False, None))
    hours = dice.randrange(1, 90)
    return {
        "ticket_id": f"t{number}",
        "created_at": _noon(day),
        "created_date": day,
        "due_date": day + timedelta(days=dice.randrange(0, 9)) if kind == "proactive_follow_up" else None,
        "domain": "internal_it" if dice.random() < 0.1 else "customer",
        "ticket_type": kind,
        "channel": dice.choice(CHANNELS),
        "sales_channel": dice.choice(SHOPS),
        "contact_reason_l1": dice.choice(("delivery", "quality", "(unknown)")),
        "contact_reason_l2": dice.choice(("late", "broken", "", "(unknown)", None)),
        "priority": dice.choice(("high", "normal")),
        "customer_id": _maybe(dice, f"c{dice.randrange(60)}", 0.95),
        "customer_segment": dice.choice(("loyal", "new")),
        "team": dice.choice(("east", "west")),
        # The last second of a day belongs to that day.
        "solved_at": _maybe(dice, _noon(day, 12 - 1 / 3600 if hours < 20 else hours)),
        "first_response_minutes": _maybe(dice, dice.randrange(1, 400) / 8),
        "resolution_hours": _maybe(dice, hours),
        "handle_minutes": None if is_bot else _maybe(dice, dice.randrange(2, 30)),
        "is_first_response_in_sla": _maybe(dice, dice.random() < 0.8),
        "is_resolved_in_sla": _maybe(dice, dice.random() < 0.8),
        "is_first_contact_resolved": _maybe(dice, dice.random() < 0.7),
        "is_bot_resolved": is_bot,
        "is_missed": _maybe(dice, dice.random() < 0.1),
        "led_to_order": _maybe(dice, dice.random() < 0.4),
        "csat_score": _maybe(dice, dice.randrange(1, 6), 0.4),
    }


def _action(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    # The last actions fall due on the last day: what is not done then is neither on time nor late yet.
    due = days[-1] if number < 4 else dice.choice(days)
    return {
        "item_key": f"voc-{number}",
        "item_type": dice.choice(("voc_action", "voc_action", "org_change", "feature")),
        "owner_department": dice.choice(DEPARTMENTS),
        "requesting_department": dice.choice(("customer_service", "(unknown)")),
        "team": dice.choice(("a", "b")),
        "origin": dice.choice(("cs_voc", "customer_feedback")),
        "due_date": due,
        "resolved_date": _maybe(dice, due + timedelta(days=dice.randrange(-6, 4)), 0.7),
    }


def _customer(dice: Random, day: date, number: int) -> dict[str, Any]:
    return {
        "snapshot_date": day,
        "customer_id": f"c{number}",
        "region": dice.choice(("上海", "广东")),
        "member_tier": dice.choice(("gold", "")),
        "is_key_account": dice.choice((True, True, False, None)),
        "was_active_prev_12m": dice.choice((True, True, False)),
        "is_active_12m": dice.choice((True, False)),
    }


def _answer(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    return {
        "feedback_id": f"ces{number}",
        "submitted_date": dice.choice(days),
        "feedback_type": dice.choice(("ces", "ces", "kb_vote")),
        "score": dice.choice((*range(1, 8), None)),
        "topic": dice.choice(("delivery", "quality")),
        "sales_channel": dice.choice(SHOPS),
        "region": dice.choice(("上海", "(unknown)")),
        "respondent_segment": dice.choice(("vip", "new")),
    }
