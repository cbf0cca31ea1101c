"""The shape of a catalogue file, field by field; `load.py` checks what fields say to each other."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from metrics.model import (
    NOTHING,
    Additivity,
    Cadence,
    Direction,
    DisplayAs,
    Fact,
    PeriodFactor,
    Snapshot,
    Target,
    TargetKind,
    Text,
    Unit,
)

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Dimension = Annotated[str, Field(pattern=r"^(product\.)?[a-z][a-z0-9_]*$")]
Filled = Annotated[str, Field(min_length=1)]


class Entry(BaseModel):
    """Base of all: an unknown field is an error, never passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class TextEntry(Entry):
    """A text in the three languages; none may be missing."""

    en: Filled
    zh_hans: Filled = Field(alias="zh-Hans")
    zh_hant: Filled = Field(alias="zh-Hant")

    def value(self) -> Text:
        """The text as the house passes it around."""
        return Text(self.en, self.zh_hans, self.zh_hant)


class FactEntry(Entry):
    """One aggregate over one fact; `columns` may be left out, they are read from the expression."""

    fact_table: Id
    time_column: Id
    expression: Filled
    columns: list[Id] | None = None
    snapshot: Snapshot = "sum"
    cadence: Literal["day", "week", "month"] = "day"
    needs: list[Id] = []

    def value(self, columns: tuple[str, ...]) -> Fact:
        """The fact, with the columns that its expression reads."""
        return Fact(
            self.fact_table,
            self.time_column,
            self.expression,
            columns,
            self.snapshot,
            self.cadence,
            tuple(self.needs),
        )


class TargetEntry(Entry):
    """What to aim at when nobody set a target."""

    kind: TargetKind
    source: TextEntry
    value: float | None = None
    low: float | None = None
    high: float | None = None

    def target(self) -> Target:
        """The target as the house passes it around."""
        return Target(self.kind, self.source.value(), self.value, self.low, self.high)


class WeightedEntry(Entry):
    """One KPI of a composite and its weight."""

    kpi: Id
    weight: float


class KpiEntry(Entry):
    """One KPI as it is written; without `additivity` two facts (or a composite) make a ratio, one is additive."""

    id: Id
    name: TextEntry
    definition: TextEntry
    pitfalls: TextEntry | None = None
    duty: Filled
    standard: str = ""
    unit: Unit
    direction: Direction
    additivity: Additivity | None = None
    dimensions: list[Dimension]
    numerator: FactEntry | None = None
    denominator: FactEntry | None = None
    composite: list[WeightedEntry] = []
    multiplier: float = 1.0
    period_factor: PeriodFactor = "none"
    default_target: TargetEntry | None = None
    cadence: Cadence = "week"
    access: Literal["open", "restricted", "salary"] = "open"
    tier: Annotated[int, Field(ge=1, le=3)] = 1
    min_sample: Annotated[int, Field(ge=1)] | None = None
    sample: Filled | None = None
    matures_after_days: Annotated[int, Field(ge=1)] | None = None
    valid_when: str | None = None
    display_as: DisplayAs | None = None


class SubDutyEntry(Entry):
    """One sentence of a duty."""

    id: Filled
    text: TextEntry
    coverage: Literal["direct", "proxy"]
    kpis: list[Id]
    not_measurable: TextEntry | None = None


class DutyEntry(Entry):
    """What a department answers for."""

    id: Filled
    name: TextEntry
    sub_duties: list[SubDutyEntry]


class ChartEntry(Entry):
    """A chart of a page."""

    id: Id
    type: Id
    title: TextEntry
    kpis: list[Id]
    note: TextEntry | None = None


class QuestionEntry(Entry):
    """A question of Monday morning."""

    text: TextEntry
    answered_by: list[Id]


class PageEntry(Entry):
    """What a department's page shows."""

    headline_cards: list[Id]
    charts: list[ChartEntry] = []
    questions: list[QuestionEntry] = []


class DepartmentEntry(Entry):
    """A department and its place in the menu."""

    id: Id
    name: TextEntry
    order: int


class LeadershipEntry(Entry):
    """What leadership sees every week."""

    cards: list[Id]
    exception_banners: list[Id]


class CatalogueFile(Entry):
    """A whole file: a department's, the company's, or a few own KPIs of a company."""

    department: Id | None = None
    departments: list[DepartmentEntry] = []
    tables: dict[Id, TextEntry] = {}
    leadership: LeadershipEntry | None = None
    duties: list[DutyEntry] = []
    kpis: list[KpiEntry] = []
    page: PageEntry | None = None


def text_or_nothing(entry: TextEntry | None) -> Text:
    """The text, or the empty one where none is written."""
    return entry.value() if entry else NOTHING
