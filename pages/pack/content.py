"""What a weekly pack says, as frozen values: the one content that every rendering and every page reads.

Texts that the program makes hold all three scripts; what people typed stands as they typed it. Values are in the KPI's
unit (percent = 0 to 100), None where there is no data. Packs are read for years, so a field is only ever added, with a
default, and never renamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from metrics.model import NOTHING, Direction, DisplayAs, Text, Unit
from metrics.periods import Period

FORMAT = 1
Light = Literal["good", "warn", "bad", "none"]
ExceptionKind = Literal["off_target", "late_table", "missing_table", "failed_check"]
CauseKind = Literal["batch", "formula", "time"]


@dataclass(frozen=True)
class PackDepartment:
    """A department's page: its name and its cards, KPI ids in the order they are shown."""

    id: str
    name: Text
    cards: tuple[str, ...]


@dataclass(frozen=True)
class PackChange:
    """From an earlier value to this one; see `metrics.compare.Change`. All None where nothing can be compared."""

    absolute: float | None = None
    relative: float | None = None
    points: float | None = None
    is_material: bool = False
    is_good: bool | None = None


@dataclass(frozen=True)
class PackTarget:
    """What the value should be: a value, or a band from `low` to `high` (a missing end is open). `warn` is the amber
    limit, `attainment` the share reached (1 = all), None where that says nothing; `source` says who set it."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    warn: float | None = None
    kind: str | None = None
    attainment: float | None = None
    source: Text = NOTHING

    @property
    def is_set(self) -> bool:
        """Whether there is anything to hold the number against."""
        return not (self.value is None and self.low is None and self.high is None)


@dataclass(frozen=True)
class Point:
    """One bucket of a small line: its first day and its value."""

    first: date
    value: float | None


@dataclass(frozen=True)
class PackCard:
    """One KPI in the pack's week.

    `period` are the days the value stands for: the week, or the last whole months of monthly files; `previous` and
    `last_year` are the values of the periods before it and a year before it. `line` holds thirteen weeks (or months,
    as `line_grain` says), the last one this. `state` is `ok`, `partial` or `no_data`; `reason` says what is missing,
    incomplete or still young (empty when nothing is). `reach` is the last day that files cover in all its tables,
    None without files; `is_late` says that one of them is older than it should be.
    """

    kpi: str
    name: Text
    department: str
    access: str
    unit: Unit
    shown_in: Unit | DisplayAs
    direction: Direction
    value: float | None
    previous: float | None
    last_year: float | None
    change: PackChange
    year_change: PackChange
    target: PackTarget
    light: Light
    period: Period
    previous_period: Period
    last_year_period: Period
    line: tuple[Point, ...]
    line_grain: Literal["week", "month"]
    state: Literal["ok", "partial", "no_data"]
    reason: Text
    is_immature: bool
    reach: date | None
    is_late: bool

    @property
    def asks_for_comment(self) -> bool:
        """Whether its department owes a comment: red or amber."""
        return self.light in ("warn", "bad")


@dataclass(frozen=True)
class PackException:
    """One line of what needs attention. `size` ranks within a kind, larger first; `subject` is the id of the KPI,
    table or check, `about` the KPIs concerned. `access` is the level needed to read the sentence."""

    kind: ExceptionKind
    subject: str
    name: Text
    sentence: Text
    size: float
    about: tuple[str, ...] = ()
    access: str = "open"


@dataclass(frozen=True)
class PackComment:
    """What somebody wrote about a KPI of the pack."""

    kpi: str
    text: str
    author: str
    at: datetime


@dataclass(frozen=True)
class PackAction:
    """What somebody promised. `done_on` and `is_dropped` say what became of it; `week` is the pack it was agreed in."""

    id: int
    week: str
    kpi: str
    text: str
    person: str
    due: date
    author: str
    at: datetime
    done_on: date | None = None
    is_dropped: bool = False

    def outcome(self, as_of: date) -> Literal["done", "done_late", "dropped", "overdue", "open"]:
        """What became of it by a day."""
        if self.is_dropped:
            return "dropped"
        if self.done_on is not None and self.done_on <= as_of:
            return "done" if self.done_on <= self.due else "done_late"
        return "overdue" if as_of > self.due else "open"


@dataclass(frozen=True)
class SummaryLine:
    """One sentence of the summary; `kpi` is the one it speaks of, None for an editor's own words."""

    text: Text
    kpi: str | None = None


@dataclass(frozen=True)
class Summary:
    """What the week was about: an editor's words, or the proposal (`author` is empty then)."""

    lines: tuple[SummaryLine, ...] = ()
    author: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class FileOf:
    """The batch behind a restated number: its file, who brought it and when; `is_undo` when it was taken back."""

    batch: int
    file: str
    by: str
    at: datetime
    is_undo: bool = False


@dataclass(frozen=True)
class Cause:
    """Why a number is another now, and by how much, in the KPI's unit.

    `amount` is None where the value began or ceased to exist. Several `files` stand together where the number did not
    exist between them.
    """

    kind: CauseKind
    amount: Decimal | None
    files: tuple[FileOf, ...] = ()


