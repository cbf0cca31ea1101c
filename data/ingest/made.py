"""Columns that the house makes: days out of moments, paid or not, tax and net amount, what a report splits by."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from data.contracts import Table
from data.ingest.cells import Constant
from data.ingest.recipe import DAY_OF, Part, Recipe

MONEY = pl.Decimal(18, 4)
UNKNOWN = "(unknown)"


def with_made_columns(frame: pl.DataFrame, part: Part, recipe: Recipe, tax_rate: Decimal | None) -> pl.DataFrame:
    """The typed columns of a part and those that follow from them; a mapped column is never overwritten.

    Without what a column is made of it is not there, and so null in the lake.
    """
    contract = part.contract
    days = {
        day: pl.col(moment).dt.date()
        for day, moment in DAY_OF.items()
        if day in contract.columns and day not in frame.columns and moment in frame.columns
    }
    frame = frame.with_columns(**days)
    if "is_paid" in contract.columns and "is_paid" not in frame.columns:
        paid = next((name for name in ("paid_at", "paid_date") if name in frame.columns), None)
        frame = frame.with_columns(is_paid=pl.col(paid).is_not_null()) if paid else frame
    if "net_amount" in contract.columns:
        frame = _with_net_amount(frame, recipe, tax_rate)
    if "currency" in contract.columns and "currency" not in frame.columns and recipe.currency:
        frame = frame.with_columns(currency=pl.lit(recipe.currency))
    scope = [name for name in ("scope_dimension", "scope_value") if name in frame.columns]
    frame = frame.with_columns(pl.col(scope).fill_null("")) if scope else frame
    return _with_cut(frame, part, recipe) if contract.cut_columns else frame


def _with_net_amount(frame: pl.DataFrame, recipe: Recipe, tax_rate: Decimal | None) -> pl.DataFrame:
    """Net = selling price less discounts less the tax inside.

    The tax is the file's; else, where its prices hold tax and the company's rate is set, the rate's; else unknown.
    A mapped net amount is net already, unless the source's prices hold tax.
    """
    given = set(frame.columns)
    if "net_amount" in given:
        paid = pl.col("net_amount")
    elif "gmv_amount" in given:
        discount = pl.col("discount_amount").fill_null(0) if "discount_amount" in given else pl.lit(0, MONEY)
        paid = pl.col("gmv_amount") - discount
    else:
        return frame
    is_inside = recipe.prices == "tax_included"
    if "tax_amount" in given and ("net_amount" not in given or is_inside):
        net = paid - pl.col("tax_amount").fill_null(0)
        return frame.with_columns(net_amount=net.cast(MONEY))
    if is_inside and tax_rate is not None:
        net = (paid.cast(pl.Float64) / float(1 + tax_rate)).round(4).cast(MONEY)
        tax = {"tax_amount": (paid - net).cast(MONEY)} if "gmv_amount" in given else {}
        return frame.with_columns(net_amount=net, **tax)
    return frame.with_columns(net_amount=paid.cast(MONEY))


def cut_of(part: Part) -> tuple[str, ...]:
    """The dimensions that the rows of a report are known by: those it splits by and those its source fixes."""
    return tuple(
        sorted(name for name in part.contract.cut_columns if name in part.columns and not _is_blank(part, name))
    )


def _is_blank(part: Part, name: str) -> bool:
    return part.columns[name] == Constant("")


def _with_cut(frame: pl.DataFrame, part: Part, recipe: Recipe) -> pl.DataFrame:
    contract = part.contract
    cut = cut_of(part)
    dimensions = {
        name: pl.col(name).fill_null(_nothing(contract, name)) if name in cut else pl.lit("")
        for name in contract.cut_columns
    }
    day = contract.time_column or "date"
    if day in frame.columns and not {"from_date", "to_date"} & set(frame.columns):
        days = {"from_date": pl.col(day), "to_date": pl.col(day)}
    elif "to_date" in frame.columns:
        first = pl.col("from_date") if "from_date" in frame.columns else pl.col("to_date")
        days = {day: pl.col("to_date"), "from_date": first}
    elif recipe.days:
        first_day, last_day = recipe.days
        days = {day: pl.lit(last_day), "from_date": pl.lit(first_day), "to_date": pl.lit(last_day)}
    else:
        days = {}
    return frame.with_columns(**dimensions, **days, cut=pl.lit(",".join(cut)))


def _nothing(contract: Table, name: str) -> str:
    allowed = contract.values(name)
    return UNKNOWN if not allowed or UNKNOWN in allowed else ""
