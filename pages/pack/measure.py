"""The numbers of a pack's week: each KPI with its comparisons, target, light and small line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from metrics.ask import Answer, ask
from metrics.compare import Change, last_year, previous
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.model import NOTHING, Kpi
from metrics.periods import DAY, Period, months_later
from metrics.policy import Viewer
from metrics.query import Query
from metrics.settled import settled_together
from metrics.targets import targets_for
from pages.pack.content import Light, PackCard, PackChange, PackTarget, Point
from pages.pack.standing import Standing, stand

# A pack holds every number; who may see which is decided when it is opened or sent. Splits of few cases are hidden
# from everybody, since a summary may name them.
READER = Viewer("pack", frozenset({"open", "restricted", "salary"}), frozenset(), is_small_group_hidden=True)
POINTS = 13
WEEKS_IN_YEAR = 52


@dataclass(frozen=True)
class Days:
    """What a number is about: its days, those before, those a year before, and the days of its small line."""

    period: Period
    previous: Period
    last_year: Period
    line: Period
    grain: Literal["week", "month"]

    @classmethod
    def of(cls, period: Period, week: Period) -> Days:
        """The days of a KPI that is settled on a period in a week."""
        if period == week:
            back = Period(week.first - DAY * 7 * (POINTS - 1), week.last)
            return cls(week, _moved(week, 1), _moved(week, WEEKS_IN_YEAR), back, "week")
        first = months_later(period.last.replace(day=1), 1 - POINTS)
        return cls(period, previous(period), last_year(period), Period(first, period.last), "month")


@dataclass(frozen=True)
class Measured:
    """One KPI of a week: where it stands against the period before and against a year before, and its line."""

    days: Days
    standing: Standing
    year_standing: Standing
    line: tuple[Point, ...]


def measure(
    reader: Engine, catalogue: Catalogue, kpis: Iterable[Kpi], week: Period, coverage: Coverage
) -> Mapping[str, Measured]:
    """Each KPI in the week, or in the whole months that its files can answer for. Raises MetricError."""
    found: dict[str, Measured] = {}
    for period, together in settled_together(reader, kpis, week, coverage).items():
        days = Days.of(period, week)

        def asked(period: Period, together: tuple[str, ...] = together) -> Answer:
            return ask(reader, Query(together, period), READER, catalogue)

        now, then, year = asked(days.period), asked(days.previous), asked(days.last_year)
        targets = targets_for(reader, together, period, catalogue, now)
        lines = _lines(reader, catalogue, together, days)
        for name in together:
            kpi = catalogue.kpi(name)
            found[name] = Measured(
                days,
                stand(kpi, now, then, targets[name], period),
                stand(kpi, now, year, targets[name], period),
                lines[name],
            )
    return found


def card(measured: Measured, coverage: Coverage, late: frozenset[str]) -> PackCard:
    """The card of a KPI. late: tables that are older than they should be."""
    standing, days = measured.standing, measured.days
    kpi, target = standing.kpi, standing.target
    reached = [coverage.last_day(table) for table in kpi.tables]
    is_late = bool(late.intersection(kpi.tables))
    return PackCard(
        kpi=kpi.id,
        name=kpi.name,
        department=kpi.department,
        access=kpi.access,
        unit=kpi.unit,
        shown_in=kpi.shown_in,
        direction=kpi.direction,
        value=standing.value,
        previous=standing.before,
        last_year=measured.year_standing.before,
        change=_changed(standing.change),
        year_change=_changed(measured.year_standing.change),
        target=pack_target(target),
        light=_light(standing, is_late),
        period=days.period,
        previous_period=days.previous,
        last_year_period=days.last_year,
        line=measured.line,
        line_grain=days.grain,
        state=standing.availability.state,
        reason=standing.reason or NOTHING,
        is_immature=standing.is_immature,
        reach=_first(reached),
        is_late=is_late,
    )


def pack_target(target: object) -> PackTarget:
    """A target as a pack keeps it."""
    names = ("value", "low", "high", "warn", "kind", "attainment", "source")
    return PackTarget(**{name: getattr(target, name) for name in names})


def _light(standing: Standing, is_late: bool) -> Light:
    # A number of old files may still stand, but it must not be on target.
    light: Light = standing.light or "none"  # type: ignore[assignment]
    return "none" if light == "good" and is_late else light


def _lines(reader: Engine, catalogue: Catalogue, kpis: tuple[str, ...], days: Days) -> Mapping[str, tuple[Point, ...]]:
    if days.grain == "month" or days.line.is_whole_weeks:
        rows = ask(reader, Query(kpis, days.line, grain=days.grain), READER, catalogue).rows
        starts: list[date] = rows["period"].to_list()
        values = {name: rows[name].to_list() for name in kpis}
    else:
        # Buckets are ISO weeks; weeks that begin on Sunday are asked for one by one.
        weeks = [_moved(days.period, back) for back in reversed(range(POINTS))]
        answers = [ask(reader, Query(kpis, week), READER, catalogue).rows for week in weeks]
        starts = [week.first for week in weeks]
        values = {name: [rows[name].item() for rows in answers] for name in kpis}
    return {name: tuple(map(Point, starts, values[name])) for name in kpis}


def _moved(week: Period, weeks: int) -> Period:
    return Period(week.first - DAY * 7 * weeks, week.last - DAY * 7 * weeks)


def _changed(change: Change) -> PackChange:
    return PackChange(change.absolute, change.relative, change.points, change.material, change.good)


def _first(days: list[date | None]) -> date | None:
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None
