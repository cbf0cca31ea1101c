"""A large CSV through the whole way of a file, against Polars reading it with types; and readers meanwhile."""

from __future__ import annotations

import multiprocessing
import shutil
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from data.home import Home
from data.ingest import load
from data.ingest.pipeline import Desk, Progress, bring, prepare
from data.installation import Installation
from data.warehouse import Warehouse
from tests.bench.timing import Pair, seconds

PROCESSES = multiprocessing.get_context("spawn")
TYPES = {
    "order_id": pl.String,
    "sales_channel": pl.String,
    "customer_id": pl.String,
    "created_at": pl.Datetime("us"),
    "paid_at": pl.Datetime("us"),
    "region": pl.String,
    "gmv_amount": pl.Decimal(18, 4),
}


@dataclass(frozen=True)
class Brought:
    """One file through the whole way: all seconds, those of the derived columns among them, the peak memory, how often
    progress was told, and the processor's seconds (all threads, derived columns too)."""

    whole: float
    derived: float
    peak_gb: float
    reports: int
    processor: float

    @property
    def rows(self) -> float:
        """The seconds without the derived columns."""
        return self.whole - self.derived


@dataclass(frozen=True)
class Way:
    """The seconds of both ways (ours without derived columns), the file's size, and how ours went in the median."""

    pair: Pair
    megabytes: float
    ours: Brought


@dataclass(frozen=True)
class Waits:
    """What a reader met while a file was loaded."""

    asked: int
    longest: float
    p95: float
    failed: int


def file_way(folder: Path, rows: int, turns: int = 3) -> Way:
    """Both ways by turns in processes of their own, so that neither warms the other."""
    file = _orders_file(folder, rows)
    theirs, ours = [], []
    for turn in range(turns):
        root = folder / f"way{turn}"
        theirs.append(float(_asked(_typed_read, file, "")))
        ours.append(Brought(*_asked(bring_timed, file, str(root))))
        shutil.rmtree(root)
    middle = sorted(ours, key=lambda one: one.rows)[turns // 2]
    return Way(Pair(middle.rows, statistics.median(theirs)), file.stat().st_size / 1e6, middle)


def readers_while_loading(folder: Path, rows: int) -> Waits:
    """Ask the lake without pause while another process loads a file into it."""
    home = Home(folder / "readers")
    lake = Warehouse.open(home.company)
    loader = PROCESSES.Process(target=_load_only, args=(str(_orders_file(folder, rows)), str(home.root)))
    loader.start()
    sql = "select region, sum(gmv_amount) from lake.main.fact_order group by 1"
    waits = seconds_of_reading(lake, loader, sql)
    loader.join()
    lake.close()
    return Waits(len(waits), max(waits), statistics.quantiles(waits, n=20)[-1], int(loader.exitcode != 0))


def seconds_of_reading(lake: Warehouse, loader: multiprocessing.process.BaseProcess, sql: str) -> list[float]:
    """Ask the same again and again as long as the loader lives; how long each answer took."""
    engine, waits = lake.engine(), []
    while loader.is_alive():
        started = time.perf_counter()
        with engine.reading() as reading:
            reading.query(sql, {})
        waits.append(time.perf_counter() - started)
        time.sleep(0.02)
    return waits


def _orders_file(folder: Path, rows: int) -> Path:
    file = folder / f"orders-{rows}.csv"
    if file.exists():
        return file
    chance = np.random.default_rng(7)
    seconds_of_year = np.sort(chance.integers(0, 365 * 86_400, rows))
    created = (np.datetime64("2025-11-01") + seconds_of_year.astype("timedelta64[s]")).astype("datetime64[us]")
    amount = chance.integers(1_000, 90_000, rows) / 100
    frame = pl.DataFrame(
        {
            "order_id": pl.Series(np.arange(rows)).cast(pl.String),
            "sales_channel": "own_site",
            "customer_id": "buyer" + pl.Series(chance.integers(0, rows // 3, rows)).cast(pl.String),
            "created_at": pl.Series(created).dt.strftime("%Y-%m-%d %H:%M:%S"),
            "paid_at": pl.Series(created + np.timedelta64(90, "s")).dt.strftime("%Y-%m-%d %H:%M:%S"),
            "region": pl.Series(np.array(["上海", "广东", "北京", "浙江"])[chance.integers(0, 4, rows)]),
            "gmv_amount": pl.Series(amount).round(2),
        }
    )
    frame.write_csv(file)
    return file


def _typed_read(file: str, _: str, answer: multiprocessing.connection.Connection) -> None:
    answer.send(seconds(lambda: pl.read_csv(file, schema_overrides=TYPES, try_parse_dates=True)))


def bring_timed(file: str, root: str, answer: multiprocessing.connection.Connection) -> None:
    """Load a file and send the fields of `Brought`."""
    desk, derived, reports = _desk(root), [0.0], list[int]()
    work_out = load.derive

    def timed(*given: Any) -> tuple[str, ...]:
        started = time.perf_counter()
        written = work_out(*given)
        derived.append(time.perf_counter() - started)
        return written

    load.derive = timed
    processor = time.process_time()
    took = seconds(lambda: _bring(Path(file), desk, lambda rows, **_: reports.append(rows)))
    answer.send((took, sum(derived), _peak_gb(), len(reports), time.process_time() - processor))


def _peak_gb() -> float:
    """The most memory this process held since it began; what getrusage says would count its parent's too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) * 1024 / 1e9


def _load_only(file: str, root: str) -> None:
    _bring(Path(file), _desk(root), None)


def _bring(file: Path, desk: Desk, progress: Progress | None) -> None:
    outcome = bring(prepare(file, desk), desk, progress)[0]
    assert outcome.is_loaded, outcome.message.en
    assert outcome.loaded + outcome.changed + outcome.unchanged == outcome.rows_read


def _desk(root: str) -> Desk:
    installation = Installation.open(Home(Path(root)))
    return Desk(installation, installation.lake(is_demo=False), "bench", datetime(2026, 11, 22))


def _asked(work: Callable[..., None], file: Path, root: str) -> Any:
    here, there = PROCESSES.Pipe()
    process = PROCESSES.Process(target=work, args=(str(file), root, there))
    process.start()
    # With its other end closed here, a process that failed ends the waiting.
    there.close()
    found = here.recv()
    process.join()
    return found
