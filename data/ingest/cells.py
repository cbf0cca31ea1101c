"""What may stand for a column of a contract: a header of the file, a constant, or simple arithmetic on headers.

A recipe is a set of these. They are data: written and read as YAML, never code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Find = Callable[[tuple[str, ...]], str | None]
Operation = Literal["product", "sum", "minus", "join", "first_of"]
Test = Literal["in", "not_in", "starts_with", "not_starts_with", "contains", "matches", "filled"]
KEEP = "\u0000keep"
OPERATIONS: tuple[Operation, ...] = ("product", "sum", "minus", "join", "first_of")
TESTS: tuple[Test, ...] = ("in", "not_in", "starts_with", "not_starts_with", "contains", "matches", "filled")


@dataclass(frozen=True)
class Condition:
    """A test of one cell of a row; without its header in the file it holds for every row.

    `matches` is one pattern. `filled` asks whether the cell holds something; its `values` are ("true",) or ("false",).
    """

    headers: tuple[str, ...]
    test: Test
    values: tuple[str, ...]

    def bound(self, find: Find) -> Condition | None:
        """The test on the column of the file; None where the file has none of its headers."""
        name = find(self.headers)
        return replace(self, headers=(name,)) if name else None


@dataclass(frozen=True)
class Split:
    """One part of a text that is parted by `by`: the first is 1, the last is -1; a text without it has none."""

    by: str
    part: int


@dataclass(frozen=True)
class Header:
    """A cell of the file, under the first of `names` that the file has.

    In this order: only where `when` holds (else `otherwise`); `take` keeps the first group of a pattern, `split` one
    part; `is_whole` drops a trailing `.0`; `values` and `contains` translate (`default` for the rest, KEEP leaves it);
    `prefix` and `suffix` stand around what is there. `is_filled` asks whether the cell holds something. `fill_within`
    repeats the first value of the rows that share that header's value. `known_only` drops regions that are not known.
    `multiply` and `divide` (never by 0) are for numbers.
    """

    names: tuple[str, ...]
    prefix: str = ""
    suffix: str = ""
    take: str | None = None
    split: Split | None = None
    is_whole: bool = False
    values: Mapping[str, str | None] | None = None
    contains: Mapping[str, str | None] | None = None
    default: str | None = KEEP
    is_filled: bool = False
    fill_within: tuple[str, ...] = ()
    known_only: bool = False
    multiply: Decimal | None = None
    divide: Decimal | None = None
    when: Condition | None = None
    otherwise: str | None = None

    def bound(self, find: Find) -> Header | None:
        """The same on the column of the file; None where the file has none of `names`."""
        name = find(self.names)
        if name is None:
            return None
        within = find(self.fill_within) if self.fill_within else None
        when = self.when.bound(find) if self.when else None
        return replace(self, names=(name,), fill_within=(within,) if within else (), when=when)


@dataclass(frozen=True)
class Constant:
    """The same text for every row."""

    text: str

    def bound(self, find: Find) -> Constant:  # noqa: ARG002 - every cell is bound alike
        """A constant needs nothing of the file."""
        return self


@dataclass(frozen=True)
class Combined:
    """Several cells made one: numbers multiplied, added or taken off, texts joined, or the first that is filled.

    A product needs all its cells, `minus` its first; of the others those count that the file has, but constants alone
    are not enough.
    """

    operation: Operation
    cells: tuple[Cell, ...]
    separator: str = " "

    def bound(self, find: Find) -> Combined | None:
        """The same on the file's columns; None where it needs a cell that the file does not have."""
        bound = [cell.bound(find) for cell in self.cells]
        is_lacking = (self.operation == "product" and None in bound) or (self.operation == "minus" and not bound[0])
        present = tuple(cell for cell in bound if cell is not None)
        is_hollow = None in bound and all(isinstance(cell, Constant) for cell in present)
        return None if is_lacking or is_hollow else replace(self, cells=present)


@dataclass(frozen=True)
class Share:
    """The part of a group's `amount` that falls to a row by the row's value `by`; parts add up to the amount.

    The amount of a group is the first that its rows hold. The group is all rows with the same value of `within`.
    """

    amount: Cell
    by: Cell
    within: tuple[str, ...]

    def bound(self, find: Find) -> Share | None:
        """The same on the file's columns; None where one is lacking."""
        amount, by, within = self.amount.bound(find), self.by.bound(find), find(self.within)
        return Share(amount, by, (within,)) if amount and by and within else None


@dataclass(frozen=True)
class Ordinal:
    """1, 2, … within a group of rows: one number for each different value of `of`, in the order of the file."""

    of: tuple[str, ...]
    within: tuple[str, ...]

    def bound(self, find: Find) -> Ordinal | None:
        """The same on the file's columns; None where one is lacking."""
        of, within = find(self.of), find(self.within)
        return Ordinal((of,), (within,)) if of and within else None


@dataclass(frozen=True)
class Digest:
    """A number of its own for a row that has none: of what its cells hold, and which of equal rows it is.

    So the same rows get the same numbers again, in whatever order a later file has them, and the texts are not kept.
    """

    of: tuple[tuple[str, ...], ...]

    def bound(self, find: Find) -> Digest | None:
        """The same on the file's columns; None where one is lacking."""
        found = [find(names) for names in self.of]
        return Digest(tuple((name,) for name in found if name)) if all(found) else None


Cell = Header | Constant | Combined | Share | Ordinal | Digest


def headers_of(cell: Cell) -> tuple[str, ...]:
    """The headers a cell reads, in order."""
    if isinstance(cell, Header):
        return cell.names
    if isinstance(cell, Combined):
        return tuple(name for part in cell.cells for name in headers_of(part))
    if isinstance(cell, Share):
        return (*headers_of(cell.amount), *headers_of(cell.by))
    if isinstance(cell, Digest):
        return tuple(names[0] for names in cell.of)
    return cell.of if isinstance(cell, Ordinal) else ()


def group_of(cell: Cell) -> tuple[str, ...]:
    """The header whose equal values must be read together for this cell; empty where rows stand alone."""
    if isinstance(cell, Header):
        return cell.fill_within
    if isinstance(cell, Share | Ordinal):
        return cell.within
    if isinstance(cell, Digest):
        return cell.of[0]
    if isinstance(cell, Combined):
        return next((group for part in cell.cells if (group := group_of(part))), ())
    return ()
