"""A pack as a reader of one language meets it: every word and number ready to be set, the same for all renderings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from metrics.model import DisplayAs, Language, Text, Unit
from pages.pack.content import Cause, Content, Light, PackAction, PackCard, Restatement
from pages.words import comparisons, formats
from pages.words.text import say

# Beyond ten times its target a share says nothing that the light does not say.
# Told apart without colour: full, half and empty say less than a tick, an exclamation mark and a cross.
MARKS: dict[Light, str] = {"good": "✓", "warn": "!", "bad": "×", "none": ""}


@dataclass(frozen=True)
class CardView:
    """One card in words. `tone` is good, bad or flat; `line` the small line's values, None where it has a gap;
    `reach` (0 to 1) fills the target bar, None draws none; `spoken` says the card to who cannot see it."""

    kpi: str
    label: str
    department: str
    value: str
    delta: str
    tone: str
    versus: str
    year: str
    target: str
    attained: str
    reach: float | None
    light: Light
    status: str
    mark: str
    line: tuple[float | None, ...]
    reason: str
    days: str
    is_empty: bool
    is_grey: bool
    spoken: str


@dataclass(frozen=True)
class Promise:
    """An action in words; `state` says what became of it by the pack's day, `is_late` that it should be done."""

    text: str
    person: str
    due: str
    state: str
    is_late: bool
    kpi: str
    agreed: str


@dataclass(frozen=True)
class Answer:
    """What was said of a red or amber KPI: comments as `author: text`, actions; both empty: not answered yet."""

    card: CardView
    comments: tuple[tuple[str, str], ...]
    actions: tuple[Promise, ...]
    missing: str


@dataclass(frozen=True)
class Line:
    """A line of what needs attention: who or what, and the sentence."""

    name: str
    sentence: str
    mark: str


