"""The small shop's people: staff at month ends, openings, training, answers, changes of the organisation."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from metrics.periods import Period

Rows = list[dict[str, Any]]
UNITS = ("operations", "marketing", "(unknown)")
KINDS = ("full_time", "intern")


def people(period: Period) -> dict[str, Rows]:
    """The rows of each table over a period of whole months."""
    dice = Random(17)
    days = [period.first + timedelta(days=n) for n in range(period.days)]
    ends = [day for day in days if (day + timedelta(days=1)).day == 1]
    return {
        "fact_employee_snapshot": [
            _employee(dice, end, number) for end in ends for number in range(40 if end == ends[1] else 38)
        ],
        "fact_requisition": [_opening(dice, number, days) for number in range(70)],
        "fact_training_record": [_course(dice, number, days) for number in range(90)],
        "fact_feedback": [_answer(dice, number, days) for number in range(120)],
    }


def _maybe(dice: Random, value: object, share: float = 0.85) -> Any:
    return value if dice.random() < share else None


def _employee(dice: Random, end: date, number: int) -> dict[str, Any]:
    is_exit = dice.random() < 0.15
    is_due = dice.choice((True, False, None))
    return {
        "snapshot_date": end,
        "employee_id": f"e{number}",
        # A department of two is there at the second month end only.
        "department": "hr" if number > 37 else UNITS[number % 3],
        "job_family": ("sales", "support")[number % 2],
        "job_level": dice.choice(("P5", "P6")),
        "employment_type": KINDS[number % 5 == 0],
        "fte": 0 if is_exit else dice.choice((1, 0.5, None)),
        "is_active": None if number == 7 else not is_exit,
        "is_exit": is_exit,
        "exit_type": dice.choice(("voluntary", "voluntary", "involuntary")) if is_exit else "(unknown)",
        "scheduled_hours": _maybe(dice, 168),
        "absence_hours": _maybe(dice, dice.randrange(0, 20)),
        "base_salary": _maybe(dice, dice.randrange(5000, 30000)),
        "band_midpoint": dice.choice((12000, 20000, 0, None)),
        "is_review_due": is_due,
        "is_review_completed": _maybe(dice, dice.random() < 0.8) if is_due else None,
        "joined_activity": _maybe(dice, dice.random() < 0.5),
        "has_valid_contract": _maybe(dice, dice.random() < 0.9),
        "is_social_insurance_due": KINDS[number % 5 == 0] == "full_time",
        "is_social_insurance_paid": _maybe(dice, dice.random() < 0.9),
    }


def _opening(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    opened = dice.choice(days)
    # Two openings are due on the last day and still open: not missed yet.
    start = days[-1] if number < 2 else min(opened + timedelta(days=dice.randrange(5, 60)), days[-1])
    filled = None if number < 2 else _maybe(dice, min(opened + timedelta(days=dice.randrange(3, 70)), days[-1]), 0.7)
    return {
        "requisition_id": f"q{number}",
        "department": dice.choice(UNITS),
        "job_family": dice.choice(("sales", "support")),
        "is_planned": _maybe(dice, number < 2 or dice.random() < 0.8),
        "opened_date": _maybe(dice, opened, 0.95),
        "target_start_date": start,
        "filled_date": filled,
        "source": dice.choice(("referral", "agency")),
        "offers_made": dice.choice((1, 2, 3)),
        "offers_accepted": dice.choice((0, 1, None)),
        "is_filled": filled is not None,
        "is_internal_fill": dice.choice((True, False, None)),
        "recruitment_cost": _maybe(dice, dice.randrange(500, 9000)),
    }


def _course(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    due = dice.choice(days)
    is_completed = dice.random() < 0.7
    return {
        "record_id": f"k{number}",
        "department": dice.choice(UNITS),
        "course_type": dice.choice(("job_skill", "technical_tool")),
        "due_date": due,
        "completed_date": min(due + timedelta(days=dice.randrange(-8, 8)), days[-1]) if is_completed else None,
        "is_completed": is_completed,
        "hours": _maybe(dice, dice.randrange(1, 9)),
    }


def _answer(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    kind = dice.choice(("enps", "engagement"))
    return {
        "feedback_id": f"staff{number}",
        "submitted_date": dice.choice(days),
        "feedback_type": kind,
        "score": dice.choice((*(range(11) if kind == "enps" else range(1, 6)), None)),
        "topic": dice.choice(("culture", "workload")) if kind == "engagement" else "(unknown)",
        "respondent_department": dice.choice(UNITS),
        "wave": dice.choice(("2025-1", "2025-2")),
    }
