"""What the metric language needs of an engine. `data.engines` fulfils it; front doors bring the two together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

import pyarrow as pa


class Engine(Protocol):
    """A place where facts live and SQL can be asked, at one version of the data."""

    @property
    def dialect(self) -> str:
        """The sqlglot dialect the engine understands, e.g. `duckdb`."""
        ...

    def query(self, sql: str, parameters: Mapping[str, object]) -> pa.Table:
        """Run one statement; `$name` in the text stands for `parameters[name]`."""
        ...

    def relation(self, table: str, columns: frozenset[str], as_of: date) -> str:
        """SQL to put after FROM (without an alias) that yields at least these columns of the table.

        The physical layout (loaded rows, derived columns beside them, flags that turn with time) is the
        engine's business; asking for fewer columns may be cheaper. Raises KeyError for an unknown column.
        """
        ...

    def has_column(self, table: str, column: str) -> bool:
        """Whether the table exists and has the column (loaded, derived or expressed)."""
        ...

    def cadence(self, table: str) -> str:
        """How often the table gets rows: `day`, `week`, `month`, or `none` for what comes when it comes.

        A row of a monthly table stands for its whole month. Raises KeyError for an unknown table.
        """
        ...

    def coverage(self) -> pa.Table:
        """What was loaded, one row per batch and table that is still in force.

        Columns: batch int64, table_name, source, account, cut text ('' where the table has no cuts),
        is_range bool (rows stand for from_date..to_date, not for one day), first_day, last_day date (inclusive),
        columns list<text> (columns of the table, derived ones included, that hold a value in this batch).
        """
        ...

    def version(self) -> int:
        """The version of the whole store that is being read."""
        ...

    def table_versions(self, tables: Sequence[str]) -> tuple[int, ...]:
        """For each table the version of its last change; equal versions mean equal answers."""
        ...

    def reading(self) -> AbstractContextManager[Engine]:
        """One consistent version for everything asked inside."""
        ...
