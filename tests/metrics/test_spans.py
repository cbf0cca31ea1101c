"""Sets of days."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from metrics import spans
from metrics.spans import Spans

stretches = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6).map(spans.union)


def members(found: Spans) -> set[int]:
    return {day for start, end in found for day in range(start, end)}


@given(stretches, stretches)
def test_stretches_behave_as_sets_of_days(left: Spans, right: Spans) -> None:
    assert members(spans.union((*left, *right))) == members(left) | members(right)
    assert members(spans.intersect(left, right)) == members(left) & members(right)
    assert members(spans.subtract(left, right)) == members(left) - members(right)
    assert spans.size(left) == len(members(left))


def test_touching_stretches_are_joined() -> None:
    assert spans.union([(5, 7), (1, 3), (3, 5), (9, 9)]) == ((1, 7),)
