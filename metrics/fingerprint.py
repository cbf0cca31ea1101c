"""What tells one formula from another: everything that moves a value, and no word of it."""

from __future__ import annotations

import hashlib
import json

from metrics import expressions
from metrics.model import Fact, Kpi


def fingerprint(kpi: Kpi) -> str:
    """SHA-256 over how a KPI's value is computed.

    A new wording, target, access level or way of writing the same expression keeps it; another expression, table, day
    column, factor, condition or part changes it.
    """
    return hashlib.sha256(json.dumps(_formula(kpi), sort_keys=True).encode()).hexdigest()


def _formula(kpi: Kpi) -> dict[str, object]:
    return {
        "unit": kpi.unit,
        "numerator": _fact(kpi.numerator),
        "denominator": _fact(kpi.denominator),
        "composite": [[part.weight, _formula(part.kpi)] for part in kpi.composite],
        "multiplier": kpi.multiplier,
        "period_factor": kpi.period_factor,
        "valid_when": kpi.valid_when,
        "counts": kpi.additivity in ("additive", "distinct_count"),
    }


def _fact(fact: Fact | None) -> list[object] | None:
    if fact is None:
        return None
    expression = expressions.normalised(fact.expression).sql("duckdb", comments=False)
    return [fact.table, fact.time_column, expression, fact.snapshot, fact.cadence]
