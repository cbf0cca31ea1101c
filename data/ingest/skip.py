"""Rows that a file holds and that are no data: blank ones, totals, repeated headers, headings of sections, a template's
example, and what a recipe names."""

from __future__ import annotations

import polars as pl

from data.ingest.evaluate import Cells
from data.ingest.layout import LINE, MORE, normal
from data.ingest.recipe import Recipe
from data.ingest.sections import headings
from data.ingest.template import is_example

TOTAL = (
    r"(?i)^\s*(?:(?:grand\s*|sub[\s-]?)?totals?\s*(?:[:：].*)?|(?:sum|average|mean)\s*[:：]"
    r"|(?:总计|總計|合计|合計|汇总|彙總|小计|小計|全部合计|全部合計)\s*(?:[:：].*)?)$"
)
# Only where a row begins: "华东小计", "平均值".
OF_PART = r"^\s*(?:\S{1,12}?(?:总计|總計|合计|合計|小计|小計)|平均值?|均值)\s*[:：]?$"
# A spreadsheet's subtotals: "East Total" below the rows of "East".
OF_GROUP = r"(?i)^\s*(.+?)\s+(?:sub)?total$"


def non_data(frame: pl.DataFrame, recipe: Recipe | None = None) -> pl.Series:
    """Where a row of a read frame is no data (True or False)."""
    sections = recipe.sections if recipe else None
    names = [name for name in frame.columns if name not in (LINE, MORE, sections.name if sections else None)]
    found = _blank(frame, names) | _totals(frame, names) | _headers(frame, names)
    if sections is not None:
        found = found | headings(frame, sections)
    if recipe is not None and (example := is_example(frame, recipe)) is not None:
        found = found | example
    if recipe is not None and recipe.skip:
        cells = Cells(frame, "UTC")
        for condition in recipe.skip:
            found = found | cells.holds(condition)
    return found


def _blank(frame: pl.DataFrame, names: list[str]) -> pl.Series:
    def is_empty(name: str) -> pl.Expr:
        return pl.col(name).is_null() | (pl.col(name).str.strip_chars() == "")

    # Few rows have an empty first cell, so only those are looked at in full.
    candidates = frame.select(is_empty(names[0])).to_series()
    if not candidates.any():
        return candidates
    inner = frame.filter(candidates).select(pl.all_horizontal(*map(is_empty, [*names, MORE]))).to_series()
    return candidates.scatter(candidates.arg_true(), inner)


def _totals(frame: pl.DataFrame, names: list[str]) -> pl.Series:
    first = pl.coalesce(pl.when(pl.col(name).str.strip_chars() != "").then(name) for name in names[:3])
    # GA4 writes "Grand total" behind the last number.
    is_total = [cell.str.contains(TOTAL).fill_null(False) for cell in (first, pl.col(names[-1]), pl.col(MORE))]
    found = frame.select(pl.any_horizontal(*is_total, first.str.contains(OF_PART).fill_null(False))).to_series()
    if not frame.select(first.str.contains("(?i)total$").any()).item():
        return found
    # A name may end so too ("colgate total"), but a subtotal leaves columns empty. The rows of its group stand above.
    texts = frame.select(first.str.strip_chars()).to_series()
    is_group = texts.str.extract(OF_GROUP).is_in(texts.implode()).fill_null(False)
    return found | (is_group & frame.select(pl.any_horizontal(pl.col(names).is_null())).to_series())


def _headers(frame: pl.DataFrame, names: list[str]) -> pl.Series:
    candidates = frame.select((pl.col(names[0]).str.strip_chars() == names[0]).fill_null(False)).to_series()
    if not candidates.any():
        return candidates
    rows = frame.filter(candidates).select(names).rows()
    wanted = [normal(name) for name in names]
    inner = pl.Series([[normal(cell or "") for cell in row] == wanted for row in rows], dtype=pl.Boolean)
    return candidates.scatter(candidates.arg_true(), inner)
