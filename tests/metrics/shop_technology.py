"""The small shop's technology: releases, service health, page loads, incidents, jobs, tools and internal tickets."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from metrics.periods import Period

Rows = list[dict[str, Any]]
SERVICES = ("checkout", "search", "(unknown)")
PLATFORMS = ("web", "ios")
DEPARTMENTS = ("operations", "finance", "(unknown)")
JOBS = ("report", "pipeline", "pipeline", "backup", "restore_test", "automation")


def engineering(period: Period) -> dict[str, Rows]:
    """The rows of each table over a period of whole months."""
    dice = Random(41)
    days = [period.first + timedelta(days=n) for n in range(period.days)]
    ends = [day for day in days if (day + timedelta(days=1)).day == 1]
    return {
        "fact_deployment": [_release(dice, number, days) for number in range(70)],
        "fact_service_health": [row for day in days for row in _health(dice, day)],
        "fact_web_performance": [_page_load(dice, number, days) for number in range(260)],
        "fact_incident": [_incident(dice, number, days) for number in range(60)],
        "fact_scheduled_job": [row for day in days for row in _runs(dice, day)],
        "fact_training_record": [_course(dice, number, days) for number in range(80)],
        "fact_ticket": [_ticket(dice, number, days) for number in range(90)],
        "fact_tool_usage": [row for end in ends for row in _usage(dice, end, is_first=end == ends[0])],
        "fact_work_item": [_finding(dice, number, days) for number in range(120)],
    }


def _maybe(dice: Random, value: object, share: float = 0.85) -> Any:
    return value if dice.random() < share else None


def _day(dice: Random, number: int, days: list[date]) -> date:
    # The first two rows of each table lie on the edges of the period.
    return (days[0], days[-1])[number] if number < 2 else dice.choice(days)


def _release(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    is_failed = dice.choice((True, False, False, None))
    return {
        "deployment_id": f"d{number}",
        "deployed_date": _day(dice, number, days),
        "service": dice.choice(SERVICES),
        "platform": dice.choice(PLATFORMS),
        "lead_time_hours": _maybe(dice, dice.randrange(1, 90) / 4),
        "is_failed": is_failed,
        "recovery_hours": _maybe(dice, dice.randrange(1, 20) / 8) if is_failed else None,
    }


def _health(dice: Random, day: date) -> Rows:
    rows: Rows = []
    for service in SERVICES:
        for platform in PLATFORMS:
            valid = dice.randrange(1000, 9000)
            rows.append(
                {
                    "date": day,
                    "service": service,
                    "platform": platform,
                    "valid_events": _maybe(dice, valid, 0.95),
                    "good_events": _maybe(dice, valid - dice.randrange(0, 30), 0.95),
                    # Search promises nothing, so it has no budget; the unknown service promises 100 %.
                    "slo_target": {"checkout": 0.995, "search": None}.get(service, 1),
                    "app_sessions": 500 if platform == "ios" else None,
                    "crashed_sessions": _maybe(dice, dice.randrange(0, 9)) if platform == "ios" else None,
                    "peak_rps": _maybe(dice, dice.randrange(10, 90)),
                    "capacity_rps": dice.choice((100, 120, 0, None)),
                }
            )
    return rows


def _page_load(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    return {
        "measurement_id": f"m{number}",
        "date": _day(dice, number, days),
        "source": dice.choice(("field_rum", "crux", "lab_lighthouse", "(unknown)")),
        "page_group": dice.choice(("home", "cart")),
        "device": dice.choice(("mobile", "desktop")),
        "region": dice.choice(("上海", "(unknown)")),
        "lcp_ms": _maybe(dice, dice.choice((1800, 2500, 2501.5, 4100))),
        "inp_ms": _maybe(dice, dice.choice((80, 200, 200.5, 600)), 0.6),
        "cls": _maybe(dice, dice.choice((0, 0.1, 0.1001, 0.3))),
        "sample_weight": dice.choice((1, 1, 40)),
    }


def _incident(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    return {
        "incident_id": f"i{number}",
        "opened_date": _day(dice, number, days),
        "service": dice.choice(SERVICES),
        "severity": dice.choice(("sev1", "sev2", "sev3", "(unknown)")),
        "incident_class": dice.choice(("availability", "security", "data_breach")),
        "detected_by": dice.choice(("monitor", "customer")),
        "minutes_to_restore": _maybe(dice, dice.randrange(5, 600) + 0.5),
    }


def _runs(dice: Random, day: date) -> Rows:
    return [
        {
            "job_id": f"{kind}-{number}",
            "scheduled_date": day,
            "job_type": kind,
            "owner_department": dice.choice(DEPARTMENTS),
            "is_success": dice.choice((True, True, True, False, None)),
            "is_on_time": dice.choice((True, True, True, False, None)),
            "tests_run": _maybe(dice, 20) if kind == "pipeline" else None,
            "tests_passed": _maybe(dice, dice.randrange(15, 21)) if kind == "pipeline" else None,
            "minutes_saved": _maybe(dice, dice.randrange(5, 90)) if kind == "automation" else None,
        }
        for number, kind in enumerate(JOBS)
    ]


def _course(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    due = dice.choice(days) + timedelta(days=dice.choice((0, 0, 30)))
    is_completed = dice.choice((True, True, False, None))
    return {
        "record_id": f"t{number}",
        "department": dice.choice(DEPARTMENTS),
        "course_type": dice.choice(("technical_tool", "security", "management")),
        "due_date": due,
        "completed_date": due if is_completed else None,
        "is_completed": is_completed,
        "hours": dice.choice((1.5, 8)),
    }


def _ticket(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    return {
        "ticket_id": f"it{number}",
        "created_date": _day(dice, number, days),
        "domain": dice.choice(("internal_it", "internal_it", "customer")),
        "ticket_type": dice.choice(("it_request", "it_how_to")),
        "requester_department": dice.choice(DEPARTMENTS),
        "priority": dice.choice(("high", "low")),
        "team": dice.choice(("desk", "network")),
        "is_resolved_in_sla": dice.choice((True, True, False, None)),
    }


def _usage(dice: Random, end: date, *, is_first: bool) -> Rows:
    # One tool is gone after the first month: it has no value at the end of the period.
    return [
        {
            "month_end": end,
            "tool": tool,
            "tool_type": kind,
            "department": department,
            "licensed_users": _maybe(dice, dice.randrange(10, 40)),
            "active_users": _maybe(dice, dice.randrange(0, 30)),
        }
        for tool, kind in (("Sevenboard", "bi"), ("Desk", "helpdesk"), ("Old CRM", "crm"))
        if is_first or tool != "Old CRM"
        for department in DEPARTMENTS
    ]


def _finding(dice: Random, number: int, days: list[date]) -> dict[str, Any]:
    due = days[-1] if number < 4 else dice.choice(days) + timedelta(days=dice.choice((0, 0, 25)))
    status = dice.choice(("done", "done", "open"))
    return {
        "item_key": f"finding-{number}",
        "item_type": ("vulnerability", "innovation")[number % 2],
        "severity": dice.choice(("sev1", "sev3", "(unknown)")),
        "owner_department": dice.choice(DEPARTMENTS),
        "team": dice.choice(("platform", "(unknown)")),
        "origin": dice.choice(("incident", "internal")),
        "status": status,
        "due_date": due,
        "resolved_date": due + timedelta(days=dice.randrange(-9, 5)) if status == "done" else None,
        "outcome": dice.choice(("adopted", "rejected")) if status == "done" else "(unknown)",
    }
