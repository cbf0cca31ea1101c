"""A load that somebody stops leaves nothing, wherever it is."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event, Timer

import polars as pl
import pytest

from data.ingest.batch import Chunk, Origin
from data.ingest.load import load
from data.ingest.stop import Stopped, stoppable
from data.warehouse import Warehouse
from tests.data.lakes import NOW, content, order, rows

ORIGIN = Origin("f.csv", "template", "", "mei", NOW)


def test_a_load_stopped_between_two_chunks_leaves_nothing(warehouse: Warehouse) -> None:
    stop, version = Event(), warehouse.version()

    def chunks() -> Iterator[Chunk]:
        for number in (1, 2):
            frame = rows("fact_order", [order(str(number))]).with_columns(_line=pl.lit(number, pl.Int64))
            yield Chunk({"fact_order": frame}, 1)
            stop.set()

    with pytest.raises(Stopped):
        load(warehouse, ORIGIN, chunks(), stop=stop)
    assert content(warehouse, "fact_order") == []
    assert warehouse.version() == version
    assert not warehouse.connection.execute("select 1 from lake.batch").fetchall()


def test_a_statement_that_runs_is_interrupted(warehouse: Warehouse) -> None:
    """Adding up a hundred thousand million numbers takes minutes."""
    stop, cursor = Event(), warehouse.connection.cursor()
    Timer(0.1, stop.set).start()
    with pytest.raises(Stopped), stoppable(cursor, stop):
        cursor.execute("select sum(a.range * b.range) from range(1000000) a, range(100000) b")
    assert cursor.execute("select 1").fetchall() == [(1,)]


def test_who_waits_for_another_load_can_be_stopped(warehouse: Warehouse) -> None:
    stop = Event()
    other = Warehouse.open(warehouse.folder)
    frame = rows("fact_order", [order("a")]).with_columns(_line=pl.lit(1, pl.Int64))
    with other.locked():
        Timer(0.3, stop.set).start()
        with pytest.raises(Stopped):
            load(warehouse, ORIGIN, [Chunk({"fact_order": frame}, 1)], stop=stop)
    other.close()
