"""Where KPIs stand: value, comparison, target and how far to trust them. What cards, questions and exceptions read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from metrics.ask import Answer, ask
from metrics.availability import Availability
from metrics.compare import NO_CHANGE_KNOWN, Change, change
from metrics.model import Kpi, Language, Text
from metrics.periods import Grain, Period, grain_for, months_later
from metrics.query import Query
from metrics.targets import TargetStatus, targets_for
from pages.kit import names
from pages.kit.cache import remembered
from pages.kit.focus import Focus
from pages.kit.text import say, texts
from pages.kit.visit import Visit

NOT_ASKED = Availability("no_data")
SHARED_TABLES = ("dim_product", "dim_date")
ADDED_UP = ("additive", "distinct_count")
LONGEST_NOISY_DAYS = 31
MONTHS_OF_LINE = 13


@dataclass(frozen=True)
class Standing:
    """One KPI in one period.

    `value` and `before` (the comparison's value) are in the KPI's unit, None where there is no data; `reason` then
    says why, and else what makes the value incomplete or young (None when nothing does). `compared` says how
    complete the comparison is: unless it is `ok` nothing is said to have changed. `period` are the days the value
    stands for: those of the page, or the whole months that monthly files can answer for.
    """

    kpi: Kpi
    value: float | None
    before: float | None
    change: Change
    target: TargetStatus
    availability: Availability
    compared: Availability
    is_immature: bool
    reason: Text | None
    period: Period

    @property
    def is_partial(self) -> bool:
        """Whether days or sources of the period are missing."""
        return self.availability.state == "partial"

    @property
    def is_without_data(self) -> bool:
        """Whether files are missing; a filter that the KPI cannot follow is no lack of files."""
        return self.availability.state == "no_data" and self.availability is not NOT_ASKED

    @property
    def tone(self) -> str:
        """`good` or `bad` for a change that matters and can be relied on, else `flat`."""
        if not self.change.material or self.change.good is None or self.is_partial or self.is_immature:
            return "flat"
        return "good" if self.change.good else "bad"

    @property
    def light(self) -> str | None:
        """`good`, `warn` or `bad`; None without a target, and for numbers that are incomplete or young."""
        return self.target.status


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
        found |= {
            name: _standing(visit.catalogue.kpi(name), now, then, targets[name], settled.period) for name in together
        }
    return {name: found[name] for name in kpis}


def by_days(focus: Focus, kpis: Sequence[str]) -> list[tuple[Focus, tuple[str, ...]]]:
    """The KPIs grouped by the days their files can answer for, each group with the focus on its days."""
    groups: dict[Period, tuple[Focus, list[str]]] = {}
    for name in kpis:
        settled = focus.settled(focus.visit.catalogue.kpi(name).tables)
        groups.setdefault(settled.period, (settled, []))[1].append(name)
    return [(settled, tuple(together)) for settled, together in groups.values()]


def series(focus: Focus, kpis: Sequence[str]) -> Mapping[str, tuple[float | None, ...]]:
    """Each KPI through the period for a small line; empty for those that cannot be filtered so.

    Amounts keep the finest readable grain, since a week cut short at either end would look like a fall. Rates of
    longer periods go by week: by day they are mostly noise. Numbers of monthly files go by month, a year back.
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
    if "month" in cadences:
        last = focus.settled(kpi.tables).period.last
        return Period(months_later(last.replace(day=1), 1 - MONTHS_OF_LINE), last), "month"
    grain = grain_for(focus.period)
    is_noisy = kpi.additivity not in ADDED_UP and focus.period.days > LONGEST_NOISY_DAYS
    if grain == "day" and ("week" in cadences or is_noisy):
        return focus.period, "week"
    return focus.period, grain


def _standing(kpi: Kpi, now: Answer, then: Answer, target: TargetStatus, period: Period) -> Standing:
    value, before = now.rows[kpi.id].item(), then.rows[kpi.id].item()
    availability, compared = now.availability[kpi.id], then.availability[kpi.id]
    is_immature = kpi.id in now.immature
    return Standing(
        kpi=kpi,
        value=value,
        before=before,
        change=change(value, before, kpi) if compared.state == "ok" else NO_CHANGE_KNOWN,
        target=target,
        availability=availability,
        compared=compared,
        is_immature=is_immature,
        reason=_reason(kpi, value, availability, is_immature),
        period=period,
    )


def _reason(kpi: Kpi, value: float | None, availability: Availability, is_immature: bool) -> Text | None:
    if availability.state != "ok":
        return texts()[f"cards.{availability.state}"].fill(reason=availability.reason)
    if value is None:
        return texts()["cards.nothing"]
    return texts()["cards.immature"].fill(days=kpi.matures_after_days) if is_immature else None


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
