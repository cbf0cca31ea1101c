"""Spans of days by group, with today: plans, contracts, campaigns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from metrics.model import Language
from pages.kit import formats
from pages.kit.charts import canvas, fitting
from pages.kit.charts.palette import Palette
from pages.kit.charts.words import Word, said, spoken
from pages.kit.text import say

Tone = Literal["data", "quiet", "good", "warn", "bad", "plan"]

# Heights of rows and of half a bar, and the width of a name, in CSS pixels.
_ROW, _HEAD_ROW, _HALF_BAR, _NAME = 23, 20, 7, 122
# The plot on a phone, and of it what a note may take, in CSS pixels.
_PLOT, _NOTE = 154, 96
_NOTE_SIZE = 10
_MONTHS_LONG, _FEW_TICKS = 150, 3
_SAID = 4


@dataclass(frozen=True)
class Span:
    """First to last day, both included; one day is a mark. note: said beside it, so the tone never stands alone."""

    name: Word
    first: date
    last: date
    group: Word
    tone: Tone
    note: Word | None = None


@dataclass(frozen=True)
class TimelineView:
    """Spans in order, those of one group together. today: None where it lies far from all of them. marks: days to name.

    more: how many further spans are not drawn.

    reason: text key when there is nothing.
    """

    about: Word
    spans: tuple[Span, ...]
    today: date | None
    marks: tuple[tuple[date, Word], ...] = ()
    more: int = 0
    reason: str | None = None

    @property
    def rows(self) -> list[Word | Span]:
        """From above: each group's name, below it its spans; one group alone is not named."""
        groups = list(dict.fromkeys(span.group for span in self.spans))
        if len(groups) == 1:
            return list(self.spans)
        return [row for group in groups for row in (group, *(span for span in self.spans if span.group == group))]

    @property
    def reach(self) -> tuple[int, int]:
        """The ordinals of the first and last day shown, with today between them."""
        days = [day for span in self.spans for day in (span.first, span.last)]
        days += [self.today] if self.today else []
        first, last = min(days).toordinal(), max(days).toordinal()
        room = max(round((last - first) * 0.03), 1)
        return first - room, last + room


@dataclass(frozen=True)
class _Row:
    """A row where it stands: its middle and height in CSS pixels from above, its label; span None: a group's name."""

    middle: float
    height: int
    label: str
    span: Span | None
    note: _Note | None


@dataclass(frozen=True)
class _Note:
    """What is said of a span: on one or two rows, safe to stand in a chart, and on which side of its bar."""

    text: str
    side: Literal["before", "inside", "after"]


def figure(view: TimelineView, theme: Palette, language: Language) -> canvas.Figure | None:
    """One row a span below the name of its group; None when `view.reason` says why."""
    if view.reason or not view.spans:
        return None
    rows = _rows(view, language)
    first, last = view.reach
    ticks = _ticks(first, last)
    height = sum(row.height for row in rows)
    bottom = 24 + (16 if view.more else 0)
    layout: dict[str, Any] = {
        "margin": {"l": 4, "r": 10, "t": 22, "b": bottom},
        "xaxis": canvas.axis(
            theme,
            has_grid=True,
            type="date",
            range=[_at(first), _at(last + 1)],
            tickvals=[day.isoformat() for day in ticks],
            ticktext=[_tick(day, first, last, language) for day in ticks],
        ),
        "yaxis": canvas.axis(
            theme,
            range=[height, 0],
            tickvals=[row.middle for row in rows],
            ticktext=[row.label for row in rows],
            tickfont={"size": canvas.SMALL, "color": theme.text},
        ),
        "annotations": [
            *_notes(rows, theme),
            *_days(view, theme, language),
            *_further(view, theme, language, bottom),
        ],
        "shapes": [*(_bar(row.middle, row.span, theme) for row in rows if row.span), *_uprights(view, theme)],
    }
    return canvas.figure([_touch(rows, theme, language)], theme, language, height + 22 + bottom, layout)


