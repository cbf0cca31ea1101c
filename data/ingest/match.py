"""The third room: which recipe reads this table? A known source, a saved mapping, exact names, or a proposal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from data.errors import DataError, Text
from data.ingest.cells import Constant
from data.ingest.currencies import places_of
from data.ingest.layout import Layout, Wide, normal, tidy
from data.ingest.orders import DateOrders, Question, date_orders
from data.ingest.propose import Named, Proposal, by_alias, proposed
from data.ingest.read import read
from data.ingest.recipe import Recipe
from data.ingest.script import simplified
from data.ingest.skip import non_data
from data.ingest.unfit import Unfit, unfit_for

How = Literal["source", "saved", "alias", "proposal", "none"]
# A bank in Taipei calls its columns as one in Shanghai does, and its amounts are no yuan.
OTHER_SCRIPT = Text(
    "Its headers are in Traditional Chinese and this tool writes Simplified, so it may be another tool's file. Its "
    "amounts would be read as {currency}",
    "它的列名是繁体中文，而此工具写简体中文，因此可能是其他工具的文件。其金额将按 {currency} 读取",
    "它的欄名是繁體中文，而此工具寫簡體中文，因此可能是其他工具的檔案。其金額將以 {currency} 讀取",
)


class UnknownSource(DataError):
    """A source that is neither a preset nor a saved mapping."""

    text = Text(
        "No source is called '{name}'. Nothing was loaded; there are: {known}.",
        "没有名为“{name}”的来源。没有加载任何数据；可用来源：{known}。",
        "沒有名為「{name}」的來源。沒有載入任何資料；可用來源：{known}。",
    )


@dataclass(frozen=True)
class Match:
    """How a table will be read.

    `recipe` is bound to the file (None: nothing fits). `missing` are required columns that nothing stands for,
    `unused` headers that nothing reads, `open_questions` columns of dates whose order a person must say.
    `proposals` are the columns with a header each and a score of 0 to 100. `account` is the shop that the file
    names, '' where it names none. `unfit` says of a known export that no table keeps its rows.

    `wide` is an open question: the table has a month or a day a column, which nothing known reads. `wide.headers` are
    these columns with the days they stand for, `wide.is_year_open` says that the year must be told too, and
    `unpivoted(layout, wide).sample` (of `data.ingest.wide`) shows the rows they would become. It is answered with
    `Wish.is_unpivoted` (and `Wish.year`); unpivoted, `layout.names` end with `period`, `period_end` (months) and
    `value`, which are mapped like any header, and the recipe keeps the answer.
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
    unfit: Unfit | None = None
    wide: Wide | None = None

    @property
    def is_certain(self) -> bool:
        """Whether it may be loaded without asking anybody."""
        return self.how in ("source", "saved", "alias") and self.is_loadable

    @property
    def is_loadable(self) -> bool:
        """Whether nothing is missing or open, so that somebody who looked at it may load it."""
        is_open = self.missing or self.open_questions or self.wide or self.is_hollow
        return self.recipe is not None and not is_open

    @property
    def is_hollow(self) -> bool:
        """Whether it was unpivoted and nothing reads the values."""
        return self.layout.wide is not None and self.layout.names[-1] in self.unused

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
    found_as = set(places_of(layout.names))
    for recipe in saved:
        if headers == {normal(name) for names in recipe.fingerprint for name in names}:
            return use(layout, recipe, "saved")
    unfit = unfit_for(found_as) if table is None else None
    if unfit is not None:
        return Match(layout, "none", unused=layout.names, unfit=unfit)
    fitting = [recipe for recipe in recipes if recipe.fits(found_as) and _fills(recipe, table)]
    if fitting:
        best = max(fitting, key=lambda recipe: len(recipe.fingerprint))
        if best.currency and not best.caution and _is_in_other_script(layout, best):
            best = replace(best, caution=OTHER_SCRIPT.fill(currency=best.currency))
        return use(layout, best, "proposal" if best.caution else "source")
    named = by_alias(layout, table)
    if named is not None:
        return _named(layout, named, "alias")
    guess = proposed(layout, table)
    return _named(layout, guess, "proposal") if guess is not None else Match(layout, "none", unused=layout.names)


def use(layout: Layout, recipe: Recipe, how: How = "saved") -> Match:
    """The match of a table with a given recipe, say that of a mapping file."""
    layout = _sectioned(layout, recipe)
    bound = recipe.bound(layout)
    dates = date_orders(layout, bound)
    used = {normal(name) for name in (*bound.used(), *(layout.names[:1] if layout.sections else ()))}
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


def _sectioned(layout: Layout, recipe: Recipe) -> Layout:
    """The layout with the column that the recipe's headings become; its sample has the first rows that are data."""
    if recipe.sections is None or layout.physical:
        return layout
    named = replace(layout, sections=recipe.sections)
    frame = next(read(named), None)
    if frame is None:
        return named
    rows = frame.filter(~non_data(frame, recipe.bound(named))).head(len(layout.sample)).select(named.names)
    return replace(named, sample=tuple(tuple(tidy(cell or "") for cell in row) for row in rows.iter_rows()))


def _is_in_other_script(layout: Layout, recipe: Recipe) -> bool:
    """Whether a header by which the recipe knows the file is Traditional, where the recipe has it in Simplified."""
    written = {name for names in recipe.fingerprint for name in names}
    known = {normal(name) for name in written}
    others = (name for name in layout.names if name not in written and normal(name) in known)
    return any(simplified(name) != name for name in others)


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
