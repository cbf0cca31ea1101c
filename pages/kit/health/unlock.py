"""What a missing file would bring: the KPIs and duties that wait for its table, and the tools that export it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from data.contracts import TABLES
from data.ingest.recipe_yaml import presets
from metrics.load import Catalogue
from metrics.model import Kpi, Text


@dataclass(frozen=True)
class Waiting:
    """A table that no file filled, or (`column`) a column of a filled table that no file carries.

    `answered` are the KPIs for which nothing else is missing, `helped` those that wait for something else too,
    `with_others` the other tables that those wait for. `sources` are the exports that bring it.
    """

    table: str
    column: str | None
    answered: tuple[Kpi, ...]
    helped: tuple[Kpi, ...]
    with_others: tuple[str, ...]
    duties: tuple[Text, ...]
    sources: tuple[Text, ...]

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        """Every KPI that waits for it, those first that wait for nothing else."""
        return self.answered + self.helped


def waiting(catalogue: Catalogue, carried: Mapping[str, Collection[str]]) -> tuple[Waiting, ...]:
    """What is missing, whole tables first, then what the most KPIs wait for.

    `carried` says which columns of which tables the files in force carry.
    """
    missing: dict[tuple[str, str | None], list[Kpi]] = {
        (table.name, None): [] for table in TABLES.values() if not table.generated and table.name not in carried
    }
    lacks = {kpi.id: _lacks(kpi, carried) for kpi in catalogue.kpis.values()}
    for kpi in catalogue.kpis.values():
        for lack in lacks[kpi.id]:
            missing.setdefault(lack, []).append(kpi)
    found = [_waiting(catalogue, table, column, kpis, lacks) for (table, column), kpis in missing.items()]
    return tuple(sorted(found, key=lambda one: (one.column is not None, -len(one.kpis), one.table, one.column or "")))


def _lacks(kpi: Kpi, carried: Mapping[str, Collection[str]]) -> tuple[tuple[str, str | None], ...]:
    """The tables, else the columns, that a KPI lacks."""
    found: dict[tuple[str, str | None], None] = {}
    for fact in kpi.facts:
        if fact.table not in carried:
            found[(fact.table, None)] = None
            continue
        for column in fact.columns:
            if column in TABLES[fact.table].columns and column not in carried[fact.table]:
                found[(fact.table, column)] = None
    return tuple(found)


def _waiting(
    catalogue: Catalogue,
    table: str,
    column: str | None,
    kpis: list[Kpi],
    lacks: Mapping[str, tuple[tuple[str, str | None], ...]],
) -> Waiting:
    answered = tuple(kpi for kpi in kpis if len(lacks[kpi.id]) == 1)
    helped = tuple(kpi for kpi in kpis if len(lacks[kpi.id]) > 1)
    others = dict.fromkeys(other for kpi in helped for other, _ in lacks[kpi.id] if other != table)
    duties = dict.fromkeys(kpi.duty for kpi in answered + helped if kpi.duty in catalogue.duties)
    return Waiting(
        table, column, answered, helped, tuple(others), tuple(catalogue.duties[duty].name for duty in duties),
        _sources(table, column),
    )  # fmt: skip


def _sources(table: str, column: str | None) -> tuple[Text, ...]:
    """The names of the known exports that bring the table, or the column of it."""
    bring = (
        recipe
        for recipe in presets()
        if any(part.table == table and (column is None or column in part.columns) for part in recipe.parts)
    )
    return tuple(Text(one.names.en, one.names.zh_hans, one.names.zh_hant) for one in bring)
