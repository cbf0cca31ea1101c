"""Targets: one target per KPI, scope and period."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, number, table, text
from data.contracts.codes import DEPARTMENTS


@table(
    name="kpi_target",
    department="company",
    kind="config",
    time_column="period_start",
    cadence="month",
    late_after_days=None,
    duplicates="first",
)
class Targets(Contract):
    """one target per KPI, scope and period."""

    kpi_id = text("KPI id of this catalogue", key=True)
    scope_dimension = text("Dimension the target is cut by; '' = company total", key=True)
    scope_value = text("Value of that dimension; '' = company total", key=True)
    period_grain = text(
        "day, week, month, quarter or year", key=True, values=("day", "week", "month", "quarter", "year")
    )
    period_start = calendar_day("First day of the period", key=True)
    target_value = number("Target (for target_band: the middle)")
    warn_value = number("Amber limit")
    band_low = number("Lower limit of the band")
    band_high = number("Upper limit of the band")
    owner_department = text("Who answers for it", values=DEPARTMENTS)
    note = text("Why this target")
