"""A change and a target as people say them, on cards, in lists and in packs."""

from __future__ import annotations

from typing import Protocol

from metrics.model import DisplayAs, Language, Unit
from pages.words import formats

# Beyond ten times its target a share says nothing that the light does not say.
MOST_ATTAINED = 10
_ALMOST = 0.99


class Changed(Protocol):
    """From an earlier value to this one; None where that cannot be said."""

    @property
    def absolute(self) -> float | None:
        """The difference, in the KPI's unit."""

    @property
    def relative(self) -> float | None:
        """The difference as a share of the earlier value."""

    @property
    def points(self) -> float | None:
        """The difference of rates, in percentage points."""


class Wanted(Protocol):
    """A target: a value, or a band with one or two ends."""

    @property
    def value(self) -> float | None:
        """The value, None for a band."""

    @property
    def low(self) -> float | None:
        """The band's lower end, None where it is open."""

    @property
    def high(self) -> float | None:
        """The band's upper end, None where it is open."""


def change_text(change: Changed, unit: Unit, shown_in: Unit | DisplayAs, language: Language, currency: str) -> str:
    """Points for rates, percent for the rest, else (for scores, and from nothing) the difference; '' for none."""
    if unit == "percent":
        return "" if change.points is None else formats.signed_points(change.points, language, is_short=True)
    if change.relative is not None:
        return formats.signed_share(change.relative, language)
    return "" if change.absolute is None else formats.signed(change.absolute, shown_in, language, currency)


def attained_text(attainment: float | None, language: Language) -> str:
    """The part of a target that is reached; '' where that says nothing. What falls short never reads as 100 %."""
    if attainment is None or attainment > MOST_ATTAINED:
        return ""
    return formats.share(min(attainment, _ALMOST) if attainment < 1 else attainment, language)


def target_text(target: Wanted, shown_in: Unit | DisplayAs, language: Language, currency: str) -> str:
    """A band `5 – 10`, else a value; '' where none is set. Anywhere within a band is on target, so it says more."""
    if target.value is not None and (target.low is None or target.high is None):
        return formats.short(target.value, shown_in, language, currency)
    low, high = (
        "" if limit is None else formats.short(limit, shown_in, language, currency)
        for limit in (target.low, target.high)
    )
    if not (low or high):
        return ""
    return f"{low} – {high}" if low and high else f"≥ {low}" if low else f"≤ {high}"
