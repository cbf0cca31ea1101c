"""What a question may read of a table: its days, columns and dimensions, and whether an expression works on them.

The catalogue meets the contracts here: front doors and pages hand these shapes to `metrics`, which knows no contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import duckdb

from data.contracts import TABLES
from data.contracts.base import SQL_TYPES, Table

_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL")


@dataclass(frozen=True)
class Shape:
    """One table as questions see it.

    Attributes:
        days: the columns that say when: days and moments.
        columns: all columns, loaded and computed.
        dimensions: the columns numbers may be split by; `product.x` for a table that knows the SKU.
        needs: for a computed column the other tables without which it is unknown.
        labels: what is sensitive about a column: `personal`, `confidential`, `salary`, …
        select: the table without a row, as SQL.
    """

    days: frozenset[str]
    columns: frozenset[str]
    dimensions: frozenset[str]
    needs: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    select: str

    def trouble(self, expression: str) -> str | None:
        """Why an aggregate does not give a number on this table, in the engine's words; None when it does."""
        try:
            with duckdb.connect() as connection:
                found = connection.execute(f"select typeof({expression}) from ({self.select})").fetchone()
        except duckdb.Error as error:
            return str(error).split("\n", maxsplit=1)[0]
        kind = str(found[0]) if found else ""
        return None if kind.startswith(_NUMBERS) else kind


@cache
def shapes() -> Mapping[str, Shape]:
    """The shape of every table, by name."""
    return MappingProxyType({name: _shape(table) for name, table in TABLES.items()})


def _shape(table: Table) -> Shape:
    computed = {column.name: column.needs for column in table.derived}
    columns = {*table.columns, *computed, *(column.name for column in table.virtual)}
    split = {name for name in table.columns if table.role(name) in ("dimension", "attribute", "key")} | computed.keys()
    products = TABLES["dim_product"]
    of_product = {f"product.{name}" for name in products.columns} if "sku" in table.columns else set()
    return Shape(
        days=frozenset(name for name in table.columns if table.role(name) == "time" or name == table.time_column),
        columns=frozenset(columns),
        dimensions=frozenset(split | of_product),
        needs=MappingProxyType(computed),
        labels=MappingProxyType({name: label for name in table.columns if (label := table.sensitive(name))}),
        select=_select(table),
    )


def _select(table: Table) -> str:
    typed = {name: SQL_TYPES[type(column)] for name, column in table.columns.items()}
    typed |= {column.name: column.sql_type for column in table.derived}
    nulls = ", ".join(f'cast(null as {kind}) as "{name}"' for name, kind in typed.items())
    flags = "".join(f', ({flag.sql.format(as_of="current_date")}) as "{flag.name}"' for flag in table.virtual)
    return f"select *{flags} from (select {nulls}) where false"
