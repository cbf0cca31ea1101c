"""What the KPIs of a pack mean, kept with it: words, formula, fingerprint, and the SQL that gives its numbers again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from metrics.ask import statement
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.fingerprint import fingerprint
from metrics.load import Catalogue
from metrics.model import Kpi, Text
from metrics.periods import Period
from metrics.query import Query
from pages.pack.content import Definition, PackCard, Parameter, Statement
from pages.pack.measure import READER, Days
from pages.words.formula import formula
from pages.words.text import in_all

What = Literal["value", "previous", "last_year", "line"]
_COUNTED = ("additive", "distinct_count")
_KINDS: Mapping[type, Literal["text", "integer", "number", "flag"]] = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "flag",
}
_READ: Mapping[str, Callable[[str], object]] = {
    "date": date.fromisoformat,
    "text": str,
    "integer": int,
    "number": float,
    "flag": lambda text: text == "True",
}


@cache
def _adapter() -> TypeAdapter[Kpi]:
    return TypeAdapter(Kpi)


def definition(kpi: Kpi, table_names: Mapping[str, Text]) -> Definition:
    """What a KPI means now, without statements."""
    return Definition(
        kpi=kpi.id,
        name=kpi.name,
        definition=kpi.definition,
        pitfalls=kpi.pitfalls,
        standard=kpi.standard,
        access=kpi.access,
        written=in_all(lambda language: formula(kpi, language, table_names)),
        fingerprint=fingerprint(kpi),
        formula=_adapter().dump_python(kpi, mode="json"),
    )


def kpi_of(kept: Definition) -> Kpi:
    """The KPI as it was defined. Raises pydantic.ValidationError where this program no longer reads it."""
    return _adapter().validate_python(kept.formula)


def with_statements(
    kept: Definition, card: PackCard, reader: Engine, catalogue: Catalogue, coverage: Coverage
) -> Definition:
    """The definition with the SQL of each number of its card, as the engine would run it now."""
    kpi = catalogue.kpi(kept.kpi)
    days = Days(
        card.period,
        card.previous_period,
        card.last_year_period,
        Period(card.line[0].first, card.period.last),
        card.line_grain,
    )
    queries: dict[What, Query] = {
        "value": Query((kpi.id,), days.period),
        "previous": Query((kpi.id,), days.previous),
        "last_year": Query((kpi.id,), days.last_year),
    }
    if days.grain == "month" or days.line.is_whole_weeks:
        queries["line"] = Query((kpi.id,), days.line, grain=days.grain)
    found = {what: statement(reader, query, READER, catalogue, coverage) for what, query in queries.items()}
    is_counted = kpi.additivity in _COUNTED
    statements = (
        Statement(what, compiled.sql, tuple(_parameter(*pair) for pair in compiled.parameters.items()), is_counted)
        for what, compiled in found.items()
        if compiled is not None
    )
    return replace(kept, statements=tuple(statements))


def values_of(parameters: Iterable[Parameter]) -> dict[str, object]:
    """The parameters of a statement as the engine takes them."""
    return {one.name: _READ[one.kind](one.value) for one in parameters}


def _parameter(name: str, value: object) -> Parameter:
    if isinstance(value, date):
        return Parameter(name, "date", value.isoformat())
    return Parameter(name, _KINDS[type(value)], str(value))
