"""How a chart names a bucket of time: a day, a week by its first day, or a month."""

from __future__ import annotations

from datetime import date

from metrics.model import Language
from metrics.periods import Grain
from pages.kit import formats
from pages.kit.text import say


def when(day: date, grain: Grain, language: Language) -> str:
    """A bucket of time as a hover text names it; day: its first."""
    if grain == "month":
        return formats.month(day, language)
    if grain == "week":
        return say("charts.week_from", language, day=formats.full_day(day, language))
    return f"{formats.full_day(day, language)} {formats.weekday(day.isoweekday(), language)}"


def tick(day: date, grain: Grain, language: Language) -> str:
    """A bucket of time as an axis names it; day: its first."""
    if grain != "month":
        return formats.day(day, language)
    # Two digits of the year are usual in Chinese and leave room for more labels; in English they would read as a day.
    return formats.month(day, language) if language == "en" else formats.short_month(day, language)
