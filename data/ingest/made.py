"""Columns that the house makes: days out of moments, paid or not, tax and net amount, what a report splits by."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from data.contracts import Table
from data.ingest.cells import Constant
from data.ingest.months import COLUMNS as MONTHS
from data.ingest.recipe import DAY_OF, FOLLOWS, Part, Recipe

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
    frame = _with_snapshot_day(frame, part, recipe)
    frame = _with_what_follows(frame, contract)
    scope = [name for name in ("scope_dimension", "scope_value") if name in frame.columns]
    frame = frame.with_columns(pl.col(scope).fill_null("")) if scope else frame
    return _with_cut(frame, part, recipe) if contract.cut_columns else frame


def _with_snapshot_day(frame: pl.DataFrame, part: Part, recipe: Recipe) -> pl.DataFrame:
    """The day of a snapshot that a person or a title gives, months as their last day, and keys that are unknown."""
    contract = part.contract
    day = contract.time_column or ""
    if contract.is_snapshot and day not in frame.columns and recipe.days:
        frame = frame.with_columns(pl.lit(recipe.days[1]).alias(day))
    ends = [pl.col(name).dt.month_end() for name in MONTHS if name in contract.columns and name in frame.columns]
    loose = [
        pl.col(name).fill_null(UNKNOWN)
        for name in contract.key
        if name in frame.columns and name not in contract.cut_columns and contract.role(name) == "dimension"
    ]
    return frame.with_columns(*ends, *loose)


def _with_what_follows(frame: pl.DataFrame, contract: Table) -> pl.DataFrame:
    """Flags and lengths that follow from the days of the row; a mapped column is never overwritten."""
    day = pl.col(contract.time_column or "")
    left, came = pl.col("exit_date"), pl.col("hire_date")
    months = (day.dt.year() - came.dt.year()) * 12 + day.dt.month() - came.dt.month()
    rules = {
        "is_filled": pl.col("filled_date").is_not_null(),
        "is_completed": pl.col("completed_date").is_not_null(),
        "is_active": left.is_null() | (left > day),
        "is_exit": (left.dt.month_end() == day.dt.month_end()).fill_null(False),
        "is_hire": came.dt.month_end() == day.dt.month_end(),
        "tenure_months": months.cast(pl.Int64) - (came.dt.day() > day.dt.day()).cast(pl.Int64),
    }
    present = set(frame.columns)
    return frame.with_columns(
        **{
            name: rule
            for name, rule in rules.items()
            if name in contract.columns and name not in present and FOLLOWS[name] <= present
        }
    )


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
