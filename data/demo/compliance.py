"""`fact_compliance_item`: filings that fall due every month and year, inspections, and disputes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import frame, money, stream
from data.demo.months import Months, after

DAYS = stories.HISTORY_DAYS
AHEAD_DAYS = 75
OPENED_BEFORE_DAYS = 14
LATE_SHARE = 0.02


@dataclass(frozen=True)
class Filing:
    """A filing: its name in ids, domain, department, day of the month after, and the months it is made for."""

    code: str
    domain: str
    department: str
    day: int
    months: tuple[int, ...] = tuple(range(1, 13))


QUARTERS = (3, 6, 9, 12)
FILINGS = (
    Filing("VAT", "tax", "finance", 15),
    Filing("WITHHOLDING", "tax", "finance", 15),
    Filing("INCOME-TAX", "tax", "finance", 15, QUARTERS),
    Filing("STAMP-DUTY", "tax", "finance", 15, QUARTERS),
    Filing("SOCIAL-INSURANCE", "social_insurance", "hr", 25),
    Filing("HOUSING-FUND", "social_insurance", "hr", 10),
    Filing("ANNUAL-REPORT", "licence", "finance", 30, (5,)),
    Filing("FOOD-CONTACT-LICENCE", "licence", "product", 20, (8,)),
    Filing("PRIVACY-AUDIT", "privacy", "technology", 28, (2,)),
)


@dataclass(frozen=True)
class Item:
    """One matter; days count from the first of the history, money in months of usual revenue."""

    item: str
    domain: str
    kind: str
    department: str
    opened: int
    due: int
    closed: int | None
    outcome: str = ""
    penalty: float = 0.0
    adjustment: float = 0.0


# What is not routine, told in days back from the last day.
CASES = (
    ("TAX-INSPECTION-1", "tax", "inspection", "finance", 610, 540, 552, "no_finding", 0.0, 0.0),
    ("TAX-INSPECTION-2", "tax", "inspection", "finance", 120, 30, 46, "finding", 0.004, 0.018),
    ("LABOUR-INSPECTION", "labour", "inspection", "hr", 260, 200, 214, "no_finding", 0.0, 0.0),
    ("PRIVACY-INSPECTION", "privacy", "inspection", "technology", 330, 290, 295, "finding", 0.002, 0.0),
    ("DISPUTE-1", "labour", "dispute", "operations", 580, 520, 505, "settled", 0.0, 0.01),
    ("DISPUTE-2", "labour", "dispute", "marketing", 390, 330, 338, "won", 0.0, 0.0),
    ("DISPUTE-3", "labour", "dispute", "customer_service", 70, 14, 20, "settled", 0.0, 0.012),
    ("DISPUTE-4", "labour", "dispute", "customer_service", 24, -18, None, "", 0.0, 0.0),
    ("DATA-REQUEST", "privacy", "dispute", "customer_service", 19, -12, None, "", 0.0, 0.0),
)


def compliance_frame(months: Months, usual: float, seed: int) -> pl.DataFrame:
    """`fact_compliance_item` with what falls due in the weeks to come; `usual` is a month's revenue, in fen."""
    rng = stream(seed, "compliance")
    items = [*_routine(months, rng), *_cases()]
    return frame(
        "fact_compliance_item",
        {
            "item_id": _texts([one.item for one in items]),
            "domain": _texts([one.domain for one in items]),
            "item_type": _texts([one.kind for one in items]),
            "department": _texts([one.department for one in items]),
            "opened_date": pl.Series([months.date(one.opened) for one in items]),
            "due_date": pl.Series([months.date(one.due) for one in items]),
            "closed_date": pl.Series([None if one.closed is None else months.date(one.closed) for one in items]),
            "penalty_amount": _amounts([(one.closed, one.penalty) for one in items], usual),
            "adjustment_amount": _amounts([(one.closed, one.adjustment) for one in items], usual),
            "outcome": _texts([one.outcome for one in items]),
        },
    )


def _texts(values: list[str]) -> pl.Series:
    return pl.Series(values, dtype=pl.String)


def _amounts(values: list[tuple[int | None, float]], usual: float) -> pl.Series:
    """Fines and back payments; null while a matter is open."""
    fen = money(np.array([round(share * usual) for _, share in values], np.int64))
    return pl.select(pl.when(pl.Series([closed is not None for closed, _ in values])).then(fen)).to_series()


def _routine(months: Months, rng: np.random.Generator) -> Iterator[Item]:
    """Filings due from the first day to some weeks after the last; nearly all are made days before they are due."""
    month = months.first_day.replace(day=1) - timedelta(days=1)
    while month <= months.last_day + timedelta(days=AHEAD_DAYS):
        for one in FILINGS:
            due = months.day(_workday(after(month).replace(day=min(one.day, 28))))
            early, is_late = int(rng.integers(0, 9)), bool(rng.random() < LATE_SHARE)
            if month.month in one.months and 0 <= due < DAYS + AHEAD_DAYS:
                done = due + 2 if is_late else due - early
                closed = done if done < DAYS else None
                fine = 0.0004 if is_late and closed is not None else 0.0
                name = f"{one.code}-{month:%Y-%m}"
                opened = due - OPENED_BEFORE_DAYS
                yield Item(name, one.domain, "filing", one.department, opened, due, closed, "", fine)
        month = after(month)


def _workday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def _cases() -> Iterator[Item]:
    last = DAYS - 1
    for item, domain, kind, department, opened, due, closed, outcome, penalty, adjustment in CASES:
        done = None if closed is None else last - closed
        yield Item(item, domain, kind, department, last - opened, last - due, done, outcome, penalty, adjustment)
