"""Where tables begin and end among rows: titles and comments above, the header, the data, the next table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from statistics import median

from data.ingest.headers import joined_with_above, joined_with_below
from data.ingest.layout import Layout, Limits, normal
from data.ingest.rows import DAY, Row, is_value
from data.ingest.titles import period_of
from data.ingest.wide import are_periods

LOOK_AHEAD = 50
LONGEST_PREAMBLE = 200


@dataclass(frozen=True)
class Block:
    """One table: the rows above that speak of it, its header (None where it has none) and its data.

    `first_line` is where its rows above begin, `last_line` where its data end.
    """

    above: tuple[Row, ...]
    header: Row | None
    data: tuple[Row, ...]
    first_line: int

    @property
    def last_line(self) -> int:
        """The last physical line of its data, or of its header where it has no data."""
        last = self.data[-1] if self.data else self.header
        return last.last_line if last else 0


def find_blocks(rows: Sequence[Row]) -> tuple[Block, ...]:
    """All tables among the rows, in order; none where no header with a second cell or a second row is found."""
    blocks = []
    start = 0
    while start < len(rows):
        block, start = _next_block(rows, start)
        if block is None:
            break
        blocks.append(block)
    return tuple(blocks)


def _next_block(rows: Sequence[Row], start: int) -> tuple[Block | None, int]:
    at = start
    while at < len(rows) and not _is_header_place(rows, at):
        at += 1
    if at == len(rows):
        return None, at
    has_header = not _is_headless(rows, at)
    header = rows[at] if has_header else None
    first_data = at + has_header
    if header and (joined := joined_with_below(rows, at)):
        header, first_data = joined, at + 2
    elif header and (joined := joined_with_above(rows, at, start)):
        header, at = joined, at - 1
    end = _end_of_data(rows, first_data, header)
    data = tuple(row for row in rows[first_data:end] if not row.is_blank)
    above = tuple(row for row in rows[start:at] if not row.is_blank)
    return Block(above, header, data, rows[start].line), end


def _is_header_place(rows: Sequence[Row], at: int) -> bool:
    """Whether the row is as wide as what follows, so neither blank, comment nor title."""
    row = rows[at]
    if row.is_blank or row.is_comment:
        return False
    following = [
        other.filled for other in rows[at + 1 : at + 1 + LOOK_AHEAD] if not (other.is_blank or other.is_comment)
    ]
    if not following:
        return row.filled > 1
    typical = median(following)
    if typical <= 1:
        return row.filled > 1 or (len(row.cells) == 1 and not _is_preamble(rows, at))
    return row.filled >= max(2, 0.6 * typical)


def _is_preamble(rows: Sequence[Row], at: int) -> bool:
    """Whether a wide table follows below many lines of one cell: the last rows looked at are of one width."""
    last = [row.filled for row in rows[at + 1 : at + 1 + LONGEST_PREAMBLE] if not row.is_blank][-2:]
    return len(last) > 1 and min(last) > 2


def _is_headless(rows: Sequence[Row], at: int) -> bool:
    """Whether the place of the header holds data: a day, or mostly values, in the same columns as the next row."""
    row = rows[at]
    values = [is_value(cell) for cell in row.cells]
    if _has_a_day(rows, at) or _is_said_again(rows, at):
        return True
    if sum(values) < 0.5 * row.filled or all(
        _is_year(cell) for cell, one in zip(row.cells, values, strict=True) if one
    ):
        return False
    below = next((other for other in rows[at + 1 :] if not other.is_blank), None)
    if below is None:
        return True
    if are_periods(row.cells) and not are_periods(below.cells):
        return False
    return all(is_value(cell) or not cell for cell, one in zip(below.cells, values, strict=False) if one)


def _is_said_again(rows: Sequence[Row], at: int) -> bool:
    """Whether texts of the row stand below in the same columns too, as codes and cities do and column names do not."""
    row = rows[at]
    names = [normal(cell) for cell in row.cells]
    # What stands below a gap may be another table with a column of the same name.
    near = takewhile(lambda other: not (other.is_blank or other.is_comment), rows[at + 1 : at + 1 + LOOK_AHEAD])
    below = [other.cells for other in near if [*map(normal, other.cells)] != names]
    again = [
        place
        for place, cell in enumerate(row.cells)
        if cell and not is_value(cell) and any(place < len(cells) and cells[place] == cell for cells in below)
    ]
    return len(again) >= max(1, row.filled / 3)


def _has_a_day(rows: Sequence[Row], at: int) -> bool:
    """Whether one cell (or a few, but no row of periods) is a day, like most of the cells below it; no header is named
    so."""
    row, below = rows[at], [other for other in rows[at + 1 : at + 4] if not other.is_blank]
    days = [place for place, cell in enumerate(row.cells) if DAY.fullmatch(cell)]
    if not days or not below or (are_periods(row.cells) and len(days) > 1):
        return False
    are_days = [
        bool(place < len(other.cells) and DAY.fullmatch(other.cells[place])) for place in days for other in below
    ]
    return sum(are_days) >= 0.5 * len(are_days)


def _is_year(cell: str) -> bool:
    return cell.isdigit() and len(cell) == 4 and cell[:2] in ("19", "20")


def _end_of_data(rows: Sequence[Row], first: int, header: Row | None) -> int:
    """Index of the first row that belongs to the next table; the number of rows where there is none."""
    after_gap = False
    gap_start = first
    kinds = _kinds(rows[first : first + LOOK_AHEAD])
    for at in range(first, len(rows)):
        row = rows[at]
        if row.is_blank or row.is_comment:
            gap_start = gap_start if after_gap else at
            after_gap = True
            continue
        if after_gap and header is not None:
            if _begins_table(rows, gap_start, at, header, kinds):
                return gap_start
            if row.filled == 1 and len(header.cells) > 2:
                continue
        after_gap = False
    return len(rows)


def _kinds(rows: Sequence[Row]) -> tuple[bool, ...]:
    """For each column whether it holds values only (at least one, and no text)."""
    width = max((len(row.cells) for row in rows), default=0)
    columns = [
        [row.cells[place] for row in rows if place < len(row.cells) and row.cells[place]] for place in range(width)
    ]
    return tuple(bool(cells) and sum(map(is_value, cells)) >= 0.8 * len(cells) for cells in columns)


def _begins_table(rows: Sequence[Row], gap: int, at: int, header: Row, kinds: tuple[bool, ...]) -> bool:
    row = rows[at]
    if any(is_value(cell) for cell in row.cells) or row.filled < 2 or row.filled < len([*filter(None, row.cells)]):
        return False
    if [normal(cell) for cell in row.cells] == [normal(cell) for cell in header.cells]:
        return True
    below = next((other for other in rows[at + 1 :] if not (other.is_blank or other.is_comment)), None)
    if below is None or not any(is_value(cell) for cell in below.cells):
        return False
    if any(other.is_comment for other in rows[gap:at]):
        return True
    return any(cell and is_kind for cell, is_kind in zip(row.cells, kinds, strict=False))


def as_layout(form: Layout, block: Block, is_last: bool, limits: Limits) -> Layout:
    """The layout of one table; `form` says how the file is written."""
    sample = tuple(row.cells for row in block.data[: limits.sample_rows])
    width = _width(block, form.kind)
    headers = block.header.cells[:width] if block.header else tuple(f"column_{n}" for n in range(1, width + 1))
    titles = tuple(row.title for row in block.above)
    first_data = block.header.last_line + 1 if block.header else block.data[0].line
    header_line = block.header.line if block.header else 0
    return replace(
        form,
        headers=headers,
        header_line=header_line,
        first_data_line=first_data,
        last_data_line=None if is_last else block.last_line,
        titles=titles,
        title_period=period_of(titles),
        lines_above=(header_line or first_data) - block.first_line,
        sample=sample,
        cell_characters=limits.cell_characters,
    )


def _width(block: Block, kind: str) -> int:
    """How many columns the table has: a CSV says so itself, a sheet is as wide as its widest row."""
    rows: tuple[Row, ...] = (block.header, *block.data) if block.header else block.data
    if kind == "csv":
        return len(rows[0].cells)
    return max(max((at for at, cell in enumerate(row.cells, start=1) if cell), default=0) for row in rows)
