"""Who may see what. `ask`, `rows` and `source` apply it, so pages, exports and packs obey it alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from metrics.errors import NotAllowed
from metrics.model import Kpi
from metrics.query import Filter


@dataclass(frozen=True)
class Viewer:
    """Somebody (or something) that asks.

    `access` holds access levels of KPIs (`open`, `restricted`, `salary`), `departments` the departments the
    viewer belongs to. `row_filters` narrow every answer; `hidden_columns` are written `table.column`.
    `is_small_group_hidden` hides splits of fewer cases than the KPI's `min_sample`.
    """

    name: str
    access: frozenset[str]
    departments: frozenset[str]
    row_filters: tuple[Filter, ...] = ()
    hidden_columns: frozenset[str] = frozenset()
    is_small_group_hidden: bool = False


EVERYONE = Viewer(
    name="everyone",
    access=frozenset({"open", "restricted", "salary"}),
    departments=frozenset(),
)


def check_kpi(viewer: Viewer, kpi: Kpi) -> None:
    """Raises NotAllowed when the KPI is above the viewer's access level or reads a hidden column."""
    reads = {f"{fact.table}.{column}" for fact in kpi.facts for column in fact.columns}
    if kpi.access not in viewer.access or reads & viewer.hidden_columns:
        raise NotAllowed(viewer=viewer.name, name=kpi.id)


def check_columns(viewer: Viewer, table: str, columns: Iterable[str]) -> None:
    """Raises NotAllowed for a column of the table (or a `product.` column) that is hidden from the viewer."""
    for column in columns:
        if qualified(table, column) in viewer.hidden_columns:
            raise NotAllowed(viewer=viewer.name, name=column)


def qualified(table: str, column: str) -> str:
    """`table.column`, where `product.x` stands for the column x of dim_product."""
    return f"dim_product.{column.removeprefix('product.')}" if column.startswith("product.") else f"{table}.{column}"
