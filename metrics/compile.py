"""From a question to SQL text and parameters.

Each fact is aggregated to the asked keys by itself, and only the small results are put together, stacked and
folded by key (null keys included), so that no join can repeat a row and inflate a sum (the fan-out trap).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from metrics import dialect, expressions
from metrics.coverage import Coverage
from metrics.cuts import Plan
from metrics.engine import Engine
from metrics.model import Fact
from metrics.parameters import Parameters
from metrics.policy import Viewer
from metrics.query import Query
from metrics.reading import Reading, row_filters, snapshot_window
from metrics.snapshots import last_snapshots
from metrics.source import Admission, Source, admitted, as_key, source
from metrics.values import Parts, bucket, is_small_group_rule, value_of

__all__ = ["Compiled", "Source", "compile_query", "source"]

PERIOD = "period"


@dataclass(frozen=True)
class Compiled:
    """A statement: its text and the values of its `$names`. Columns: period (with a grain), by, KPIs."""

    sql: str
    parameters: Mapping[str, object]


@dataclass
class _Group:
    """Aggregates that are read together: same table, day, snapshot and reports."""

    fact: Fact
    plan: Plan
    columns: set[str] = field(default_factory=set)
    parts: dict[str, exp.Expr] = field(default_factory=dict)


def compile_query(
    engine: Engine, query: Query, readings: Iterable[Reading], viewer: Viewer, coverage: Coverage
) -> Compiled:
    """One statement that answers the query for KPIs whose reading is not `no_data`."""
    held = list(readings)
    parts = Parts()
    groups = _group([simple for reading in held for simple in reading.simple], parts, query, viewer)
    parameters = Parameters()
    branches = [
        _branch(engine, query, group, _admission(engine, query, group, viewer, coverage), parameters)
        for group in groups
    ]
    keys = _keys(query)
    stacked, is_folded = _stack(branches, groups, keys)
    values = [
        dialect.alias(value_of(reading.kpi, parts, query, viewer, parameters, is_folded), reading.kpi.id)
        for reading in held
    ]
    tree = exp.select(*(dialect.column(key) for key in keys), *values).from_(
        dialect.subquery(stacked, "parts"), copy=False
    )
    if is_folded and keys:
        tree = tree.group_by(*(dialect.column(key) for key in keys), copy=False)
    return Compiled(tree.sql(engine.dialect, pretty=True, copy=False), dict(parameters.values))


def _keys(query: Query) -> list[str]:
    return [*([PERIOD] if query.grain else []), *query.by]


def _group(readings: list[Reading], parts: Parts, query: Query, viewer: Viewer) -> list[_Group]:
    groups: dict[tuple[object, ...], _Group] = {}
    for reading in readings:
        kpi = reading.kpi
        is_sampled = is_small_group_rule(kpi, query, viewer)
        for fact in (*kpi.facts, kpi.sample) if kpi.sample and is_sampled else kpi.facts:
            plan = reading.plans[fact]
            key = (fact.table, fact.time_column, fact.snapshot, fact.cadence, plan)
            group = groups.setdefault(key, _Group(fact, plan))
            group.columns.update(fact.columns)
            name = parts.name(kpi, fact, key)
            group.parts[name] = expressions.normalised(fact.expression)
    return list(groups.values())


def _admission(engine: Engine, query: Query, group: _Group, viewer: Viewer, coverage: Coverage) -> Admission:
    fact = group.fact
    as_of = query.as_of or coverage.last_day(fact.table) or query.period.last
    return Admission(
        table=fact.table,
        columns=frozenset({*group.columns, *query.by, fact.time_column}),
        time_column=fact.time_column,
        period=snapshot_window(fact, query.period),
        filters=(*query.filters, *row_filters(engine, fact.table, viewer)),
        as_of=as_of,
        plan=group.plan,
    )


def _branch(engine: Engine, query: Query, group: _Group, admission: Admission, parameters: Parameters) -> exp.Select:
    day = dialect.column(group.fact.time_column)
    is_last = group.fact.snapshot == "last"
    first = dialect.column("bucket", "last_of") if is_last else bucket(day, query.grain)
    keys = [*([first] if query.grain else []), *(as_key(dialect.column(name), name) for name in query.by)]
    selected = [dialect.alias(key.copy(), name) for key, name in zip(keys, _keys(query), strict=True)]
    selected += [exp.Alias(this=part, alias=dialect.name(name)) for name, part in group.parts.items()]
    tree = exp.select(*selected).from_(dialect.subquery(admitted(engine, admission, parameters), "s"), copy=False)
    if is_last:
        last_of = last_snapshots(engine, query, group.fact, admission, parameters)
        on = exp.EQ(this=dialect.column("snapshot_day", "last_of"), expression=day)
        tree = tree.join(last_of, on=on, copy=False)
    return tree.group_by(*(key.copy() for key in keys), copy=False) if keys else tree


def _stack(branches: list[exp.Select], groups: list[_Group], keys: list[str]) -> tuple[exp.Query, bool]:
    if len(branches) == 1:
        return branches[0], False
    everything = [name for group in groups for name in group.parts]
    padded: list[exp.Query] = []
    for branch in branches:
        held = {item.alias_or_name: item for item in branch.expressions}
        columns = [held[key] for key in keys]
        columns += [held.get(name, dialect.alias(exp.null(), name)) for name in everything]
        branch.set("expressions", columns)
        padded.append(branch)
    return exp.union(*padded, distinct=False, copy=False), True
