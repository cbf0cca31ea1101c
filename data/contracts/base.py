"""What a table promises: the words in which every contract is written.

A contract is a dataframely schema that can be read aloud. Beside the column types it carries what the rest
of the house needs to know: how exports name a column, what may be seen by whom, which columns are computed
after a load and which are expressions over dates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, TypeVar

import dataframely as dy
import polars as pl

Duplicates = Literal["refuse", "sum", "first", "replace_group"]
Role = Literal["key", "time", "dimension", "measure", "attribute"]

MONEY_SCALE = 4
S = TypeVar("S", bound="Contract")


class Contract(dy.Schema):
    """Base of all contracts; one row of the class docstring says what one row of the table is."""


@dataclass(frozen=True)
class Derived:
    """A column computed after each load for what the load touched, kept beside the loaded rows.

    `needs` names the tables without whose rows the column is unknown (then a KPI on it is "no data"), `reads`
    the columns of its own table that a source must carry. A column with `sql` is not stored: it is computed
    when read, over the row (`o`) and the joined table `join` brings in.
    """

    name: str
    sql_type: str
    description: str
    needs: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    absent: str = "null"
    sql: str = ""
    join: str = ""


@dataclass(frozen=True)
class Virtual:
    """A flag that turns with time: SQL over the row's `columns` and `{as_of}`, never stored.

    `required` are the columns without which it is unknown (default: all it reads).
    """

    name: str
    sql: str
    columns: tuple[str, ...]
    description: str
    required: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table of the lake: its schema and everything that is not a column type.

    `group` names the columns whose rows are replaced together when a file brings no line numbers.
    `cut_columns` are the dimensions that a report may or may not split by; such a table also has the
    columns `cut`, `from_date` and `to_date`. `late_after_days` is how old the newest day may be before
    the table counts as late. `levels` are measures that are a state and no flow: where a key repeats in a file, the
    last row counts. In a snapshot table every day shows a state as a whole, so a file without a day is of the day a
    person gives. A table that `looks_ahead` has days that are still to come (due dates): it is known up to the day
    it was loaded, not to its last due date. `valued_on` are the columns whose first filled one is the day that a row's
    amounts are of, where that is not the time column alone.
    """

    name: str
    schema: type[Contract]
    department: str
    kind: Literal["dimension", "fact", "config"]
    time_column: str | None
    cadence: Literal["day", "week", "month", "none"]
    late_after_days: int | None
    duplicates: Duplicates
    group: tuple[str, ...] = ()
    cut_columns: tuple[str, ...] = ()
    derived: tuple[Derived, ...] = ()
    virtual: tuple[Virtual, ...] = ()
    generated: bool = False
    levels: tuple[str, ...] = ()
    is_snapshot: bool = False
    looks_ahead: bool = False
    valued_on: tuple[str, ...] = ()
    columns: dict[str, dy.Column] = field(default_factory=dict, compare=False)

    # Asked thousands of times a file, and the schema works it out anew each time.
    @cached_property
    def key(self) -> tuple[str, ...]:
        """The natural key, in column order."""
        return tuple(self.schema.primary_key())

    @property
    def can_be_replaced(self) -> bool:
        """Whether a file may bring a period of it whole: rows that lie on days, no lists and no settings."""
        return self.kind == "fact" and self.time_column is not None

    @property
    def money_days(self) -> tuple[str, ...]:
        """The columns that say of which day a row's amounts are; none for a list, whose prices are today's."""
        return self.valued_on or ((self.time_column,) if self.can_be_replaced and self.time_column else ())

    def aliases(self, column: str) -> tuple[str, ...]:
        """Header names that exports use for the column, the column's own name first."""
        return (column, *_meta(self.columns[column]).get("aliases", ()))

    def role(self, column: str) -> Role:
        """What the column is for; dimensions are never null in the lake (`(unknown)`)."""
        role: Role = _meta(self.columns[column])["role"]
        return role

    def values(self, column: str) -> tuple[str, ...]:
        """The allowed values of a coded column; empty where any text is allowed."""
        values: tuple[str, ...] = _meta(self.columns[column]).get("values", ())
        return values

    def sensitive(self, column: str) -> str | None:
        """`personal`, `confidential`, … or None when everybody may see the column."""
        label: str | None = _meta(self.columns[column]).get("sensitive")
        return label

    def unit(self, column: str) -> str | None:
        """The unit of a measure (`currency`, `count`, `hours`, …)."""
        unit: str | None = _meta(self.columns[column]).get("unit")
        return unit

    def is_made(self, column: str) -> bool:
        """True for columns the house fills at load from others; no file needs to bring them."""
        return bool(_meta(self.columns[column]).get("made"))


TABLES: dict[str, Table] = {}


def _meta(column: dy.Column) -> dict[str, Any]:
    return column.metadata or {}


