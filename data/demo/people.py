"""People: who is hired, moves and leaves in two years, and for which opening; days count from the first one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from data.demo import stories
from data.demo.columns import drawn, stream
from data.demo.staff import (
    EMPLOYMENTS,
    EXIT_SHARES,
    EXITS,
    FULL_TIME,
    HEAD,
    INTERNAL,
    LEAD,
    LEVELS,
    NAMES,
    PEOPLE_PER_LEAD,
    SOURCE_SHARES,
    STAFF,
)

DAYS = stories.HISTORY_DAYS
NEVER = 10**6
LEAVERS = 46
INTERNAL_FILLS = 24
TRANSFER_SHARE = 0.4
REGRETTED_SHARE = 0.3
REFUSED_SHARE = 0.04
FILL_MEDIAN_DAYS = 33.0
STORY_REPLACED = 2
YOUNG_DAYS = 90


@dataclass(frozen=True)
class Person:
    """One employee. `department`, `level`, `employment` and `exit` point into the lists of `staff`.

    `left` is the last day of work, `moved` the day of a move within the company; both NEVER where there is none.
    A move leads to the department `to` (the same one: a promotion by one level). `band` is pay against the midpoint.
    """

    number: int
    department: int
    family: str
    level: int
    employment: int
    manager: int
    hired: int
    band: float
    left: int = NEVER
    exit: int = 0
    is_regretted: bool = False
    moved: int = NEVER
    to: int = 0


@dataclass(frozen=True)
class Opening:
    """One opening: `filled` is the day an offer was accepted, or all were refused; NEVER while it is open."""

    department: int
    family: str
    is_planned: bool
    opened: int
    target: int
    filled: int
    starts: int
    source: int
    is_refused: bool = False


@dataclass(frozen=True)
class People:
    """Everybody who ever worked there in the history, and the openings of that time."""

    persons: tuple[Person, ...]
    openings: tuple[Opening, ...]


def make_people(seed: int) -> People:
    """The staff of the history. It does not depend on how many orders there are, nor on the calendar."""
    rng = stream(seed, "people")
    persons = list(_first_staff(rng))
    openings: list[Opening] = []
    _regular_exits(persons, rng)
    leaving = _team_leaves(persons, rng)
    wanted = sorted(_growth(rng) + [(one.left, one.department, False) for one in persons if one.left < NEVER])
    kept_open = {(one.left, one.department) for one in leaving[STORY_REPLACED:]}
    for day, department, is_planned in wanted:
        opening = _opening(day, department, is_planned, (day, department) in kept_open, rng)
        openings.append(opening)
        if opening.starts < DAYS and not opening.is_refused:
            persons.append(_person(len(persons), department, opening.family, opening.starts, persons, rng))
    openings.extend(_moves(persons, rng))
    return People(tuple(persons), tuple(sorted(openings, key=lambda one: (one.opened, one.department))))


def _first_staff(rng: np.random.Generator) -> Iterator[Person]:
    number = 0
    for department, unit in enumerate(STAFF):
        head, leads = number, max(1, round((unit.people - 1) / (PEOPLE_PER_LEAD + 1)))
        for place in range(unit.people):
            hired = -int(min(30 + rng.exponential(900), 3_600))
            family = unit.families[place % len(unit.families)]
            band = _band(rng)
            if place == 0:
                yield Person(number, department, family, HEAD, FULL_TIME, -1, hired - 400, band)
            elif place <= leads:
                yield Person(number, department, family, LEAD, FULL_TIME, head, hired - 200, band)
            else:
                manager = head + 1 + place % leads
                yield _worker(number, department, family, hired, manager, rng)
            number += 1


def _worker(number: int, department: int, family: str, hired: int, manager: int, rng: np.random.Generator) -> Person:
    level = int(drawn([one.share for one in LEVELS], rng.random(1))[0])
    employment = int(drawn([one.share for one in EMPLOYMENTS], rng.random(1))[0])
    return Person(number, department, family, level, employment, manager, hired, _band(rng))


def _band(rng: np.random.Generator) -> float:
    """Pay against the midpoint of the band."""
    return float(np.clip(rng.normal(0.99, 0.08), 0.8, 1.2))


def _person(
    number: int, department: int, family: str, hired: int, persons: list[Person], rng: np.random.Generator
) -> Person:
    leads = [one.number for one in persons if one.department == department and one.level == LEAD]
    return _worker(number, department, family, hired, leads[number % len(leads)], rng)


def _can_leave(persons: list[Person], day: int) -> list[Person]:
    return [
        one
        for one in persons
        if one.left == NEVER and one.moved == NEVER and one.level < LEAD and one.hired < day - YOUNG_DAYS
    ]


def _regular_exits(persons: list[Person], rng: np.random.Generator) -> None:
    """Leavers spread over the history; none of the team that the story is about shortly before it."""
    step = DAYS / LEAVERS
    for place in range(LEAVERS):
        day = int(place * step + rng.integers(0, int(step)))
        is_story = day > DAYS - 150
        free = [one for one in _can_leave(persons, day) if not (is_story and NAMES[one.department] == stories.TEAM)]
        one = free[int(rng.integers(len(free)))]
        kind = int(drawn(EXIT_SHARES, rng.random(1))[0])
        is_regretted = EXITS[kind] == "voluntary" and rng.random() < REGRETTED_SHARE
        persons[one.number] = replace(one, left=day, exit=kind, is_regretted=is_regretted)


def _team_leaves(persons: list[Person], rng: np.random.Generator) -> list[Person]:
    """The story of the team that loses people: voluntary exits over two months, all but one regretted."""
    window, gone = stories.TEAM_LEAVES, []
    days = np.linspace(DAYS - 1 - window.first, DAYS - 1 - window.last, stories.TEAM_LEAVERS).astype(int)
    for place, day in enumerate(days):
        free = [
            one
            for one in _can_leave(persons, int(day))
            if NAMES[one.department] == stories.TEAM and one.employment == FULL_TIME
        ]
        one = free[int(rng.integers(len(free)))]
        is_regretted = place < stories.TEAM_REGRETTED
        kind = EXITS.index("voluntary")
        persons[one.number] = replace(one, left=int(day), exit=kind, is_regretted=is_regretted)
        gone.append(persons[one.number])
    return gone


def _growth(rng: np.random.Generator) -> list[tuple[int, int, bool]]:
    """Days at which the plan adds a place to a department."""
    return [
        (int((place + 0.5) * DAYS / unit.growth + rng.integers(-20, 20)), department, True)
        for department, unit in enumerate(STAFF)
        for place in range(unit.growth)
    ]


def _opening(day: int, department: int, is_planned: bool, stays_open: bool, rng: np.random.Generator) -> Opening:
    """The opening for a place that is wanted or left empty on a day."""
    families = STAFF[department].families
    opened = day + int(rng.integers(-12, 6))
    filled = opened + int(FILL_MEDIAN_DAYS * rng.lognormal(0.0, 0.35)) + 4
    starts = filled + int(rng.integers(8, 26))
    target = opened + int(rng.integers(46, 70))
    source = int(drawn(SOURCE_SHARES, rng.random(1))[0])
    is_refused = bool(rng.random() < REFUSED_SHARE)
    family = families[int(rng.integers(len(families)))]
    if stays_open or filled >= DAYS:
        return Opening(department, family, True, opened, target, NEVER, NEVER, source)
    is_in_plan = is_planned or bool(rng.random() < 0.6)
    return Opening(department, family, is_in_plan, opened, target, filled, starts, source, is_refused)


def _moves(persons: list[Person], rng: np.random.Generator) -> Iterator[Opening]:
    """Openings filled from inside: a promotion, or a change of department."""
    for place in range(INTERNAL_FILLS):
        day = int((place + 0.5) * DAYS / INTERNAL_FILLS + rng.integers(-12, 12))
        free = [one for one in _can_leave(persons, day) if one.level < LEAD - 1 and one.employment == FULL_TIME]
        one = free[int(rng.integers(len(free)))]
        to = one.department
        if rng.random() < TRANSFER_SHARE:
            to = int((one.department + rng.integers(1, len(STAFF))) % len(STAFF))
        persons[one.number] = replace(one, moved=day, to=to)
        opened, filled = day - int(rng.integers(25, 45)), day - int(rng.integers(4, 12))
        yield Opening(to, STAFF[to].families[0], True, opened, filled + 9, filled, day, INTERNAL)
