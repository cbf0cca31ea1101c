"""Which files answer a question: those that carry its columns and, where reports are cut differently, one a day.

Two reports of the same days that are split differently hold the same visits twice. So per source, account and
day exactly one cut is read: the coarsest that is split by every dimension asked. A row that stands for a range
of days is read only when no daily row serves those days and the whole range lies in the period (and bucket).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from metrics import spans
from metrics.coverage import Report
from metrics.periods import Grain, Period, bucket_start
from metrics.spans import Span, Spans


@dataclass(frozen=True)
class Pick:
    """Rows of one source and account: of one cut (None: the table has no cuts), on these days.

    `days` None means every day of the period; `ranges` are rows that stand for exactly these stretches;
    `has_range_rows` says that the daily rows must be told from rows for ranges.
    """

    source: str
    account: str
    cut: str | None = None
    days: Spans | None = None
    ranges: Spans = ()
    has_range_rows: bool = False


@dataclass(frozen=True)
class Plan:
    """What is read of a table: `picks` (None: every row), and the days each source and account answers for.

    Equal picks mean that two facts can be read together.
    """

    picks: tuple[Pick, ...] | None
    answered: Mapping[tuple[str, str], Spans] = field(compare=False)

    @property
    def covered(self) -> Spans:
        """The days that anything answers for."""
        return spans.union(span for stretches in self.answered.values() for span in stretches)


def plan_reports(
    reports: Iterable[Report],
    columns: frozenset[str],
    dimensions: frozenset[str],
    period: Period,
    grain: Grain | None,
    is_cut: bool,
) -> Plan:
    """Choose the reports of one table that answer; none of them when `Plan.answered` is empty.

    `columns` must be carried; where reports are cut (`is_cut`), `dimensions` must be split by or carried too.
    """
    window = (spans.days(period.first, period.last),)
    near = [report for report in reports if spans.intersect(report.spans, window)]
    able = [report for report in near if _is_able(report, columns, dimensions if is_cut else frozenset())]
    if not is_cut:
        return _plan_sources(near, able, window)
    picks: list[Pick] = []
    answered: dict[tuple[str, str], Spans] = {}
    for key in sorted({report.key for report in able}):
        own = [report for report in able if report.key == key]
        chosen = _choose_cuts(key, own, near, period, grain)
        picks += chosen
        served = [span for pick in chosen for span in ((pick.days or ()) + pick.ranges)]
        if served:
            answered[key] = spans.union(served)
    if _is_everything(picks, near, window):
        return Plan(None, answered)
    return Plan(tuple(_without_days(pick, near, window) for pick in picks), answered)


def _is_able(report: Report, columns: frozenset[str], dimensions: frozenset[str]) -> bool:
    return columns | dimensions <= report.columns | report.cut_dimensions


def _plan_sources(near: list[Report], able: list[Report], window: Spans) -> Plan:
    answered = {
        key: spans.intersect(spans.union(s for r in able if r.key == key for s in r.spans), window)
        for key in sorted({report.key for report in able})
    }
    if answered.keys() == {report.key for report in near}:
        return Plan(None, answered)
    return Plan(tuple(Pick(source, account) for source, account in answered), answered)


def _choose_cuts(
    key: tuple[str, str], able: list[Report], near: list[Report], period: Period, grain: Grain | None
) -> list[Pick]:
    window = (spans.days(period.first, period.last),)
    taken: Spans = ()
    days: dict[str, Spans] = {}
    for report in sorted((r for r in able if not r.is_range), key=_coarseness):
        free = spans.subtract(spans.intersect(report.spans, window), taken)
        days[report.cut] = spans.union((*days.get(report.cut, ()), *free))
        taken = spans.union((*taken, *free))
    ranges: dict[str, list[Span]] = {}
    candidates = [(r, span) for r in able if r.is_range for span in r.spans if _fits(span, period, grain)]
    for report, span in sorted(candidates, key=lambda found: (_coarseness(found[0]), found[1][0] - found[1][1])):
        if not spans.intersect((span,), taken):
            ranges.setdefault(report.cut, []).append(span)
            taken = spans.union((*taken, span))
    mixed = {report.cut for report in near if report.is_range and report.key == key}
    return [
        Pick(*key, cut, days.get(cut, ()), tuple(ranges.get(cut, ())), cut in mixed)
        for cut in sorted(days.keys() | ranges.keys())
        if days.get(cut) or ranges.get(cut)
    ]


def _coarseness(report: Report) -> tuple[int, str]:
    return len(report.cut_dimensions), report.cut


def _fits(span: Span, period: Period, grain: Grain | None) -> bool:
    first, last = date.fromordinal(span[0]), date.fromordinal(span[1] - 1)
    is_inside = period.first <= first and last <= period.last
    return is_inside and (grain is None or bucket_start(first, grain) == bucket_start(last, grain))


def _own_days(report_key: tuple[str, str], cut: str, near: list[Report], window: Spans) -> Spans:
    same = (r for r in near if r.key == report_key and r.cut == cut and not r.is_range)
    return spans.intersect(spans.union(span for r in same for span in r.spans), window)


def _without_days(pick: Pick, near: list[Report], window: Spans) -> Pick:
    # Where a cut serves every day it has, its rows need no condition on the day.
    if pick.days and pick.days == _own_days((pick.source, pick.account), pick.cut or "", near, window):
        return Pick(pick.source, pick.account, pick.cut, None, pick.ranges, pick.has_range_rows)
    return pick


def _is_everything(picks: list[Pick], near: list[Report], window: Spans) -> bool:
    chosen = {(pick.source, pick.account, pick.cut): pick for pick in picks}
    for report in near:
        pick = chosen.get((*report.key, report.cut))
        if pick is None:
            return False
        if report.is_range:
            touching = {span for span in report.spans if spans.intersect((span,), window)}
            if not touching <= set(pick.ranges):
                return False
        elif pick.days != _own_days(report.key, report.cut, near, window):
            return False
    return True
