"""Killed at any moment, the lake has the old state or the new one, and a second run ends in the new one."""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from data.__main__ import app
from data.home import VARIABLE, Home
from data.warehouse import Warehouse
from tests.data.lakes import copy_of

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["data.__main__"])
ROWS = 20_000
SUM = "select count(*), sum(gmv_amount)::double from lake.main.fact_order"


def template_file(folder: Path, name: str, rows: int, price: int) -> Path:
    """A file in our own orders template: `rows` paid orders of one month at one price."""
    numbers = np.arange(rows)
    days = np.datetime64("2026-10-01") + (numbers % 31).astype("timedelta64[D]")
    frame = pl.DataFrame(
        {
            "order_id": pl.Series(numbers).cast(pl.String),
            "sales_channel": "own_site",
            "paid_at": pl.Series(days).cast(pl.Date).cast(pl.String) + " 12:00:00",
            "created_at": pl.Series(days).cast(pl.Date).cast(pl.String) + " 11:00:00",
            "gmv_amount": pl.Series(np.full(rows, price)).cast(pl.String),
        }
    )
    frame.write_csv(folder / name)
    return folder / name


def _run(root: str, file: str) -> None:
    os.environ[VARIABLE] = root
    with open(os.devnull, "w", encoding="utf-8") as silence:
        sys.stdout = sys.stderr = silence
        app(["ingest", file])


def ingest(home: Home, file: Path) -> ForkServerProcess:
    """The command of a nightly job, as a process of its own that has its imports behind it."""
    process = PROCESSES.Process(target=_run, args=(str(home.root), str(file)))
    process.start()
    return process


def finished(process: ForkServerProcess) -> int | None:
    """Its exit code."""
    process.join(60)
    return process.exitcode


@pytest.fixture
def home(lake_template: Path, tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    copy_of(lake_template, home.company).close()
    return home


def state(home: Home) -> tuple[int, float]:
    lake = Warehouse.open(home.company)
    count, total = lake.connection.execute(SUM).fetchall()[0]
    lake.close()
    return count, total


@pytest.mark.parametrize("kills", [4, pytest.param(20, marks=pytest.mark.slow)])
def test_a_kill_leaves_the_old_or_the_new_state_and_a_second_run_the_new(
    home: Home, tmp_path: Path, kills: int
) -> None:
    """Each round a file sets a higher price and its load is killed: the sum is never in between."""
    # The first process also starts the server that the others are forked from: the second tells how long a load is.
    assert finished(ingest(home, template_file(tmp_path, "0.csv", ROWS, 7))) == 0
    started = time.monotonic()
    assert finished(ingest(home, template_file(tmp_path, "1.csv", ROWS, 1))) == 0
    length = time.monotonic() - started
    chance = random.Random(7)
    loads, old = 2, (ROWS, float(ROWS))
    for price in range(2, kills + 2):
        file = template_file(tmp_path, f"{price}.csv", ROWS, price)
        running = ingest(home, file)
        time.sleep(chance.uniform(0.1, 1) * length)
        running.kill()
        running.join()
        new = (ROWS, float(price) * ROWS)
        found = state(home)
        assert found in (old, new)
        # Every fourth is run a second time; the others leave what the kill left to the next.
        if price % 4 == 1:
            assert finished(ingest(home, file)) == (0 if found == old else 3)
            found = state(home)
            assert found == new
        loads += found == new
        old = found
    assert old == (ROWS, (kills + 1.0) * ROWS)
    lake = Warehouse.open(home.company)
    assert lake.connection.execute("select count(*) from lake.main.batch").fetchall() == [(loads,)]
    lake.close()


def test_readers_see_the_old_or_the_new_state_while_a_file_loads(home: Home, tmp_path: Path) -> None:
    """One process loads, this one keeps asking on two threads: no error, no state in between."""
    assert finished(ingest(home, template_file(tmp_path, "old.csv", ROWS, 1))) == 0
    lake = Warehouse.open(home.company)
    engine, seen, is_over = lake.engine(), set(), threading.Event()

    def keep_asking() -> None:
        while not is_over.is_set():
            with engine.reading() as reading:
                row = reading.query("select count(*) as n, sum(gmv_amount)::double as s from lake.main.fact_order", {})
                seen.add(tuple(row.to_pylist()[0].values()))

    pool = ThreadPoolExecutor(2)
    readers = [pool.submit(keep_asking) for _ in range(2)]
    running = ingest(home, template_file(tmp_path, "new.csv", ROWS, 2))
    assert finished(running) == 0
    time.sleep(0.3)
    is_over.set()
    for reader in readers:
        reader.result()
    pool.shutdown()
    assert seen == {(ROWS, float(ROWS)), (ROWS, 2.0 * ROWS)}
