"""Files that we hand out: the headers of our own columns, and cells that a spreadsheet would run as a formula."""

from __future__ import annotations

import re

import polars as pl

# Our own columns stand behind the file's and begin like this in every language; reading leaves them out.
OURS = "[Sevenboard] "
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
