"""Day first or month first, decimal comma or not: decided over the whole column, and asked where nothing decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import get_args

import polars as pl

from data.contracts.base import POLARS_TYPES
from data.ingest.cells import Cell, Combined, Header, Share
from data.ingest.commas import CommaEvidence, comma_evidence
from data.ingest.disarm import manners_of
from data.ingest.layout import Layout
from data.ingest.moments import COMMA, POINT, YEAR_LAST, DateOrder, Evidence, evidence
from data.ingest.read import CHUNK_ROWS, read
from data.ingest.recipe import Recipe
from data.ingest.rows import NUMBER
from data.ingest.values import read_text
from data.ingest.wide import long_rows

DATES: frozenset[object] = frozenset({pl.Date, pl.Datetime})
DECIMALS: frozenset[object] = frozenset({pl.Decimal, pl.Float64})
EARLY_ROWS = 10_000
NUMBERS = DECIMALS | {pl.Int64}


@dataclass(frozen=True)
class Question:
    """A column that fits two readings (or claims both): some of its cells, the readings, and that of its neighbours."""

    header: str
    samples: tuple[str, ...]
    proposal: DateOrder | None = None
    orders: tuple[DateOrder, DateOrder] = ("dmy", "mdy")

    @property
    def is_of_numbers(self) -> bool:
        """Whether it is about a comma and not about days."""
        return COMMA in self.orders


@dataclass(frozen=True)
class DateOrders:
    """How columns are written: of dates with the year last the order, of numbers with a decimal comma "comma".

    `questions` are the headers that a person must decide.
    """

    orders: Mapping[str, DateOrder] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()


def date_orders(layout: Layout, recipe: Recipe) -> DateOrders:
    """Decide the date columns of a bound recipe, and which of its numbers have a decimal comma.

    Reads the file to its end only for dates whose first rows have the year last and for numbers with a comma there.
    """
    given = _handed_out(layout) | dict(recipe.date_orders)
    dates, figures = ([name for name in _headers(recipe, kinds) if name not in given] for kinds in (DATES, NUMBERS))
    early = _early(layout, [*dict.fromkeys([*dates, *figures])])
    samples = {name: early[name] for name in dates}
    doubtful = [name for name, sample in samples.items() if evidence(sample) != Evidence()]
    numbers = {name: early[name] for name in figures}
    doubtful_numbers = [name for name, sample in numbers.items() if sample.str.contains(r"\d,\d|\.\d+\.").any()]
    if not (doubtful or doubtful_numbers):
        return DateOrders(given)
    found = dict.fromkeys(doubtful, Evidence())
    commas = {name: comma_evidence(sample) for name, sample in numbers.items() if name not in doubtful_numbers}
    commas |= dict.fromkeys(doubtful_numbers, CommaEvidence())
    for chunk in _frames(layout, [*dict.fromkeys([*doubtful, *doubtful_numbers])]):
        for name in doubtful:
            found[name] += evidence(read_text(chunk[name]))
        for name in doubtful_numbers:
            commas[name] += comma_evidence(read_text(chunk[name]))
    decided: dict[str, DateOrder] = {name: order for name, one in found.items() if (order := one.order)}
    neighbours = set(decided.values())
    proposal = neighbours.pop() if len(neighbours) == 1 else None
    questions = tuple(Question(name, _year_last(samples[name]), proposal) for name, one in found.items() if one.is_open)
    commas[""] = _all_numbers(layout)
    said = COMMA in given.values()
    with_comma = _with_comma(commas | ({"": CommaEvidence(comma=1)} if said else {}))
    is_decided = said or POINT in given.values() or any(one.comma or one.point for one in commas.values())
    if not is_decided and not (layout.kind == "csv" and layout.delimiter == ","):
        questions += tuple(
            Question(name, _telling(numbers[name]), orders=(POINT, COMMA))
            for name in doubtful_numbers
            if name in _headers(recipe, DECIMALS) and commas[name].is_open
        )
    return DateOrders(given | decided | with_comma, questions)


def _year_last(sample: pl.Series) -> tuple[str, ...]:
    return tuple(sample.filter(sample.str.contains(YEAR_LAST).fill_null(False)).unique(maintain_order=True).head(3))


def _telling(sample: pl.Series) -> tuple[str, ...]:
    with_comma = sample.filter(sample.str.contains(",", literal=True).fill_null(False))
    return tuple(with_comma.unique(maintain_order=True).head(3))


def _all_numbers(layout: Layout) -> CommaEvidence:
    """What the first numbers of the file say, whether anything reads their columns or not."""
    return comma_evidence(
        pl.Series([cell for row in layout.sample for cell in row if NUMBER.fullmatch(cell)], dtype=pl.String)
    )


def _handed_out(layout: Layout) -> dict[str, DateOrder]:
    """What we wrote into the file ourselves when we handed out the refused rows of a larger one."""
    if not layout.is_returned:
        return {}
    known = {order: order for order in get_args(DateOrder)}
    manners = {place: known[said] for place, said in manners_of(layout.headers).items() if said in known}
    return {layout.names[place]: order for place, order in manners.items() if place < len(layout.names)}


def _with_comma(found: Mapping[str, CommaEvidence]) -> dict[str, DateOrder]:
    """The columns with a decimal comma: those that show it, and where some do, those that show nothing else."""
    if not any(one.has_comma for one in found.values()):
        return {}
    return {name: COMMA for name, one in found.items() if name and (one.has_comma or one.comma == one.point == 0)}


def _headers(recipe: Recipe, kinds: frozenset[object]) -> tuple[str, ...]:
    cells = [
        cell
        for part in recipe.parts
        for name, cell in part.columns.items()
        if POLARS_TYPES[type(part.contract.columns[name])].base_type() in kinds
    ]
    return tuple(dict.fromkeys(name for cell in cells for name in _plain_headers(cell)))


def _plain_headers(cell: Cell) -> tuple[str, ...]:
    if isinstance(cell, Combined):
        return tuple(name for part in cell.cells for name in _plain_headers(part))
    if isinstance(cell, Share):
        return (*_plain_headers(cell.amount), *_plain_headers(cell.by))
    return cell.names if isinstance(cell, Header) else ()


def _early(layout: Layout, names: list[str]) -> dict[str, pl.Series]:
    """The first cells of columns: those of the sample, of text many more, since a file may begin with whole numbers."""
    if layout.kind == "csv" and names:
        for frame in _frames(layout, names, EARLY_ROWS):
            return {name: read_text(frame[name]) for name in names}
    return {name: _sample(layout, name) for name in names}


def _frames(layout: Layout, names: list[str], chunk_rows: int = CHUNK_ROWS) -> Iterator[pl.DataFrame]:
    """The columns as `read` has them, of an unpivoted table those of its long rows."""
    if layout.wide is None:
        yield from read(layout, chunk_rows, names)
    else:
        for frame in read(layout, chunk_rows):
            yield long_rows(frame, layout.names, layout.wide)


def _sample(layout: Layout, name: str) -> pl.Series:
    place = layout.names.index(name)
    return read_text(pl.Series([row[place] if place < len(row) else None for row in layout.sample], dtype=pl.String))
