"""`fact_employee_snapshot`: everybody at each month end, what they are paid, and how the month was for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from data.demo import stories
from data.demo.columns import Flags, Floats, Ints, days_from, frame, money, only, opaque, picks, stream, unit
from data.demo.months import Months
from data.demo.people import NEVER, People
from data.demo.staff import EMPLOYMENTS, EXITS, INTERN, LEAD, LEVELS, NAMES, OUTSOURCED, STAFF

# What the payroll takes of an order, in fen: pay is set so that any number of orders can carry it.
PAYROLL_PER_ORDER = 3_000
YEARLY_RAISE = 1.05
STAFF_SALT = 30
RATING_SALT = 33
HOURS = 174
REVIEW_EVERY_MONTHS = 6
NEW_DAYS = 90
RATING_BOUNDS = (0.04, 0.16, 0.66, 0.92)


@dataclass(frozen=True)
class Roster:
    """One entry a person and month end, leavers in the month they leave; pay in fen, 0 for outsourced staff.

    `person` points into the people, `month` into the months; `base` and `midpoint` are a month's pay at full time.
    """

    person: Ints
    month: Ints
    department: Ints
    level: Ints
    employment: Ints
    is_active: Flags
    fte: Floats
    base: Ints
    midpoint: Ints

    def paid(self, months: int) -> Ints:
        """What is paid out, in fen by month and department, shape (months, departments)."""
        cell = self.month * len(NAMES) + self.department
        sums = np.bincount(cell, np.where(self.is_active, self.base * self.fte, 0.0), months * len(NAMES))
        return np.round(sums).astype(np.int64).reshape(months, len(NAMES))


def roster(people: People, months: Months, orders: int) -> Roster:
    """Who is there at the end of each month that the history holds."""
    hired, left, moved = (
        np.array([getattr(one, name) for one in people.persons]) for name in ("hired", "left", "moved")
    )
    ends = months.ends[months.ended]
    begins = np.concatenate([[months.day(months.firsts[0])], months.ends[:-1] + 1])[months.ended]
    is_there = (hired[:, None] <= ends) & (left[:, None] >= begins)
    person, place = np.nonzero(is_there)
    month, end = months.ended[place], ends[place]
    has_moved = moved[person] <= end
    own, to = (np.array([getattr(one, name) for one in people.persons])[person] for name in ("department", "to"))
    level = np.array([one.level for one in people.persons])[person] + (has_moved & (own == to))
    department = np.where(has_moved, to, own)
    employment = np.array([one.employment for one in people.persons])[person]
    is_active = left[person] > end
    fte = np.where(is_active, np.array([one.fte for one in EMPLOYMENTS])[employment], 0.0)
    years = np.array([months.firsts[number].year - months.firsts[0].year for number in month])
    middle = (
        np.array([one.pay for one in STAFF])[department]
        * np.array([one.midpoint for one in LEVELS])[level]
        * YEARLY_RAISE**years
    )
    is_paid = employment != OUTSOURCED
    weight = middle * np.array([one.band for one in people.persons])[person] * is_paid
    scale = PAYROLL_PER_ORDER * orders / float((weight * fte).sum())
    # Round pay is paid where pay is more than a few yuan.
    step = 1_000 if scale > 100_000 else 10
    base = np.round(weight * scale / step).astype(np.int64) * step
    midpoint = np.round(middle * is_paid * scale / step).astype(np.int64) * step
    return Roster(person, month, department, level, employment, is_active, fte, base, midpoint)


def people_frame(people: People, held: Roster, months: Months, seed: int) -> pl.DataFrame:
    """`fact_employee_snapshot`. Outsourced staff has no pay of ours and no social insurance."""
    rng = stream(seed, "people months")
    count, persons = len(held.person), people.persons
    hired, left, moved = (np.array([getattr(one, name) for one in persons])[held.person] for name in _DAYS)
    family, manager = _place(people, held)
    end = months.ends[held.month]
    begin = end - 27
    starts = np.array([months.day(first) for first in months.firsts])[held.month]
    is_exit, is_hire = left <= end, hired >= starts
    kind = np.where(is_exit, np.array([one.exit for one in persons])[held.person], 0)
    is_regretted = np.array([one.is_regretted for one in persons])[held.person]
    is_own = (held.employment != OUTSOURCED) & held.is_active
    served = end - hired
    hours = np.round(
        HOURS * np.array([one.fte for one in EMPLOYMENTS])[held.employment] * _share_there(hired, left, end)
    )
    is_contract = (held.employment < INTERN) | (rng.random(count) < 0.9)
    is_insured = is_own & (held.employment < INTERN)
    return frame(
        "fact_employee_snapshot",
        {
            "snapshot_date": days_from(months.first_day, end),
            "employee_id": opaque(held.person, STAFF_SALT),
            "department": picks(NAMES, held.department),
            "job_family": family,
            "job_level": picks([one.name for one in LEVELS], held.level),
            "manager_id": only(manager >= 0, opaque(manager.clip(0), STAFF_SALT)),
            "employment_type": picks([one.code for one in EMPLOYMENTS], held.employment),
            "tenure_months": served * 12 // 365,
            "fte": _number(held.fte),
            "is_active": held.is_active,
            "is_hire": is_hire,
            "is_exit": is_exit,
            "exit_type": picks(EXITS, kind),
            "is_regretted_exit": only(is_exit, pl.Series(is_regretted)),
            "is_internal_move": (moved <= end) & (moved >= starts),
            "scheduled_hours": _number(hours),
            **_strain(held, hours, begin, rng),
            "base_salary": only(is_own, money(held.base)),
            "band_midpoint": only(is_own, money(held.midpoint)),
            **_reviews(held, served, rng),
            "joined_activity": held.is_active & (rng.random(count) < 0.46),
            "has_valid_contract": is_contract & ((served > 30) | (rng.random(count) < 0.6)),
            "is_social_insurance_due": is_insured,
            "is_social_insurance_paid": only(is_insured, pl.Series(rng.random(count) < 0.993)),
            "hire_date": days_from(months.first_day, hired),
            "exit_date": only(left < NEVER, days_from(months.first_day, np.where(left < NEVER, left, 0))),
        },
    )


_DAYS = ("hired", "left", "moved")


def _place(people: People, held: Roster) -> tuple[pl.Series, Ints]:
    """Job family and manager of each row; who changed departments has those of the new one."""
    own = np.array([one.department for one in people.persons])[held.person]
    is_elsewhere = held.department != own
    leads = {one.department: one.number for one in reversed(people.persons) if one.level == LEAD}
    manager = np.array([one.manager for one in people.persons])[held.person]
    there = np.array([leads[number] for number in range(len(STAFF))])[held.department]
    families = pl.Series([one.family for one in people.persons]).gather(held.person)
    new = picks([one.families[0] for one in STAFF], held.department)
    family = pl.select(pl.when(pl.lit(pl.Series(is_elsewhere))).then(new).otherwise(families)).to_series()
    return family, np.where(is_elsewhere, there, manager)


def _reviews(held: Roster, served: Ints, rng: np.random.Generator) -> dict[str, pl.Series]:
    """Appraisals twice a year, from the fourth month on, and the last rating."""
    count, is_new = len(served), served <= NEW_DAYS
    is_due = held.is_active & ((held.person + held.month) % REVIEW_EVERY_MONTHS == 0) & ~is_new
    place = unit(held.person, RATING_SALT) * 0.8 + rng.random(count) * 0.2
    return {
        "is_review_due": pl.Series(is_due),
        "is_review_completed": only(is_due, pl.Series(rng.random(count) < 0.955)),
        "performance_rating": only(~is_new, pl.Series(1 + np.searchsorted(RATING_BOUNDS, place))),
    }


def _number(values: npt.NDArray[np.floating[Any]]) -> pl.Series:
    return money(np.round(values * 100).astype(np.int64))


def _share_there(hired: Ints, left: Ints, end: Ints) -> Floats:
    """The share of a month of thirty days in which somebody belonged to the company."""
    share: Floats = (np.minimum(left, end) - np.maximum(hired, end - 29) + 1).clip(0, 30) / 30
    return share


def _strain(held: Roster, hours: Floats, begin: Ints, rng: np.random.Generator) -> dict[str, pl.Series]:
    """Absence and overtime; the team that loses people is worn out before and while they go."""
    worn = stories.Window(stories.TEAM_LEAVES.first + 60, 0)
    is_worn = worn.holds(begin) & (held.department == NAMES.index(stories.TEAM))
    is_ill = rng.random(len(hours)) < np.where(is_worn, 0.5, 0.24)
    absence = np.where(is_ill, np.minimum(rng.gamma(2.0, 8.0, len(hours)), 0.5 * hours), 0.0)
    overtime = rng.gamma(1.6, np.where(is_worn, 15.0, 5.5)) * held.fte
    return {
        "absence_hours": _number(np.round(absence)),
        "overtime_hours": _number(np.round(overtime)),
    }
