"""The months of the history: which day belongs to which, and which of them are closed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from data.demo.columns import Ints
from data.demo.stories import HISTORY_DAYS


@dataclass(frozen=True)
class Months:
    """The months that the history from `first_day` touches; the first and the last one may be cut off.

    Days are numbers from the first day of the history.
    """

    first_day: datetime.date

    @property
    def last_day(self) -> datetime.date:
        """The newest day of the history."""
        return self.date(HISTORY_DAYS - 1)

    def date(self, day: int) -> datetime.date:
        """The calendar day of a day's number."""
        return self.first_day + datetime.timedelta(days=int(day))

    def day(self, day: datetime.date) -> int:
        """The number of a calendar day; negative before the history."""
        return (day - self.first_day).days

    @cached_property
    def firsts(self) -> tuple[datetime.date, ...]:
        """The first day of each month."""
        found = [self.first_day.replace(day=1)]
        while (following := after(found[-1])) <= self.last_day:
            found.append(following)
        return tuple(found)

    @cached_property
    def ends(self) -> Ints:
        """The number of each month's last day; the last one may lie beyond the history."""
        return np.array([self.day(after(first)) - 1 for first in self.firsts])

    @cached_property
    def of_day(self) -> Ints:
        """The month of each day of the history."""
        numbers: Ints = np.searchsorted(self.ends, np.arange(HISTORY_DAYS))
        return numbers

    @cached_property
    def ended(self) -> Ints:
        """Months that ended within the history."""
        return np.flatnonzero(self.ends < HISTORY_DAYS)

    @cached_property
    def whole(self) -> Ints:
        """Months that lie in the history as a whole."""
        begins = np.array([self.day(first) for first in self.firsts])
        return np.flatnonzero((self.ends < HISTORY_DAYS) & (begins >= 0))

    def sums(self, by_day: Ints) -> Ints:
        """Sums of the days' numbers by month, shape (months,) or (months, names)."""
        bounds = np.searchsorted(self.of_day, np.arange(len(self.firsts)))
        added: Ints = np.add.reduceat(by_day, bounds, axis=0)
        return added


def after(first: datetime.date) -> datetime.date:
    """The first day of the month after the one that begins on `first`."""
    return (first.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
