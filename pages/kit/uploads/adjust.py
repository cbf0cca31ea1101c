"""What may be done to a header's cells without code (a part, texts around, a second column, a factor, other values)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from data.ingest.cells import KEEP, Cell, Combined, Header, Split

Scale = Literal["multiply", "divide"]


@dataclass(frozen=True)
class Adjust:
    """Nothing by default.

    `other` is a header whose cells are joined behind, with `between` in the middle. `factor` multiplies or divides
    numbers. `values` maps texts of the file to ours, None to empty; others stay, or become
    empty where `default` is None.
    """

    split: Split | None = None
    prefix: str = ""
    suffix: str = ""
    other: str | None = None
    between: str = " "
    scale: Scale = "multiply"
    factor: Decimal | None = None
    values: Mapping[str, str | None] = field(default_factory=dict)
    default: str | None = KEEP

    @property
    def is_nothing(self) -> bool:
        """Whether the cells are read as they are."""
        return replace(self, between=" ", scale="multiply") == Adjust()


NO_CHANGE = Adjust()


def adjusted(header: str, adjust: Adjust) -> Cell:
    """The cell that reads a header so."""
    cell = Header(
        (header,),
        prefix=adjust.prefix,
        suffix=adjust.suffix,
        split=adjust.split,
        values=dict(adjust.values) if adjust.values or adjust.default != KEEP else None,
        default=adjust.default,
        multiply=adjust.factor if adjust.scale == "multiply" else None,
        divide=adjust.factor if adjust.scale == "divide" else None,
    )
    return Combined("join", (cell, Header((adjust.other,))), adjust.between) if adjust.other else cell


def adjustment(cell: Cell) -> tuple[str, Adjust] | None:
    """The header and what is done to it; None where the cell says more than can be chosen."""
    other, between = None, " "
    if isinstance(cell, Combined) and cell.operation == "join" and len(cell.cells) == 2:
        first, second = cell.cells
        if not isinstance(second, Header) or second != Header(second.names):
            return None
        between = cell.separator
        cell, other = first, second.names[0]
    if not isinstance(cell, Header) or cell.default not in (KEEP, None):
        return None
    found = Adjust(
        split=cell.split,
        prefix=cell.prefix,
        suffix=cell.suffix,
        other=other,
        between=between,
        scale="multiply" if cell.divide is None else "divide",
        factor=cell.multiply if cell.divide is None else cell.divide,
        values=dict(cell.values or {}),
        default=cell.default,
    )
    whole = adjusted(cell.names[0], replace(found, other=None))
    return (cell.names[0], found) if whole == replace(cell, names=cell.names[:1]) else None