def table(**facts: Any) -> Callable[[type[S]], type[S]]:
    """Register a contract under its table's name; the arguments are those of `Table`."""

    def register(schema: type[S]) -> type[S]:
        entry = Table(schema=schema, columns=dict(schema.columns()), **facts)
        TABLES[entry.name] = entry
        return schema

    return register


def _column_facts(
    role: Role, aliases: tuple[str, ...], sensitive: str | None, made: bool, **more: Any
) -> dict[str, Any]:
    facts = {"role": role, "aliases": aliases, **{k: v for k, v in more.items() if v}}
    if sensitive:
        facts["sensitive"] = sensitive
    if made:
        facts["made"] = True
    return facts


def text(
    description: str,
    *,
    key: bool = False,
    role: Role = "attribute",
    values: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
    sensitive: str | None = None,
    made: bool = False,
) -> dy.String:
    """Text; `values` makes it a coded column, a `key` part of the natural key (never null)."""
    return dy.String(
        nullable=not key,
        primary_key=key,
        check={"allowed_values": lambda c: c.is_in(values) | (c == "")} if values else None,
        description=description,
        metadata=_column_facts("key" if key and role == "attribute" else role, aliases, sensitive, made, values=values),
    )


def dimension(description: str, **facts: Any) -> dy.String:
    """Text that numbers are split by; null becomes `(unknown)` at load."""
    return text(description, role="dimension", **facts)


def integer(
    description: str,
    *,
    key: bool = False,
    minimum: int | None = None,
    maximum: int | None = None,
    unit: str | None = "count",
    aliases: tuple[str, ...] = (),
    sensitive: str | None = None,
    made: bool = False,
) -> dy.Int64:
    """A whole number in `unit`; null where the source does not carry it."""
    return dy.Int64(
        nullable=not key,
        primary_key=key,
        min=minimum,
        max=maximum,
        description=description,
        metadata=_column_facts("key" if key else "measure", aliases, sensitive, made, unit=unit),
    )


def money(
    description: str,
    *,
    minimum: Decimal | int | None = None,
    aliases: tuple[str, ...] = (),
    sensitive: str | None = None,
    made: bool = False,
) -> dy.Decimal:
    """An amount in the base currency, four decimals; null where the source does not carry it."""
    return number(description, minimum=minimum, aliases=aliases, sensitive=sensitive, made=made, unit="currency")


def number(
    description: str,
    *,
    minimum: Decimal | int | None = None,
    maximum: Decimal | int | None = None,
    unit: str | None = None,
    aliases: tuple[str, ...] = (),
    sensitive: str | None = None,
    made: bool = False,
) -> dy.Decimal:
    """An exact number with four decimals in `unit`; null where the source does not carry it."""
    return dy.Decimal(
        18,
        MONEY_SCALE,
        nullable=True,
        min=minimum,
        max=maximum,
        description=description,
        metadata=_column_facts("measure", aliases, sensitive, made, unit=unit),
    )


def calendar_day(
    description: str,
    *,
    key: bool = False,
    required: bool = False,
    aliases: tuple[str, ...] = (),
    sensitive: str | None = None,
    made: bool = False,
) -> dy.Date:
    """A calendar day of the company's time zone."""
    return dy.Date(
        nullable=not (key or required),
        primary_key=key,
        description=description,
        metadata=_column_facts("time", aliases, sensitive, made),
    )


def timestamp(description: str, *, key: bool = False, aliases: tuple[str, ...] = ()) -> dy.Datetime:
    """A moment in the company's time zone, without zone, microseconds."""
    return dy.Datetime(
        nullable=not key,
        primary_key=key,
        time_unit="us",
        description=description,
        metadata=_column_facts("time", aliases, None, False),
    )


def flag(
    description: str, *, aliases: tuple[str, ...] = (), sensitive: str | None = None, made: bool = False
) -> dy.Bool:
    """True, false or null (unknown); never false because a column is missing."""
    return dy.Bool(
        nullable=True, description=description, metadata=_column_facts("attribute", aliases, sensitive, made)
    )


POLARS_TYPES: dict[type[dy.Column], pl.DataType] = {
    dy.String: pl.String(),
    dy.Int64: pl.Int64(),
    dy.Decimal: pl.Decimal(18, MONEY_SCALE),
    dy.Date: pl.Date(),
    dy.Datetime: pl.Datetime("us"),
    dy.Bool: pl.Boolean(),
}
SQL_TYPES: dict[type[dy.Column], str] = {
    dy.String: "VARCHAR",
    dy.Int64: "BIGINT",
    dy.Decimal: f"DECIMAL(18,{MONEY_SCALE})",
    dy.Date: "DATE",
    dy.Datetime: "TIMESTAMP",
    dy.Bool: "BOOLEAN",
}
