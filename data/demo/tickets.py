"""`fact_ticket` of customers: how fast each contact was answered and solved, and how satisfied the customer was."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import (
    DAY_SECONDS,
    HOUR_SECONDS,
    Flags,
    Floats,
    Ints,
    calendar_days,
    drawn_by,
    frame,
    moments,
    money,
    only,
    opaque,
    picks,
    stream,
)
from data.demo.company import SALES
from data.demo.contacts import COMPLAINT, FOLLOW_UP, KINDS, PRE_SALE, REASONS, Contacts
from data.demo.customers import IDENTITY_SALT
from data.demo.orders import Settled
from data.demo.placed import Placed


@dataclass(frozen=True)
class Way:
    """A way to write or call: median minutes to the first human reply, and the limit for it."""

    channel: str
    median_minutes: float
    limit_minutes: float


WAYS = (
    Way("marketplace_im", 0.62, 3.0),
    Way("chat", 0.8, 3.0),
    Way("wechat", 0.95, 3.0),
    Way("phone", 0.45, 1.5),
    Way("email", 95.0, 240.0),
    Way("form", 110.0, 240.0),
)
PHONE = [way.channel for way in WAYS].index("phone")
# Shares of the ways by sales channel; marketplaces have their own messenger.
OWN_WAYS = {
    "own_site": (0.0, 0.5, 0.0, 0.2, 0.18, 0.12),
    "app": (0.0, 0.72, 0.0, 0.18, 0.1, 0.0),
    "mini_program": (0.0, 0.0, 0.85, 0.15, 0.0, 0.0),
}
MARKETPLACE_WAYS = (0.92, 0.0, 0.0, 0.08, 0.0, 0.0)
REPLY_SPREAD = 0.75
OPENS, CLOSES = 9, 23
NIGHT_BOT_FACTOR = 1.35
# By kind of contact: pre-sale, after-sale, complaint, planned call.
SOLVED_MEDIAN_HOURS = np.array([0.25, 5.0, 19.0, 40.0])
SOLVED_SPREAD = np.array([0.7, 1.05, 0.85, 0.8])
LIMIT_HOURS = np.array([24.0, 48.0, 72.0, 168.0])
HANDLE_MEDIAN = np.array([4.2, 5.4, 11.0, 8.0])
MISSED_SHARE = np.array([0.02, 0.008, 0.004, 0.0])
FIRST_CONTACT_SHARE = np.array([0.86, 0.76, 0.46, 0.9])
SLOW_MISSED_FACTOR = 3.5
NOT_CODED_SHARE = 0.028
RATED_SHARE = 0.24
# Stars 1 to 5: as usual, after a complaint, and the same while customers wait long.
STARS = (
    (0.03, 0.03, 0.09, 0.27, 0.58),
    (0.2, 0.16, 0.22, 0.24, 0.18),
    (0.09, 0.08, 0.16, 0.28, 0.39),
    (0.34, 0.2, 0.2, 0.16, 0.1),
)
TEAMS = ("Pre-sales", "After-sales", "Key customers")
TEAM_OF_KIND = np.array([0, 1, 1, 2])
PRIORITIES = ("low", "normal", "high", "urgent")
PRIORITY_SHARES = ((0.3, 0.66, 0.04, 0.0), (0.12, 0.72, 0.14, 0.02), (0.0, 0.1, 0.66, 0.24), (0.2, 0.8, 0.0, 0.0))
STATUSES = ("new", "open", "pending", "solved", "closed")
SEGMENTS = ("non_member", "member")
IDS_PER_ORDER = 100


@dataclass(frozen=True)
class Answers:
    """What became of the contacts, one entry each. `hours` runs from opened to solved; minutes are agents' time."""

    way: Ints
    is_bot: Flags
    is_missed: Flags
    is_slow: Flags
    minutes: Floats
    hours: Floats
    handle: Floats
    is_solved: Flags
    stars: Ints


def answer(placed: Placed, contacts: Contacts, seed: int) -> Answers:
    """Answer the contacts; what would be solved after the end of the history is still open."""
    rng = stream(seed, "answers", placed.first_day)
    count, kind = len(contacts.order), contacts.kind
    shares = np.array([OWN_WAYS.get(sales.channel, MARKETPLACE_WAYS) for sales in SALES])
    way = drawn_by(shares, placed.sales[contacts.order], rng.random(count))
    way = np.where(kind == FOLLOW_UP, PHONE, way)
    hour = contacts.second % DAY_SECONDS // HOUR_SECONDS
    is_night = (hour < OPENS) | (hour >= CLOSES)
    bot_share = np.array([one.bot_share for one in REASONS])[contacts.reason]
    is_bot = rng.random(count) < bot_share * np.where(is_night, NIGHT_BOT_FACTOR, 1.0)
    day = stories.HISTORY_DAYS - 1 - (placed.end_second - 1 - contacts.second) // DAY_SECONDS
    is_slow = stories.SLOW_ANSWERS.holds(day)
    missed = MISSED_SHARE[kind] * np.where(is_slow, SLOW_MISSED_FACTOR, 1.0)
    is_missed = ~is_bot & (rng.random(count) < missed)
    factor = np.where(is_slow, stories.SLOW_FACTOR, 1.0)
    minutes = np.array([one.median_minutes for one in WAYS])[way] * factor * rng.lognormal(0.0, REPLY_SPREAD, count)
    hours = SOLVED_MEDIAN_HOURS[kind] * np.sqrt(factor) * np.exp(SOLVED_SPREAD[kind] * rng.standard_normal(count))
    hours = np.maximum(np.where(is_bot, 0.05, hours), np.where(is_bot, 0.0, minutes / 60))
    solved = contacts.second + (hours * HOUR_SECONDS).astype(np.int64)
    row = (kind == COMPLAINT) + 2 * is_slow
    stars = 1 + drawn_by(np.array(STARS), row, rng.random(count))
    is_rated = ~is_bot & ~is_missed & (rng.random(count) < RATED_SHARE)
    return Answers(
        way, is_bot, is_missed, is_slow, minutes, hours, HANDLE_MEDIAN[kind] * rng.lognormal(0.0, 0.5, count),
        ~is_missed & (solved < placed.end_second), np.where(is_rated, stars, 0),
    )  # fmt: skip


