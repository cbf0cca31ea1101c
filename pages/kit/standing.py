"""Where the KPIs of a page stand under its filters. What cards, questions and exceptions read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from metrics.ask import Answer, ask
from metrics.compare import NO_CHANGE_KNOWN
from metrics.model import Kpi, Language, Text
from metrics.periods import Grain, Period, grain_for, months_later
from metrics.query import Query
from metrics.settled import settled_together
from metrics.targets import TargetStatus, targets_for
from pages.kit import formats, names
from pages.kit.cache import remembered
from pages.kit.focus import Focus
from pages.kit.text import say
from pages.kit.visit import Visit
from pages.pack.standing import NOT_ASKED, Standing, stand

__all__ = ["Standing", "able", "asked", "by_days", "cannot_filter", "own_days", "series", "standings", "tables_of"]

SHARED_TABLES = ("dim_product", "dim_date")
ADDED_UP = ("additive", "distinct_count")
LONGEST_NOISY_DAYS = 31
MONTHS_OF_LINE = 13


def tables_of(visit: Visit, kpis: Sequence[str]) -> tuple[str, ...]:
    """The tables an answer about these KPIs is read from."""
    read = [table for name in kpis for table in visit.catalogue.kpi(name).tables]
    return tuple(dict.fromkeys((*read, *SHARED_TABLES)))


def asked(visit: Visit, query: Query) -> Answer:
    """`metrics.ask`, remembered. Raises MetricError."""

    def work() -> Answer:
        return ask(visit.reader, query, visit.viewer, visit.catalogue)

    return remembered(visit, work, tables_of(visit, query.kpis), "ask", query)


def able(visit: Visit, kpis: Sequence[str]) -> tuple[str, ...]:
    """Those of the KPIs that carry every dimension the page is filtered by."""
    wanted = {item.dimension for item in visit.address.filters}
    return tuple(name for name in kpis if wanted <= set(visit.catalogue.kpi(name).dimensions))


def standings(focus: Focus, kpis: Sequence[str]) -> Mapping[str, Standing]:
    """Where each KPI stands in the period, under the page's filters. Raises MetricError."""
    visit = focus.visit
    asking = able(visit, kpis)
    found = {name: _not_split(focus, visit.catalogue.kpi(name)) for name in kpis if name not in asking}
    for settled, together in by_days(focus, asking):
        now = asked(visit, Query(together, settled.period, filters=focus.filters))
        then = asked(visit, Query(together, settled.comparison, filters=focus.filters))
        targets = _targets(settled, together, now)
        found |= {name: stand(visit.catalogue.kpi(name), now, then, targets[name], settled.period) for name in together}
    return {name: found[name] for name in kpis}


def by_days(focus: Focus, kpis: Sequence[str]) -> list[tuple[Focus, tuple[str, ...]]]:
    """The KPIs grouped by the days their files can answer for, each group with the focus on its days."""
    found = settled_together(
        focus.visit.reader, map(focus.visit.catalogue.kpi, kpis), focus.period, focus.visit.coverage
    )
    return [(focus.on(period), together) for period, together in found.items()]


def series(focus: Focus, kpis: Sequence[str]) -> Mapping[str, tuple[float | None, ...]]:
    """Each KPI through the period for a small line; empty for those that cannot be filtered so.

    Amounts keep the finest readable grain, since a week cut short at either end would look like a fall. Rates of
    longer periods go by week: by day they are mostly noise. Numbers of monthly files, and what is a rate over the
    length of the period, such as a runway, go by month, a year back.
    """
    groups: dict[tuple[Period, Grain], list[str]] = {}
    for name in able(focus.visit, kpis):
        groups.setdefault(_line(focus, focus.visit.catalogue.kpi(name)), []).append(name)
    found: dict[str, tuple[float | None, ...]] = {}
    for (period, grain), together in groups.items():
        answer = asked(focus.visit, Query(tuple(together), period, grain=grain, filters=focus.filters))
        found |= {name: tuple(answer.rows[name].to_list()) for name in together}
    return found


def _line(focus: Focus, kpi: Kpi) -> tuple[Period, Grain]:
    cadences = {focus.visit.reader.cadence(table) for table in kpi.tables}
    if "month" in cadences or kpi.period_factor != "none":
        last = focus.settled(kpi.tables).period.last
        return Period(months_later(last.replace(day=1), 1 - MONTHS_OF_LINE), last), "month"
    grain = grain_for(focus.period)
    is_noisy = kpi.additivity not in ADDED_UP and focus.period.days > LONGEST_NOISY_DAYS
    if grain == "day" and ("week" in cadences or is_noisy):
        return focus.period, "week"
    return focus.period, grain


def own_days(focus: Focus, period: Period) -> str:
    """The months a number stands for where they are not the page's days: `Oct 2026`; else nothing."""
    language = focus.visit.language
    if period == focus.period:
        return ""
    first, last = (formats.month(day, language) for day in (period.first, period.last))
    return last if first == last else f"{first} – {last}"


def cannot_filter(dimensions: Sequence[str], language: Language) -> str:
    """Why a number or chart is not shown under a filter that it cannot follow."""
    named = (names.dimension(code, language) for code in dimensions)
    return say("cards.not_by_filter", language, dimensions=say("panel.comma", language).join(named))


def _not_split(focus: Focus, kpi: Kpi) -> Standing:
    visit = focus.visit
    missing = [item.dimension for item in visit.address.filters if item.dimension not in kpi.dimensions]
    said = cannot_filter(missing, visit.language)
    reason = Text(said, said, said)
    return Standing(kpi, None, None, NO_CHANGE_KNOWN, TargetStatus(), NOT_ASKED, NOT_ASKED, False, reason, focus.period)


def _targets(focus: Focus, kpis: tuple[str, ...], now: Answer) -> Mapping[str, TargetStatus]:
    visit = focus.visit

    def work() -> Mapping[str, TargetStatus]:
        return targets_for(visit.reader, kpis, focus.period, visit.catalogue, now, focus.filters)

    tables = ("kpi_target", *tables_of(visit, kpis))
    return remembered(visit, work, tables, "targets", kpis, focus.period, focus.filters)
