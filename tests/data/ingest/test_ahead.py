"""Working ahead keeps the order, raises what was raised, and stops when nobody asks any more."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from data.ingest.ahead import ahead


def test_pieces_come_in_order_and_an_error_after_those_before_it() -> None:
    def pieces() -> Iterator[int]:
        yield from (1, 2, 3)
        raise ValueError("the fourth")

    reading = ahead(pieces())
    assert [next(reading) for _ in range(3)] == [1, 2, 3]
    with pytest.raises(ValueError, match="the fourth"):
        next(reading)


def test_one_piece_is_made_before_it_is_asked_for_and_none_after_the_reader_has_left() -> None:
    made: list[int] = []
    is_second_made = threading.Event()

    def pieces() -> Iterator[int]:
        for number in range(1, 9):
            made.append(number)
            if number == 2:
                is_second_made.set()
            yield number

    reading = ahead(pieces())
    assert next(reading) == 1
    assert is_second_made.wait(10)
    reading.close()
    assert made == [1, 2]
