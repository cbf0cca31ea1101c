"""The fact rows behind a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl
from sqlglot import exp

from metrics import dialect, expressions
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.errors import NotSplittable
from metrics.load import Catalogue
from metrics.model import Fact, Kpi
from metrics.parameters import Parameters
from metrics.periods import Period
from metrics.policy import Viewer, check_columns, check_kpi, qualified
from metrics.query import Filter, Query
from metrics.reading import Reading, read_kpi, row_filters, snapshot_window
from metrics.snapshots import last_snapshots
from metrics.source import Admission, admitted

# What a person needs to find a row again in the tool it came from.
IDENTITY = (
    "order_id",
    "line_no",
    "parcel_no",
    "shipment_id",
    "return_id",
    "feedback_id",
    "ticket_id",
    "item_key",
    "incident_id",
    "deployment_id",
    "measurement_id",
    "job_id",
    "service",
    "tool",
    "contract_id",
    "player",
    "po_id",
    "invoice_id",
    "account_code",
    "item_id",
    "requisition_id",
    "record_id",
    "campaign_id",
    "sku",
    "created_at",
    "paid_at",
    "shipped_at",
    "delivered_at",
    "requested_at",
    "completed_at",
)
ORIGIN = ("_source", "_account", "_batch", "_line")


@dataclass(frozen=True)
class RowsPage:
    """One page of rows; `total` counts all of them. `tables` are those the KPI reads, `table` the one shown.

    Columns: the fact's day, what identifies the row, what the KPI reads, its dimensions, and where the row came
    from (`_source`, `_account`, `_batch`, `_line`: the physical line in the batch's file). Hidden ones are left out.
    """

    rows: pl.DataFrame
    total: int
    table: str
    tables: tuple[str, ...]


def rows(
    engine: Engine,
    kpi: str,
    period: Period,
    filters: tuple[Filter, ...],
    viewer: Viewer,
    catalogue: Catalogue,
    limit: int,
    offset: int,
    as_of: date | None,
    table: str | None = None,
) -> RowsPage:
    """The rows of the period that the KPI's expressions can see, by day, batch and line.

    A row is seen when any aggregate of the numerator or denominator takes a value from it: an unpaid order is
    not behind `gmv`. A KPI over several tables shows the numerator's unless `table` names another. A KPI that
    divides the last snapshot by a whole period (`dso`) shows the rows of the period. No row where
    the KPI has no data.

    Raises: UnknownName, NotSplittable, NotAllowed, as `ask`; KeyError for a table the KPI does not read.
    """
    meaning = catalogue.kpi(kpi)
    shown = table or meaning.tables[0]
    facts = _read_alike([fact for fact in meaning.facts if fact.table == shown])
    if not facts:
        raise KeyError(shown)
    _check(meaning, shown, filters, viewer)
    query = Query((kpi,), period, filters=filters, as_of=as_of)
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        reading = read_kpi(reader, meaning, query, viewer, coverage, catalogue.names)
        columns = _columns(reader, meaning, facts[0], viewer)
        if reading.availability.state == "no_data":
            return RowsPage(pl.DataFrame(schema=dict.fromkeys(columns, pl.Null)), 0, shown, meaning.tables)
        parameters = Parameters()
        seen = _seen(reader, query, facts, reading, columns, viewer, coverage, parameters)
        page = _page(seen, columns, limit, offset)
        total = exp.select(dialect.alias(exp.Count(this=exp.Star()), "total")).from_(dialect.subquery(seen, "seen"))
        count = reader.query(total.sql(reader.dialect), parameters.values).column("total")[0].as_py()
        found = reader.query(page.sql(reader.dialect), parameters.values)
    return RowsPage(pl.DataFrame(pl.from_arrow(found)), int(count), shown, meaning.tables)


def _read_alike(facts: list[Fact]) -> list[Fact]:
    # One page of rows has one day column and is of the period or of one snapshot.
    first = next((fact for fact in facts if fact.snapshot == "sum"), facts[0] if facts else None)
    return [f for f in facts if first and (f.time_column, f.snapshot) == (first.time_column, first.snapshot)]


def _check(kpi: Kpi, table: str, filters: tuple[Filter, ...], viewer: Viewer) -> None:
    check_kpi(viewer, kpi)
    for wish in filters:
        if wish.dimension not in kpi.dimensions:
            raise NotSplittable(kpi.id, wish.dimension, kpi.dimensions)
    check_columns(viewer, table, (wish.dimension for wish in filters))


def _columns(engine: Engine, kpi: Kpi, fact: Fact, viewer: Viewer) -> list[str]:
    read = [column for other in kpi.facts if other.table == fact.table for column in other.columns]
    identity = [column for column in IDENTITY if engine.has_column(fact.table, column)]
    wanted = dict.fromkeys([fact.time_column, *identity, *read, *kpi.dimensions, *ORIGIN])
    return [column for column in wanted if qualified(fact.table, column) not in viewer.hidden_columns]


def _seen(
    engine: Engine,
    query: Query,
    facts: list[Fact],
    reading: Reading,
    columns: list[str],
    viewer: Viewer,
    coverage: Coverage,
    parameters: Parameters,
) -> exp.Select:
    fact = facts[0]
    read = {column for other in facts for column in other.columns}
    admission = Admission(
        table=fact.table,
        columns=frozenset({*columns, *read, fact.time_column}),
        time_column=fact.time_column,
        period=snapshot_window(fact, query.period),
        filters=(*query.filters, *row_filters(engine, fact.table, viewer)),
        as_of=query.as_of or coverage.last_day(fact.table) or query.period.last,
        plan=reading.plans[fact],
    )
    taken = [value for other in facts for value in expressions.seen(other.expression)]
    is_seen = dialect.either(exp.Not(this=exp.Is(this=exp.Paren(this=v), expression=exp.null())) for v in taken)
    tree = exp.select(*(dialect.column(c, "s") for c in columns)).from_(
        dialect.subquery(admitted(engine, admission, parameters), "s"), copy=False
    )
    if fact.snapshot == "last":
        last_of = last_snapshots(engine, query, fact, admission, parameters)
        day = dialect.column(fact.time_column, "s")
        on = exp.EQ(this=dialect.column("snapshot_day", "last_of"), expression=day)
        tree = tree.join(last_of, on=on, copy=False)
    return tree.where(is_seen, copy=False)


def _page(seen: exp.Select, columns: list[str], limit: int, offset: int) -> exp.Select:
    order = [dialect.column(name, "s") for name in (columns[0], "_batch", "_line") if name in columns]
    return seen.order_by(*order).limit(limit).offset(offset)
