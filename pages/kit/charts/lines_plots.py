"""Where the plots of lines stand, how they are scaled and what names their lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from metrics.model import Language
from pages.kit.charts import fitting, spacing
from pages.kit.charts.lines_view import Line, LinesView, Panel, Role
from pages.kit.charts.palette import Palette
from pages.kit.charts.words import said
from pages.kit.text import say

NAME_WIDTH = 104
NAME_HEIGHT, _SECOND_ROW = 15, 13
# The height of a name with a value below it, and of how many lines values are told.
TWO_ROWS, _FEW = 29, 3
# Heights of a plot in CSS pixels, by how many stand below each other.
_HEIGHTS = {1: 200, 2: 130}
_LOW_PLOT, _BETWEEN, _HEAD_GAP = 104, 20, 8
# A line that stays within this part of its height is drawn from near its lowest value, not from 0.
_FLAT = 0.4
# Steps of the ramp from the lowest area on.
_SHADES = (8, 6, 5, 4, 3, 2, 1)


@dataclass(frozen=True)
class Plot:
    """A panel where it stands: its y axis, the part of the height it takes, its levels, its title and rows of its key.

    title: on one or two rows, safe to stand in a chart; empty where the panel has none.
    """

    panel: Panel
    axis: str
    bottom: float
    top: float
    height: int
    levels: tuple[float, ...]
    title: str
    key: list[list[fitting.Entry]]

    @property
    def names_ends(self) -> bool:
        """Whether lines are named where they end; else the key above names them."""
        return _is_named_at_ends(self.panel)

    @property
    def has_values(self) -> bool:
        """Whether there is room for each line's last value below its name."""
        return len(self.panel.lines) <= _FEW and self.height >= TWO_ROWS * len(self.panel.lines)

    @property
    def known(self) -> tuple[float | None, ...]:
        """At each x the highest value of the lines that the plot is about; None where all of these are missing."""
        own = [line for line in self.panel.lines if line.role in ("data", "other")]
        return _highest(own or self.panel.lines)

    @property
    def tops(self) -> tuple[float | None, ...]:
        """At each x the highest value of any line; None where all are missing."""
        return _highest(self.panel.lines)


def _highest(lines: Sequence[Line]) -> tuple[float | None, ...]:
    columns = zip(*(line.values for line in lines), strict=True)
    found = [[value for value in column if value is not None] for column in columns]
    return tuple(max(values) if values else None for values in found)


def _is_named_at_ends(panel: Panel) -> bool:
    """Lines of equal rank are named where they end; this period, its comparison and its plan in a key."""
    equals = [line for line in panel.lines if line.role == "other"]
    return len(equals) > 1 or (panel.is_area and len(panel.lines) > 1)


def plots(view: LinesView, theme: Palette, language: Language) -> tuple[list[Plot], int]:
    """The panels from above, and the height they take together in CSS pixels."""
    panels = [panel for panel in view.panels if panel.lines]
    size = _HEIGHTS.get(len(panels), _LOW_PLOT)
    keys = [
        _key(panel, place == 0 and view.forecast_from is not None, theme, language)
        for place, panel in enumerate(panels)
    ]
    titles = [
        # Bold words are a little wider.
        fitting.wrapped(said(panel.title, language), (fitting.PHONE - 56) * 0.93) if panel.title else ""
        for panel in panels
    ]
    heads = [
        fitting.KEY_ROW * ((1 + title.count("<br>") if title else 0) + len(key)) + (_HEAD_GAP if title or key else 0)
        for title, key in zip(titles, keys, strict=True)
    ]
    heights = [head + size for head in heads]
    total = sum(heights) + _BETWEEN * (len(heights) - 1)
    ends = [end + _BETWEEN * place for place, end in enumerate(accumulate(heights))]
    found = []
    for place, (panel, title, key, end) in enumerate(zip(panels, titles, keys, ends, strict=True)):
        axis = "y" if place == 0 else f"y{place + 1}"
        bottom = max(1 - end / total, 0.0)
        found.append(Plot(panel, axis, bottom, bottom + size / total, size, _levels(panel), title, key))
    return found, total


