"""A table of numbers whose cells are shaded from little to much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from metrics.model import Language
from pages.kit.charts import beside, canvas, fitting
from pages.kit.charts.palette import Palette, as_scale
from pages.kit.charts.words import Measure, Word, said, spoken
from pages.kit.text import say

_ROW, _NAME = 27, 92
_HIDDEN = "·"
_HEADING, _NARROWEST = 76, 28
# The size of a turned heading: two rows of it stand beside each other over the narrowest cells.
_TURNED = 10
# More columns than this are an axis, such as hours, of which some are labelled.
_MOST_HEADINGS = 12
# How far a turned heading of the last column leans out to the right.
_LEANING = 34
_HEAD = 22
_SCALE_HEIGHT, _NOTE_HEIGHT = 34, 18


@dataclass(frozen=True)
class HeatView:
    """One tuple of values a row, one value a column; None = no data.

    hidden: (row, column) of cells with too few cases to show. is_high_bad: shaded as a warning. row_totals: a column of
    numbers right of the rows. reason: text key when there is nothing to draw.
    """

    about: Word
    rows: tuple[Word, ...]
    columns: tuple[Word, ...]
    values: tuple[tuple[float | None, ...], ...]
    measure: Measure
    hidden: frozenset[tuple[int, int]] = frozenset()
    is_high_bad: bool = False
    row_totals: tuple[float | None, ...] = ()
    reason: str | None = None

    @property
    def known(self) -> list[tuple[float, int, int]]:
        """Every value with its row and column."""
        return [
            (value, row, column)
            for row, values in enumerate(self.values)
            for column, value in enumerate(values)
            if value is not None
        ]


def figure(view: HeatView, theme: Palette, language: Language) -> canvas.Figure | None:
    """Cells with numbers, or with a scale below where they are too narrow; None when `view.reason` says why."""
    if view.reason or not view.known:
        return None
    numbers = _totals(view, language)
    names = fitting.row_names(view.rows, language, _NAME)
    room = fitting.PHONE - max(map(fitting.widest_row, names)) - 18 - beside.margin(numbers)
    cell = room / len(view.columns)
    texts = [[_text(view, value, language) for value in row] for row in view.values]
    has_numbers = max(fitting.width(text, 10) for row in texts for text in row) <= cell - 3
    is_axis = len(view.columns) > _MOST_HEADINGS
    is_narrow = not is_axis and not all(fitting.fits(said(word, language), cell - 4) for word in view.columns)
    headings, top = _headings(view, None if is_narrow else room if is_axis else cell, language)
    labelled = fitting.labelled(headings, room) if is_axis else list(range(len(view.columns)))
    right = beside.margin(numbers) if numbers else _LEANING if is_narrow else 6
    bottom = (0 if has_numbers else _SCALE_HEIGHT) + (_NOTE_HEIGHT if view.hidden else 0) + 6
    turned: dict[str, Any] = {"autotickangles": [0, -60], "tickangle": None, "ticklabeloverflow": "allow"}
    layout: dict[str, Any] = {
        "margin": {"l": 4, "r": right, "t": _HEAD if is_narrow else top, "b": bottom},
        "xaxis": canvas.axis(
            theme,
            side="top",
            range=[-0.5, len(view.columns) - 0.5],
            tickvals=labelled,
            ticktext=[headings[place] for place in labelled],
            # A wide panel has room for headings that a phone has to turn, so Plotly chooses, and widens the margin.
            **(turned if is_narrow else {}),
            tickfont={"size": _TURNED if is_narrow else canvas.SMALL, "color": theme.quiet},
            ticklabelstandoff=2,
        ),
        "yaxis": canvas.axis(
            theme,
            range=[len(view.rows) - 0.5, -0.5],
            tickvals=list(range(len(view.rows))),
            ticktext=names,
            tickfont={"size": canvas.SMALL, "color": theme.text},
        ),
        "annotations": [
            *beside.words(numbers, list(range(len(view.rows))), theme),
            *_dots(view, theme),
            *_explanation(view, theme, language, bottom),
        ],
    }
    cells = _cells(view, texts if has_numbers else None, theme, language)
    height = fitting.row_height(names, _ROW) * len(view.rows) + top + bottom
    return canvas.figure([cells], theme, language, height, layout)


def alt(view: HeatView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason or not view.known:
        return say(view.reason or "charts.no_data", language)
    (most, high_row, high_column), (least, low_row, low_column) = max(view.known), min(view.known)
    return say(
        "shapes.heat_alt",
        language,
        about=said(view.about, language),
        most=view.measure.short(most, language),
        high_row=said(view.rows[high_row], language),
        high_column=said(view.columns[high_column], language),
        least=view.measure.short(least, language),
        low_row=said(view.rows[low_row], language),
        low_column=said(view.columns[low_column], language),
    )


def _cells(view: HeatView, texts: list[list[str]] | None, theme: Palette, language: Language) -> dict[str, Any]:
    values = [value for value, _, _ in view.known]
    low, high = min(0.0, *values), max(0.0, *values) or 1.0
    ends = [low, high]
    # A narrow range of rates, such as 96 to 99 %, would be one shade from 0 on.
    if min(values) > 0 and max(values) - min(values) < 0.5 * max(values):
        low = min(values) - (max(values) - min(values)) * 0.3
        ends = [min(values), high]
    cells: dict[str, Any] = {
        "type": "heatmap",
        "z": [list(row) for row in view.values],
        "zmin": low,
        "zmax": high,
        "xgap": 2,
        "ygap": 2,
        "colorscale": as_scale(theme.alarm if view.is_high_bad else theme.ramp),
        "showscale": texts is None,
        "hoverongaps": False,
        "hovertext": [
            [_hover(view, row, column, language) for column in range(len(view.columns))]
            for row in range(len(view.rows))
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    if texts is None:
        labels = [view.measure.short(end, language) for end in ends]
        return {**cells, "colorbar": canvas.scale_below(labels, ends, theme)}
    return {**cells, "text": texts, "texttemplate": "%{text}", "textfont": {"size": 10}}


def _headings(view: HeatView, cell: float | None, language: Language) -> tuple[list[str], int]:
    """The columns' headings and the height they take: on two rows, or turned where columns are narrow (cell None)."""
    if cell is None:
        # As narrow as two rows allow, so that a wide panel need not turn them.
        held = [said(word, language) for word in view.columns]
        room = next(
            (px for px in range(_NARROWEST, _HEADING, 4) if all(fitting.fits(text, px) for text in held)), _HEADING
        )
        turned = fitting.row_names(view.columns, language, room)
        has_two = any("<br>" in heading for heading in turned)
        return turned, round(max(map(fitting.widest_row, turned))) + (24 if has_two else 10)
    labels = [fitting.wrapped(said(word, language), cell - 4) for word in view.columns]
    return labels, _HEAD + 12 if any("<br>" in label for label in labels) else _HEAD


