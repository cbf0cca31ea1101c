"""What a KPI can be read from in a period: the plan of reports for each of its facts, and how complete they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from metrics import availability, spans
from metrics.availability import Availability, Names
from metrics.coverage import Coverage, Report
from metrics.cuts import Plan, plan_reports
from metrics.engine import Engine
from metrics.errors import NotAllowed
from metrics.model import Fact, Kpi
from metrics.periods import Grain, Period
from metrics.policy import Viewer
from metrics.query import Filter, Query
from metrics.spans import Spans

USUAL_WITHIN_DAYS = 28
STALE_AFTER_DAYS = {"day": 3, "week": 8, "month": 35}
_PRODUCT = "product."
_NAMELESS = Names()


@dataclass(frozen=True)
class Reading:
    """A KPI, what its facts are read from, and whether that is enough; a composite has the readings of its parts."""

    kpi: Kpi
    plans: Mapping[Fact, Plan]
    availability: Availability
    parts: tuple[Reading, ...] = ()

    @property
    def simple(self) -> tuple[Reading, ...]:
        """The readings that have facts of their own: this one, or its parts."""
        return self.parts or (self,)


def read_kpi(engine: Engine, kpi: Kpi, query: Query, viewer: Viewer, coverage: Coverage, names: Names) -> Reading:
    """Plan each fact of a KPI. Raises NotAllowed where the viewer's rows cannot be told apart."""
    if kpi.composite:
        parts = tuple(read_kpi(engine, part.kpi, query, viewer, coverage, names) for part in kpi.composite)
        together = {fact: plan for part in parts for fact, plan in part.plans.items()}
        return Reading(kpi, together, availability.worst([part.availability for part in parts]), parts)
    plans: dict[Fact, Plan] = {}
    found: list[Availability] = []
    for fact in kpi.facts:
        narrowed = (*query.filters, *row_filters(engine, fact.table, viewer))
        dimensions = frozenset((*query.by, *(wish.dimension for wish in narrowed)))
        same = [other for other in kpi.facts if (other.table, other.snapshot) == (fact.table, fact.snapshot)]
        columns = frozenset(column for other in same for column in other.columns)
        needs = tuple(dict.fromkeys(table for other in same for table in other.needs))
        window = snapshot_window(fact, query.period)
        plans[fact], state = assess(
            engine, fact.table, columns, dimensions, window, query.grain, coverage, needs=needs, names=names
        )
        found.append(_of_snapshot(fact, query.period, plans[fact], state, names))
    if kpi.sample:
        plans[kpi.sample] = plans[kpi.facts[-1]]
    return Reading(kpi, plans, availability.worst(found))


def snapshot_window(fact: Fact, period: Period) -> Period:
    """The days on which a fact's rows may lie; a snapshot may be older than the period by its own cadence."""
    if fact.snapshot == "sum":
        return period
    return Period(period.first - timedelta(days=STALE_AFTER_DAYS[fact.cadence] - 1), period.last)


def row_filters(engine: Engine, table: str, viewer: Viewer) -> tuple[Filter, ...]:
    """The viewer's row filters. Raises NotAllowed for a table that they cannot be applied to."""
    for wish in viewer.row_filters:
        column = "sku" if wish.dimension.startswith(_PRODUCT) else wish.dimension
        if not engine.has_column(table, column):
            raise NotAllowed(viewer=viewer.name, name=table)
    return viewer.row_filters


def assess(
    engine: Engine,
    table: str,
    columns: frozenset[str],
    dimensions: frozenset[str],
    period: Period,
    grain: Grain | None,
    coverage: Coverage,
    *,
    needs: tuple[str, ...] = (),
    names: Names = _NAMELESS,
) -> tuple[Plan, Availability]:
    """Which reports of a table answer, and how complete they are. The plan is empty where the state is no_data."""
    window = (spans.days(period.first, period.last),)
    near = [report for report in coverage.reports(table) if spans.intersect(report.spans, window)]
    absent = [] if near else [table]
    absent += [need for need in needs if not _overlaps(coverage.reports(need), window)]
    if any(dimension.startswith(_PRODUCT) for dimension in dimensions) and not coverage.reports("dim_product"):
        absent.append("dim_product")
    if absent:
        return Plan((), {}), availability.without_tables(tuple(absent), names)
    is_cut = engine.has_column(table, "cut")
    own = frozenset(dimension for dimension in dimensions if not dimension.startswith(_PRODUCT))
    plan = plan_reports(near, columns, own, period, grain, is_cut)
    if not plan.answered:
        return plan, _why_nothing(table, near, columns | own if is_cut else columns, names)
    return plan, _how_complete(coverage.reports(table), plan, window, names)


def _overlaps(reports: tuple[Report, ...], window: Spans) -> bool:
    return any(spans.intersect(report.spans, window) for report in reports)


def _why_nothing(table: str, near: list[Report], wanted: frozenset[str], names: Names) -> Availability:
    lacks = [wanted - report.columns - report.cut_dimensions for report in near]
    if not all(lacks):
        return availability.without_days(table, names)
    nowhere = frozenset.intersection(*lacks) or min(lacks, key=len)
    return availability.without_columns(table, tuple(sorted(nowhere)), names)


def _how_complete(reports: tuple[Report, ...], plan: Plan, window: Spans, names: Names) -> Availability:
    # A source counts as usual when it delivered in the period or shortly before; it is expected from the
    # first day it ever delivered, so that a new shop does not make the days before it incomplete.
    start = window[0][0]
    recent = ((start - USUAL_WITHIN_DAYS, window[0][1]),)
    missing = spans.subtract(window, plan.covered)
    lacking: dict[tuple[str, str], int] = {}
    for key in sorted({report.key for report in reports if spans.intersect(report.spans, recent)}):
        began = min(first for report in reports if report.key == key for first, _ in report.spans)
        expected = spans.intersect(window, ((began, window[0][1]),))
        lacked = spans.subtract(expected, plan.answered.get(key, ()))
        if lacked:
            lacking[key] = spans.size(lacked)
            missing = spans.union((*missing, *lacked))
    if not missing:
        return availability.OK
    return availability.partial(spans.size(missing), spans.size(window), lacking, names)


def _of_snapshot(fact: Fact, period: Period, plan: Plan, state: Availability, names: Names) -> Availability:
    if fact.snapshot == "sum" or state.state == "no_data":
        return state
    fresh = (spans.days(period.last - timedelta(days=STALE_AFTER_DAYS[fact.cadence] - 1), period.last),)
    if spans.intersect(plan.covered, fresh):
        return availability.OK
    return availability.without_tables((fact.table,), names)
