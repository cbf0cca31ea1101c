"""What a change of the data does to the numbers people look at first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.ask import ask
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.periods import Period, month_end
from metrics.policy import EVERYONE
from metrics.query import Query


@dataclass(frozen=True)
class Difference:
    """A KPI over some days in two states of the data, in its unit; None is no data."""

    kpi: str
    period: Period
    before: float | None
    after: float | None


def headlines(catalogue: Catalogue, tables: Collection[str]) -> tuple[str, ...]:
    """The headline KPIs of all departments that read one of the tables, in the order of the pages, each once."""
    cards = (name for department in catalogue.departments for name in _cards(catalogue, department.id))
    return tuple(name for name in dict.fromkeys(cards) if set(catalogue.kpi(name).tables) & set(tables))


def differences(
    before: Engine, after: Engine, tables: Collection[str], months: Sequence[date], catalogue: Catalogue
) -> tuple[Difference, ...]:
    """How the headline KPIs that read the tables differ between two states of the data, month by month.

    `months` are the first days of the months that changed. A KPI that is the same in both states is left out.
    """
    kpis = headlines(catalogue, tables)
    if not kpis:
        return ()
    found = []
    for month in months:
        query = Query(kpis, Period(month, month_end(month)))
        was, now = (ask(engine, query, EVERYONE, catalogue).rows.row(0, named=True) for engine in (before, after))
        found += [Difference(kpi, query.period, was[kpi], now[kpi]) for kpi in kpis if was[kpi] != now[kpi]]
    return tuple(found)


def _cards(catalogue: Catalogue, department: str) -> tuple[str, ...]:
    return catalogue.page(department).headline_cards if department in catalogue.pages else ()