def _levels(panel: Panel) -> tuple[float, ...]:
    if panel.is_area:
        columns = zip(*(line.values for line in panel.lines), strict=True)
        shown = [sum(value for value in column if value is not None) for column in columns]
    else:
        shown = [value for line in panel.lines for value in line.values if value is not None]
    shown += [value for value in (panel.target, *(panel.band or ())) if value is not None]
    lowest, highest = min(shown, default=0.0), max(shown, default=1.0)
    is_flat = not panel.is_area and 0 < lowest < highest and highest - lowest < _FLAT * highest
    return tuple(spacing.ticks_between(lowest, highest) if is_flat else spacing.ticks(lowest, highest))


def _key(panel: Panel, has_forecast: bool, theme: Palette, language: Language) -> list[list[fitting.Entry]]:
    entries: list[fitting.Entry] = []
    # The title of a panel names a line that stands alone.
    is_told = len(panel.lines) == 1 and (panel.title is not None or panel.lines[0].role == "other")
    if not _is_named_at_ends(panel) and not is_told:
        entries = [
            (_stroke(line.role), colour(panel, place, theme), said(line.name, language))
            for place, line in enumerate(panel.lines)
        ]
    if has_forecast:
        entries.append(("╌╌", theme.data, say("shapes.forecast", language)))
    if panel.target is not None:
        amount = panel.measure.short(panel.target, language)
        entries.append(("– –", theme.plan, f"{say('charts.plan', language)} {amount}"))
    if panel.band:
        entries.append(("▒", theme.quiet, _band_words(panel, language)))
    return fitting.key_rows(entries, fitting.PHONE - 56)


def _band_words(panel: Panel, language: Language) -> str:
    low, high = panel.band or (None, None)
    written = {
        "low": panel.measure.short(low, language),
        "high": panel.measure.short(high, language),
    }
    kind = "between" if low is not None and high is not None else "at_most" if low is None else "at_least"
    return say(f"shapes.band_{kind}", language, **written)


def _stroke(role: Role) -> str:
    return {"comparison": "- - -", "plan": "– –"}.get(role, "—")


def colour(panel: Panel, place: int, theme: Palette) -> str:
    """The colour of a line by its place in the panel."""
    line = panel.lines[place]
    if panel.is_area:
        return theme.ramp[_SHADES[min(place, len(_SHADES) - 1)]]
    if line.role == "comparison":
        return theme.comparison
    if line.role == "plan":
        return theme.plan
    equals = [other for other, one in enumerate(panel.lines) if one.role == "other"]
    if line.role == "data" or len(equals) == 1:
        return theme.data
    rank = equals.index(place)
    # Where one line is what the chart is about, the others leave its colour to it.
    has_lead = any(one.role == "data" for one in panel.lines)
    if len(equals) + has_lead <= len(theme.equals):
        return theme.equals[rank + has_lead]
    if has_lead:
        return theme.comparison
    # Many lines are steps of one thing, such as cohorts: the later, the darker.
    return theme.ramp[2 + round(rank * 7 / (len(equals) - 1))]


def end_names(plot: Plot, language: Language) -> tuple[list[str], int]:
    """The names at the ends of a plot's lines, safe to stand in a chart, and the height that each takes.

    On two rows where one is too short and the plot is high enough for all of them; else cut.
    """
    least = TWO_ROWS if plot.has_values else NAME_HEIGHT
    words = [line.name for line in plot.panel.lines]
    names = fitting.row_names(words, language, NAME_WIDTH - 14)
    if not any("<br>" in name for name in names):
        return names, least
    if (least + _SECOND_ROW) * len(names) <= plot.height:
        return names, least + _SECOND_ROW
    return [fitting.label(word, language, NAME_WIDTH - 14) for word in words], least


def right(plots: Sequence[Plot], language: Language) -> int:
    """The right margin in CSS pixels: what the names at the ends of lines take."""
    ends = [
        max(
            fitting.widest_row(name),
            _value_width(plot, line, language),
        )
        for plot in plots
        if plot.names_ends
        for line, name in zip(plot.panel.lines, end_names(plot, language)[0], strict=True)
    ]
    return round(min(max(ends, default=0.0), NAME_WIDTH - 14)) + 30


def _value_width(plot: Plot, line: Line, language: Language) -> float:
    """What the last value of a line takes below its name; bold digits are a little wider."""
    if not plot.has_values:
        return 0.0
    last = next((value for value in reversed(line.values) if value is not None), None)
    return fitting.width(plot.panel.measure.short(last, language)) * 1.08 + 6
