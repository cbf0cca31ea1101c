"""The fourth room: typed rows as the contracts want them, and for each other row its line, column, value and rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from data.contracts.base import POLARS_TYPES
from data.ingest.cells import headers_of
from data.ingest.conform import broken_rules, scale_of
from data.ingest.evaluate import Cells, Fault, Kind
from data.ingest.layout import LINE, MORE
from data.ingest.made import with_made_columns
from data.ingest.moments import DateOrder
from data.ingest.money import convert
from data.ingest.recipe import Part, Recipe, required
from data.ingest.skip import non_data
from data.ingest.wide import long_rows
from data.settings import Settings

REJECTS = {
    "line": pl.Int64(),
    "column": pl.String(),
    "value": pl.String(),
    "rule": pl.String(),
    "message_key": pl.String(),
}
KINDS: dict[pl.DataType, Kind] = {
    pl.String(): "text",
    pl.Int64(): "integer",
    pl.Date(): "day",
    pl.Datetime("us"): "moment",
    pl.Boolean(): "flag",
}


@dataclass(frozen=True)
class Checked:
    """One table's rows of one stretch of a file.

    `good` has the contract's columns that the source carries, typed, and `_line`; `rejects` is
    [line, column, value, rule, message_key], several rows a line where several cells are wrong; `skipped_lines`
    are those of recognised non-data rows.
    """

    good: pl.DataFrame
    rejects: pl.DataFrame
    skipped_lines: pl.Series


@dataclass(frozen=True)
class CheckedRows:
    """All tables' rows of one stretch of a file; `rows_read` = lines in `frames` + refused lines + `skipped`."""

    frames: Mapping[str, pl.DataFrame]
    rejects: pl.DataFrame
    rows_read: int
    skipped: int


def check(
    chunk: pl.DataFrame,
    part: Part,
    recipe: Recipe,
    settings: Settings,
    rates: pl.DataFrame,
    date_orders: Mapping[str, DateOrder],
) -> Checked:
    """Check one part of a bound recipe on a frame of `read`.

    Personal columns are still as written. `rates` is fx_rate: [day, currency, rate].
    """
    skipped = non_data(chunk, recipe)
    rows = _long(chunk.filter(~skipped), recipe)
    good, rejects = _check_part(rows, part, recipe, settings, rates, date_orders)
    rejects = pl.concat([_too_wide(rows), rejects])
    return Checked(_without(good, rejects), rejects, chunk.filter(skipped)[LINE])


def check_rows(
    chunk: pl.DataFrame,
    recipe: Recipe,
    settings: Settings,
    rates: pl.DataFrame,
    date_orders: Mapping[str, DateOrder],
) -> CheckedRows:
    """Check all parts of a bound recipe on a frame of `read`. A row that one part refuses is refused whole.

    A row that no part wants (its `where` leaves it out everywhere) is skipped; so is one of a wide table that is
    unpivoted and has nothing in its periods.
    """
    data = chunk.filter(~non_data(chunk, recipe))
    rows = _long(data, recipe)
    frames: dict[str, pl.DataFrame] = {}
    rejects = [_too_wide(data)]
    for part in recipe.parts:
        good, refused = _check_part(rows, part, recipe, settings, rates, date_orders)
        frames[part.table] = pl.concat([frames[part.table], good], how="diagonal") if part.table in frames else good
        rejects.append(refused)
    every = pl.concat(rejects).unique(maintain_order=True)
    kept = {table: _without(frame, every) for table, frame in frames.items()}
    counted = pl.concat([every["line"], *(frame[LINE] for frame in kept.values())]).n_unique()
    return CheckedRows(kept, every, chunk.height, chunk.height - counted)