def alt(view: TimelineView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason or not view.spans:
        return say(view.reason or "charts.no_data", language)
    parts = [
        say(
            "shapes.span",
            language,
            name=said(span.name, language),
            days=formats.day_range(span.first, span.last, language),
        )
        + (f" ({said(span.note, language)})" if span.note else "")
        for span in view.spans[:_SAID]
    ]
    more = len(view.spans) - len(parts)
    return say(
        "shapes.bars_alt_more" if more else "shapes.bars_alt",
        language,
        about=said(view.about, language),
        parts=say("charts.semicolon", language).join(parts),
        more=more,
    )


def _at(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _ticks(first: int, last: int) -> list[date]:
    """A few days at even steps; on long axes the first days of months."""
    if last - first < _MONTHS_LONG:
        return [date.fromordinal(first + round((last - first) * part / _FEW_TICKS)) for part in range(1, _FEW_TICKS)]
    months = (last - first) // 30
    step = max(1, round(months / _FEW_TICKS))
    start = date.fromordinal(first)
    counts = range(start.year * 12 + start.month, start.year * 12 + start.month + months + 1)
    found = [date(count // 12, count % 12 + 1, 1) for count in counts if count % step == 0]
    return [day for day in found if first <= day.toordinal() <= last]


def _tick(day: date, first: int, last: int, language: Language) -> str:
    return formats.day(day, language) if last - first < _MONTHS_LONG else formats.month(day, language)


def _rows(view: TimelineView, language: Language) -> list[_Row]:
    """The rows from above, each as high as its words."""
    found: list[_Row] = []
    above = 0
    for row in view.rows:
        if isinstance(row, Span):
            note = _note(view, row, language)
            label = fitting.wrapped(said(row.name, language), _NAME)
            height = fitting.row_height([label, note.text if note else ""], _ROW)
            found.append(_Row(above + height / 2, height, label, row, note))
        else:
            # A little nearer to the spans it names than to those above.
            label = fitting.wrapped(said(row, language), _NAME * 0.93)
            words = fitting.row_height([label], _HEAD_ROW)
            height = words + (4 if found else 0)
            found.append(_Row(above + height - words / 2, height, canvas.bold(label), None, None))
        above += height
    return found


def _bar(middle: float, span: Span, theme: Palette) -> dict[str, Any]:
    """A bar over the days of a span; of a single day a narrow one."""
    colour = _colour(span, theme)
    days = {"x0": span.first.isoformat(), "x1": _at(span.last.toordinal() + 1)}
    heights = {"y0": middle - _HALF_BAR, "y1": middle + _HALF_BAR}
    # The line keeps a day visible on an axis of years.
    return {"type": "rect", **days, **heights, "fillcolor": colour, "line": {"width": 2, "color": colour}}


def _colour(span: Span, theme: Palette) -> str:
    return theme.comparison if span.tone == "quiet" else str(getattr(theme, span.tone))


def _note(view: TimelineView, span: Span, language: Language) -> _Note | None:
    """What is said of a span, on the side of its bar with more room, or in it where it fills the row."""
    if span.note is None:
        return None
    first, last = view.reach
    before = (span.first.toordinal() - first) / (last - first) * _PLOT
    after = (last - span.last.toordinal()) / (last - first) * _PLOT
    inside = _PLOT - before - after
    words = said(span.note, language)
    if inside > max(before, after) and inside - 10 > min(fitting.width(words, _NOTE_SIZE) + 6, _NOTE):
        return _Note(canvas.plain(fitting.shorten(words, inside - 8, _NOTE_SIZE)), "inside")
    room = min(max(before, after) - 8, _NOTE)
    return _Note(fitting.wrapped(words, room, size=_NOTE_SIZE), "after" if after >= before else "before")


def _notes(rows: list[_Row], theme: Palette) -> list[dict[str, Any]]:
    found = []
    for row in rows:
        span, note = row.span, row.note
        if span is None or note is None:
            continue
        colour = theme.quiet
        # On the ground of the chart, so that lines through all rows do not cross the words.
        ground: dict[str, Any] = {"bgcolor": theme.surface, "borderpad": 1}
        if note.side == "inside":
            at: dict[str, Any] = {"x": span.first.isoformat(), "xshift": 5}
            colour, ground = theme.words_on(_colour(span, theme)), {}
        elif note.side == "after":
            at = {"x": _at(span.last.toordinal() + 1), "xshift": 5}
        else:
            at = {"x": span.first.isoformat(), "xshift": -5, "xanchor": "right", "align": "right"}
        font = {"size": _NOTE_SIZE, "color": colour}
        found.append(canvas.note(note.text, theme, y=row.middle, yanchor="middle", **at, **ground, font=font))
    return found


def _further(view: TimelineView, theme: Palette, language: Language, bottom: int) -> list[dict[str, Any]]:
    """Says how many spans are not drawn."""
    if not view.more:
        return []
    words = say("shapes.more_spans", language, n=formats.number(view.more, language))
    return [canvas.note(words, theme, x=0, xref="paper", y=0, yref="paper", yanchor="bottom", yshift=-bottom + 2)]


def _marks(view: TimelineView, language: Language) -> list[tuple[int, str, bool]]:
    """Today and the named days, as (ordinal, words, is today); those that would cover an earlier one stay unnamed."""
    first, last = view.reach
    days = [(view.today, say("shapes.today", language), True)] if view.today else []
    days += [
        (day, fitting.label(name, language, _NOTE), False)
        for day, name in view.marks
        if first <= day.toordinal() <= last
    ]
    found: list[tuple[int, str, bool]] = []
    taken: list[tuple[float, float]] = []
    for day, text, is_today in days:
        middle = (day.toordinal() - first) / (last - first) * _PLOT
        half = fitting.width(text) / 2 + 4
        is_free = all(middle + half <= start or middle - half >= end for start, end in taken)
        found.append((day.toordinal(), text if is_free else "", is_today))
        if is_free:
            taken.append((middle - half, middle + half))
    return found


def _days(view: TimelineView, theme: Palette, language: Language) -> list[dict[str, Any]]:
    return [
        canvas.note(
            canvas.bold(text) if is_today else text,
            theme,
            x=_at(day),
            xanchor="center",
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=2,
            font={"size": canvas.SMALL, "color": theme.text if is_today else theme.quiet},
        )
        for day, text, is_today in _marks(view, language)
        if text
    ]


def _uprights(view: TimelineView, theme: Palette) -> list[dict[str, Any]]:
    found = []
    for day, colour, dash in [
        *([(view.today, theme.text, "solid")] if view.today else []),
        *((d, theme.comparison, "2px,3px") for d, _ in view.marks),
    ]:
        line = {"color": colour, "width": 1, "dash": dash}
        x = day.isoformat()
        found.append({"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": line})
    return found


def _touch(rows: list[_Row], theme: Palette, language: Language) -> dict[str, Any]:
    """Unseen marks in the middle of the bars that answer the pointer."""
    spans = [(row.middle, row.span) for row in rows if row.span]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_at((span.first.toordinal() + span.last.toordinal() + 1) // 2) for _, span in spans],
        "y": [middle for middle, _ in spans],
        "marker": {"size": _ROW, "opacity": 0, "color": theme.data},
        "hovertext": [_hover(span, language) for _, span in spans],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _hover(span: Span, language: Language) -> str:
    return canvas.lines(
        canvas.bold(spoken(span.name, language)),
        spoken(span.group, language),
        formats.day_range(span.first, span.last, language),
        spoken(span.note, language) if span.note else None,
    )