def ticket_frame(placed: Placed, contacts: Contacts, answers: Answers, settled: Settled, seed: int) -> pl.DataFrame:
    """`fact_ticket` of customers. A bot's answer has no reply time and no agent minutes; missed ones are closed."""
    rng = stream(seed, "tickets", placed.first_day)
    kind, order, count = contacts.kind, contacts.order, len(contacts.order)
    is_coded = rng.random(count) >= NOT_CODED_SHARE
    is_human = ~answers.is_bot & ~answers.is_missed
    is_planned, solved = kind == FOLLOW_UP, contacts.second + (answers.hours * HOUR_SECONDS).astype(np.int64)
    rest = placed.end_second - contacts.second
    status = np.where(answers.is_solved, 3 + (placed.end_second - solved > 5 * DAY_SECONDS), rng.integers(0, 3, count))
    group, code, department = (
        pl.Series([getattr(one, name) for one in REASONS]).gather(contacts.reason)
        for name in ("group", "code", "department")
    )
    blank = pl.Series(["(unknown)"]).gather(np.zeros(count, np.int64))
    return frame(
        "fact_ticket",
        {
            "ticket_id": _ids(placed, contacts),
            "created_at": moments(contacts.second),
            "created_date": calendar_days(contacts.second),
            "due_date": only(is_planned, calendar_days(contacts.second + 7 * DAY_SECONDS)),
            "domain": "customer",
            "ticket_type": picks(KINDS, kind),
            "channel": picks([way.channel for way in WAYS], answers.way),
            "sales_channel": picks([sales.channel for sales in SALES], placed.sales[order]),
            "contact_reason_l1": _either(is_coded, group, blank),
            "contact_reason_l2": only(is_coded, code),
            "root_cause_department": _either(is_coded, department, blank),
            "requester_department": "(unknown)",
            "priority": picks(PRIORITIES, drawn_by(np.array(PRIORITY_SHARES), kind, rng.random(count))),
            "customer_id": opaque(contacts.person, IDENTITY_SALT),
            "customer_segment": picks(SEGMENTS, placed.is_member[order].astype(np.int64)),
            "order_id": only(kind != PRE_SALE, settled.ids.gather(order)),
            "team": picks(TEAMS, TEAM_OF_KIND[kind]),
            "status": picks(STATUSES, np.where(answers.is_missed, 4, status)),
            "solved_at": only(answers.is_solved, moments(solved)),
            **_measures(contacts, answers, is_human & (is_planned | (rest > answers.minutes * 60)), rest, rng),
        },
    )


def _measures(
    contacts: Contacts, answers: Answers, is_answered: Flags, rest: Ints, rng: np.random.Generator
) -> dict[str, pl.Series]:
    """How the contact went; null where it is not known yet, or does not apply."""
    kind, count = contacts.kind, len(contacts.order)
    limit = np.array([way.limit_minutes for way in WAYS])[answers.way]
    has_limit = ~answers.is_bot & (kind != FOLLOW_UP) & (is_answered | answers.is_missed)
    is_solved, limit_hours = answers.is_solved, LIMIT_HOURS[kind]
    is_judged = is_solved | answers.is_missed | (rest > limit_hours * HOUR_SECONDS)
    is_human = is_solved & ~answers.is_bot
    first = FIRST_CONTACT_SHARE[kind] - 0.08 * answers.is_slow
    return {
        "first_response_minutes": only(is_answered & (kind != FOLLOW_UP), _number(answers.minutes)),
        "resolution_hours": only(is_solved, _number(answers.hours)),
        "handle_minutes": only(is_human, _number(answers.handle)),
        "is_first_response_in_sla": only(has_limit, pl.Series(is_answered & (answers.minutes <= limit))),
        "is_resolved_in_sla": only(is_judged, pl.Series(is_solved & (answers.hours <= limit_hours))),
        "is_first_contact_resolved": only(is_human, pl.Series(rng.random(count) < first)),
        "is_bot_resolved": pl.Series(answers.is_bot),
        "is_missed": pl.Series(answers.is_missed),
        "led_to_order": only(kind == PRE_SALE, pl.Series(contacts.is_buyer)),
        "csat_score": only(is_solved & (answers.stars > 0), pl.Series(answers.stars)),
    }


def _ids(placed: Placed, contacts: Contacts) -> pl.Series:
    numbers = pl.Series(placed.number[contacts.order] * IDS_PER_ORDER + contacts.number)
    return pl.select(pl.concat_str(pl.lit("T"), numbers.cast(pl.String))).to_series()


def _number(values: Floats) -> pl.Series:
    return money(np.round(values * 100).astype(np.int64))


def _either(mask: Flags, one: pl.Series, other: pl.Series) -> pl.Series:
    return pl.select(pl.when(pl.lit(pl.Series(mask))).then(pl.lit(one)).otherwise(pl.lit(other))).to_series()
