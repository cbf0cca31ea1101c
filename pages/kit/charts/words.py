"""Words of a chart before a language is chosen: names, coded values, sentences, days and amounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from metrics.model import DisplayAs, Language, Text, Unit
from metrics.periods import Grain
from metrics.views.rest import REST
from pages.kit import formats, names
from pages.kit.charts import canvas, moments
from pages.kit.text import say


@dataclass(frozen=True)
class Measure:
    """What numbers are counted in, as `Kpi.shown_in` says it. currency: ISO code, needed for money only."""

    unit: Unit | DisplayAs
    currency: str = ""

    def short(self, value: formats.Number, language: Language) -> str:
        """A value as labels write it (`¥1.2M`); "–" for None."""
        return formats.short(value, self.unit, language, self.currency)

    def full(self, value: formats.Number, language: Language) -> str:
        """A value with every digit that carries meaning, as hover texts and tables write it; "–" for None."""
        return formats.full(value, self.unit, language, self.currency)

    def axis(self, values: list[float], language: Language) -> list[str]:
        """Labels of one axis, all in the scale of its largest tick."""
        return formats.axis(values, self.unit, language, self.currency)


@dataclass(frozen=True)
class Coded:
    """A coded value of a dimension; code None: not known. The rest of a list is the code `(other)`."""

    dimension: str
    code: str | None


@dataclass(frozen=True)
class Moment:
    """A bucket of time by its first day, said as its grain asks: a month, a week from a day, or a day."""

    day: date
    grain: Grain


@dataclass(frozen=True)
class NearDay:
    """A day near today, said without its year."""

    day: date


@dataclass(frozen=True)
class Amount:
    """A number with what it is counted in; value None: no data, said as "–"."""

    value: float | None
    measure: Measure


@dataclass(frozen=True)
class Said:
    """A sentence of `pages/kit/text` by its key; its values may be words, and numbers are written as people do."""

    key: str
    values: tuple[tuple[str, object], ...] = ()


# A text is a free value as files bring it; a date is said with its year.
Word = Text | Coded | Said | Moment | NearDay | Amount | date | str


def spoken(word: Word, language: Language) -> str:
    """A word in one language, safe to stand in a chart, where `<` would begin a tag. Raises KeyError: unknown key."""
    return canvas.plain(said(word, language))


def said(word: Word, language: Language) -> str:
    """A word in one language as plain text, for alternative texts. Raises KeyError for a `Said` of an unknown key."""
    match word:
        case Text():
            return word.say(language)
        case Coded():
            other = word.code == REST
            return say("shapes.rest", language) if other else names.value(word.dimension, word.code, language)
        case Said():
            return say(word.key, language, **{name: _filled(value, language) for name, value in word.values})
        case Moment():
            return moments.when(word.day, word.grain, language)
        case NearDay():
            return formats.day(word.day, language)
        case Amount():
            return word.measure.short(word.value, language)
        case date():
            return formats.full_day(word, language)
        case _:
            return word


def _filled(value: object, language: Language) -> object:
    if isinstance(value, Text | Coded | Said | Moment | NearDay | Amount | date):
        return said(value, language)
    return formats.number(value, language) if isinstance(value, int | float) else value
