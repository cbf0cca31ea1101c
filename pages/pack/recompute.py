"""The numbers of a pack computed again with the SQL it keeps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from metrics.engine import Engine
from pages.pack.content import Content, PackCard, Statement
from pages.pack.definitions import values_of

# Sums of doubles may differ in their last digits from run to run, since threads add in another order.
DUST = 1e-12


@dataclass(frozen=True)
class Difference:
    """A number that comes out differently: `what` is value, previous, last_year or the first day of a line's bucket."""

    kpi: str
    what: str
    stored: float | None
    found: float | None


def differences(content: Content, reader: Engine) -> tuple[Difference, ...]:
    """What comes out differently when the kept SQL is run on the reader; empty when all numbers are equal.

    Raises duckdb.Error where the SQL no longer runs there.
    """
    statements: dict[str, dict[str, Statement]] = {
        one.kpi: {each.what: each for each in one.statements} for one in content.definitions
    }
    found: list[Difference] = []
    for card in content.cards:
        kept = statements.get(card.kpi, {})
        for what, stored in (("value", card.value), ("previous", card.previous), ("last_year", card.last_year)):
            computed = _number(kept.get(what), card.kpi, reader)
            if not is_same(stored, computed):
                found.append(Difference(card.kpi, what, stored, computed))
        if "line" in kept:
            found += _of_line(card, kept["line"], reader)
    return tuple(found)


def is_same(one: float | None, other: float | None) -> bool:
    """Whether two numbers are equal but for binary dust."""
    if one is None or other is None:
        return one is other
    return one == other or math.isclose(one, other, rel_tol=DUST)


def _number(statement: Statement | None, kpi: str, reader: Engine) -> float | None:
    if statement is None:
        return None
    rows = reader.query(statement.sql, values_of(statement.parameters)).to_pylist()
    return _filled(rows[0] if rows else {}, kpi, statement)


def _of_line(card: PackCard, statement: Statement, reader: Engine) -> list[Difference]:
    rows = {row["period"]: row for row in reader.query(statement.sql, values_of(statement.parameters)).to_pylist()}
    found = []
    for point in card.line:
        if point.value is None and point.first not in rows:
            # No file covered these days, so there was nothing to add up.
            continue
        computed = _filled(rows.get(point.first, {}), card.kpi, statement)
        if not is_same(point.value, computed):
            found.append(Difference(card.kpi, point.first.isoformat(), point.value, computed))
    return found


def _filled(row: Mapping[str, float | None], kpi: str, statement: Statement) -> float | None:
    value = row.get(kpi)
    if value is None:
        return 0.0 if statement.null_is_zero else None
    return float(value)
