"""What a number should be: the company's own dated targets, else what the catalogue proposes; and the light."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from metrics.ask import Answer
from metrics.compare import distance_to_band
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.model import NOTHING, Kpi, TargetKind, Text
from metrics.periods import Period
from metrics.query import Filter
from metrics.target_rows import TargetRow, applicable, read_target_rows

Status = Literal["good", "warn", "bad"]
# Without a limit of its own a target turns red a tenth away from it; for percentages a tenth of the way to
# the nearer end of the scale, so that 95 % turns red below 94.5 %, and not at 85.5 %.
NEAR = 0.1


@dataclass(frozen=True)
class TargetStatus:
    """The target of a KPI in a period, and how its value stands to it.

    Attributes:
        value: the target in the KPI's unit; null where there is none, or only a band.
        low, high: the limits of a band.
        warn: where amber ends and red begins; null where nobody said.
        kind: `plan` for targets the company set, else the catalogue's kind; null without target.
        status: the light; null without target or value, and while the value is young or files are missing.
        attainment: value ÷ target (target ÷ value where lower is better), 1 = reached; null where that
            says nothing: a band, a value or target of 0 or below.
        source: who says so.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    warn: float | None = None
    kind: TargetKind | None = None
    status: Status | None = None
    attainment: float | None = None
    source: Text = NOTHING

    @property
    def is_set(self) -> bool:
        """Whether there is anything to hold the number against."""
        return not (self.value is None and self.low is None and self.high is None)


def target_for(
    engine: Engine,
    kpi: str,
    period: Period,
    catalogue: Catalogue,
    answer: Answer | None = None,
    filters: tuple[Filter, ...] = (),
) -> TargetStatus:
    """The target of one KPI; see `targets_for`."""
    return targets_for(engine, (kpi,), period, catalogue, answer, filters)[kpi]


def targets_for(
    engine: Engine,
    kpis: tuple[str, ...],
    period: Period,
    catalogue: Catalogue,
    answer: Answer | None = None,
    filters: tuple[Filter, ...] = (),
) -> dict[str, TargetStatus]:
    """The targets of KPIs for a period, with a light where an answer is given.

    A target of the company (table kpi_target) wins. An additive KPI may take part of a longer target, by
    share of days, and add shorter ones up; a rate or percentile takes the target of the month (week, …) that
    holds the period, never a part of it; a distinct count only the target of exactly this period. Only where
    the company set no target for the KPI does the catalogue's count. With filters a target must be set for
    just that one value of that one dimension; the catalogue's still holds for rates.

    Args:
        answer: the KPIs asked for this period with these filters, split by nothing; without it no lights.

    Raises:
        UnknownName: a KPI that the catalogue does not define.
    """
    rows = read_target_rows(engine, kpis, period)
    found = {}
    for name in kpis:
        kpi = catalogue.kpi(name)
        own = [row for row in rows if row.kpi == name]
        target = _target(kpi, own, period, filters)
        found[name] = _judged(target, kpi, answer) if answer is not None else target
    return found


def target_values(
    engine: Engine, kpi: Kpi, periods: Iterable[Period], filters: tuple[Filter, ...] = ()
) -> list[float | None]:
    """The target of each of several periods (the buckets of a series); null where there is none."""
    held = list(periods)
    whole = Period(min(part.first for part in held), max(part.last for part in held))
    rows = read_target_rows(engine, (kpi.id,), whole)
    return [_target(kpi, rows, part, filters).value for part in held]


def _target(kpi: Kpi, rows: list[TargetRow], period: Period, filters: tuple[Filter, ...]) -> TargetStatus:
    if rows:
        row = applicable(kpi, rows, period, filters)
        if row is None:
            return TargetStatus()
        return TargetStatus(row.target, row.low, row.high, row.warn, "plan", source=row.source)
    default = kpi.default_target
    if default is None or (filters and kpi.additivity == "additive"):
        return TargetStatus()
    target = TargetStatus(default.value, default.low, default.high, None, default.kind, source=default.source)
    return target if target.is_set else TargetStatus()


def _judged(target: TargetStatus, kpi: Kpi, answer: Answer) -> TargetStatus:
    value: float | None = answer.rows[kpi.id].item() if answer.rows.height == 1 else None
    if value is None or not target.is_set:
        return target
    is_sure = answer.availability[kpi.id].state == "ok" and kpi.id not in answer.immature
    return TargetStatus(
        target.value,
        target.low,
        target.high,
        target.warn,
        target.kind,
        status(value, kpi, target) if is_sure else None,
        attainment(value, kpi, target),
        target.source,
    )


def status(value: float, kpi: Kpi, target: TargetStatus) -> Status | None:
    """The light of a value: green when the target is met, amber up to the limit, then red; None without target."""
    if kpi.direction == "band":
        return _band_status(value, target)
    if target.value is None:
        return None
    sign = 1 if kpi.direction == "higher" else -1
    room = NEAR * abs(target.value)
    if kpi.unit == "percent" and 0 <= target.value <= 100:
        room = NEAR * min(target.value, 100 - target.value)
    limit = target.value - sign * room if target.warn is None else target.warn
    if sign * (value - target.value) >= 0:
        return "good"
    return "warn" if sign * (value - limit) >= 0 else "bad"


def attainment(value: float, kpi: Kpi, target: TargetStatus) -> float | None:
    """How much of the target is reached, as a share; see `TargetStatus.attainment`."""
    if kpi.direction == "band" or target.value is None or target.value <= 0 or value < 0:
        return None
    if kpi.direction == "higher":
        return value / target.value
    return target.value / value if value else None


def _band_status(value: float, target: TargetStatus) -> Status | None:
    if target.low is None and target.high is None:
        return None
    outside = distance_to_band(value, target.low, target.high)
    if outside == 0:
        return "good"
    has_width = target.low is not None and target.high is not None
    width = target.high - target.low if target.low is not None and target.high is not None else 0.0
    return "warn" if has_width and outside <= NEAR * width else "bad"
