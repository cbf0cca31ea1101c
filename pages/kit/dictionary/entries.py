"""What the dictionary says of each KPI, in one language, and which entries fit a search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from metrics.load import Catalogue
from metrics.model import Kpi, Language
from pages.kit import names
from pages.kit.about import expression
from pages.kit.dictionary.uses import Use, proves, uses
from pages.kit.formula import formula
from pages.kit.text import say
from pages.words.comparisons import target_text


@dataclass(frozen=True)
class Entry:
    """One KPI, spoken: `own_file` is the company's file that defines it, empty for the house's own."""

    kpi: Kpi
    name: str
    meaning: str
    department: str
    duty: str
    formula: str
    expression: str
    caveats: str
    unit: str
    direction: str
    target: str
    dimensions: tuple[str, ...]
    tables: tuple[str, ...]
    counted_by: str
    uses: tuple[Use, ...]
    proves: tuple[str, ...]
    own_file: str


@dataclass(frozen=True)
class Wish:
    """What the reader looks for; None and '' stand for everything."""

    find: str = ""
    department: str | None = None
    duty: str | None = None
    table: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing narrows the list."""
        return self == Wish()


def entries(catalogue: Catalogue, language: Language, currency: str) -> tuple[Entry, ...]:
    """Every KPI, by department and duty; within a duty in the catalogue's order."""
    order = {department.id: department.order for department in catalogue.departments}
    kpis = sorted(catalogue.kpis.values(), key=lambda kpi: (order[kpi.department], kpi.duty))
    return tuple(_entry(catalogue, kpi, language, currency) for kpi in kpis)


def search(found: Iterable[Entry], wish: Wish, catalogue: Catalogue) -> list[Entry]:
    """The entries that fit: each word stands in a name (of any script), the code or the meaning. Names come first."""
    words = wish.find.casefold().split()
    of_duty = kpis_of(catalogue, wish.duty) if wish.duty else ()
    fitting = [
        entry
        for entry in found
        if (wish.department is None or entry.kpi.department == wish.department)
        and (wish.duty is None or entry.kpi.id in of_duty)
        and (wish.table is None or wish.table in entry.kpi.tables)
        and all(word in _haystack(entry) for word in words)
    ]
    return sorted(fitting, key=lambda entry: not all(word in _named(entry) for word in words))


def kpis_of(catalogue: Catalogue, duty: str) -> tuple[str, ...]:
    """The KPIs of a duty: its own, and those of others that prove one of its sentences."""
    own = [kpi.id for kpi in catalogue.kpis.values() if kpi.duty == duty]
    known = catalogue.duties.get(duty)
    proving = [name for sentence in known.sub_duties for name in sentence.kpis] if known else []
    return tuple(dict.fromkeys((*own, *proving)))


def _entry(catalogue: Catalogue, kpi: Kpi, language: Language, currency: str) -> Entry:
    department = next(item for item in catalogue.departments if item.id == kpi.department)
    return Entry(
        kpi=kpi,
        name=kpi.name.say(language),
        meaning=kpi.definition.say(language),
        department=department.name.say(language),
        duty=catalogue.duties[kpi.duty].name.say(language),
        formula=formula(kpi, language, catalogue.table_names),
        expression=expression(kpi),
        caveats=kpi.pitfalls.say(language),
        unit=say(f"dictionary.unit_{kpi.shown_in}", language, currency=currency),
        direction=say(f"dictionary.direction_{kpi.direction}", language),
        target=_proposed(kpi, language, currency),
        dimensions=tuple(names.dimension(name, language) for name in kpi.dimensions),
        tables=tuple(table_name(catalogue, table, language) for table in kpi.tables),
        counted_by=_counted_by(kpi, language),
        uses=uses(catalogue, kpi, language),
        proves=proves(catalogue, kpi, language),
        own_file=catalogue.own.get(kpi.id, ""),
    )


def table_name(catalogue: Catalogue, table: str, language: Language) -> str:
    """What people call a table."""
    named = catalogue.table_names.get(table)
    return table if named is None else named.say(language)


def _proposed(kpi: Kpi, language: Language, currency: str) -> str:
    """The proposed target with its kind and who says so; empty where nothing is proposed."""
    target = kpi.default_target
    if target is None:
        return ""
    value = target_text(target, kpi.shown_in, language, currency)
    parts = (value, say(f"dictionary.kind_{target.kind}", language), target.source.say(language))
    return " · ".join(filter(None, parts))


def _counted_by(kpi: Kpi, language: Language) -> str:
    days: Sequence[str] = [names.column(fact.time_column, language) for fact in kpi.facts]
    return say("panel.comma", language).join(dict.fromkeys(days))


def _named(entry: Entry) -> str:
    name = entry.kpi.name
    return " ".join((name.en, name.zh_hans, name.zh_hant, entry.kpi.id, entry.kpi.id.replace("_", " "))).casefold()


def _haystack(entry: Entry) -> str:
    meaning = entry.kpi.definition
    return " ".join((_named(entry), meaning.en, meaning.zh_hans, meaning.zh_hant)).casefold()
