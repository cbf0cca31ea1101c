"""The map of duties: for each of the seven times five whether the files its KPIs need are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from metrics.coverage import Coverage
from metrics.load import Catalogue
from metrics.model import Fact, Kpi
from pages.kit.dictionary.entries import kpis_of

State = Literal["full", "part", "none"]


@dataclass(frozen=True)
class Cell:
    """One duty: its KPIs, how many of them have their files, and the tables that the others wait for."""

    duty: str
    kpis: tuple[str, ...]
    flowing: int
    missing: tuple[str, ...]

    @property
    def state(self) -> State:
        """`full` when every KPI has its files, `none` when no KPI has."""
        return "full" if self.flowing == len(self.kpis) else "part" if self.flowing else "none"


def duty_map(catalogue: Catalogue, coverage: Coverage) -> Mapping[str, tuple[Cell, ...]]:
    """The cells of each department, in the order of pages and duties."""
    return {
        department.id: tuple(
            _cell(catalogue, coverage, duty.id)
            for duty in sorted(catalogue.duties.values(), key=lambda duty: duty.number)
            if duty.department == department.id
        )
        for department in catalogue.departments
    }


def missing_tables(kpi: Kpi, coverage: Coverage) -> tuple[str, ...]:
    """The tables without a file that carries what the KPI reads; none when it can be computed for some day."""
    return tuple(dict.fromkeys(table for fact in kpi.facts for table in _lacking(fact, coverage)))


def _lacking(fact: Fact, coverage: Coverage) -> list[str]:
    carried = any(set(fact.columns) <= report.columns for report in coverage.reports(fact.table))
    needed = [table for table in fact.needs if not coverage.reports(table)]
    return needed if carried else [fact.table, *needed]


def _cell(catalogue: Catalogue, coverage: Coverage, duty: str) -> Cell:
    kpis = kpis_of(catalogue, duty)
    lacking = {name: missing_tables(catalogue.kpi(name), coverage) for name in kpis}
    missing = tuple(dict.fromkeys(table for tables in lacking.values() for table in tables))
    return Cell(duty, kpis, sum(not tables for tables in lacking.values()), missing)
