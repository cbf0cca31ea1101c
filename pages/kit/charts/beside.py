"""Columns of numbers right of rows, each below its own heading, as narrow as their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pages.kit.charts import canvas, fitting
from pages.kit.charts.palette import Palette

_GAP, _NARROWEST, _WIDEST_HEADING = 12, 28, 66
_HEADING_ROW, _HEADING_ROWS = 13, 3


@dataclass(frozen=True)
class Numbers:
    """A column: its heading (may be empty), the text of each row ("" = nothing), and whether it stands out.

    colours: of the rows, where they are not those of words.
    """

    heading: str
    texts: tuple[str, ...]
    is_strong: bool = False
    colours: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """What the column takes in CSS pixels, the gap before it included."""
        size = canvas.NORMAL if self.is_strong else canvas.SMALL
        # Bold digits are a little wider.
        numbers = max((fitting.width(text, size) * (1.06 if self.is_strong else 1) for text in self.texts), default=0)
        rows = self.heading_rows
        heading = max((fitting.width(row) for row in rows), default=0)
        return round(max(numbers, heading, _NARROWEST)) + _GAP

    @property
    def heading_rows(self) -> list[str]:
        """The heading on at most three rows."""
        return fitting.wrapped(self.heading, _WIDEST_HEADING, _HEADING_ROWS).split("<br>") if self.heading else []


def margin(columns: Sequence[Numbers]) -> int:
    """The right margin the columns need, in CSS pixels."""
    return sum(column.width for column in columns) + 4


def head_height(columns: Sequence[Numbers]) -> int:
    """The height of the headings above the rows, in CSS pixels; 0 without any."""
    rows = max((len(column.heading_rows) for column in columns), default=0)
    return _HEADING_ROW * rows + 5 if rows else 0


def words(columns: Sequence[Numbers], places: Sequence[float], theme: Palette) -> list[dict[str, Any]]:
    """The columns as annotations; places: the y of each row."""
    found: list[dict[str, Any]] = []
    shift = 0
    for column in columns:
        shift += column.width
        at = {"xref": "paper", "x": 1, "xanchor": "right", "xshift": shift, "align": "right"}
        if column.heading:
            text = "<br>".join(column.heading_rows)
            found.append(canvas.note(text, theme, y=1, yref="paper", yanchor="bottom", yshift=2, **at))
        for row, (place, text) in enumerate(zip(places, column.texts, strict=True)):
            if text:
                colour = column.colours[row] if column.colours else theme.text if column.is_strong else theme.quiet
                font = {"size": canvas.NORMAL if column.is_strong else canvas.SMALL, "color": colour}
                shown = canvas.bold(text) if column.is_strong else text
                found.append(canvas.note(shown, theme, y=place, yanchor="middle", **at, font=font))
    return found
