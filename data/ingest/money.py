"""Amounts in the base currency, by the last rate on or before the row's day; without one a row is refused, not guessed.

A month has the last rate within it. What is of no day yet (a list of goods, an order that was never placed) has the
newest rate there is.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from data.ingest.evaluate import Cells
from data.ingest.made import MONEY
from data.ingest.months import COLUMNS as MONTHS
from data.ingest.recipe import Part, Recipe

OLDEST, OLDEST_OF_MONTH = "7d", "30d"


@dataclass(frozen=True)
class Converted:
    """The rows with amounts in the base currency; `lacking` marks those without a rate (None: none lacks one)."""

    frame: pl.DataFrame
    lacking: pl.Series | None = None
    currencies: pl.Series | None = None


def convert(frame: pl.DataFrame, part: Part, recipe: Recipe, cells: Cells, base: str, rates: pl.DataFrame) -> Converted:
    """Turn all amounts of a part into the base currency.

    Args:
        frame: the typed columns, row by row those of `cells`.
        rates: fx_rate, shape (rates, [day Date, currency String, rate Decimal]).
    """
    amounts = [name for name in frame.columns if name != "_line" and part.contract.unit(name) == "currency"]
    currencies = _currencies(frame, recipe, cells, base)
    if not amounts or (currencies == base).all():
        return Converted(frame)
    days = [name for name in part.contract.money_days if name in frame.columns]
    newest = rates["day"].max() if rates.height else None
    asked = frame.select(day=pl.coalesce(*days, pl.lit(newest, pl.Date)), currency=currencies)
    known = _rates(asked, base, rates, OLDEST_OF_MONTH if MONTHS.intersection(days) else OLDEST)
    rate = asked.join(known, on=["day", "currency"], how="left", maintain_order="left", nulls_equal=True)["rate"]
    converted = frame.with_columns((pl.col(amounts) * rate).cast(MONEY))
    lacking = rate.is_null()
    return Converted(converted, lacking if lacking.any() else None, currencies)


def _currencies(frame: pl.DataFrame, recipe: Recipe, cells: Cells, base: str) -> pl.Series:
    otherwise = recipe.currency or base
    if recipe.currency_header:
        return cells.text(recipe.currency_header[0]).str.to_uppercase().fill_null(otherwise)
    if "currency" in frame.columns:
        return frame["currency"].str.to_uppercase().fill_null(otherwise)
    return pl.repeat(otherwise, frame.height, dtype=pl.String, eager=True)


def _rates(asked: pl.DataFrame, base: str, rates: pl.DataFrame, oldest: str) -> pl.DataFrame:
    """The rate of each asked day and currency, null where there is none near enough."""
    kind = pl.Decimal(18, 8)
    known = rates.select("day", "currency", pl.col("rate").cast(kind)).sort("day")
    found = (
        asked.unique()
        .sort("day", nulls_last=True)
        .join_asof(known, on="day", by="currency", strategy="backward", tolerance=oldest, check_sortedness=False)
    )
    is_base = pl.col("currency") == base
    return found.with_columns(rate=pl.when(is_base).then(pl.lit(1).cast(kind)).otherwise("rate"))
