"""`fact_ticket` of the IT helpdesk: what employees asked."""

from __future__ import annotations

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import DAY_SECONDS, EPOCH, Ints, days_from, drawn, frame, moments, money, only, picks, stream
from data.demo.months import Months
from data.demo.people import People
from data.demo.staff import NAMES

REQUESTS = (
    ("access", "account_access", "it_request", 0.26),
    ("access", "password", "it_how_to", 0.17),
    ("device", "laptop", "it_request", 0.14),
    ("device", "printer", "it_request", 0.07),
    ("software", "installation", "it_request", 0.15),
    ("software", "spreadsheet_help", "it_how_to", 0.13),
    ("data", "report_wanted", "it_request", 0.08),
)
ASKED_PER_PERSON_AND_DAY = 0.018
PRIORITIES = ("low", "normal", "high", "urgent")
PRIORITY_SHARES = (0.2, 0.6, 0.16, 0.04)
LIMIT_HOURS = np.array([72.0, 48.0, 24.0, 8.0])
STARS = (0.02, 0.03, 0.1, 0.35, 0.5)
MEDIAN_HOURS = np.array([18.0, 11.0, 6.0, 2.2])


def it_ticket_frame(people: People, months: Months, seed: int) -> pl.DataFrame:
    """`fact_ticket` of the IT helpdesk: what employees asked; they are no customers and have no customer key."""
    rng = stream(seed, "it tickets")
    department = np.array([one.department for one in people.persons])
    person, on = _asked(people, months, rng)
    count = len(person)
    midnight = ((months.first_day - EPOCH).days + on) * DAY_SECONDS
    created = midnight + (rng.beta(2.0, 2.4, count) * 9.5 * 3600 + 9 * 3600).astype(np.int64)
    priority = drawn(PRIORITY_SHARES, rng.random(count))
    asked = drawn([share for *_, share in REQUESTS], rng.random(count))
    hours = MEDIAN_HOURS[priority] * rng.lognormal(0.0, 0.85, count)
    end = months.day(EPOCH) * -DAY_SECONDS + stories.HISTORY_DAYS * DAY_SECONDS
    solved = created + (hours * 3600).astype(np.int64)
    is_solved, is_past = solved < end, created + (LIMIT_HOURS[priority] * 3600).astype(np.int64) < end
    in_time = is_solved & (hours <= LIMIT_HOURS[priority])
    answer = np.minimum(12.0 * rng.lognormal(0.0, 0.8, count), hours * 60)
    is_rated, stars = is_solved & (rng.random(count) < 0.3), 1 + drawn(STARS, rng.random(count))
    return frame(
        "fact_ticket",
        {
            "ticket_id": pl.Series([f"IT{number:06d}" for number in range(1, count + 1)], dtype=pl.String),
            "created_at": moments(created),
            "created_date": days_from(months.first_day, on),
            "domain": "internal_it",
            "ticket_type": picks([kind for _, _, kind, _ in REQUESTS], asked),
            "channel": picks(("form", "chat", "phone"), drawn((0.5, 0.36, 0.14), rng.random(count))),
            "contact_reason_l1": picks([group for group, *_ in REQUESTS], asked),
            "contact_reason_l2": picks([code for _, code, *_ in REQUESTS], asked),
            "root_cause_department": "technology",
            "requester_department": picks(NAMES, department[person]),
            "priority": picks(PRIORITIES, priority),
            "team": "IT helpdesk",
            "status": picks(("open", "closed"), is_solved.astype(np.int64)),
            "solved_at": only(is_solved, moments(solved)),
            "first_response_minutes": money(np.round(answer * 100).astype(np.int64)),
            "resolution_hours": only(is_solved, money(np.round(hours * 100).astype(np.int64))),
            "handle_minutes": only(is_solved, money(np.round(rng.lognormal(2.4, 0.5, count) * 100).astype(np.int64))),
            "is_first_response_in_sla": answer <= 60,
            "is_resolved_in_sla": only(is_solved | is_past, pl.Series(in_time)),
            "is_first_contact_resolved": only(is_solved, pl.Series(rng.random(count) < 0.68)),
            "csat_score": only(is_rated, pl.Series(stars)),
            **dict.fromkeys(("sales_channel", "customer_segment"), "(unknown)"),
            **dict.fromkeys(("due_date", "customer_id", "order_id", "is_bot_resolved", "is_missed", "led_to_order")),
        },
    )  # fmt: skip


def _asked(people: People, months: Months, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Who asked on which working day."""
    hired, left = (np.array([getattr(one, name) for one in people.persons]) for name in ("hired", "left"))
    day = np.arange(stories.HISTORY_DAYS)
    is_there = (hired[:, None] <= day) & (left[:, None] >= day)
    share = np.where((months.first_day.weekday() + day) % 7 < 5, ASKED_PER_PERSON_AND_DAY, 0.0)
    person, on = np.nonzero(is_there & (rng.random(is_there.shape) < share))
    return person.astype(np.int64), on.astype(np.int64)
