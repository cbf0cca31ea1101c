"""Which days a KPI of monthly files answers for: whole months, never a part of one.

A ledger, a payroll or a market report speaks of a month as a whole. Asked about the last 28 days it has an answer,
that of the last month that is closed; it has none for a part of a month.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.periods import DAY, Period, month_end


def settled_period(engine: Engine, tables: Iterable[str], period: Period, coverage: Coverage | None = None) -> Period:
    """The days that numbers from these tables can stand for when a reader asks about a period.

    Args:
        tables: the fact tables a number is read from.
        period: what was asked for.
        coverage: what was loaded, where the caller has read it already.

    Returns:
        The period itself, unless one of the tables has a row a month. Then the whole months inside the period as far
        as files reach; where it holds none, the last whole month that ends in or before it and is loaded. The period
        itself again where no such month is loaded.
    """
    monthly = [table for table in tables if engine.cadence(table) == "month"]
    if not monthly:
        return period
    known = coverage if coverage is not None else Coverage.read(engine)
    reached = [known.last_day(table) for table in monthly]
    if any(day is None for day in reached):
        return period
    return _whole_months(period, min(day for day in reached if day is not None))


def _whole_months(period: Period, reach: date) -> Period:
    # A monthly row stands for its month, whichever of its days it is dated with.
    end = min(period.last, month_end(reach))
    last = end if end == month_end(end) else end.replace(day=1) - DAY
    first = period.first if period.first.day == 1 else month_end(period.first) + DAY
    return Period(first if first <= last else last.replace(day=1), last)
