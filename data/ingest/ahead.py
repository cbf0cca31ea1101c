"""Working ahead: the next piece is made on a thread of its own while the present one is used."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(pieces: Iterable[T]) -> Generator[T]:
    """The same pieces in the same order, one made before it is asked for; what making it raises is raised here.

    Whoever stops asking waits for the one in the making, and no more are made.
    """
    making = iter(pieces)
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as maker:
        coming = maker.submit(next, making, None)
        while (piece := coming.result()) is not None:
            coming = maker.submit(next, making, None)
            yield piece
            # Not to be held while the next is waited for.
            del piece
