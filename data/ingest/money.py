"""Amounts in the base currency, by the last rate on or before the row's day; without one a row is refused, not guessed.

A month has the last rate within it. What is of no day yet (a list of goods, an order that was never placed) has the
newest rate there is.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from data.ingest.currencies import SHARED, said_in, signs_of
from data.ingest.evaluate import Cells, Fault
from data.ingest.made import MONEY
from data.ingest.months import COLUMNS as MONTHS
from data.ingest.recipe import Part, Recipe

CLASH, UNSAID = "two_currencies", "no_currency"
OLDEST, OLDEST_OF_MONTH = "7d", "30d"


@dataclass(frozen=True)
class Converted:
    """The rows with amounts in the base currency; `lacking` marks those without a rate (None: none lacks one).

    `faults` are amounts whose currency nobody can tell.
    """

    frame: pl.DataFrame
    lacking: pl.Series | None = None
    currencies: pl.Series | None = None
    faults: tuple[Fault, ...] = ()


def convert(frame: pl.DataFrame, part: Part, recipe: Recipe, cells: Cells, base: str, rates: pl.DataFrame) -> Converted:
    """Turn all amounts of a part into the base currency.

    Args:
        frame: the typed columns, row by row those of `cells`.
        rates: fx_rate, shape (rates, [day Date, currency String, rate Decimal]).
    """
    amounts = [name for name in frame.columns if name != "_line" and part.contract.unit(name) == "currency"]
    if not amounts:
        return Converted(frame)
    currencies, faults = _currencies(frame, part, recipe, cells, base)
    if recipe.stated and "currency" in part.contract.columns and "currency" not in part.columns:
        frame = frame.with_columns(currency=currencies)
    if (currencies == base).all():
        return Converted(frame, faults=faults)
    days = [name for name in part.contract.money_days if name in frame.columns]
    newest = rates["day"].max() if rates.height else None
    asked = frame.select(day=pl.coalesce(*days, pl.lit(newest, pl.Date)), currency=currencies)
    known = _rates(asked, base, rates, OLDEST_OF_MONTH if MONTHS.intersection(days) else OLDEST)
    rate = asked.join(known, on=["day", "currency"], how="left", maintain_order="left", nulls_equal=True)["rate"]
    converted = frame.with_columns((pl.col(amounts) * rate).cast(MONEY))
    lacking = rate.is_null()
    return Converted(converted, lacking if lacking.any() else None, currencies, faults)


def _currencies(
    frame: pl.DataFrame, part: Part, recipe: Recipe, cells: Cells, base: str
) -> tuple[pl.Series, tuple[Fault, ...]]:
    """The currency of each row: that of its column of currencies, else what its amounts state (`€12`, `Cost (EUR)`),
    else the recipe's, else the base currency; a row that says two, or none among others that differ, is a fault."""
    said, faults = _said(part, cells)
    otherwise = recipe.currency or base
    named = _named(frame, part, recipe, cells)
    if named is not None:
        if said is not None:
            faults += _faults(recipe.currency_header or part.amounts, (named != said).fill_null(False), CLASH)
            named = named.fill_null(said)
        return named.fill_null(otherwise), faults
    nobody = pl.repeat(None, frame.height, dtype=pl.String, eager=True)
    said = nobody if said is None else said
    if recipe.currency is None and len(recipe.stated) > 1:
        faults += _unsaid(part, cells, said, base)
    elif recipe.currency and len(recipe.stated) == 1:
        # Whoever gave another currency than the one the file states knows better.
        said = said.replace({recipe.stated[0]: recipe.currency})
    return said.fill_null(otherwise), faults


def _named(frame: pl.DataFrame, part: Part, recipe: Recipe, cells: Cells) -> pl.Series | None:
    if recipe.currency_header:
        return cells.text(recipe.currency_header[0]).str.to_uppercase()
    return frame["currency"].str.to_uppercase() if "currency" in part.columns else None


def _said(part: Part, cells: Cells) -> tuple[pl.Series | None, tuple[Fault, ...]]:
    """What the amounts of each row state, null where they state nothing; None where no amount of any row does."""
    said: pl.Series | None = None
    faults: tuple[Fault, ...] = ()
    for header in part.amounts:
        own = said_in(header, cells.text(header), is_plain=header in cells.plain)
        if own is None or said is None:
            said = own if said is None else said
            continue
        faults += _faults((header,), (said != own).fill_null(False), CLASH)
        said = said.fill_null(own)
    return said, faults


def _unsaid(part: Part, cells: Cells, said: pl.Series, base: str) -> tuple[Fault, ...]:
    """Amounts without a currency in a file of several; 0 is 0 in each, and `$5` may be in the company's own."""
    found: tuple[Fault, ...] = ()
    is_zero = r"^[\D0]*$"
    for header in part.amounts:
        texts = cells.text(header)
        bad = said.is_null() & texts.is_not_null() & ~texts.str.contains(is_zero).fill_null(False)
        bad &= ~signs_of(texts).is_in([sign for sign, codes in SHARED.items() if base in codes]).fill_null(False)
        found += _faults((header,), bad, UNSAID)
    return found


def _faults(headers: tuple[str, ...], bad: pl.Series, rule: str) -> tuple[Fault, ...]:
    return (Fault(headers[0], bad, rule),) if bad.any() else ()


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
