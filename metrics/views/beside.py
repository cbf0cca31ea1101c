"""What the views of several tables share: optional columns, filters a table carries, products, the last snapshot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from metrics.availability import OK
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.periods import Period
from metrics.policy import Viewer, check_columns
from metrics.reading import STALE_AFTER_DAYS
from metrics.source import PRODUCT, SKU, Source
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select


@dataclass(frozen=True)
class Snapshot:
    """The rows of one snapshot, to be read by `select`, and the day it was taken."""

    day: date
    rows: Source


def carries(engine: Engine, scope: Scope, table: str) -> bool:
    """Whether a table can be narrowed by all filters of the scope."""
    return narrowed(engine, scope, table) == scope


def narrowed(engine: Engine, scope: Scope, table: str) -> Scope:
    """The scope with those of its filters that the table carries; for a table that is joined to a narrowed one."""

    def column(dimension: str) -> str:
        return SKU if dimension.startswith(PRODUCT) else dimension

    return replace(scope, filters=tuple(f for f in scope.filters if engine.has_column(table, column(f.dimension))))


def shown(viewer: Viewer, table: str, *columns: str) -> tuple[str, ...]:
    """Those of the columns that the viewer may see."""
    return tuple(column for column in columns if f"{table}.{column}" not in viewer.hidden_columns)


def products(engine: Engine, viewer: Viewer, last: date, *columns: str) -> Source:
    """The product master as a source: sku and these columns, one row a sku; no rows where none was loaded.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    check_columns(viewer, "dim_product", columns)
    wanted = (SKU, *columns)
    relation = engine.relation("dim_product", frozenset(wanted), last)
    return Source(f"(select {', '.join(wanted)} from {relation} as product)", {}, OK)


def latest(
    engine: Engine,
    scope: Scope,
    viewer: Viewer,
    coverage: Coverage,
    table: str,
    columns: Iterable[str],
    optional: tuple[str, ...] = (),
    *,
    time_column: str = "snapshot_date",
    cadence: Literal["day", "week", "month"],
) -> Snapshot | None:
    """The last snapshot in or before the scope's period, unless it is stale; None where there is none.

    A snapshot is one for everything, so the filters do not choose it.

    Args:
        columns: what every file must carry to count.
        optional: columns that are null where a file lacks them.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    wanted, last = tuple(columns), scope.period.last
    window = Period(last - timedelta(days=STALE_AFTER_DAYS[cadence] - 1), last)
    unfiltered = replace(scope, filters=())
    taken = admitted(engine, unfiltered, viewer, coverage, table, wanted, time_column, period=window)
    if taken.availability.state == "no_data":
        return None
    day = select(engine, f"select max({time_column}) as day from taken", {"taken": taken})["day"].item()
    if day is None:
        return None
    rows = admitted(
        engine, scope, viewer, coverage, table, wanted, time_column, period=Period(day, day), split_by=optional,
        prefix="latest_",
    )  # fmt: skip
    return Snapshot(day, rows)
