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

_ROW, _HEAD_ROW, _NAME = 26, 24, 104
# The plot on a phone, and of it what a note may take, in CSS pixels.
_PLOT, _NOTE = 172, 96
_HALF_BAR = 0.27
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
    """Spans in order, those of one group together. marks: days to name. reason: text key when there is nothing."""

    about: Word
    spans: tuple[Span, ...]
    today: date
    marks: tuple[tuple[date, Word], ...] = ()
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
        first, last = min(*days, self.today).toordinal(), max(*days, self.today).toordinal()
        room = max(round((last - first) * 0.03), 1)
        return first - room, last + room


def figure(view: TimelineView, theme: Palette, language: Language) -> canvas.Figure | None:
    """One row a span below the name of its group; None when `view.reason` says why."""
    if view.reason or not view.spans:
        return None
    rows = list(enumerate(view.rows))
    spans = [(place, row) for place, row in rows if isinstance(row, Span)]
    first, last = view.reach
    ticks = _ticks(first, last)
    layout: dict[str, Any] = {
        "margin": {"l": 4, "r": 10, "t": 22, "b": 24},
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
            range=[len(rows) - 0.5, -0.5],
            tickvals=[place for place, _ in rows],
            ticktext=[_label(row, language) for _, row in rows],
            tickfont={"size": canvas.SMALL, "color": theme.text},
        ),
        "annotations": [*_notes(view, spans, theme, language), *_days(view, theme, language)],
        "shapes": [*(_bar(place, span, theme) for place, span in spans), *_uprights(view, theme)],
    }
    return canvas.figure([_touch(spans, theme, language)], theme, language, _ROW * len(rows) + 46, layout)


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


def _label(row: Word | Span, language: Language) -> str:
    if isinstance(row, Span):
        return fitting.label(row.name, language, _NAME)
    return canvas.bold(fitting.label(row, language, _NAME))


def _bar(place: int, span: Span, theme: Palette) -> dict[str, Any]:
    """A bar over the days of a span; of a single day a narrow one."""
    colour = theme.comparison if span.tone == "quiet" else str(getattr(theme, span.tone))
    days = {"x0": span.first.isoformat(), "x1": _at(span.last.toordinal() + 1)}
    heights = {"y0": place - _HALF_BAR, "y1": place + _HALF_BAR}
    # The line keeps a day visible on an axis of years.
    return {"type": "rect", **days, **heights, "fillcolor": colour, "line": {"width": 2, "color": colour}}


def _notes(
    view: TimelineView, spans: list[tuple[int, Span]], theme: Palette, language: Language
) -> list[dict[str, Any]]:
    """What is said of a span, on the side of its bar with more room, or in it where it fills the row."""
    first, last = view.reach
    found = []
    for place, span in spans:
        if span.note is None:
            continue
        before = (span.first.toordinal() - first) / (last - first) * _PLOT
        after = (last - span.last.toordinal()) / (last - first) * _PLOT
        inside = _PLOT - before - after
        room = max(before, after, inside) - 8
        text = canvas.plain(fitting.shorten(said(span.note, language), min(room, _NOTE), 10))
        colour = theme.quiet
        is_inside = inside - 10 > min(fitting.width(text, 10) + 6, _NOTE) and inside > max(before, after)
        if is_inside:
            at: dict[str, Any] = {"x": span.first.isoformat(), "xshift": 5}
            colour = theme.words_on(theme.comparison if span.tone == "quiet" else str(getattr(theme, span.tone)))
        elif after >= before:
            at = {"x": _at(span.last.toordinal() + 1), "xshift": 5}
        else:
            at = {"x": span.first.isoformat(), "xshift": -5, "xanchor": "right"}
        # On the ground of the chart, so that lines through all rows do not cross the words.
        ground = {} if is_inside else {"bgcolor": theme.surface, "borderpad": 1}
        font = {"size": 10, "color": colour}
        found.append(canvas.note(text, theme, y=place, yanchor="middle", **at, **ground, font=font))
    return found


def _marks(view: TimelineView, language: Language) -> list[tuple[int, str, bool]]:
    """Today and the named days, as (ordinal, words, is today); those that would cover an earlier one stay unnamed."""
    first, last = view.reach
    days = [(view.today, say("shapes.today", language), True)]
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
        (view.today, theme.text, "solid"),
        *((d, theme.comparison, "2px,3px") for d, _ in view.marks),
    ]:
        line = {"color": colour, "width": 1, "dash": dash}
        x = day.isoformat()
        found.append({"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": line})
    return found


def _touch(spans: list[tuple[int, Span]], theme: Palette, language: Language) -> dict[str, Any]:
    """Unseen marks in the middle of the bars that answer the pointer."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_at((span.first.toordinal() + span.last.toordinal() + 1) // 2) for _, span in spans],
        "y": [place for place, _ in spans],
        "marker": {"size": 22, "opacity": 0, "color": theme.data},
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
