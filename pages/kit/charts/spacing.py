"""Where things stand so that they can be read: round ticks, labels that fit a phone, names that do not overlap."""

from __future__ import annotations

import math
from collections.abc import Sequence


def ticks(lowest: float, highest: float, count: int = 4) -> list[float]:
    """Round ticks from at or below the lowest value (0 where none is negative) to at or above the highest."""
    return ticks_between(min(lowest, 0.0), max(highest, 0.0), count)


def ticks_between(lowest: float, highest: float, count: int = 4) -> list[float]:
    """Round ticks from at or below the lowest value to at or above the highest, wherever 0 lies."""
    span = highest - lowest or abs(highest) or 1.0
    rough = span / count
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(size * magnitude for size in (1, 2, 2.5, 5, 10) if size * magnitude >= rough * 0.999)
    first, last = math.floor(lowest / step + 1e-9), math.ceil(highest / step - 1e-9)
    return [round(position * step, 10) for position in range(first, max(last, first + 1) + 1)]


def spread(count: int, at_most: int) -> list[int]:
    """Which of `count` positions get a label when only `at_most` fit: the last, and back from it in even steps."""
    step = max(math.ceil(count / at_most), 1)
    return list(range(count - 1, -1, -step))[::-1]


def apart(wanted: Sequence[float], least: float, highest: float) -> list[float]:
    """Rising places near the wanted ones, at least `least` between neighbours, each whole between 0 and `highest`.

    Where they do not all fit they still keep their distance, and the last ones go beyond.
    """
    # Each group of touching names stands around the middle of where its members want to be.
    groups: list[tuple[float, int]] = []
    for place in wanted:
        middle, size = _inside(place, 1, least, highest), 1
        while groups and middle - groups[-1][0] < least * (size + groups[-1][1]) / 2:
            before, members = groups.pop()
            joined = members + size
            middle, size = _inside((before * members + middle * size) / joined, joined, least, highest), joined
        groups.append((middle, size))
    return [middle + (member - (size - 1) / 2) * least for middle, size in groups for member in range(size)]


def _inside(middle: float, size: int, least: float, highest: float) -> float:
    """The middle of a group of names, moved so that the group does not leave the axis."""
    half = least * size / 2
    return max(min(middle, highest - half), half)
