"""How aggregated parts become a KPI's value, and days become buckets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import reduce

import sqlglot
from sqlglot import exp

from metrics import dialect, expressions
from metrics.model import Fact, Kpi, Weighted
from metrics.parameters import Parameters
from metrics.periods import Grain
from metrics.policy import Viewer
from metrics.query import Query

DAYS_IN_YEAR = 365
_LENGTH = {"day": "1 day", "week": "7 days", "month": "1 month"}


@dataclass
class Parts:
    """The column each fact of each KPI stands in; two facts that say the same share one."""

    held: dict[tuple[object, ...], str] = field(default_factory=dict)
    names: dict[tuple[str, Fact], str] = field(default_factory=dict)

    def name(self, kpi: Kpi, fact: Fact, group: tuple[object, ...]) -> str:
        """The column of a fact; `group` is what the fact is read together with."""
        roles = {kpi.numerator: kpi.id, kpi.sample: f"{kpi.id}_sample"}
        if kpi.denominator:
            roles |= {kpi.denominator: f"{kpi.id}_denominator", kpi.numerator: f"{kpi.id}_numerator"}
        name = self.held.setdefault((*group, fact.expression), roles[fact])
        self.names[kpi.id, fact] = name
        return name


def bucket(day: exp.Expr, grain: Grain | None) -> exp.Expr:
    """The first day of the bucket a day lies in, as a DATE."""
    if grain in (None, "day"):
        return exp.cast(day, exp.DataType.Type.DATE)
    unit = exp.Literal.string(grain)
    return exp.cast(exp.TimestampTrunc(this=day, unit=exp.var(unit.name.upper())), exp.DataType.Type.DATE)


def value_of(kpi: Kpi, parts: Parts, query: Query, viewer: Viewer, parameters: Parameters, is_folded: bool) -> exp.Expr:
    """A KPI's value in its unit, as a double: null where it divides by nothing, must not hold or must not show."""
    if kpi.composite:
        return reduce(_added, (_weighted(p, parts, query, viewer, parameters, is_folded) for p in kpi.composite))

    def part(fact: Fact) -> exp.Expr:
        column = dialect.column(parts.names[kpi.id, fact])
        return exp.Max(this=column) if is_folded else column

    top = part(kpi.facts[0])
    if is_folded and kpi.denominator and expressions.is_count(kpi.facts[0].expression):
        # Another fact has this group and this one no row of it: a count of none is 0, where a sum is unknown.
        top = exp.Coalesce(this=top, expressions=[dialect.number(0)])
    value = dialect.divide(top, part(kpi.denominator)) if kpi.denominator else dialect.as_double(top)
    if kpi.multiplier != 1:
        value = exp.Mul(this=dialect.number(kpi.multiplier), expression=value)
    value = _with_factor(value, kpi, query, parameters)
    conditions = []
    if kpi.valid_when:
        conditions.append(_valid(kpi, part))
    if is_small_group_rule(kpi, query, viewer):
        sample = part(kpi.sample or kpi.facts[-1])
        conditions.append(exp.GTE(this=sample, expression=dialect.number(kpi.min_sample or 0)))
    return exp.case().when(exp.and_(*conditions), value) if conditions else value


def _weighted(
    part: Weighted, parts: Parts, query: Query, viewer: Viewer, parameters: Parameters, is_folded: bool
) -> exp.Expr:
    value = exp.Paren(this=value_of(part.kpi, parts, query, viewer, parameters, is_folded))
    return exp.Mul(this=dialect.number(part.weight), expression=value)


def _added(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    return exp.Add(this=left, expression=right)


def is_small_group_rule(kpi: Kpi, query: Query, viewer: Viewer) -> bool:
    """Whether splits of too few cases must be hidden from this viewer."""
    is_split = bool(query.by or query.filters or query.grain)
    return viewer.is_small_group_hidden and kpi.min_sample is not None and is_split


def _with_factor(value: exp.Expr, kpi: Kpi, query: Query, parameters: Parameters) -> exp.Expr:
    if kpi.period_factor == "none":
        return value
    days = _days(query, parameters)
    if kpi.period_factor == "days_in_period":
        return exp.Mul(this=value, expression=days)
    return exp.Mul(this=value, expression=dialect.divide(dialect.number(DAYS_IN_YEAR), days))


def _days(query: Query, parameters: Parameters) -> exp.Expr:
    # Days that have not come yet bring nothing, so they must not count as days either.
    end = query.period.end if query.as_of is None else min(query.period.end, query.as_of + timedelta(days=1))
    if query.grain is None:
        return dialect.number(max(0, (end - query.period.start).days))
    first = parameters.add(query.period.start, "start").name
    until = parameters.add(end, "end").name
    next_bucket = f"cast(period + interval '{_LENGTH[query.grain]}' as date)"
    return sqlglot.parse_one(
        f"date_diff('day', greatest(period, ${first}), least({next_bucket}, ${until}))", dialect="duckdb"
    )


def _valid(kpi: Kpi, part: Callable[[Fact], exp.Expr]) -> exp.Expr:
    facts = {"numerator": kpi.numerator, "denominator": kpi.denominator}

    def replace(node: exp.Expr) -> exp.Expr:
        fact = facts.get(node.name) if isinstance(node, exp.Column) else None
        return part(fact) if fact else node

    return sqlglot.parse_one(kpi.valid_when or "true", dialect="duckdb").transform(replace)
