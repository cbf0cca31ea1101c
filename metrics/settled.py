"""Which days a KPI of monthly files answers for: whole months, never a part of one.

A ledger, a payroll or a market report speaks of a month as a whole. Asked about the last 28 days it has an answer,
that of the last month that is closed; it has none for a part of a month.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.model import Kpi
from metrics.periods import DAY, Period, month_end

_RARELY = {"day": 0, "week": 1, "month": 2}


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


def settled_together(
    engine: Engine, kpis: Iterable[Kpi], period: Period, coverage: Coverage
) -> dict[Period, tuple[str, ...]]:
    """The KPIs by the days that their files can answer for: those of one period can be asked for together."""
    found: dict[Period, tuple[str, ...]] = {}
    for kpi in kpis:
        settled = settled_period(engine, kpi.tables, period, coverage)
        found[settled] = (*found.get(settled, ()), kpi.id)
    return found


def reach(engine: Engine, tables: Sequence[str], coverage: Coverage) -> date | None:
    """The last day that the first of the tables with files is covered to; None when none has any.

    Daily tables come before weekly ones, and those before monthly ones: a ledger that is closed to October must not
    hide what the bank says of November. The first, not the furthest: parcels are promised, and budgets set, for days
    that are still to come.
    """
    often = sorted(tables, key=lambda table: _RARELY.get(engine.cadence(table), len(_RARELY)))
    days = (coverage.last_day(table) for table in often)
    return next((day for day in days if day is not None), None)


def _whole_months(period: Period, reach: date) -> Period:
    # A monthly row stands for its month, whichever of its days it is dated with.
    end = min(period.last, month_end(reach))
    last = end if end == month_end(end) else end.replace(day=1) - DAY
    first = period.first if period.first.day == 1 else month_end(period.first) + DAY
    return Period(first if first <= last else last.replace(day=1), last)
