"""What bars are made of before they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from metrics.model import Language
from metrics.periods import Grain
from pages.kit import formats
from pages.kit.charts import canvas
from pages.kit.charts.palette import Palette
from pages.kit.charts.words import Measure, Moment, Word, spoken
from pages.kit.text import say

Tone = Literal["data", "comparison", "plan", "good", "warn", "bad", "step"]
Mode = Literal["stacked", "share", "grouped", "bullet"]
# Steps of the ramp, by how many series share it, from the first on.
_SHADES = (7, 5, 3, 2, 8, 4, 1)


@dataclass(frozen=True)
class Series:
    """One value a category, None = no data. tone "step": the ramp in the order of the series."""

    name: Word
    values: tuple[float | None, ...]
    tone: Tone = "step"


@dataclass(frozen=True)
class Side:
    """A column of numbers right of the rows, one a category, None = no data."""

    name: Word
    values: tuple[float | None, ...]
    measure: Measure


@dataclass(frozen=True)
class BarsView:
    """Bars of one measure by category.

    mode: "stacked" adds up; "share" stacks each category to 100 %; "grouped" side by side; "bullet": the first series
    is the actual bar, the second the plan's mark, further ones ticks. is_vertical: columns side by side, for
    categories that are days of this `grain`. target: a line through all. totals: what a stack adds up to where that is
    not the sum. reason: text key when there is nothing to draw.
    """

    about: Word
    categories: tuple[Word, ...]
    series: tuple[Series, ...]
    measure: Measure
    mode: Mode
    side: tuple[Side, ...] = ()
    is_vertical: bool = False
    target: float | None = None
    totals: tuple[float | None, ...] = ()
    reason: str | None = None
    grain: Grain | None = None

    @property
    def has_values(self) -> bool:
        """Whether any series has a value at all."""
        return any(value is not None for one in self.series for value in one.values)

    @property
    def sums(self) -> tuple[float | None, ...]:
        """What each category adds up to (the first series, where series do not add up); None = nothing is known."""
        if self.mode in ("grouped", "bullet"):
            return self.series[0].values
        columns = zip(*(one.values for one in self.series), strict=True)
        known = [[value for value in column if value is not None] for column in columns]
        return tuple(sum(column) if column else None for column in known)

    @property
    def heights(self) -> tuple[float, ...]:
        """Every value that a bar or a mark reaches; of a stack also the sums above and below 0."""
        shown = [value for one in self.series for value in one.values if value is not None]
        if self.mode == "stacked":
            for column in zip(*(one.values for one in self.series), strict=True):
                known = [value for value in column if value is not None]
                shown += [sum(value for value in known if value > 0), sum(value for value in known if value < 0)]
        return tuple(shown)

    def moment(self, place: int) -> Word:
        """A category as a word; a day as its grain says it."""
        word = self.categories[place]
        return Moment(word, self.grain) if isinstance(word, date) and self.grain else word

    def parts(self, one: Series) -> tuple[float | None, ...]:
        """The values of a series as they are drawn: as parts of their category (0 to 1) where shares are."""
        if self.mode != "share":
            return one.values
        return tuple(
            None if value is None else value / total if total else 0.0
            for value, total in zip(one.values, self.sums, strict=True)
        )

    def shade(self, place: int, theme: Palette) -> str:
        """The colour of a series by its place."""
        tone = self.series[place].tone
        if tone != "step":
            return str(getattr(theme, tone))
        steps = [other for other, one in enumerate(self.series) if one.tone == "step"]
        if len(steps) == 1 or self.mode == "bullet":
            return theme.data
        rank = steps.index(place)
        if len(steps) <= len(_SHADES):
            return theme.ramp[sorted(_SHADES[: len(steps)], reverse=True)[rank]]
        return theme.ramp[8 - round(rank * 7 / (len(steps) - 1))]

    def hover(self, place: int, language: Language) -> str:
        """Everything that is known of a category, as a hover text."""
        colon = say("charts.colon", language)
        rows = [canvas.bold(spoken(self.moment(place), language))]
        for one in self.series:
            value = one.values[place]
            written = say("charts.gap", language) if value is None else self.measure.full(value, language)
            part = self.parts(one)[place] if self.mode == "share" else None
            beside = "" if part is None else f" ({formats.share(part, language)})"
            rows.append(f"{spoken(one.name, language)}{colon}{written}{beside}")
        total = self.totals[place] if self.totals else self.sums[place] if self.mode == "stacked" else None
        if total is not None and len(self.series) > 1:
            rows.append(say("shapes.total", language) + colon + self.measure.full(total, language))
        if self.target is not None:
            rows.append(say("charts.plan", language) + colon + self.measure.full(self.target, language))
        rows += [
            f"{spoken(column.name, language)}{colon}{column.measure.full(column.values[place], language)}"
            for column in self.side
        ]
        return canvas.lines(*rows)
