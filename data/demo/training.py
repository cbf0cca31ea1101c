"""`fact_training_record`: who was to take which course until when, and what it brought."""

from __future__ import annotations

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import Flags, Ints, days_from, drawn, frame, money, only, opaque, picks, stream
from data.demo.months import Months
from data.demo.people import People
from data.demo.staff import NAMES

COURSES = ("onboarding", "job_skill", "technical_tool", "security", "compliance", "leadership")
COURSE_SHARES = (0.0, 0.44, 0.18, 0.16, 0.15, 0.07)
HOURS = (6.0, 4.0, 3.0, 1.5, 2.0, 7.0)
GAIN = (22.0, 12.0, 15.0, 18.0, 16.0, 8.0)
EVERY_DAYS = 62
ASSIGNED_AHEAD = 30
ONBOARDING_DAYS = 30
ON_TIME_SHARE, LATE_SHARE = 0.88, 0.07
COURSE_SALT = 36


def training_frame(people: People, months: Months, seed: int) -> pl.DataFrame:
    """`fact_training_record` with courses due up to a month from the last day; what is due later is open."""
    rng = stream(seed, "training")
    person, due, course = _assigned(people, rng)
    count, last = len(person), stories.HISTORY_DAYS - 1
    fate = rng.random(count)
    taken = np.where(fate < ON_TIME_SHARE, due - rng.integers(0, 24, count), due + rng.integers(1, 21, count))
    is_completed = (fate < ON_TIME_SHARE + LATE_SHARE) & (taken <= last) & (taken >= 0)
    hours = np.round(np.array(HOURS)[course] * rng.lognormal(0.0, 0.3, count) * 2) / 2
    before = rng.normal(58.0, 11.0, count).clip(10, 95)
    behind = (before + np.array(GAIN)[course] + rng.normal(0.0, 6.0, count)).clip(10, 100)
    department = np.array([one.department for one in people.persons])[person]
    return frame(
        "fact_training_record",
        {
            "record_id": opaque(np.arange(count), COURSE_SALT),
            "department": picks(NAMES, department),
            "course_type": picks(COURSES, course),
            "due_date": days_from(months.first_day, due),
            "completed_date": only(is_completed, days_from(months.first_day, taken)),
            "is_completed": is_completed,
            "hours": _measured(hours, is_completed),
            "score_pre": _measured(np.round(before), is_completed),
            "score_post": _measured(np.round(behind), is_completed),
        },
    )


def _assigned(people: People, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    """Person, due day and course of each assignment: some every two months, and two when somebody is new."""
    hired, left = (np.array([getattr(one, name) for one in people.persons]) for name in ("hired", "left"))
    rounds = (stories.HISTORY_DAYS + ASSIGNED_AHEAD) // EVERY_DAYS + 1
    person = np.repeat(np.arange(len(hired)), rounds)
    place = np.tile(np.arange(rounds), len(hired))
    due = place * EVERY_DAYS + rng.integers(0, EVERY_DAYS, len(person))
    course = drawn(COURSE_SHARES, rng.random(len(person)))
    new = np.repeat(np.flatnonzero(hired >= -ONBOARDING_DAYS), 2)
    person = np.concatenate([person, new])
    due = np.concatenate([due, hired[new] + ONBOARDING_DAYS])
    course = np.concatenate([course, np.full(len(new), COURSES.index("onboarding"))])
    is_due = (due >= hired[person] + ONBOARDING_DAYS) & (due < left[person])
    is_due &= (due >= 0) & (due < stories.HISTORY_DAYS + ASSIGNED_AHEAD)
    return person[is_due], due[is_due], course[is_due]


def _measured(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]], mask: Flags) -> pl.Series:
    return only(mask, money(np.round(values * 100).astype(np.int64)))
