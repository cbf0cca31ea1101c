"""Sets of days as sorted, disjoint, half-open stretches of day numbers (`date.toordinal`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

Span = tuple[int, int]
Spans = tuple[Span, ...]


def days(first: date, last: date) -> Span:
    """The stretch from the first to the last day, both included."""
    return first.toordinal(), last.toordinal() + 1


def union(spans: Iterable[Span]) -> Spans:
    """All days of the stretches, touching ones joined."""
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def intersect(left: Spans, right: Spans) -> Spans:
    """The days that are in both."""
    common = ((max(a, c), min(b, d)) for a, b in left for c, d in right)
    return union(common)


def subtract(left: Spans, right: Spans) -> Spans:
    """The days of the left that are not in the right."""
    rest = list(left)
    for start, end in right:
        rest = [piece for a, b in rest for piece in ((a, min(b, start)), (max(a, end), b)) if piece[0] < piece[1]]
    return union(rest)


def size(spans: Spans) -> int:
    """How many days."""
    return sum(end - start for start, end in spans)
