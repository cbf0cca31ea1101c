"""What needs attention on a page: KPIs that miss their target, and tables that are late or incomplete."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from metrics.ask import Answer, ask
from metrics.compare import distance_to_band
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.model import Kpi, Page
from metrics.policy import Viewer
from metrics.targets import TargetStatus, targets_for
from metrics.views.scope import Scope

_SCHEMA = {
    "kind": pl.String,
    "name": pl.String,
    "size": pl.Float64,
    "value": pl.Float64,
    "target": pl.Float64,
    "last_day": pl.Date,
    "missing_days": pl.Int64,
}


def exceptions(
    engine: Engine,
    department: str,
    scope: Scope,
    viewer: Viewer,
    catalogue: Catalogue,
    late_after: Mapping[str, int],
    today: date,
) -> pl.DataFrame:
    """What the reader of a department's page should look at first.

    Args:
        late_after: after how many days without newer rows a table is late; tables without an entry never are.
        today: the day the page is read.

    Returns:
        Shape (exceptions, 7), the largest first: kind (`off_target`: a KPI of the page whose light is red;
        `late`: a table of the page that is older than it may be; `partial`: a table with days or usual
        sources missing in the period), name (KPI id or table), size (how bad, 1 = as far from good as the
        measure is long: share missing to the target, days too many ÷ days allowed, days missing ÷ days of the
        period), value and target (off_target; of a band the nearer limit), last_day (of the table),
        missing_days (partial). What does not apply is null. KPIs that the viewer's or the page's filters
        cannot narrow are left out.

    Raises:
        UnknownName: a department without a page.
        NotAllowed: as `ask`.
    """
    kpis = _kpis(catalogue, catalogue.page(department), scope, viewer)
    if not kpis:
        return pl.DataFrame(schema=_SCHEMA)
    names = tuple(kpi.id for kpi in kpis)
    with engine.reading() as reader:
        answer = ask(reader, scope.query(*names), viewer, catalogue)
        targets = targets_for(reader, names, scope.period, catalogue, answer, scope.filters)
        coverage = Coverage.read(reader)
    rows = [
        *(_off_target(kpi, answer, targets[kpi.id]) for kpi in kpis if targets[kpi.id].status == "bad"),
        *_late(kpis, coverage, late_after, today),
        *_partial(kpis, answer, coverage, scope),
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row").sort(
        "size", "kind", "name", descending=[True, False, False]
    )


def _kpis(catalogue: Catalogue, page: Page, scope: Scope, viewer: Viewer) -> list[Kpi]:
    charted = (name for chart in page.charts for name in chart.kpis)
    wanted = {wish.dimension for wish in scope.filters}
    found = [catalogue.kpi(name) for name in dict.fromkeys((*page.headline_cards, *charted))]
    return [kpi for kpi in found if wanted <= set(kpi.dimensions) and kpi.access in viewer.access]


def _off_target(kpi: Kpi, answer: Answer, target: TargetStatus) -> tuple[object, ...]:
    value = float(answer.rows[kpi.id].item())
    limit = target.value
    if kpi.direction == "band":
        limit = target.low if target.low is not None and value < target.low else target.high
    assert limit is not None
    gap = distance_to_band(value, target.low, target.high) if kpi.direction == "band" else abs(value - limit)
    return "off_target", kpi.id, gap / abs(limit) if limit else 1.0, value, limit, None, None


def _late(kpis: list[Kpi], coverage: Coverage, late_after: Mapping[str, int], today: date) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for table in dict.fromkeys(table for kpi in kpis for table in kpi.tables):
        allowed, last = late_after.get(table), coverage.last_day(table)
        if allowed is not None and last is not None and (age := (today - last).days) > allowed:
            found.append(("late", table, (age - allowed) / max(allowed, 1), None, None, last, None))
    return found


def _partial(kpis: list[Kpi], answer: Answer, coverage: Coverage, scope: Scope) -> list[tuple[object, ...]]:
    missing: dict[str, int] = {}
    for kpi in kpis:
        state = answer.availability[kpi.id]
        # Of two tables it would not be known which one lacks the days; each has KPIs of its own.
        if state.state == "partial" and len(kpi.tables) == 1:
            table = kpi.tables[0]
            missing[table] = max(missing.get(table, 0), state.missing_days)
    return [
        ("partial", table, days / scope.period.days, None, None, coverage.last_day(table), days)
        for table, days in missing.items()
    ]
