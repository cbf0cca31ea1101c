"""Rows that a file holds and that are no data: blank ones, totals, repeated headers, headings of sections, a template's
example, and what a recipe names."""

from __future__ import annotations

import polars as pl

from data.contracts import Table
from data.ingest.cells import headers_of
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
# What may be a total or a name ("Total for West", "Total Beauty"): the rest of the row tells.
LIKELY = (
    r"(?i)^\s*(?:grand|sub|report|page|overall)?[\s-]*totals?\b|\btotals?\s*[:：]?\s*$"
    r"|^\s*(?:sum|average|mean|count)\s*[:：]?\s*$|总计|總計|合计|合計|小计|小計|汇总|彙總|^\s*共\s*\d+\s*[条條笔筆行项項件]"
)
# Words below a table, in a row of nothing else.
NOTE = (
    r"(?i)^\s*(?:#\s|\*\s|注|备注|備註|说明|說明|数据来源|資料來源|notes?\b|source\b"
    r"|(?:report\s+)?(?:generated|exported)\b)"
)
NUMBER = r"^[-+(]?\s?[^\w\s]{0,2}\s?\d[\d,.\s]*(?:[eE][-+]?\d+)?\s?[%)万亿萬億]?-?$"
LOOKED_AT = 500


def non_data(frame: pl.DataFrame, recipe: Recipe | None = None) -> pl.Series:
    """Where a row of a read frame is no data (True or False)."""
    sections = recipe.sections if recipe else None
    names = [name for name in frame.columns if name not in (LINE, MORE, sections.name if sections else None)]
    found = _blank(frame, names) | _totals(frame, names) | _headers(frame, names)
    if sections is not None:
        found = found | headings(frame, sections)
    if recipe is not None:
        found = found | _of_keys(frame, recipe)
    found = found | _likely(frame, names, found)
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
    first = frame[names[0]]
    if first.null_count() or (first.str.strip_chars() == "").any():
        first = frame.select(_first(names[:3])).to_series()
    found = first.str.contains(OF_PART).fill_null(False)
    # GA4 writes "Grand total" behind the last number.
    for cells in (first, frame[names[-1]], frame[MORE]):
        if cells.null_count() < len(cells):
            found = found | cells.str.contains(TOTAL).fill_null(False)
    if not first.str.contains("(?i)total$").any():
        return found
    # A name may end so too ("colgate total"), but a subtotal leaves columns empty. The rows of its group stand above.
    texts = first.str.strip_chars()
    is_group = texts.str.extract(OF_GROUP).is_in(texts.implode()).fill_null(False)
    return found | (is_group & frame.select(pl.any_horizontal(pl.col(names).is_null())).to_series())


def _likely(frame: pl.DataFrame, names: list[str], known: pl.Series) -> pl.Series:
    """Where the first filled cell may name a total and every column of texts or days beside it is empty, or where it
    is a note and the only cell. `known` are rows that are no data anyway."""
    filled = pl.sum_horizontal(pl.col(names).is_not_null())
    some = frame.filter(~known).head(LOOKED_AT)
    some = some.filter((filled > 1) & ~_first(names).str.contains(LIKELY).fill_null(False))
    telling = [name for name in names if _is_telling(some[name])]
    # The label itself stands in one of the telling columns.
    is_bare = pl.sum_horizontal(pl.col(telling).is_not_null()) <= 1 if len(telling) > 1 else pl.lit(value=False)
    bare = frame.select(((filled == 1) & (len(names) > 2)) | is_bare).to_series()
    if not bare.any():
        return bare
    first = _first(names)
    is_note = first.str.contains(NOTE) & (filled == 1)
    inner = frame.filter(bare).select(((first.str.contains(LIKELY) & is_bare) | is_note).fill_null(False)).to_series()
    return bare.scatter(bare.arg_true(), inner)


def _first(names: list[str]) -> pl.Expr:
    return pl.coalesce(pl.when(pl.col(name).str.strip_chars() != "").then(name) for name in names)


def _is_telling(cells: pl.Series) -> bool:
    """Whether rows of data always fill the column, and not with numbers."""
    filled = cells.filter(cells.str.strip_chars() != "")
    return len(filled) > 0.9 * len(cells) and filled.str.contains(NUMBER).sum() < 0.5 * len(filled)


def _of_keys(frame: pl.DataFrame, recipe: Recipe) -> pl.Series:
    """Where a column that rows are told apart by says "Total": `2026-11-03, google_ads, Total` beside the campaigns."""
    headers = {
        header
        for part in recipe.parts
        for name, cell in part.columns.items()
        if part.contract.kind == "fact" and _tells_rows_apart(part.contract, name)
        for header in headers_of(cell)
        if header in frame.columns
    }
    if not headers:
        return pl.repeat(False, frame.height, dtype=pl.Boolean, eager=True)
    return frame.select(pl.any_horizontal(pl.col(sorted(headers)).str.contains(TOTAL).fill_null(False))).to_series()


def _tells_rows_apart(contract: Table, column: str) -> bool:
    is_split_by = contract.duplicates == "sum" and contract.role(column) == "dimension"
    return is_split_by or (column in contract.key and contract.role(column) in ("key", "dimension"))


def _headers(frame: pl.DataFrame, names: list[str]) -> pl.Series:
    candidates = frame.select((pl.col(names[0]).str.strip_chars("\ufeff \t") == names[0]).fill_null(False)).to_series()
    if not candidates.any():
        return candidates
    rows = frame.filter(candidates).select(names).rows()
    wanted = [normal(name) for name in names]
    inner = pl.Series([[normal(cell or "") for cell in row] == wanted for row in rows], dtype=pl.Boolean)
    return candidates.scatter(candidates.arg_true(), inner)