def _without(frame: pl.DataFrame, rejects: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(~pl.col(LINE).is_in(rejects["line"].unique().implode())) if rejects.height else frame


def _long(rows: pl.DataFrame, recipe: Recipe) -> pl.DataFrame:
    return long_rows(rows, recipe.long_names, recipe.wide) if recipe.wide else rows


def _too_wide(rows: pl.DataFrame) -> pl.DataFrame:
    return _rejects(rows.filter(pl.col(MORE).is_not_null()), "", MORE, "too_many_cells")


def _check_part(
    rows: pl.DataFrame,
    part: Part,
    recipe: Recipe,
    settings: Settings,
    rates: pl.DataFrame,
    date_orders: Mapping[str, DateOrder],
) -> tuple[pl.DataFrame, pl.DataFrame]:
    rows = _wanted(rows, part)
    cells = Cells(rows, settings.time_zone, date_orders, recipe.zone)
    typed, faults = {LINE: rows[LINE]}, list[Fault]()
    for name, cell in part.columns.items():
        column = part.contract.columns[name]
        kind = KINDS.get(POLARS_TYPES[type(column)], "number")
        read = cells.read(cell, kind, name, scale_of(column))
        typed[name] = read.values
        faults += read.faults
    frame = with_made_columns(pl.DataFrame(typed), part, recipe, settings.tax_rate)
    converted = convert(frame, part, recipe, cells, settings.base_currency, rates)
    faults += converted.faults
    rejects = [_rejects(rows.filter(fault.bad), fault.header, fault.header, fault.rule) for fault in faults]
    if converted.lacking is not None:
        lacking = rows.select(LINE, currency=converted.currencies).filter(converted.lacking)
        rejects.append(_rejects(lacking, _currency_name(recipe, part), "currency", "no_rate"))
    refused = pl.concat([pl.DataFrame(schema=REJECTS), *rejects])
    good = _without(converted.frame, refused)
    broken = _broken(good, part, rows)
    every = pl.concat([refused, broken])
    return _without(good, broken), every


def _wanted(rows: pl.DataFrame, part: Part) -> pl.DataFrame:
    if part.where:
        cells = Cells(rows, "UTC")
        rows = rows.filter(pl.all_horizontal([cells.holds(test) for test in part.where]))
    if part.explode:
        (header,) = part.explode
        separator = part.separators[0]
        others = pl.col(header).str.replace_all(f"[{part.separators}]", separator)
        rows = rows.with_columns(others.str.split(separator)).explode(header)
    return rows


def _currency_name(recipe: Recipe, part: Part) -> str:
    if recipe.currency_header:
        return recipe.currency_header[0]
    named = headers_of(part.columns["currency"]) if "currency" in part.columns else ()
    return named[0] if named else "currency"


def _rejects(rows: pl.DataFrame, column: str, value: str, rule: str) -> pl.DataFrame:
    return rows.select(
        line=LINE,
        column=pl.lit(column),
        value=pl.col(value).cast(pl.String),
        rule=pl.lit(rule),
        message_key=pl.lit(rule),
    )


def _broken(frame: pl.DataFrame, part: Part, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that break a rule of the contract, as rejects with the texts as the file has them."""
    found = [pl.DataFrame(schema=REJECTS)]
    for column, rule, key, broken in broken_rules(frame, part.contract):
        headers = headers_of(part.columns[column]) if column in part.columns else ()
        texts = [pl.col(name) for name in dict.fromkeys(headers)] or [pl.lit(None, pl.String)]
        shown = rows.filter(pl.col(LINE).is_in(broken.implode())).select(
            LINE, value=pl.concat_str(texts, separator=" ", ignore_nulls=True)
        )
        name = " + ".join(dict.fromkeys(headers)) or column
        found.append(_rejects(shown, name, "value", rule).with_columns(message_key=pl.lit(key)))
    lacking = [names for names in required(part.contract) if len(names) > 1 and set(names) & set(frame.columns)]
    for names in lacking:
        columns = [name for name in names if name in frame.columns]
        empty = frame.filter(pl.all_horizontal(pl.col(columns).is_null()))
        header = next((h for name in columns if name in part.columns for h in headers_of(part.columns[name])), names[0])
        found.append(_rejects(empty.with_columns(value=pl.lit("")), header, "value", "required"))
    return pl.concat(found)
