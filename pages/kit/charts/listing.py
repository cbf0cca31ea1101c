"""A list of single cases as a table: drawn as HTML, not by Plotly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from metrics.model import Language
from pages.kit import formats
from pages.kit.charts import canvas
from pages.kit.charts.palette import Palette
from pages.kit.charts.words import Measure, Word, said
from pages.kit.text import say


@dataclass(frozen=True)
class Column:
    """A column; with a measure its cells are numbers in it."""

    name: Word
    measure: Measure | None = None


@dataclass(frozen=True)
class ListView:
    """Rows of one cell a column: words, numbers, or None = no data. more: how many further rows are not shown.

    reason: text key when there is nothing to list.
    """

    about: Word
    columns: tuple[Column, ...]
    rows: tuple[tuple[Word | float | None, ...], ...]
    more: int = 0
    reason: str | None = None


def html(view: ListView, language: Language) -> str | None:
    """The table, all words escaped; None when `view.reason` says why."""
    if view.reason or not view.rows:
        return None
    heads = "".join(
        f'<th scope="col"{_kind(column)}>{escape(said(column.name, language))}</th>' for column in view.columns
    )
    rows = "".join(_row(view, row, language) for row in view.rows)
    more = ""
    if view.more:
        sentence = say("shapes.more_rows", language, n=formats.number(view.more, language))
        more = f'<p class="more">{escape(sentence)}</p>'
    return (
        f'<div class="sb sb-listing" tabindex="0"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f"{more}</div>"
    )


def figure(view: ListView, theme: Palette, language: Language) -> canvas.Figure | None:  # noqa: ARG001
    """None: a list is `html`, no Plotly figure."""
    return None


def alt(view: ListView, language: Language) -> str:
    """What the list holds, in one sentence."""
    if view.reason or not view.rows:
        return say(view.reason or "charts.no_data", language)
    count = formats.number(len(view.rows) + view.more, language)
    return say("shapes.list_alt", language, about=said(view.about, language), n=count)


def _row(view: ListView, row: tuple[Word | float | None, ...], language: Language) -> str:
    cells = []
    for place, (column, cell) in enumerate(zip(view.columns, row, strict=True)):
        text = escape(_text(column, cell, language))
        tag = 'th scope="row"' if place == 0 else "td"
        kind = ' class="d"' if isinstance(cell, date) else _kind(column)
        cells.append(f"<{tag}{kind}>{text}</{tag.partition(' ')[0]}>")
    return f"<tr>{''.join(cells)}</tr>"


def _text(column: Column, cell: Word | float | None, language: Language) -> str:
    if cell is None:
        return formats.NOTHING
    if isinstance(cell, int | float):
        return column.measure.short(cell, language) if column.measure else formats.number(cell, language)
    return said(cell, language)


def _kind(column: Column) -> str:
    return ' class="n"' if column.measure else ""
