"""The draft of a week's pack: everything in it follows the data and what people typed until it is issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from data.engines.lake import LakeEngine
from data.settings import Settings
from metrics.coverage import Coverage
from metrics.errors import MetricError
from metrics.load import Catalogue
from metrics.model import Text
from metrics.periods import Period
from metrics.settled import reach
from pages.pack.content import (
    Content,
    PackAction,
    PackCard,
    PackComment,
    PackDepartment,
    PackException,
    Restatement,
    Setting,
    Summary,
    TableState,
)
from pages.pack.definitions import definition
from pages.pack.measure import card, measure
from pages.pack.needs import failed_checks, missed_targets, stale_files, table_states
from pages.pack.summary import proposal
from pages.pack.weeks import last_whole_week, week_days

CARDS_OF_A_DEPARTMENT = 8
# What numbers are made with. Others (limits, addresses, passwords) have no place in what is sent around.
SETTINGS = ("base_currency", "time_zone", "country", "tax_rate", "fiscal_year_first_month", "week_start")


class NothingToPack(MetricError):
    """No file of the company's cards was ever loaded, so no week can be told."""

    text = Text(
        "There is no pack yet: no file with {tables} was loaded. Load one with: python -m data ingest FILE",
        "还没有周报：尚未加载含 {tables} 的文件。请用 python -m data ingest FILE 加载。",
        "還沒有週報：尚未載入含 {tables} 的檔案。請用 python -m data ingest FILE 載入。",
    )


@dataclass(frozen=True)
class Notes:
    """What people typed for a pack, and what became of older ones. `summary` is None while nobody wrote one."""

    comments: tuple[PackComment, ...] = ()
    actions: tuple[PackAction, ...] = ()
    earlier_actions: tuple[PackAction, ...] = ()
    summary: Summary | None = None
    restatements: tuple[Restatement, ...] = ()


NO_NOTES = Notes()


def draft(
    reader: LakeEngine,
    catalogue: Catalogue,
    settings: Settings,
    week: str,
    made_at: datetime,
    *,
    is_demo: bool = False,
    notes: Notes = NO_NOTES,
) -> Content:
    """The pack of a week as the data say it now, read at one version of the lake; `made_at` is in UTC without zone.

    Lateness is judged on the day after the week, so that the pack of an old week does not call its files late.

    Raises:
        NoSuchWeek: a name that is no week.
        NothingToPack: nothing was loaded that any card could be read from.
    """
    period = week_days(week, settings.week_start)
    with reader.reading():
        read = _read(reader, catalogue, settings, period, _local(made_at, settings).date())
        version = reader.version()
    return Content(
        week=week,
        company=settings.company_name,
        is_demo=is_demo,
        currency=settings.base_currency,
        period=period,
        version=version,
        made_at=made_at,
        departments=departments_of(catalogue),
        headline=catalogue.leadership.cards,
        comments=notes.comments,
        actions=notes.actions,
        earlier_actions=notes.earlier_actions,
        restatements=notes.restatements,
        definitions=tuple(definition(catalogue.kpi(one.kpi), catalogue.table_names) for one in read.cards),
        settings=tuple(Setting(name, str(getattr(settings, name))) for name in SETTINGS),
        as_of=read.as_of,
        cards=read.cards,
        exceptions=read.exceptions,
        tables=read.tables,
        summary=notes.summary or read.summary,
        reach=read.reach,
    )


@dataclass(frozen=True)
class _Read:
    """What of a pack comes from the lake."""

    as_of: date
    cards: tuple[PackCard, ...]
    exceptions: tuple[PackException, ...]
    tables: tuple[TableState, ...]
    summary: Summary
    reach: Mapping[str, date]


def _read(reader: LakeEngine, catalogue: Catalogue, settings: Settings, period: Period, today: date) -> _Read:
    headline, currency = catalogue.leadership.cards, settings.base_currency
    shown = cards_of(catalogue)
    kpis = [catalogue.kpi(name) for name in shown]
    tables = tuple(dict.fromkeys(table for kpi in kpis for table in kpi.tables))
    coverage = Coverage.read(reader)
    as_of = _reach(reader, tables, coverage, catalogue)
    measured = measure(reader, catalogue, kpis, period, coverage)
    states = table_states(reader, catalogue, tables, period.end)
    late = frozenset(state.table for state in states if state.state == "late")
    cards = tuple(card(measured[name], coverage, late) for name in shown)
    standings = {name: one.standing for name, one in measured.items()}
    exceptions = (
        *missed_targets(standings, cards, currency),
        *stale_files(states, kpis),
        *failed_checks(reader, tables, period, today),
    )
    summary = proposal(reader, catalogue, measured, headline, currency)
    reached = {table: day for table in tables if (day := coverage.last_day(table)) is not None}
    return _Read(as_of, cards, exceptions, states, summary, reached)


def departments_of(catalogue: Catalogue) -> tuple[PackDepartment, ...]:
    """Each department with its first eight cards."""
    return tuple(
        PackDepartment(one.id, one.name, catalogue.page(one.id).headline_cards[:CARDS_OF_A_DEPARTMENT])
        for one in catalogue.departments
        if one.id in catalogue.pages
    )


def cards_of(catalogue: Catalogue) -> tuple[str, ...]:
    """Every KPI that a pack has a card of, each once: the company's first."""
    of_departments = (kpi for one in departments_of(catalogue) for kpi in one.cards)
    return tuple(dict.fromkeys((*catalogue.leadership.cards, *of_departments)))


def current_week(reader: LakeEngine, catalogue: Catalogue, settings: Settings) -> str:
    """The last week that the company's data reach to the end of. Raises NothingToPack."""
    kpis = [catalogue.kpi(name) for name in catalogue.leadership.cards]
    tables = tuple(dict.fromkeys(table for kpi in kpis for table in kpi.tables))
    with reader.reading():
        return last_whole_week(_reach(reader, tables, Coverage.read(reader), catalogue), settings.week_start)


def _local(moment: datetime, settings: Settings) -> datetime:
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(settings.time_zone))


def _reach(reader: LakeEngine, tables: tuple[str, ...], coverage: Coverage, catalogue: Catalogue) -> date:
    day = reach(reader, tables, coverage)
    if day is None:
        raise NothingToPack(tables=catalogue.names.say(tables[:1]))
    return day
