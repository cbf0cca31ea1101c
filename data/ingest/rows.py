"""The first rows of a file as lists of cells with their lines: what the search for tables looks at."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from data.ingest.layout import tidy
from data.ingest.refusals import WrongDelimiter

# Cells are held against the limit of the settings; this one only bounds what a stray quotation mark swallows.
csv.field_size_limit(16 * 1024 * 1024)
MIXED = "mixed"
DELIMITERS = (",", "\t", ";", "|")
COMMENT = re.compile(r"#(\s|-|$)")
NUMBER = re.compile(r"[-+(]?[^\w\s]{0,2}\s?\d[\d,.\s]*(e[-+]?\d+)?\s?[%)万亿萬億]?-?", re.IGNORECASE)
DAY = re.compile(r"\d{1,4}([-/.年])\d{1,2}([-/.月])\d{1,4}日?([ T].*)?|\d{1,2}-[A-Za-z]{3}-\d{2,4}")


@dataclass(frozen=True)
class Row:
    """One record: the physical line it starts on (from 1), the line it ends on, and its tidied cells."""

    line: int
    last_line: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(map(bool, self.cells))

    @property
    def is_blank(self) -> bool:
        """Nothing in it."""
        return not any(self.cells)

    @property
    def is_comment(self) -> bool:
        """A `# …` line; `#1001` is a cell."""
        return bool(COMMENT.match(self.cells[0])) and self.filled <= 2 if self.cells else False

    @property
    def title(self) -> str:
        """The row as one line of text."""
        return " ".join(filter(None, self.cells))


def is_value(cell: str) -> bool:
    """Whether the cell is a number or a day, as cells of data are and column names are not."""
    return bool(NUMBER.fullmatch(cell) or DAY.fullmatch(cell))


def text_rows(text: str, delimiter: str) -> Iterator[Row]:
    """The records of a text whose line ends are all "\\n"; a stray quote makes a long record, not an error."""
    # str.splitlines would also split at form feeds and other characters that stand inside cells.
    lines = [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
    reader = csv.reader(lines, delimiter=delimiter)
    before = 0
    for cells in reader:
        yield Row(before + 1, reader.line_num, tuple(tidy(cell) for cell in cells))
        before = reader.line_num


def sheet_rows(cells: Iterable[tuple[str | None, ...]]) -> Iterator[Row]:
    """The rows of a sheet."""
    for line, row in enumerate(cells, start=1):
        yield Row(line, line, tuple(tidy(cell or "") for cell in row))


def line_end_of(text: str) -> str:
    """What ends the lines of a text: "\\n" (also "\\r\\n"), "\\r", or MIXED where bare "\\r" end lines beside others.

    A bare "\\r" among line feeds may also stand inside a cell: it ends lines where all lines then part into equally
    many cells, and do not so long as it does not.
    """
    if "\n" not in text:
        return "\r"
    lines = text.replace("\r\n", "\n")
    if "\r" not in lines:
        return "\n"
    ended = lines.replace("\r", "\n")
    delimiter = delimiter_of(ended)
    with_ends, without = _widths(ended, delimiter), _widths(lines.replace("\r", " "), delimiter)
    # Both are even where two kinds of line ends alternate: then it is records of more than one cell that are parted.
    is_parted = len(with_ends) == 1 and with_ends != without and min(with_ends) > 1
    return MIXED if len(with_ends) < len(without) or is_parted else "\n"


def _widths(text: str, delimiter: str) -> set[int]:
    """The different numbers of cells that the first lines have."""
    try:
        return {len(row.cells) for row in text_rows("\n".join(text.split("\n")[:400]), delimiter) if not row.is_blank}
    except csv.Error:
        return set(range(len(text)))


def known_delimiter(given: str) -> str:
    """The delimiter that a person gave; `tab` and `\\t` are the tab.

    Raises:
        WrongDelimiter: it cannot part cells.
    """
    delimiter = {"tab": "\t", "\\t": "\t"}.get(given.strip().casefold(), given)
    if len(delimiter) != 1 or not delimiter.isascii() or delimiter.isalnum() or delimiter in "\"'\r\n\0":
        raise WrongDelimiter(delimiter=given)
    return delimiter


def delimiter_of(text: str) -> str:
    """The character that splits most lines into the same number of cells, more than one; a comma otherwise."""
    lines = "\n".join(text.split("\n")[:400])
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            widths = Counter(len(row.cells) for row in text_rows(lines, delimiter) if not row.is_blank)
        except csv.Error:
            continue
        wide = {width: count for width, count in widths.items() if width > 1}
        if not wide:
            continue
        width, count = max(wide.items(), key=lambda item: item[1] * item[0])
        score = count / widths.total() * min(width, 12) ** 0.5
        if score > best_score:
            best, best_score = delimiter, score
    return best