def _totals(view: HeatView, language: Language) -> list[beside.Numbers]:
    if not view.row_totals:
        return []
    texts = tuple(view.measure.short(value, language) for value in view.row_totals)
    return [beside.Numbers("", texts, is_strong=True)]


def _text(view: HeatView, value: float | None, language: Language) -> str:
    if value is None:
        return ""
    written = view.measure.short(value, language)
    if view.measure.unit == "percent":
        # The panel's sentence says percent once; in narrow cells each sign would cost a digit.
        return f"{value:.0f}" if abs(value) >= 10 else written.removesuffix("%").rstrip("0").rstrip(".") or "0"
    return written


def _dots(view: HeatView, theme: Palette) -> list[dict[str, Any]]:
    """A dot in each cell that is hidden, so that it does not look like one without data."""
    return [canvas.note(_HIDDEN, theme, x=column, y=row, xanchor="center") for row, column in sorted(view.hidden)]


def _explanation(view: HeatView, theme: Palette, language: Language, bottom: int) -> list[dict[str, Any]]:
    if not view.hidden:
        return []
    words = say("shapes.hidden", language)
    return [canvas.note(words, theme, x=0, y=0, xref="paper", yref="paper", yanchor="bottom", yshift=-bottom + 2)]


def _hover(view: HeatView, row: int, column: int, language: Language) -> str:
    return canvas.lines(
        canvas.bold(spoken(view.rows[row], language)),
        spoken(view.columns[column], language)
        + say("charts.colon", language)
        + view.measure.full(view.values[row][column], language),
    )
