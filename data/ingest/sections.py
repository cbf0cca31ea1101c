"""Reports whose rows stand under headings: a row with nothing but a name, which is that of all rows below it.

A ledger names the account above its entries, a sales report the shop. The name becomes a column of its own; of a
heading within another the names of both, `Sales:Online`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from data.ingest.layout import LINE, MORE, Sections

BETWEEN = ":"
NAME, IS_END, INDENT = "name", "is_end", "indent"


def with_sections(frames: Iterator[pl.DataFrame], sections: Sections) -> Iterator[pl.DataFrame]:
    """The frames with the headings' names as a further column; null above the first heading and below an end.

    A heading that stands further in than the one before is within it, as is one that follows a heading whose end is
    still to come where the report ends its sections.
    """
    outline = _Outline(sections.end is not None)
    path = ""
    for frame in frames:
        marked = headings(frame, sections)
        paths = [outline.after(*row) for row in _read(frame.filter(marked), sections).iter_rows()]
        column = pl.repeat(None, frame.height, dtype=pl.String, eager=True).scatter(marked.arg_true(), paths)
        column = column.forward_fill().fill_null(path)
        path = column[-1] if frame.height else path
        yield frame.with_columns(column.set(column == "", None).alias(sections.name))


def headings(frame: pl.DataFrame, sections: Sections) -> pl.Series:
    """Where a row is a heading or the end of a section, and so no data (True or False)."""
    first, *others = (name for name in frame.columns if name not in (LINE, MORE, sections.name))
    is_named = pl.col(first).str.strip_chars().fill_null("") != ""
    is_alone = pl.all_horizontal(pl.col(name).str.strip_chars().fill_null("") == "" for name in (*others, MORE))
    is_end = pl.col(first).str.contains(sections.end).fill_null(False) if sections.end else pl.lit(False)
    return frame.select((is_named & (is_alone | is_end)).alias("found")).to_series()


def _read(rows: pl.DataFrame, sections: Sections) -> pl.DataFrame:
    """Of headings and ends [name, is_end, indent]."""
    text = pl.col(next(name for name in rows.columns if name not in (LINE, MORE, sections.name)))
    ended = text.str.extract(sections.end, 1) if sections.end else pl.lit(None, pl.String)
    return rows.select(
        pl.coalesce(ended, text).str.strip_chars().alias(NAME),
        ended.is_not_null().alias(IS_END),
        (text.str.len_chars() - text.str.strip_chars_start().str.len_chars()).alias(INDENT),
    )


@dataclass
class _Outline:
    """The headings that the next row stands under, the outermost first, each with how far in it stands.

    `last_ended` is what was open up to the section that ended last: an account that has entries of its own may end
    above the accounts within it.
    """

    has_ends: bool
    open: list[tuple[int, str]] = field(default_factory=list)
    last_ended: list[tuple[int, str]] = field(default_factory=list)

    def after(self, name: str, is_end: bool, indent: int) -> str:
        """The path of the rows below this heading or end; '' where they are under none."""
        if is_end:
            self._end(name)
        else:
            self._begin(name, indent)
        return BETWEEN.join(heading for _, heading in self.open)

    def _begin(self, name: str, indent: int) -> None:
        if self.last_ended and indent > self.last_ended[-1][0]:
            self.open = self.last_ended
        while self.open and (indent < self.open[-1][0] or (indent == self.open[-1][0] and not self.has_ends)):
            self.open = self.open[:-1]
        self.open = [*self.open, (indent, name)]
        self.last_ended = []

    def _end(self, name: str) -> None:
        place = next((at for at in reversed(range(len(self.open))) if self.open[at][1] == name), None)
        if place is not None:
            self.last_ended, self.open = self.open[: place + 1], self.open[:place]
