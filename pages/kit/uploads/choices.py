"""The mapping editor without its widgets: what may be chosen for a column, and the recipe that choices make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.contracts import TABLES, Table
from data.errors import DataError, Text
from data.ingest.cells import Cell, Constant, Header
from data.ingest.layout import Layout
from data.ingest.match import Match
from data.ingest.recipe import Part, Prices, Recipe, required
from data.ingest.remembered import own_id
from pages.kit.language import LANGUAGES
from pages.kit.uploads.adjust import NO_CHANGE, Adjust, adjusted, adjustment
from pages.kit.uploads.names import column_title

# What a person may choose beside a header; no header of a file holds such characters.
NOTHING, FIXED, KEPT = "\u0000nothing", "\u0000fixed", "\u0000kept"


class ValueNeeded(DataError):
    """A column that must hold something was given an empty fixed value."""

    text = Text(
        "{column} needs a fixed value. Nothing was saved; type one, or choose a column of the file.",
        "“{column}”需要填写固定值。没有保存；请填写，或选择文件中的列。",
        "「{column}」需要填寫固定值。沒有儲存；請填寫，或選擇檔案中的欄。",
    )


@dataclass(frozen=True)
class Choice:
    """What somebody chose for a column: a header, NOTHING, FIXED with its text, or KEPT (as it was recognised).

    `adjust` is what is done to the cells of a header.
    """

    header: str
    text: str = ""
    adjust: Adjust = NO_CHANGE


@dataclass(frozen=True)
class Head:
    """What the editor says about the file as a whole.

    `currency` is an ISO code, None the company's own; where `currency_header` is given its cells say it, row by row.
    """

    name: str
    account: str
    currency: str | None
    currency_header: str | None
    prices: Prices


@dataclass(frozen=True)
class Groups:
    """A table's columns in the order of the editor: needed (of each group one is enough), read so far, others."""

    needed: tuple[tuple[str, ...], ...]
    read: tuple[str, ...]
    others: tuple[str, ...]


def groups_of(part: Part) -> Groups:
    """The columns of a part that a person may map."""
    contract = part.contract
    needed = required(contract)
    named = {name for names in needed for name in names}
    # The currency of amounts is asked once for the file, and what a report splits by follows from its columns.
    apart = {"cut", "currency"} if has_amounts(contract) else {"cut"}
    rest = [name for name in contract.columns if name not in named | apart]
    read = tuple(name for name in rest if name in part.columns)
    return Groups(needed, read, tuple(name for name in rest if name not in part.columns))


def choice_of(cell: Cell | None) -> Choice:
    """The choice that stands for a cell now."""
    if cell is None:
        return Choice(NOTHING)
    if isinstance(cell, Constant):
        return Choice(FIXED, cell.text)
    found = adjustment(cell)
    return Choice(found[0], adjust=found[1]) if found else Choice(KEPT)


def cell_of(choice: Choice, before: Cell | None) -> Cell | None:
    """The cell that a choice makes."""
    if choice.header == NOTHING:
        return None
    if choice.header == FIXED:
        return Constant(choice.text)
    return before if choice.header == KEPT else adjusted(choice.header, choice.adjust)


def has_amounts(contract: Table) -> bool:
    """Whether rows of the table carry money."""
    return any(contract.unit(name) == "currency" for name in contract.columns)


def recipe_for(found: Match, table: str | None) -> Recipe | None:
    """What the editor starts from: the recognised recipe, or an empty one for the table the reader chose."""
    if found.recipe is not None or table is None:
        return found.recipe
    names = Text(table, table, table)
    return Recipe(f"headers_{table}", names, (Part(table, {}),), fingerprint=_fingerprint(found.layout))


def changed_recipe(found: Match, before: Recipe, choices: Mapping[tuple[str, str], Choice], head: Head) -> Recipe:
    """The recipe that the choices make.

    Args:
        choices: by table and column; a column without a choice stays as it is.

    Raises:
        ValueNeeded: a needed column was given an empty fixed value.
    """
    parts = tuple(_changed_part(part, choices, head) for part in before.parts)
    return replace(
        before,
        id=own_id(before.id, head.name, found.layout.known_by),
        names=before.names if found.how == "source" else Text(head.name, head.name, head.name),
        parts=parts,
        fingerprint=_fingerprint(found.layout),
        account=Constant(head.account) if head.account != found.account else before.account,
        currency=head.currency,
        currency_header=(head.currency_header,) if head.currency_header else (),
        prices=head.prices,
    )


def _changed_part(part: Part, choices: Mapping[tuple[str, str], Choice], head: Head) -> Part:
    columns = dict(part.columns)
    if has_amounts(part.contract) and "currency" in part.contract.columns:
        columns.pop("currency", None)
        if head.currency_header:
            columns["currency"] = Header((head.currency_header,))
    needed = {name for names in required(part.contract) for name in names}
    for (table, column), choice in choices.items():
        if table != part.table:
            continue
        if choice.header == FIXED and not choice.text.strip() and column in needed:
            raise ValueNeeded(column=Text(*(column_title(column, language) for language in LANGUAGES)))
        cell = cell_of(choice, part.columns.get(column))
        if cell is None:
            columns.pop(column, None)
        else:
            columns[column] = cell
    ordered = {name: columns[name] for name in TABLES[part.table].columns if name in columns}
    return replace(part, columns=ordered)


def _fingerprint(layout: Layout) -> tuple[tuple[str, ...], ...]:
    return tuple((name,) for name in layout.known_by)
