"""Headers of two rows: a group above its columns (merged cells in a sheet), made one row of names."""

from __future__ import annotations

from collections.abc import Sequence

from data.ingest.rows import Row, is_value
from data.ingest.values import EMPTY_VALUE


def joined_with_below(rows: Sequence[Row], at: int) -> Row | None:
    """The header that the row and the one below make together; None where the row below is data.

    Together they name every column, the upper one leaves some open (merged cells) or repeats a group, the lower one
    holds no value, and a row of values follows in a column that the lower one names.
    """
    if at + 2 >= len(rows):
        return None
    upper, lower, data = rows[at], rows[at + 1], rows[at + 2]
    width = len(upper.cells)
    if lower.line != upper.last_line + 1 or len(lower.cells) != width or data.is_blank or lower.is_blank:
        return None
    columns = list(zip(upper.cells, lower.cells, strict=True))
    is_grouped = any(not above and below for above, below in columns)
    are_named = all(above or below for above, below in columns)
    names = [below for _, below in columns if below]
    are_names = len(names) > 1 and not any(is_value(name) or name.lower() in EMPTY_VALUE for name in names)
    begins = bool(columns[0][0])
    follow = any(below and is_value(cell) for (_, below), cell in zip(columns, data.cells, strict=False))
    if not (is_grouped and are_named and are_names and begins and follow):
        return None
    # Where the lower row names a column without a group of its own, the column above it is part of the group.
    return _joined(upper, lower)


def joined_with_above(rows: Sequence[Row], at: int, start: int) -> Row | None:
    """The header with the groups above it; None where its names are clear by themselves or no groups stand there."""
    lower = rows[at]
    named = [cell for cell in lower.cells if cell]
    if at == start or len(set(named)) == len(named):
        return None
    upper = rows[at - 1]
    is_group = upper.filled >= 2 and not upper.is_comment and upper.last_line + 1 == lower.line
    if not is_group or any(is_value(cell) for cell in upper.cells):
        return None
    return _joined(upper, lower)


def _joined(upper: Row, lower: Row) -> Row:
    names, group = list[str](), ""
    for at, below in enumerate(lower.cells):
        above = upper.cells[at] if at < len(upper.cells) else ""
        group = above or group
        if not below or below == group:
            names.append(above or below)
        else:
            names.append(f"{group} {below}".strip())
    return Row(upper.line, lower.last_line, tuple(names))
