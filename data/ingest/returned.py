"""The refused rows of a table as they were written, each with the reason behind its last cell, to be put right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import get_args

import polars as pl

from data.errors import Language, Text
from data.ingest.cells import headers_of
from data.ingest.disarm import OURS
from data.ingest.layout import LINE, MORE, Layout, impersonal
from data.ingest.messages import refusal_message
from data.ingest.moments import DateOrder
from data.ingest.months import COLUMNS as MONTHS
from data.ingest.read import read
from data.ingest.recipe import Part, Recipe
from data.ingest.sections import headings

LINE_HEAD = Text(f"{OURS}Line", f"{OURS}行号", f"{OURS}列號")
REASON_HEAD = Text(f"{OURS}Reason", f"{OURS}原因", f"{OURS}原因")
COMPANION = Text(
    "Nothing wrong here: it is loaded together with the refused row of the same key, so leave it in",
    "此行没有问题：它要与同一键的被拒绝行一起加载，请保留",
    "此列沒有問題：它要與同一鍵的被拒絕列一起載入，請保留",
)
BETWEEN = "; "


@dataclass(frozen=True)
class Refused:
    """A table of a file with its refused rows.

    `rejects` is [line, column, rule, message_key] and, where it is known, value; else the cell of the file stands.
    `recipe` is what read the table, bound to it; None where nobody knows. `orders` is how its columns are written, as
    the whole table showed.
    """

    layout: Layout
    rejects: pl.DataFrame
    recipe: Recipe | None
    orders: Mapping[str, DateOrder] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A row to hand out: its cells as they were, the line it stood on, why it is here, and cells beyond the headers."""

    cells: tuple[str, ...]
    line: int
    reason: Text
    beyond: tuple[str, ...]


def returned_rows(table: Refused) -> Iterator[Row]:
    """The refused rows of a table in the order of the file, each once.

    Rows that a load takes together with a refused one (the other lines of its order, rows that are added up with it)
    come too: the mended row alone would take their place. So do the headings that rows stand under.
    """
    sections, rejects = table.recipe.sections if table.recipe else None, table.rejects
    layout = replace(table.layout, sections=sections)
    if not rejects.height:
        return
    wanted = _companions(layout, rejects, table.recipe) if table.recipe else []
    for frame in read(layout):
        is_wanted = pl.col(LINE).is_in(rejects["line"].unique().implode())
        for key, values in wanted:
            is_wanted = is_wanted | _of(key).is_in(values.implode())
        rows = frame.filter((is_wanted | headings(frame, sections)) if sections else is_wanted)
        rows = rows.select(*layout.known_by, LINE, MORE)
        reasons = _reasons(rows, rejects)
        for *cells, line, more in rows.iter_rows():
            beyond = more.split(layout.delimiter) if more else ()
            yield Row(tuple(cell or "" for cell in cells), line, reasons.get(line, COMPANION), tuple(beyond))


def _companions(layout: Layout, rejects: pl.DataFrame, recipe: Recipe) -> list[tuple[tuple[str, ...], pl.Series]]:
    """For each key that rows are taken together by its headers, and the values that the refused rows have there."""
    group = recipe.group()
    keys: set[tuple[str, ...]] = {(group,)} if group else set()
    keys |= {key for part in recipe.parts if (key := _together_by(part))}
    keys = {key for key in keys if set(key) <= set(layout.names)}
    if not keys:
        return []
    headers = sorted({header for key in keys for header in key})
    lines = rejects["line"].unique().implode()
    refused = pl.concat([frame.filter(pl.col(LINE).is_in(lines)) for frame in read(layout, only=headers)])
    return [(key, refused.filter(_is_there(key)).select(_of(key)).to_series().unique()) for key in sorted(keys)]


def _is_there(key: tuple[str, ...]) -> pl.Expr:
    return pl.any_horizontal(pl.col(key).is_not_null())


def _of(key: tuple[str, ...]) -> pl.Expr:
    return pl.struct(pl.col(key).fill_null(""))


def _together_by(part: Part) -> tuple[str, ...]:
    """The headers of the key whose rows a load replaces or adds up together; none where each row stands alone."""
    contract = part.contract
    if contract.duplicates == "sum" or part.collapse:
        key: tuple[str, ...] = contract.key
    elif contract.duplicates == "replace_group" and "line_no" not in part.columns:
        key = contract.group or contract.key[:1]
    else:
        return ()
    # A month may be made of days, so all months of an account come along.
    key = tuple(column for column in key if column in part.columns and column not in MONTHS)
    return tuple(dict.fromkeys(name for column in key for name in _headers(part, column)))


def _headers(part: Part, column: str) -> tuple[str, ...]:
    return headers_of(part.columns[column])


def _reasons(rows: pl.DataFrame, rejects: pl.DataFrame) -> dict[int, Text]:
    """By line why it was refused, each reason once."""
    of_rows = rejects.filter(pl.col("line").is_in(rows[LINE].implode()))
    # Records keep a header without what is a person's in it.
    of_rows = of_rows.with_columns(pl.col("column").replace({impersonal(name): name for name in rows.columns}))
    named = [name for name in of_rows["column"].unique() if name in rows.columns]
    cells = rows.unpivot(on=named, index=LINE, variable_name="column", value_name="cell")
    value = pl.coalesce("value", "cell") if "value" in of_rows.columns else pl.col("cell")
    found = of_rows.join(
        cells, left_on=["line", "column"], right_on=[LINE, "column"], how="left", maintain_order="left"
    )
    texts: dict[int, dict[Text, None]] = {}
    for line, key, column, text, rule in found.select("line", "message_key", "column", value, "rule").iter_rows():
        texts.setdefault(line, {})[refusal_message(key or rule, column, text, rule)] = None
    return {line: _together(tuple(reasons)) for line, reasons in texts.items()}


def _together(reasons: tuple[Text, ...]) -> Text:
    return Text(*(BETWEEN.join(reason.say(language) for reason in reasons) for language in get_args(Language)))
