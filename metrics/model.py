"""What the catalogue says, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh-Hans", "zh-Hant"]
Unit = Literal["count", "currency", "percent", "ratio", "score", "seconds", "minutes", "hours", "days"]
# How people write a value where the unit alone would mislead; the value itself stays in its unit.
DisplayAs = Literal["milliseconds", "per_1000_orders", "per_100_orders", "per_1000_employees", "to_one", "months"]
Direction = Literal["higher", "lower", "band"]
Additivity = Literal["additive", "semi_additive", "ratio", "distinct_count", "percentile"]
PeriodFactor = Literal["none", "days_in_period", "annual_factor"]
Cadence = Literal["day", "week", "month", "quarter"]
Snapshot = Literal["sum", "last"]
TargetKind = Literal["policy", "plan", "baseline", "computed", "benchmark", "statutory"]


@dataclass(frozen=True)
class Text:
    """One sentence in the three languages of the house; may hold {placeholders}."""

    en: str
    zh_hans: str
    zh_hant: str

    def say(self, language: Language) -> str:
        """The sentence in one language."""
        return {"en": self.en, "zh-Hans": self.zh_hans, "zh-Hant": self.zh_hant}[language]

    def fill(self, **values: object) -> Text:
        """The sentence with its placeholders filled; a value that is a `Text` speaks the same language."""

        def said(language: Language) -> str:
            spoken = {k: v.say(language) if isinstance(v, Text) else v for k, v in values.items()}
            return self.say(language).format(**spoken)

        return Text(said("en"), said("zh-Hans"), said("zh-Hant"))


NOTHING = Text("", "", "")


@dataclass(frozen=True)
class Fact:
    """One SQL aggregate over one fact table.

    `columns` are the table's columns the expression reads (sorted); `needs` are other tables without which
    one of those columns is unknown. `snapshot` "last" reads only the last snapshot at or before the period's
    end, which comes every `cadence` and is stale after 3, 8 or 35 days.
    """

    table: str
    time_column: str
    expression: str
    columns: tuple[str, ...]
    snapshot: Snapshot = "sum"
    cadence: Literal["day", "week", "month"] = "day"
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """What the catalogue proposes when nobody set a target; without `value`, `low` and `high` there is no light."""

    kind: TargetKind
    source: Text
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Kpi:
    """One number: what it means and how it is computed.

    value = multiplier x numerator ÷ denominator x period factor, in `unit` (percent = 0 to 100). The value is
    young until `matures_after_days` have passed, shown only while `valid_when` holds (a condition over
    `numerator` and `denominator`), and hidden in splits with fewer than `min_sample` cases: those that `sample`
    counts, else the denominator.

    A composite has no numerator of its own: its value is the sum of weight x value over `composite`, null as
    soon as one of these KPIs is.
    """

    id: str
    name: Text
    definition: Text
    pitfalls: Text
    department: str
    duty: str
    standard: str
    unit: Unit
    direction: Direction
    additivity: Additivity
    dimensions: tuple[str, ...]
    numerator: Fact | None
    denominator: Fact | None = None
    composite: tuple[Weighted, ...] = ()
    multiplier: float = 1.0
    period_factor: PeriodFactor = "none"
    default_target: Target | None = None
    cadence: Cadence = "week"
    access: str = "open"
    tier: int = 1
    min_sample: int | None = None
    sample: Fact | None = None
    matures_after_days: int | None = None
    valid_when: str | None = None
    display_as: DisplayAs | None = None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The numerator and, for a ratio, the denominator; of a composite those of its parts, each once."""
        own = [fact for fact in (self.numerator, self.denominator) if fact is not None]
        return tuple(dict.fromkeys([*own, *(fact for part in self.composite for fact in part.kpi.facts)]))

    @property
    def shown_in(self) -> Unit | DisplayAs:
        """What people read the value in: its unit, unless something else is closer to them."""
        return self.display_as or self.unit

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables the number is computed from, without repeats, the numerator's first."""
        return tuple(dict.fromkeys(fact.table for fact in self.facts))


@dataclass(frozen=True)
class Weighted:
    """One KPI of a composite, and how often it counts; a negative weight takes it off."""

    kpi: Kpi
    weight: float


@dataclass(frozen=True)
class Department:
    """One of the seven departments, in page order."""

    id: str
    name: Text
    order: int


@dataclass(frozen=True)
class SubDuty:
    """One sentence of a duty and the KPIs that prove it; `not_measurable` says what they cannot prove."""

    id: str
    text: Text
    coverage: Literal["direct", "proxy"]
    kpis: tuple[str, ...]
    awaited: tuple[str, ...] = ()
    not_measurable: Text | None = None


@dataclass(frozen=True)
class Duty:
    """What a department answers for."""

    id: str
    department: str
    number: int
    name: Text
    sub_duties: tuple[SubDuty, ...]


@dataclass(frozen=True)
class Chart:
    """A chart of a page: which view draws it, and what it is about. `awaited` KPIs are not defined yet."""

    id: str
    type: str
    title: Text
    kpis: tuple[str, ...]
    awaited: tuple[str, ...] = ()
    note: Text | None = None


@dataclass(frozen=True)
class Question:
    """A question of Monday morning and the KPIs that answer it. `awaited` KPIs are not defined yet."""

    text: Text
    kpis: tuple[str, ...]
    awaited: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """What a department's page shows, in order. `awaited` are headline cards whose KPI is not defined yet."""

    department: str
    headline_cards: tuple[str, ...]
    charts: tuple[Chart, ...]
    questions: tuple[Question, ...]
    awaited: tuple[str, ...] = ()

    @property
    def kpis(self) -> tuple[str, ...]:
        """All that its cards, charts and questions show, each once."""
        groups = [self.headline_cards, *(chart.kpis for chart in self.charts), *(one.kpis for one in self.questions)]
        return tuple(dict.fromkeys(name for kpis in groups for name in kpis))


@dataclass(frozen=True)
class Leadership:
    """The cards and exception banners of the weekly pack."""

    cards: tuple[str, ...]
    banners: tuple[str, ...]
    awaited: tuple[str, ...] = ()
