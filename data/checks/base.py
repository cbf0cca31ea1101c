"""What a reconciliation is: two ways to the same number, from tables that are loaded apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from data.contracts import TABLES
from data.errors import Text

Access = Literal["open", "restricted", "salary"]
_LEVELS: Mapping[str | None, Access] = {"confidential": "restricted", "salary": "salary"}
_RANK: tuple[Access, ...] = ("open", "restricted", "salary")


@dataclass(frozen=True)
class Check:
    """One reconciliation.

    `sides` name what is compared, `needs` says which columns of which tables must hold values; a check that misses
    one is unknown. `sql` stands over relations written `@table` and the parameters `$today`, `$first_<table>` and
    `$last_<table>` (the days that a table's files cover). It gives one row a month that can be compared:
    period (first of the month), left_side, right_side, tolerance (the difference that still counts as equal) and
    off (how many single rows disagree although sums may hide it; null where only the sums are compared).
    A side is null where it is not known.
    """

    id: str
    name: Text
    explanation: Text
    sides: tuple[Text, Text]
    unit: Literal["currency", "count"]
    needs: Mapping[str, tuple[str, ...]]
    sql: str
    may_use: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[str, ...]:
        """Every table that the SQL reads, those it needs first."""
        return (*self.needs, *self.may_use)

    @cached_property
    def access(self) -> Access:
        """Who may see its amounts: the strictest of its columns decides."""
        labels = (TABLES[table].sensitive(column) for table, columns in self.needs.items() for column in columns)
        return max((_LEVELS.get(label, "open") for label in labels), key=_RANK.index, default="open")


def by_id(*groups: Iterable[Check]) -> dict[str, Check]:
    """The checks under their ids, in order. Raises ValueError for an id that is taken."""
    found: dict[str, Check] = {}
    for check in (check for group in groups for check in group):
        if check.id in found:
            raise ValueError(f"two checks are called {check.id!r}")
        found[check.id] = check
    return found
