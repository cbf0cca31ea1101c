"""The rows of one fact that a question may count, as something to put after FROM."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlglot import exp

from metrics import dialect
from metrics.availability import Availability
from metrics.coverage import Coverage
from metrics.cuts import Pick, Plan
from metrics.engine import Engine
from metrics.parameters import Parameters
from metrics.periods import Grain, Period
from metrics.policy import Viewer, check_columns
from metrics.query import Filter
from metrics.reading import assess, row_filters
from metrics.spans import Spans

PRODUCT = "product."
SKU = "sku"
UNKNOWN = "(unknown)"
_FLAG = re.compile(r"(is|has|was)_")
SYSTEM_COLUMNS = frozenset({"_batch", "_line", "_source", "_account", "cut", "from_date", "to_date"})


@dataclass(frozen=True)
class Source:
    """`sql` goes after FROM (with an alias of yours), its `$names` are in `parameters`.

    Every column that was asked for is there under its own name (`"product.brand"` in quotes). When
    `availability.state` is `no_data` the text still runs and yields no row.
    """

    sql: str
    parameters: Mapping[str, object]
    availability: Availability


@dataclass(frozen=True)
class Admission:
    """What may be read of one table: its columns, the days, the filters, and the plan of reports."""

    table: str
    columns: frozenset[str]
    time_column: str
    period: Period
    filters: tuple[Filter, ...]
    as_of: date
    plan: Plan


def source(
    engine: Engine,
    table: str,
    columns: Iterable[str],
    time_column: str,
    period: Period,
    filters: tuple[Filter, ...],
    viewer: Viewer,
    as_of: date | None,
    coverage: Coverage,
    *,
    grain: Grain | None = None,
    split_by: tuple[str, ...] = (),
    prefix: str = "",
) -> Source:
    """The rows of a table that count for a period: half-open days, filters, the viewer's rows, one cut a day.

    Args:
        columns: every column your SQL reads; the files that lack one are left out, so that a ratio never
            divides by rows it cannot judge. `product.x` joins dim_product on sku. The time column comes along.
        as_of: the day flags are judged on, and the last day that counts; None takes the last day the
            table's files cover.
        grain: the buckets you group the time column into; a row for a range of days must lie inside one.
        split_by: the dimensions you group by (they are `columns` too); a report must be split by them.
        prefix: put before parameter names when one statement holds several sources.

    Raises:
        NotAllowed: a column the viewer may not see, or a table that cannot be narrowed to the viewer's rows.
    """
    wanted = frozenset(columns) | {time_column}
    narrowed = (*filters, *row_filters(engine, table, viewer))
    check_columns(viewer, table, [*wanted, *split_by, *(f.dimension for f in filters)])
    read = frozenset(c for c in wanted - set(split_by) if not c.startswith(PRODUCT)) - SYSTEM_COLUMNS - {time_column}
    dimensions = frozenset((*split_by, *(f.dimension for f in narrowed)))
    plan, availability = assess(engine, table, read, dimensions, period, grain, coverage)
    if availability.state == "no_data":
        nothing = exp.select(*(exp.alias_(exp.null(), c, quoted=True) for c in sorted(wanted))).where(exp.false())
        return Source(f"({nothing.sql(engine.dialect)})", {}, availability)
    judged_on = as_of or coverage.last_day(table) or period.last
    admission = Admission(table, wanted, time_column, period, narrowed, judged_on, plan)
    parameters = Parameters(prefix)
    tree = admitted(engine, admission, parameters)
    return Source(f"({tree.sql(engine.dialect, pretty=True, copy=False)})", dict(parameters.values), availability)


def admitted(engine: Engine, admission: Admission, parameters: Parameters) -> exp.Select:
    """The select behind `source`: each column of the admission under its own name, row by row."""
    asked = admission.columns | {f.dimension for f in admission.filters}
    products = sorted(c for c in asked if c.startswith(PRODUCT))
    own = {c for c in asked if not c.startswith(PRODUCT)} | {admission.time_column}
    own |= {SKU} if products else set()
    own |= _plan_columns(admission.plan)
    fact = engine.relation(admission.table, frozenset(own), admission.as_of)
    tree = exp.select(*(_selected(c) for c in sorted(admission.columns))).from_(dialect.relation(fact, "f"), copy=False)
    if products:
        wanted = frozenset({SKU, *(c.removeprefix(PRODUCT) for c in products)})
        product = dialect.relation(engine.relation("dim_product", wanted, admission.as_of), "p")
        on = exp.EQ(this=dialect.column(SKU, "p"), expression=dialect.column(SKU, "f"))
        tree = tree.join(product, on=on, join_type="left", copy=False)
    return tree.where(*_conditions(admission, parameters), copy=False)


def _selected(column: str) -> exp.Expr:
    return exp.Alias(this=_read(column), alias=dialect.name(column)) if column.startswith(PRODUCT) else _read(column)


def _read(column: str) -> exp.Expr:
    if not column.startswith(PRODUCT):
        return dialect.column(column, "f")
    name = column.removeprefix(PRODUCT)
    value = dialect.column(name, "p")
    if _FLAG.match(name):
        return as_key(value, name)
    return exp.Coalesce(this=value, expressions=[exp.Literal.string(UNKNOWN)])


def as_key(value: exp.Expr, name: str) -> exp.Expr:
    """What a dimension is split by: a flag (`is_key_sku`) as the text true, false or (unknown), the rest as it is.

    Only dimension columns are never null; a sku is none, so a line without one stands under (unknown).
    """
    if name == SKU:
        return exp.Coalesce(this=value, expressions=[exp.Literal.string(UNKNOWN)])
    if not _FLAG.match(name):
        return value
    when = exp.case().when(value, exp.Literal.string("true"))
    return when.when(exp.Not(this=value.copy()), exp.Literal.string("false")).else_(exp.Literal.string(UNKNOWN))


def _conditions(admission: Admission, parameters: Parameters) -> list[exp.Expr]:
    day = dialect.column(admission.time_column, "f")
    end = min(admission.period.end, admission.as_of + timedelta(days=1))
    found: list[exp.Expr] = [
        exp.GTE(this=day.copy(), expression=parameters.add(admission.period.start, "start")),
        exp.LT(this=day.copy(), expression=parameters.add(end, "end")),
    ]
    for wish in admission.filters:
        places = [parameters.add(value, "value") for value in wish.values]
        told = as_key(_read(wish.dimension), wish.dimension)
        found.append(exp.In(this=told, expressions=places) if places else exp.false())
    if admission.plan.picks is not None:
        found.append(dialect.either(_picked(pick, day, parameters) for pick in admission.plan.picks))
    return found


def _picked(pick: Pick, day: exp.Expr, parameters: Parameters) -> exp.Expr:
    parts: list[exp.Expr] = [
        _equals("_source", pick.source, parameters),
        _equals("_account", pick.account, parameters),
    ]
    if pick.cut is None:
        return dialect.all_of(parts)
    parts.append(_equals("cut", pick.cut, parameters))
    ways: list[exp.Expr] = []
    if pick.days is None or pick.days:
        ways.append(_daily(pick, day, parameters))
    for first, last in pick.ranges:
        begins = _equals("from_date", date.fromordinal(first), parameters)
        ways.append(dialect.all_of([begins, _equals("to_date", date.fromordinal(last - 1), parameters)]))
    return dialect.all_of([*parts, dialect.either(ways)])


def _daily(pick: Pick, day: exp.Expr, parameters: Parameters) -> exp.Expr:
    is_daily = exp.EQ(this=dialect.column("from_date", "f"), expression=dialect.column("to_date", "f"))
    parts: list[exp.Expr] = [is_daily] if pick.has_range_rows else []
    if pick.days is not None:
        parts.append(dialect.either(_stretches(pick.days, day, parameters)))
    return dialect.all_of(parts) if parts else exp.true()


def _stretches(days: Spans, day: exp.Expr, parameters: Parameters) -> list[exp.Expr]:
    return [
        dialect.all_of(
            [
                exp.GTE(this=day.copy(), expression=parameters.add(date.fromordinal(first), "from")),
                exp.LT(this=day.copy(), expression=parameters.add(date.fromordinal(end), "until")),
            ]
        )
        for first, end in days
    ]


def _equals(column: str, value: object, parameters: Parameters) -> exp.Expr:
    return exp.EQ(this=dialect.column(column, "f"), expression=parameters.add(value, column.strip("_")))


def _plan_columns(plan: Plan) -> set[str]:
    if plan.picks is None:
        return set()
    needed = {"_source", "_account"}
    if any(pick.cut is not None for pick in plan.picks):
        needed |= {"cut", "from_date", "to_date"}
    return needed
