"""Round ticks, labels that fit, names that do not overlap."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.kit.charts.spacing import apart, spread, ticks


@pytest.mark.parametrize(
    ("lowest", "highest", "expected"),
    [
        (3.0, 9.4, [0, 2.5, 5, 7.5, 10]),
        (0.0, 7_200_000.0, [0, 2_000_000, 4_000_000, 6_000_000, 8_000_000]),
        (-30.0, 60.0, [-50, -25, 0, 25, 50, 75]),
        (0.0, 0.0, [0, 0.25, 0.5, 0.75, 1]),
        (0.0, 4.0, [0, 1, 2, 3, 4]),
    ],
)
def test_ticks_are_round_and_hold_all_values(lowest: float, highest: float, expected: list[float]) -> None:
    found = ticks(lowest, highest)
    if highest:
        assert found == expected
    assert found[0] <= lowest
    assert found[-1] >= highest


@given(st.integers(-(10**11), 10**11), st.integers(-(10**11), 10**11))
def test_ticks_always_hold_the_values_and_are_few(one: int, other: int) -> None:
    lowest, highest = min(one, other) / 100, max(one, other) / 100
    found = ticks(lowest, highest)
    unseen = (found[1] - found[0]) * 1e-6
    assert found[0] - unseen <= min(lowest, 0)
    assert found[-1] + unseen >= max(highest, 0)
    assert 2 <= len(found) <= 7


def test_labels_step_back_from_the_last() -> None:
    assert spread(28, 5) == [3, 9, 15, 21, 27]
    assert spread(3, 5) == [0, 1, 2]
    assert spread(0, 5) == []


@given(st.lists(st.floats(0, 100), max_size=8))
def test_names_keep_their_order_and_distance_and_stay_inside(wanted: list[float]) -> None:
    found = apart(sorted(wanted), 5, 100)
    assert len(found) == len(wanted)
    assert all(above - below >= 5 - 1e-6 for below, above in pairwise(found))
    assert all(2.5 - 1e-6 <= place <= 97.5 + 1e-6 for place in found)


def test_names_that_have_room_stay_where_they_want_to_be() -> None:
    assert apart([10, 20, 60], 5, 100) == [10, 20, 60]
    assert apart([50, 50], 4, 100) == [48, 52]


def test_names_of_bands_at_the_very_bottom_rise_above_the_axis() -> None:
    assert apart([0.1, 0.2, 0.3], 10, 100) == [5, 15, 25]
