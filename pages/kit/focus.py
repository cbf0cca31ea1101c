"""What a department's page is about right now: its KPIs, the days shown, and the days they are compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from metrics import spans
from metrics.model import Page
from metrics.periods import Period
from metrics.query import Filter
from metrics.settled import reach, settled_period
from metrics.views.scope import Scope
from pages.kit import formats
from pages.kit.visit import Visit


@dataclass(frozen=True)
class Focus:
    """A visit to a department's page. `as_of` is the day its data reach to."""

    visit: Visit
    page: Page
    as_of: date
    period: Period
    comparison: Period

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The page's filters."""
        return self.visit.address.filters

    @property
    def scope(self) -> Scope:
        """The same as views are asked about it."""
        return Scope(self.period, self.comparison, self.filters)

    def settled(self, tables: Sequence[str]) -> Focus:
        """The same page for what is read from these tables: whole months where a table has a row a month."""
        return self.on(settled_period(self.visit.reader, tables, self.period, self.visit.coverage))

    def on(self, period: Period) -> Focus:
        """The same page about other days."""
        return self if period == self.period else replace(self, period=period, comparison=self.visit.comparison(period))

    @property
    def against(self) -> str:
        """What the comparison is called inside a sentence."""
        return self.visit.say(f"period.phrase_{self.visit.address.compare}")

    @property
    def days(self) -> str:
        """The days shown, written out."""
        return formats.day_range(self.period.first, self.period.last, self.visit.language)


def focus_on(visit: Visit, department: str) -> Focus | None:
    """The focus of a department's page; None while none of its tables holds a day. Raises UnknownName."""
    page = visit.catalogue.page(department)
    visit = replace(visit, address=visit.address.for_page(department))
    as_of = reach(visit.reader, tables_of(visit, page), visit.coverage)
    if as_of is None:
        return None
    period = visit.period(as_of)
    return Focus(visit, page, as_of, period, visit.comparison(period))


def tables_of(visit: Visit, page: Page) -> tuple[str, ...]:
    """The fact tables of a page's KPIs, those of its first card first."""
    charted = (name for chart in page.charts for name in chart.kpis)
    kpis = dict.fromkeys((*page.headline_cards, *charted))
    return tuple(dict.fromkeys(table for name in kpis for table in visit.catalogue.kpi(name).tables))


def is_covered(visit: Visit, table: str, period: Period) -> bool:
    """Whether any file of the table has a day of the period."""
    window = (spans.days(period.first, period.last),)
    return any(spans.intersect(report.spans, window) for report in visit.coverage.reports(table))