@dataclass(frozen=True)
class Restatement:
    """A number of an issued pack that is another by now. `difference` = now - then = the sum of the causes' amounts.

    `target_then` and `target_now` differ where the target was changed afterwards; the value is not moved by that.
    """

    week: str
    kpi: str
    name: Text
    access: str
    unit: Unit
    shown_in: Unit | DisplayAs
    direction: Direction
    then: float | None
    now: float | None
    difference: Decimal | None
    causes: tuple[Cause, ...]
    target_then: PackTarget = PackTarget()
    target_now: PackTarget = PackTarget()

    @property
    def is_target_changed(self) -> bool:
        """Whether the target is another now."""
        then, now = self.target_then, self.target_now
        return (then.value, then.low, then.high, then.warn) != (now.value, now.low, now.high, now.warn)


@dataclass(frozen=True)
class Parameter:
    """One `$name` of a statement; `value` is written out, `kind` says what it was."""

    name: str
    kind: Literal["date", "text", "integer", "number", "flag"]
    value: str


@dataclass(frozen=True)
class Statement:
    """SQL that gives a number (or with `line` the small line's buckets) again from the pinned version.

    `null_is_zero`: a sum over no row is 0 here, since files cover the days.
    """

    what: Literal["value", "previous", "last_year", "line"]
    sql: str
    parameters: tuple[Parameter, ...]
    null_is_zero: bool


@dataclass(frozen=True)
class Definition:
    """What a KPI meant when the pack was issued.

    `written` is its formula as people write it, `formula` the catalogue's entry as JSON, `fingerprint` tells one
    formula from another (not its wording). `statements` are empty in a draft.
    """

    kpi: str
    name: Text
    definition: Text
    pitfalls: Text
    standard: str
    access: str
    written: Text
    fingerprint: str
    formula: Mapping[str, Any]
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class TableState:
    """`fresh`, `late`, `empty` or `as_needed`; its last day (None without files), files and refused rows."""

    table: str
    name: Text
    state: str
    last_day: date | None
    late_by_days: int | None
    files: int
    rejected: int


@dataclass(frozen=True)
class Setting:
    """One setting as it was."""

    name: str
    value: str


@dataclass(frozen=True)
class Content:
    """The whole pack of one week.

    `week` is the ISO week (`2026-W46`, by the week's Thursday or, in companies whose week begins on Sunday, its
    Wednesday); `version` the version of the lake it was read at; `reach` the last day that files cover, by table, which
    is the day flags that turn with time were judged on. `numbers_hash` is over the numbers, `previous_hash` the hash
    of the content of the pack issued before ('' for the first); both are empty in a draft. The hash of this content
    stands beside it in the state database.
    """

    week: str
    company: str
    is_demo: bool
    currency: str
    period: Period
    as_of: date
    version: int
    made_at: datetime
    departments: tuple[PackDepartment, ...]
    headline: tuple[str, ...]
    cards: tuple[PackCard, ...]
    exceptions: tuple[PackException, ...]
    tables: tuple[TableState, ...]
    comments: tuple[PackComment, ...]
    actions: tuple[PackAction, ...]
    earlier_actions: tuple[PackAction, ...]
    summary: Summary
    restatements: tuple[Restatement, ...]
    definitions: tuple[Definition, ...]
    settings: tuple[Setting, ...]
    reach: Mapping[str, date] = field(default_factory=dict)
    issued_by: str = ""
    numbers_hash: str = ""
    previous_hash: str = ""
    format: int = FORMAT

    @property
    def is_issued(self) -> bool:
        """Whether it is frozen."""
        return bool(self.numbers_hash)

    def card(self, kpi: str) -> PackCard:
        """The card of a KPI. Raises KeyError."""
        for card in self.cards:
            if card.kpi == kpi:
                return card
        raise KeyError(kpi)

    def cards_of(self, kpis: Iterable[str]) -> tuple[PackCard, ...]:
        """The cards of these KPIs that are there, in this order."""
        held = {card.kpi: card for card in self.cards}
        return tuple(held[kpi] for kpi in kpis if kpi in held)

    @property
    def unanswered(self) -> tuple[PackCard, ...]:
        """The red and amber cards without a comment or without an action."""
        said, promised = {item.kpi for item in self.comments}, {item.kpi for item in self.actions}
        return tuple(card for card in self.cards if card.asks_for_comment and card.kpi not in said & promised)

    def seen_by(self, access: frozenset[str]) -> Content:
        """The same pack without what needs another access level: cards, sentences, comments, actions, definitions.

        An editor's own summary stays, since nobody can tell what it speaks of; editors are told so.
        """
        hidden = {item.kpi for item in self.definitions if item.access not in access}
        hidden |= {card.kpi for card in self.cards if card.access not in access}
        if not hidden and all(item.access in access for item in self.exceptions):
            return self
        return replace(
            self,
            departments=tuple(
                replace(one, cards=tuple(kpi for kpi in one.cards if kpi not in hidden)) for one in self.departments
            ),
            headline=tuple(kpi for kpi in self.headline if kpi not in hidden),
            cards=tuple(one for one in self.cards if one.kpi not in hidden),
            exceptions=tuple(
                replace(one, about=tuple(kpi for kpi in one.about if kpi not in hidden))
                for one in self.exceptions
                if one.access in access and one.subject not in hidden
            ),
            comments=tuple(one for one in self.comments if one.kpi not in hidden),
            actions=tuple(one for one in self.actions if one.kpi not in hidden),
            earlier_actions=tuple(one for one in self.earlier_actions if one.kpi not in hidden),
            summary=replace(self.summary, lines=tuple(one for one in self.summary.lines if one.kpi not in hidden)),
            restatements=tuple(one for one in self.restatements if one.access in access and one.kpi not in hidden),
            definitions=tuple(one for one in self.definitions if one.kpi not in hidden),
        )
