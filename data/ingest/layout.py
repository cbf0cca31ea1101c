"""What a file looks like before anybody reads it: the values that go from `sniff` to `read` and `match`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from data.ingest.disarm import is_ours, rearmed
from data.ingest.script import simplified

# A day or a month above a column of a wide file has fewer digits in a row.
PERSONAL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d{9,}")

Kind = Literal["csv", "excel", "parquet"]
Grain = Literal["month", "day"]
# The columns that reading adds: the line of the record, and the text of cells beyond the last header.
LINE, MORE = "_line", "_more"


@dataclass(frozen=True)
class Limits:
    """How much of a file is looked at, and what is too much. All in bytes, columns, rows or characters."""

    whole_bytes: int = 4 * 1024 * 1024
    head_bytes: int = 1024 * 1024
    tail_bytes: int = 128 * 1024
    sheet_rows: int = 20_000
    sample_rows: int = 50
    columns: int = 2_000
    cell_characters: int = 100_000
    sheet_cells: int = 50_000_000
    members: int = 200
    unpacked_bytes: int = 4_000_000_000
    unpack_ratio: int = 200


@dataclass(frozen=True)
class PeriodHeader:
    """A column that stands for a month or a day: its name, and the first and last day; None where no year is known."""

    name: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Wide:
    """The columns of a table that are months or days, in the order of the file.

    `is_year_open` says that neither headers nor titles name the year (`1月`, `Jan`): a person must.
    """

    grain: Grain
    headers: tuple[PeriodHeader, ...]
    is_year_open: bool = False


@dataclass(frozen=True)
class Sections:
    """Rows under headings: `name` is the column that the headings become, `end` a pattern for the row that ends one.

    A heading is a row of which only the first cell holds something. The first group of `end` is the heading's name.
    """

    name: str = "section"
    end: str | None = None


@dataclass(frozen=True)
class Layout:
    """One table found in a file.

    Lines are physical and count from 1 (Excel: rows of the sheet, Parquet: row + 1). `header_line` is 0 where the
    table has no header; `last_data_line` is None where the table goes on to the end. `titles` are the lines above
    the header that say something, `lines_above` counts all of them that belong to this table (blank ones too).
    `title_period` is the first and last day that the titles name. `line_end` is "\\r" for old Mac files, "mixed" where
    a bare "\\r" ends lines beside others, else "\\n" (a bare "\\r" is then part of a cell). `cell_characters` is the
    limit for a cell.
    `member` is the name in the archive that the file is unpacked from, '' for a file of its own.
    A layout with `physical` is that of the rows which a wide table becomes (see `wide`): `wide` are the columns that
    became rows, `physical` the table as the file has it; lines and everything that tells how it is read are the same.
    With `sections` the last name is that of the column which the headings above the rows become.
    """

    path: Path
    kind: Kind
    headers: tuple[str, ...]
    header_line: int
    first_data_line: int
    last_data_line: int | None = None
    sheet: str | None = None
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str | None = '"'
    line_end: str = "\n"
    titles: tuple[str, ...] = ()
    title_period: tuple[date, date] | None = None
    lines_above: int = 0
    sample: tuple[tuple[str, ...], ...] = ()
    wide: Wide | None = None
    physical: Layout | None = None
    member: str = ""
    cell_characters: int = Limits.cell_characters
    sections: Sections | None = None

    @property
    def part(self) -> str:
        """Which part of the file it is: the member of an archive, the sheet of a workbook; '' where it is all of it."""
        return " / ".join(filter(None, (self.member, self.sheet)))

    @property
    def is_returned(self) -> bool:
        """Whether we handed it out: refused rows with their reasons behind the last column."""
        return bool(self.headers) and is_ours(self.headers[-1])

    @property
    def names(self) -> tuple[str, ...]:
        """The headers as column names of the read frames: trimmed, empty ones numbered, repeats told apart.

        Our own columns at the end of returned rows are not among them.
        """
        taken = {LINE, MORE}
        names = []
        headers = self.headers
        while headers and is_ours(headers[-1]):
            headers = headers[:-1]
        headers = (*headers, self.sections.name) if self.sections else headers
        for place, header in enumerate(headers, start=1):
            base = tidy(rearmed(header) if self.is_returned else header) or f"column_{place}"
            name, count = base, 1
            while name in taken:
                count += 1
                name = f"{base} ({count})"
            taken.add(name)
            names.append(name)
        return tuple(names)

    @property
    def known_by(self) -> tuple[str, ...]:
        """The names by which a table like this is known again: without the column that its headings become."""
        return self.names[:-1] if self.sections else self.names


def tidy(text: str) -> str:
    """A header or cell without byte order mark, surrounding blanks, `="…"` and inner line breaks."""
    bare = text.replace("\ufeff", "").strip()
    if bare.startswith('="') and bare.endswith('"'):
        bare = bare[2:-1]
    return " ".join(bare.split())


def impersonal(header: str) -> str:
    """A header as it may be kept: an e-mail address or telephone number in it becomes a star."""
    return PERSONAL.sub("*", header)


def normal(header: str) -> str:
    """A header as headers are compared: width, case, script, blanks, underscores and a closing colon do not matter.

    `Customer ID`, `customer_id` and `CustomerID` are one, and so are 订单编号 and 訂單編號.
    """
    return words(header).replace(" ", "")


def words(header: str) -> str:
    """A header as its likeness to others is measured: as `normal`, with its words apart."""
    plain = unicodedata.normalize("NFKC", tidy(impersonal(header))).casefold().replace("_", " ")
    return simplified(" ".join(plain.rstrip(":").split()))
