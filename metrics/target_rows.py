"""The company's own targets: which rows of kpi_target speak for a period."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from metrics.engine import Engine
from metrics.model import NOTHING, Kpi, Text
from metrics.periods import DAY, Period, bucket_end, months_later
from metrics.query import Filter

COLUMNS = (
    "kpi_id",
    "scope_dimension",
    "scope_value",
    "period_grain",
    "period_start",
    "target_value",
    "warn_value",
    "band_low",
    "band_high",
    "note",
)
# From the finest to the coarsest: the finer a target, the more its owner meant just these days.
_LAST_DAY: dict[str, Callable[[date], date]] = {
    "day": lambda first: first,
    "week": lambda first: first + DAY * 6,
    "month": lambda first: bucket_end(first, "month"),
    "quarter": lambda first: months_later(first, 3) - DAY,
    "year": lambda first: months_later(first, 12) - DAY,
}
_LONGEST = DAY * 366
_GRAIN_NAMES = {
    "day": Text("day", "日", "日"),
    "week": Text("week", "周", "週"),
    "month": Text("month", "月", "月"),
    "quarter": Text("quarter", "季度", "季"),
    "year": Text("year", "年", "年"),
}
_SOURCE = Text(
    "Company target ({grain} from {first}){note}",
    "公司目标(自 {first} 起的{grain}){note}",
    "公司目標(自 {first} 起的{grain}){note}",
)
_NOTE = Text(": {note}", ":{note}", ":{note}")


@dataclass(frozen=True)
class TargetRow:
    """One target as it was set: for a KPI, a scope (`("", "")` is the company) and a period."""

    kpi: str
    scope: tuple[str, str]
    grain: str
    period: Period
    target: float | None
    warn: float | None
    low: float | None
    high: float | None
    source: Text

    @property
    def numbers(self) -> tuple[float | None, ...]:
        """Target, amber limit and band."""
        return self.target, self.warn, self.low, self.high

    def part(self, period: Period) -> TargetRow:
        """The share of the target that falls on the days it has in common with the period."""
        first, last = max(self.period.first, period.first), min(self.period.last, period.last)
        share = Period(first, last).days / self.period.days
        target, warn, low, high = (None if number is None else number * share for number in self.numbers)
        return replace(self, period=Period(first, last), target=target, warn=warn, low=low, high=high)


def read_target_rows(engine: Engine, kpis: Iterable[str], period: Period) -> list[TargetRow]:
    """All targets of the KPIs, of any scope, that touch the period; none where the engine holds no targets."""
    if not engine.has_column("kpi_target", "kpi_id"):
        return []
    names = {f"kpi_{number}": name for number, name in enumerate(kpis)}
    relation = engine.relation("kpi_target", frozenset(COLUMNS), period.last)
    sql = (
        f"select {', '.join(COLUMNS)} from {relation} as t where kpi_id in ({', '.join(f'${name}' for name in names)})"
        " and period_start > $earliest and period_start <= $last"
    )
    held = engine.query(sql, {**names, "earliest": period.first - _LONGEST, "last": period.last})
    numbers = pl.col("target_value", "warn_value", "band_low", "band_high").cast(pl.Float64)
    rows = [_row(found) for found in pl.DataFrame(pl.from_arrow(held)).with_columns(numbers).iter_rows(named=True)]
    return [row for row in rows if row.period.last >= period.first]


def applicable(kpi: Kpi, rows: list[TargetRow], period: Period, filters: tuple[Filter, ...]) -> TargetRow | None:
    """The target of the KPI for just this period and scope, or None; see `metrics.targets.targets_for`."""
    scope = _scope(filters)
    own = [row for row in rows if row.scope == scope]
    for row in own:
        if row.period == period:
            return row
    if kpi.additivity == "distinct_count":
        return None
    if kpi.additivity == "additive":
        return _first(_added(_touching(own, grain, period), period) for grain in _LAST_DAY)
    asked = Period(period.last, period.last) if kpi.additivity == "semi_additive" else period
    return _first(_agreed(_touching(own, grain, asked), asked) for grain in _LAST_DAY)


def _row(found: dict[str, object]) -> TargetRow:
    grain, first, note = str(found["period_grain"]), found["period_start"], found["note"]
    assert isinstance(first, date)
    said = _NOTE.fill(note=note) if note else NOTHING
    numbers = (found[name] for name in ("target_value", "warn_value", "band_low", "band_high"))
    target, warn, low, high = (number if isinstance(number, float) else None for number in numbers)
    return TargetRow(
        str(found["kpi_id"]),
        (str(found["scope_dimension"]), str(found["scope_value"])),
        grain,
        Period(first, _LAST_DAY[grain](first)),
        target,
        warn,
        low,
        high,
        _SOURCE.fill(grain=_GRAIN_NAMES[grain], first=first, note=said),
    )


def _scope(filters: tuple[Filter, ...]) -> tuple[str, str] | None:
    if not filters:
        return "", ""
    if len(filters) == 1 and len(filters[0].values) == 1:
        return filters[0].dimension, filters[0].values[0]
    return None


def _touching(rows: list[TargetRow], grain: str, period: Period) -> list[TargetRow]:
    near = [row for row in rows if row.grain == grain and row.period.first <= period.last]
    return [row for row in near if row.period.last >= period.first]


def _added(rows: list[TargetRow], period: Period) -> TargetRow | None:
    """The parts of the targets that fall into the period, added up; None where a day has no target."""
    parts = [row.part(period) for row in rows]
    if sum(part.period.days for part in parts) != period.days:
        return None
    target, warn, low, high = (_sum(column) for column in zip(*(part.numbers for part in parts), strict=True))
    return replace(parts[0], period=period, target=target, warn=warn, low=low, high=high)


def _sum(column: tuple[float | None, ...]) -> float | None:
    known = [number for number in column if number is not None]
    return sum(known) if len(known) == len(column) else None


def _agreed(rows: list[TargetRow], period: Period) -> TargetRow | None:
    """The one target that holds on every day of the period; None where it changes or a day has none."""
    covered = sum(row.part(period).period.days for row in rows)
    return rows[0] if covered == period.days and len({row.numbers for row in rows}) == 1 else None


def _first(found: Iterable[TargetRow | None]) -> TargetRow | None:
    return next((row for row in found if row is not None), None)
