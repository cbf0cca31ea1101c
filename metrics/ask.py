"""Answer a question: check it, compile it, run it, fill the gaps, say what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

import polars as pl

from metrics.availability import Availability
from metrics.compile import Compiled, compile_query
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.errors import NotSplittable, WrongQuestion
from metrics.fill import PERIOD, complete, empty
from metrics.load import Catalogue
from metrics.model import Kpi, Text
from metrics.parameters import readable
from metrics.policy import Viewer, check_columns, check_kpi
from metrics.query import Filter, Query
from metrics.reading import read_kpi

__all__ = ["Answer", "Availability", "Filter", "Query", "ask", "statement"]

NOT_HELD: Mapping[str, date] = MappingProxyType({})


@dataclass(frozen=True)
class Answer:
    """The rows of an answer and how to read them.

    `rows` has, in this order, `period` (the first day of the bucket, a date; with a grain only), the
    dimensions asked (text), and each KPI in its own unit (Float64), null where there is no data. `as_of` is
    the day the answer was judged on, `sql` the statement for people to read ('' when there was nothing to
    read), and `immature` holds the KPIs whose last days are still growing.
    """

    rows: pl.DataFrame
    version: int
    as_of: date
    availability: Mapping[str, Availability]
    sql: str
    immature: frozenset[str]


def ask(
    engine: Engine, query: Query, viewer: Viewer, catalogue: Catalogue, judged_to: Mapping[str, date] = NOT_HELD
) -> Answer:
    """Answer a query as this viewer may see it.

    Args:
        engine: where the facts live; everything is read at one version.
        query: KPI ids, period, and how to split.
        viewer: whose row filters, hidden columns and small-group rule apply.
        judged_to: by table, the last day it may be judged on even if its files reach further.

    Returns:
        Answer.rows, shape (groups, keys + KPIs): each KPI in its own unit, null where there is no data;
        (1, KPIs) when nothing splits it; with a grain every bucket of the period for every group. Without
        `query.as_of` each table is judged on the last day its files cover, and `Answer.as_of` is the last of
        these days. Days after the as-of day never count.

    Raises:
        UnknownName: a KPI that the catalogue does not define.
        NotSplittable: a dimension that one of the KPIs does not carry.
        NotAllowed: a KPI or dimension the viewer may not see.
        WrongQuestion: no KPI, or a KPI or dimension twice.
    """
    kpis = _check(query, viewer, catalogue)
    with engine.reading() as reader:
        coverage = replace(Coverage.read(reader), judged_to=judged_to)
        readings = [read_kpi(reader, kpi, query, viewer, coverage, catalogue.names) for kpi in kpis]
        able = [reading for reading in readings if reading.availability.state != "no_data"]
        found, sql = empty(query), ""
        if able:
            compiled = compile_query(reader, query, able, viewer, coverage)
            found = pl.DataFrame(pl.from_arrow(reader.query(compiled.sql, compiled.parameters)))
            sql = readable(compiled.sql, compiled.parameters)
        version = reader.version()
    as_of = {kpi.id: query.as_of or _reach(kpi, coverage) or query.period.last for kpi in kpis}
    return Answer(
        rows=complete(found, query, readings, viewer),
        version=version,
        as_of=max(as_of.values()),
        availability={reading.kpi.id: reading.availability for reading in readings},
        sql=sql,
        immature=frozenset(r.kpi.id for r in able if _is_immature(r.kpi, query, as_of[r.kpi.id])),
    )


def statement(
    engine: Engine, query: Query, viewer: Viewer, catalogue: Catalogue, coverage: Coverage
) -> Compiled | None:
    """What `ask` runs for a query, without running it; None where it can read nothing. Raises what `ask` raises."""
    kpis = _check(query, viewer, catalogue)
    readings = [read_kpi(engine, kpi, query, viewer, coverage, catalogue.names) for kpi in kpis]
    able = [reading for reading in readings if reading.availability.state != "no_data"]
    return compile_query(engine, query, able, viewer, coverage) if able else None


def _check(query: Query, viewer: Viewer, catalogue: Catalogue) -> list[Kpi]:
    asked = (*query.kpis, *query.by)
    if not query.kpis or len(set(asked)) < len(asked) or PERIOD in query.by:
        raise WrongQuestion(
            problem=Text(
                "Ask for at least one KPI, and name each KPI and dimension once.",
                "请至少选择一个指标，且每个指标和维度只写一次。",
                "請至少選擇一個指標，且每個指標和維度只寫一次。",
            )
        )
    kpis = [catalogue.kpi(name) for name in query.kpis]
    dimensions = (*query.by, *(wish.dimension for wish in query.filters))
    for kpi in kpis:
        check_kpi(viewer, kpi)
        for dimension in dimensions:
            if dimension not in kpi.dimensions:
                raise NotSplittable(kpi.id, dimension, kpi.dimensions)
        for table in kpi.tables:
            check_columns(viewer, table, dimensions)
    return kpis


def _reach(kpi: Kpi, coverage: Coverage) -> date | None:
    reached = [day for table in kpi.tables if (day := coverage.last_day(table))]
    return min(reached, default=None)


def _is_immature(kpi: Kpi, query: Query, as_of: date) -> bool:
    if kpi.matures_after_days is None:
        return False
    return query.period.last > as_of - timedelta(days=kpi.matures_after_days)
