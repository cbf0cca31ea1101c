"""Who works at the demo company: departments, job families, levels, and what a person is paid against others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Department:
    """A department: people at the beginning, people who are added in two years, pay against others, job families."""

    name: str
    people: int
    growth: int
    pay: float
    families: tuple[str, ...]


STAFF = (
    Department("operations", 33, 8, 0.85, ("Warehouse", "Order desk", "Supply planning", "Shop operations")),
    Department("customer_service", 31, 7, 0.75, ("Pre-sales", "After-sales", "Key customers")),
    Department("marketing", 14, 4, 1.1, ("Campaigns", "Content", "Customer care programme")),
    Department("product", 12, 3, 1.15, ("Buying", "Design", "Quality")),
    Department("technology", 16, 6, 1.5, ("Development", "Data", "Systems")),
    Department("finance", 8, 2, 1.1, ("Accounting", "Treasury")),
    Department("hr", 6, 1, 1.0, ("Recruiting", "People care")),
)
NAMES = tuple(one.name for one in STAFF)


@dataclass(frozen=True)
class Level:
    """A level: its name, midpoint of the pay band against P3, share of the people who are neither lead nor head."""

    name: str
    midpoint: float
    share: float


LEVELS = (
    Level("P1", 0.66, 0.2),
    Level("P2", 0.82, 0.34),
    Level("P3", 1.0, 0.28),
    Level("P4", 1.3, 0.18),
    Level("P5", 1.75, 0.0),
    Level("P6", 2.5, 0.0),
)
LEAD, HEAD = 4, 5
PEOPLE_PER_LEAD = 8


@dataclass(frozen=True)
class Employment:
    """A kind of employment: its code, share of people, and full-time equivalent."""

    code: str
    share: float
    fte: float


EMPLOYMENTS = (
    Employment("full_time", 0.83, 1.0),
    Employment("part_time", 0.08, 0.6),
    Employment("intern", 0.05, 0.8),
    Employment("outsourced", 0.04, 1.0),
)
FULL_TIME, PART_TIME, INTERN, OUTSOURCED = range(4)
EXITS = ("", "voluntary", "involuntary", "retirement", "end_of_contract", "other")
EXIT_SHARES = (0.0, 0.7, 0.12, 0.02, 0.13, 0.03)
SOURCES = ("referral", "job_board", "agency", "internal", "campus", "direct")
SOURCE_SHARES = (0.26, 0.36, 0.12, 0.0, 0.12, 0.14)
INTERNAL = SOURCES.index("internal")
