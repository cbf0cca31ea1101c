"""Exchange rates: what one unit of a currency is worth in the base currency on a day."""

from __future__ import annotations

from decimal import Decimal

import dataframely as dy

from data.contracts.base import Contract, calendar_day, table, text


@table(
    name="fx_rate",
    department="company",
    kind="config",
    time_column="day",
    cadence="day",
    late_after_days=4,
    duplicates="first",
)
class FxRates(Contract):
    """One row per day and currency: units of the base currency that one unit of it buys."""

    day = calendar_day("Day of the rate", key=True, aliases=("Date", "日期"))
    currency = text("ISO 4217 code", key=True, aliases=("Currency", "币种", "幣別"))
    rate = dy.Decimal(
        18,
        8,
        nullable=False,
        min_exclusive=Decimal(0),
        description="Units of the base currency for one unit",
        metadata={"role": "measure", "aliases": ("Rate", "汇率")},
    )
