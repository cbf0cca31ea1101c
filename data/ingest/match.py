"""The third room: which recipe reads this table? A known source, a saved mapping, exact names, or a proposal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from data.errors import DataError, Text
from data.ingest.cells import Constant
from data.ingest.layout import Layout, normal
from data.ingest.orders import DateOrders, Question, date_orders
from data.ingest.propose import Named, Proposal, by_alias, proposed
from data.ingest.recipe import Recipe

How = Literal["source", "saved", "alias", "proposal", "none"]


class UnknownSource(DataError):
    """A source that is neither a preset nor a saved mapping."""

    text = Text(
        "No source is called '{name}'. Nothing was loaded; there are: {known}.",
        "没有名为“{name}”的来源。没有加载任何数据；可用来源：{known}。",
        "沒有名為「{name}」的來源。沒有載入任何資料；可用來源：{known}。",
    )


class NotRecognised(DataError):
    """A table that no source, mapping or alias explains well enough to load."""

    text = Text(
        "{file} was not recognised: its columns ({headers}) fit no known export and no table. Nothing was loaded; "
        "name the table, or write a mapping.",
        "无法识别 {file}：它的列（{headers}）不符合任何已知的导出格式或数据表。"
        "没有加载任何数据；请指定数据表或编写映射。",
        "無法識別 {file}：它的欄（{headers}）不符合任何已知的匯出格式或資料表。"
        "沒有載入任何資料；請指定資料表或撰寫對應。",
    )


class LacksColumns(DataError):
    """A table that was understood, but for columns it cannot do without."""

    text = Text(
        "{file} reads like {table}, but nothing in it stands for: {columns}. Nothing was loaded; name the header in a "
        "mapping, or one value for all rows ({column}: {{constant: …}}); a snapshot's day can be given with --day.",
        "{file} 看起来是 {table}，但其中没有：{columns}。没有加载任何数据；请在映射中指定列名，"
        "或为所有行指定同一个值（{column}: {{constant: …}}）；快照的日期可用 --day 给出。",
        "{file} 看起來是 {table}，但其中沒有：{columns}。沒有載入任何資料；請在對應中指定欄名，"
        "或為所有列指定同一個值（{column}: {{constant: …}}）；快照的日期可用 --day 給出。",
    )


@dataclass(frozen=True)
class Match:
    """How a table will be read.

    `recipe` is bound to the file (None: nothing fits). `missing` are required columns that nothing stands for,
    `unused` headers that nothing reads, `open_questions` columns of dates whose order a person must say.
    `proposals` are the columns with a header each and a score of 0 to 100. `account` is the shop that the file
    names, '' where it names none.
    """

    layout: Layout
    how: How
    recipe: Recipe | None = None
    missing: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    open_questions: tuple[Question, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    dates: DateOrders = field(default_factory=DateOrders)
    account: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether it may be loaded without asking anybody."""
        is_known = self.how in ("source", "saved", "alias")
        return is_known and self.recipe is not None and not self.missing and not self.open_questions

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that it fills."""
        return tuple(dict.fromkeys(part.table for part in self.recipe.parts)) if self.recipe else ()


def match(
    layout: Layout,
    recipes: Sequence[Recipe],
    saved: Sequence[Recipe] = (),
    table: str | None = None,
    source: str | None = None,
) -> Match:
    """Find how to read a table; reads the file only where the order of a date column is in doubt.

    Args:
        recipes: the presets.
        saved: mappings that people confirmed; one fits where the file has exactly its headers.
        table: fill this table only.
        source: the id of a preset or saved mapping to use, whatever the headers say.

    Raises:
        UnknownSource: no preset or mapping has the id `source`.
    """
    if source is not None:
        known = {recipe.id: recipe for recipe in (*recipes, *saved)}
        if source not in known:
            raise UnknownSource(name=source, known=", ".join(sorted(known)))
        return use(layout, known[source], "saved" if known[source] in saved else "source")
    headers = {normal(name) for name in layout.names}
    for recipe in saved:
        if headers == {normal(name) for names in recipe.fingerprint for name in names}:
            return use(layout, recipe, "saved")
    fitting = [recipe for recipe in recipes if recipe.fits(headers) and _fills(recipe, table)]
    if fitting:
        return use(layout, max(fitting, key=lambda recipe: len(recipe.fingerprint)), "source")
    named = by_alias(layout, table)
    if named is not None:
        return _named(layout, named, "alias")
    guess = proposed(layout, table)
    return _named(layout, guess, "proposal") if guess is not None else Match(layout, "none", unused=layout.names)


def use(layout: Layout, recipe: Recipe, how: How = "saved") -> Match:
    """The match of a table with a given recipe, say that of a mapping file."""
    bound = recipe.bound(layout)
    dates = date_orders(layout, bound)
    used = {normal(name) for name in bound.used()}
    return Match(
        layout,
        how,
        bound,
        missing=bound.missing(),
        unused=tuple(name for name in layout.names if normal(name) not in used),
        open_questions=dates.questions,
        dates=dates,
        account=_account(layout, bound),
    )


def _fills(recipe: Recipe, table: str | None) -> bool:
    return table is None or any(part.table == table for part in recipe.parts)


def _named(layout: Layout, named: Named, how: How) -> Match:
    return replace(use(layout, named.recipe, how), proposals=named.proposals)


def _account(layout: Layout, recipe: Recipe) -> str:
    """The one shop that the title or the first rows name; '' where there is none or several."""
    if recipe.account_title:
        found = [match for title in layout.titles if (match := re.search(recipe.account_title, title))]
        return found[0].group(1).strip() if found else ""
    if isinstance(recipe.account, Constant):
        return recipe.account.text
    if recipe.account is None:
        return ""
    place = layout.names.index(recipe.account.names[0])
    cells = {row[place] for row in layout.sample if place < len(row) and row[place]}
    return cells.pop() if len(cells) == 1 else ""
