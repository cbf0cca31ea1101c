"""Day first or month first: decided over the whole column of a file, and asked where the column does not decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from data.contracts.base import POLARS_TYPES
from data.ingest.cells import Cell, Combined, Header
from data.ingest.layout import Layout
from data.ingest.moments import DateOrder, Evidence, evidence
from data.ingest.read import read
from data.ingest.recipe import Recipe
from data.ingest.values import read_text


@dataclass(frozen=True)
class Question:
    """A column whose dates fit both orders (or claim both): some of them, and the order that its neighbours keep."""

    header: str
    samples: tuple[str, ...]
    proposal: DateOrder | None = None


@dataclass(frozen=True)
class DateOrders:
    """For each header with the year last its order, and the headers that a person must decide."""

    orders: Mapping[str, DateOrder] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()


def date_orders(layout: Layout, recipe: Recipe) -> DateOrders:
    """Decide the date columns of a bound recipe; reads the file only for those whose sample has the year last."""
    given = dict(recipe.date_orders)
    samples = {name: _sample(layout, name) for name in _date_headers(recipe) if name not in given}
    doubtful = [name for name, sample in samples.items() if evidence(sample) != Evidence()]
    if not doubtful:
        return DateOrders(given)
    found = dict.fromkeys(doubtful, Evidence())
    for chunk in read(layout, only=doubtful):
        for name in doubtful:
            found[name] += evidence(read_text(chunk[name]))
    decided: dict[str, DateOrder] = {name: order for name, one in found.items() if (order := one.order)}
    neighbours = set(decided.values())
    proposal = neighbours.pop() if len(neighbours) == 1 else None
    questions = tuple(
        Question(name, tuple(samples[name].unique(maintain_order=True).head(3)), proposal)
        for name, one in found.items()
        if one.is_open
    )
    return DateOrders(given | decided, questions)


def _date_headers(recipe: Recipe) -> tuple[str, ...]:
    dates = [
        cell
        for part in recipe.parts
        for name, cell in part.columns.items()
        if POLARS_TYPES[type(part.contract.columns[name])] in (pl.Date(), pl.Datetime("us"))
    ]
    return tuple(dict.fromkeys(name for cell in dates for name in _plain_headers(cell)))


def _plain_headers(cell: Cell) -> tuple[str, ...]:
    if isinstance(cell, Combined):
        return tuple(name for part in cell.cells for name in _plain_headers(part))
    return cell.names if isinstance(cell, Header) else ()


def _sample(layout: Layout, name: str) -> pl.Series:
    place = layout.names.index(name)
    return read_text(pl.Series([row[place] if place < len(row) else None for row in layout.sample], dtype=pl.String))
