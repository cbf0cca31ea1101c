"""Files that we hand out: the headers of our own columns, and cells that a spreadsheet would run as a formula."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import polars as pl

# Our own columns stand behind the file's and begin like this in every language; reading leaves them out.
OURS = "[Sevenboard] "
# How columns of the whole file are written, by their places: "[Sevenboard] Line (2 dmy, 3 comma)".
_MANNERS = re.compile(r"\((\d+ [a-z]+(?:, \d+ [a-z]+)*)\)\s*$")
# A spreadsheet runs what begins like this; a plain number may begin with a sign.
_FORMULA = r"(?:[=@\t\r]|[+\-](?:[^\d.,\s]|.*[^\d.,%\s]))"
# Text that has apostrophes before it gets one more, so that taking one away always gives back what was there.
_RUNS, _DISARMED = rf"^'*{_FORMULA}", rf"^'('*{_FORMULA})"


def disarmed(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would run."""
    return f"'{text}" if re.match(_RUNS, text) else text


def rearmed(text: str) -> str:
    """What `disarmed` was given."""
    return text[1:] if re.match(_DISARMED, text) else text


def rearmed_cells(frame: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """The same for all cells of these text columns."""
    return frame.with_columns(pl.col(names).str.replace(_DISARMED, "$1"))


def is_ours(header: str) -> bool:
    """Whether the header is of a column that we put behind the file's own."""
    return header.strip().startswith(OURS.strip())


def with_manners(header: str, manners: Mapping[int, str]) -> str:
    """A header of ours that also says how columns (by their places from 0) are written, which few rows may not show."""
    said = ", ".join(f"{place + 1} {manner}" for place, manner in sorted(manners.items()))
    return f"{header} ({said})" if said else header


def manners_of(headers: Sequence[str]) -> dict[int, str]:
    """What `with_manners` put into one of these headers."""
    found = next((match for header in headers if is_ours(header) and (match := _MANNERS.search(header))), None)
    parts = (part.split(" ") for part in found[1].split(", ")) if found else ()
    return {int(place) - 1: manner for place, manner in parts}