@dataclass(frozen=True)
class Section:
    """A department's page."""

    id: str
    name: str
    cards: tuple[CardView, ...]
    answers: tuple[Answer, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Moved:
    """A restated number in words; `causes` are its reasons, each with the amount."""

    week: str
    name: str
    then: str
    now: str
    difference: str
    causes: tuple[tuple[str, str], ...]
    target: str


@dataclass(frozen=True)
class Meaning:
    """What a KPI means, for the appendix."""

    name: str
    definition: str
    written: str
    pitfalls: str
    fingerprint: str


@dataclass(frozen=True)
class Report:
    """The whole pack in one language. `facts` are the few lines that say what it rests on."""

    language: Language
    title: str
    company: str
    week: str
    days: str
    facts: tuple[str, ...]
    counts: tuple[tuple[Light, int, str], ...]
    headline: tuple[CardView, ...]
    summary: tuple[str, ...]
    summary_by: str
    sections: tuple[Section, ...]
    lines: tuple[Line, ...]
    earlier: tuple[Promise, ...]
    restated: tuple[Moved, ...]
    meanings: tuple[Meaning, ...]
    tables: tuple[tuple[str, str, str], ...]
    seal: str


def report(content: Content, language: Language, seal: str = "") -> Report:
    """The pack in words. seal: the hash of the issued content, '' for a draft."""
    cards = {one.kpi: _card(content, one, language) for one in content.cards}
    lines = tuple(
        (one, Line(one.name.say(language), one.sentence.say(language), MARKS["bad"])) for one in content.exceptions
    )
    return Report(
        language=language,
        title=say("report.title", language),
        company=content.company,
        week=week_title(content.week, language),
        days=formats.day_range(content.period.first, content.period.last, language),
        facts=_facts(content, language),
        counts=_counts(content, language),
        headline=tuple(cards[kpi] for kpi in content.headline if kpi in cards),
        summary=tuple(one.text.say(language) for one in content.summary.lines),
        summary_by=_by(content, language),
        sections=tuple(
            Section(
                one.id,
                one.name.say(language),
                shown := tuple(cards[kpi] for kpi in one.cards if kpi in cards),
                _answers(content, shown, language),
                tuple(line for exception, line in lines if _concerns(exception.about, one.cards)),
            )
            for one in content.departments
        ),
        lines=tuple(line for _, line in lines),
        earlier=tuple(_promise(content, one, language) for one in content.earlier_actions),
        restated=tuple(moved(one, language, content.currency) for one in content.restatements),
        meanings=tuple(
            Meaning(
                one.name.say(language),
                one.definition.say(language),
                one.written.say(language),
                one.pitfalls.say(language),
                one.fingerprint[:12],
            )
            for one in content.definitions
        ),
        tables=tuple(
            (one.name.say(language), _table_state(one.state, language), formats.full_day(one.last_day, language))
            for one in content.tables
        ),
        seal=seal,
    )


def week_title(week: str, language: Language) -> str:
    """A week as people say it: `Week 46, 2026`, `2026 年第 46 周`."""
    year, _, number = week.partition("-W")
    return say("report.week", language, year=year, number=int(number))


def amount(value: float | Decimal | None, shown_in: Unit | DisplayAs, language: Language, currency: str) -> str:
    """A difference with its sign; a dash where it cannot be said."""
    return "–" if value is None else formats.signed(float(value), shown_in, language, currency)


def _card(content: Content, card: PackCard, language: Language) -> CardView:
    currency, shown_in = content.currency, card.shown_in
    value = formats.short(card.value, shown_in, language, currency)
    delta = comparisons.change_text(card.change, card.unit, shown_in, language, currency)
    year = comparisons.change_text(card.year_change, card.unit, shown_in, language, currency)
    wanted = comparisons.target_text(card.target, shown_in, language, currency)
    attained = card.target.attainment
    status = say(f"cards.status_{card.light}", language) if card.light != "none" else ""
    shown = CardView(
        kpi=card.kpi,
        label=card.name.say(language),
        department=next((one.name.say(language) for one in content.departments if one.id == card.department), ""),
        value=value,
        delta=delta,
        tone="flat" if card.change.is_good is None else "good" if card.change.is_good else "bad",
        versus=say(f"report.versus_{card.line_grain}", language) if delta else say("report.no_change", language),
        year=say("report.year", language, change=year) if year else "",
        target=say("cards.target", language, value=wanted) if wanted else "",
        attained=comparisons.attained_text(attained, language),
        reach=None if attained is None else max(0.0, min(1.0, attained)),
        light=card.light,
        status=status,
        mark=MARKS[card.light],
        line=tuple(point.value for point in card.line),
        reason=card.reason.say(language),
        days="" if card.period == content.period else formats.day_range(card.period.first, card.period.last, language),
        is_empty=card.value is None,
        is_grey=card.state == "partial" or card.is_immature or card.is_late,
        spoken="",
    )
    return _with_words(shown, language)


def _with_words(card: CardView, language: Language) -> CardView:
    parts = [f"{card.label}: {card.value}", f"{card.delta} {card.versus}" if card.delta else "", card.target]
    spoken = say("report.pause", language).join(part for part in (*parts, card.status, card.reason) if part)
    return replace(card, spoken=spoken)


def _facts(content: Content, language: Language) -> tuple[str, ...]:
    made = formats.full_day(content.made_at.date(), language)
    said = [
        say("report.as_of", language, day=formats.full_day(content.as_of, language)),
        say("report.issued" if content.is_issued else "report.draft", language, day=made, by=content.issued_by),
        say("report.version", language, version=content.version),
    ]
    if content.is_demo:
        said.append(say("report.demo", language))
    return tuple(said)


def _counts(content: Content, language: Language) -> tuple[tuple[Light, int, str], ...]:
    lights: tuple[Light, ...] = ("good", "warn", "bad")
    return tuple(
        (light, sum(card.light == light for card in content.cards), say(f"cards.status_{light}", language))
        for light in lights
    )


def _by(content: Content, language: Language) -> str:
    author = content.summary.author
    return say("report.summary_by", language, name=author) if author else say("report.summary_proposed", language)


def _concerns(about: Sequence[str], cards: Sequence[str]) -> bool:
    return bool(set(about) & set(cards))


def _answers(content: Content, cards: Sequence[CardView], language: Language) -> tuple[Answer, ...]:
    found = []
    for card in cards:
        comments = tuple((one.author, one.text) for one in content.comments if one.kpi == card.kpi)
        actions = tuple(_promise(content, one, language) for one in content.actions if one.kpi == card.kpi)
        if card.light in ("warn", "bad") or comments or actions:
            missing = "" if comments or actions else say("report.unanswered", language)
            found.append(Answer(card, comments, actions, missing))
    return tuple(found)


def _promise(content: Content, action: PackAction, language: Language) -> Promise:
    outcome = action.outcome(content.as_of)
    names = {card.kpi: card.name for card in content.cards}
    name: Text | None = names.get(action.kpi)
    return Promise(
        action.text,
        action.person,
        formats.full_day(action.due, language),
        say(f"report.action_{outcome}", language),
        outcome == "overdue",
        name.say(language) if name else action.kpi,
        week_title(action.week, language),
    )


def moved(item: Restatement, language: Language, currency: str) -> Moved:
    """A restated number in words."""
    shown_in = item.shown_in
    then, now = (
        comparisons.target_text(target, shown_in, language, currency) for target in (item.target_then, item.target_now)
    )
    return Moved(
        week_title(item.week, language),
        item.name.say(language),
        formats.full(item.then, shown_in, language, currency),
        formats.full(item.now, shown_in, language, currency),
        amount(item.difference, shown_in, language, currency),
        tuple((_because(cause, language), amount(cause.amount, shown_in, language, currency)) for cause in item.causes),
        say("report.target_changed", language, then=then or "–", now=now or "–") if item.is_target_changed else "",
    )


def _because(cause: Cause, language: Language) -> str:
    if cause.kind != "batch":
        return say(f"report.because_{cause.kind}", language)
    said = []
    for file in cause.files:
        key = "report.because_undo" if file.is_undo else "report.because_batch"
        said.append(
            say(
                key,
                language,
                batch=file.batch,
                file=file.file,
                by=file.by,
                day=formats.full_day(file.at.date(), language),
            )
        )
    return say("report.pause", language).join(said)


def _table_state(state: str, language: Language) -> str:
    return say(f"report.table_{state}", language)
