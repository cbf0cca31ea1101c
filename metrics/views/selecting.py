"""One statement over admitted rows: the SQL of a view never reads a table past viewer, filters and coverage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import polars as pl
import sqlglot
from sqlglot import exp

from metrics import dialect, spans
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.periods import Grain, Period
from metrics.policy import Viewer
from metrics.source import Source, source
from metrics.views.scope import Scope


def admitted(
    engine: Engine,
    scope: Scope,
    viewer: Viewer,
    coverage: Coverage,
    table: str,
    columns: tuple[str, ...],
    time_column: str,
    *,
    period: Period | None = None,
    grain: Grain | None = None,
    split_by: tuple[str, ...] = (),
    prefix: str = "",
) -> Source:
    """`metrics.source.source` for a scope, or for another period of it."""
    return source(
        engine,
        table,
        (*columns, *split_by),
        time_column,
        period or scope.period,
        scope.filters,
        viewer,
        scope.as_of,
        coverage,
        grain=grain,
        split_by=split_by,
        prefix=prefix,
    )


def select(engine: Engine, sql: str, sources: Mapping[str, Source]) -> pl.DataFrame:
    """Run a statement, written for DuckDB, in which the names of the sources stand as tables.

    It is rewritten by the rules of `metrics.dialect` for the engine at hand. Sources of one statement need
    prefixes that differ.
    """
    tree = dialect.normalise(sqlglot.parse_one(sql, dialect="duckdb"))
    parameters: dict[str, object] = {}
    for table in list(tree.find_all(exp.Table)):
        found = sources.get(table.name)
        if found is not None:
            table.replace(dialect.relation(found.sql, table.alias_or_name))
            parameters |= found.parameters
    return pl.DataFrame(pl.from_arrow(engine.query(tree.sql(engine.dialect), parameters)))


def covered_days(coverage: Coverage, table: str, columns: Iterable[str], first: date, last: date) -> frozenset[date]:
    """The days from first to last that files with all of these columns cover."""
    wanted = frozenset(columns)
    able = [span for report in coverage.reports(table) if wanted <= report.columns for span in report.spans]
    held = spans.intersect(spans.union(able), (spans.days(first, last),)) if first <= last else ()
    return frozenset(date.fromordinal(day) for start, end in held for day in range(start, end))
