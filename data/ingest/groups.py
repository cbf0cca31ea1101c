"""Reading for one recipe: rows that must be seen together (the lines of an order) never fall into two frames."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from data.ingest.layout import Layout
from data.ingest.read import CHUNK_ROWS, read
from data.ingest.recipe import Recipe


def read_for(layout: Layout, recipe: Recipe, chunk_rows: int = CHUNK_ROWS) -> Iterator[pl.DataFrame]:
    """The frames of `read`, cut between groups where the bound recipe needs groups whole.

    Where a group's rows stand apart in the file, the whole table is one frame: nothing less would be right.

    Raises:
        NotReadable: as `read`.
    """
    group = recipe.group()
    if group is None:
        yield from read(layout, chunk_rows)
    elif _stand_together(layout, group, chunk_rows):
        yield from _between_groups(read(layout, chunk_rows), group)
    else:
        yield pl.concat(list(read(layout, chunk_rows)))


def _stand_together(layout: Layout, group: str, chunk_rows: int) -> bool:
    """Whether each value of the header has one run of rows; True without a look where one frame holds them all."""
    runs = []
    for number, frame in enumerate(read(layout, chunk_rows, only=[group])):
        filled = frame[group].drop_nulls()
        runs.append(filled.filter(filled != filled.shift(1, fill_value="\u0000")))
        if number == 0 and frame.height < chunk_rows // 4:
            return True
    if not runs:
        return True
    ends = pl.concat(runs)
    starts = ends.filter((ends != ends.shift(1)).fill_null(True))
    return starts.n_unique() == len(starts)


def _between_groups(frames: Iterator[pl.DataFrame], group: str) -> Iterator[pl.DataFrame]:
    """The frames with the last group of each put before the next; an only frame stays whole, however its rows lie."""
    waiting: pl.DataFrame | None = None
    for frame in frames:
        if waiting is None:
            waiting = frame
            continue
        is_last = (waiting[group].forward_fill() == waiting[group].drop_nulls().tail(1)).fill_null(False)
        start = is_last.arg_true()
        cut = int(start[0]) if len(start) else waiting.height
        if cut:
            yield waiting.head(cut)
        waiting = pl.concat([waiting.slice(cut), frame])
    if waiting is not None and waiting.height:
        yield waiting
