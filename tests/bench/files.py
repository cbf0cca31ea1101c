"""A large CSV through the whole way of a file, against Polars reading it with types; and readers meanwhile."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import polars as pl

from data.home import Home
from data.ingest.pipeline import Desk, bring, prepare
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
class Way:
    """The seconds of both ways, the file's size, and the peak memory of the process that loaded it."""

    pair: Pair
    megabytes: float
    peak_gb: float


@dataclass(frozen=True)
class Waits:
    """What a reader met while a file was loaded."""

    asked: int
    longest: float
    p95: float
    failed: int


def file_way(folder: Path, rows: int) -> Way:
    """Both ways in processes of their own, so that neither warms the other."""
    file = _orders_file(folder, rows)
    theirs = statistics.median(_in_process(_typed_read, file) for _ in range(3))
    results = [_in_process_pair(file, folder / f"way{number}") for number in range(3)]
    ours = statistics.median(took for took, _ in results)
    return Way(Pair(ours, theirs), file.stat().st_size / 1e6, max(peak for _, peak in results))


def readers_while_loading(folder: Path, rows: int) -> Waits:
    """Ask the lake without pause while another process loads a file into it."""
    home = Home(folder / "readers")
    lake = Warehouse.open(home.company)
    engine, waits, failed = lake.engine(), [], 0
    loader = PROCESSES.Process(target=_load_only, args=(str(_orders_file(folder, rows)), str(home.root)))
    loader.start()
    while loader.is_alive():
        started = time.perf_counter()
        with engine.reading() as reading:
            reading.query("select region, sum(gmv_amount) from lake.main.fact_order group by 1", {})
        waits.append(time.perf_counter() - started)
        time.sleep(0.02)
    loader.join()
    failed = int(loader.exitcode != 0)
    lake.close()
    return Waits(len(waits), max(waits), statistics.quantiles(waits, n=20)[-1], failed)


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
    answer.send((seconds(lambda: pl.read_csv(file, schema_overrides=TYPES, try_parse_dates=True)), 0.0))


def _whole_way(file: str, root: str, answer: multiprocessing.connection.Connection) -> None:
    desk = _desk(root)
    took = seconds(lambda: _bring(Path(file), desk))
    answer.send((took, _peak_gb()))


def _peak_gb() -> float:
    """The most memory this process held since it began; what getrusage says would count its parent's too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) * 1024 / 1e9


def _load_only(file: str, root: str) -> None:
    _bring(Path(file), _desk(root))


def _bring(file: Path, desk: Desk) -> None:
    outcome = bring(prepare(file, desk), desk)[0]
    assert outcome.is_loaded, outcome.message.en
    assert outcome.loaded == outcome.rows_read


def _desk(root: str) -> Desk:
    installation = Installation.open(Home(Path(root)))
    return Desk(installation, installation.lake(is_demo=False), "bench", datetime(2026, 11, 22))


def _in_process(work: object, file: Path) -> float:
    return _asked(work, file, "")[0]


def _in_process_pair(file: Path, root: Path) -> tuple[float, float]:
    return _asked(_whole_way, file, str(root))


def _asked(work: object, file: Path, root: str) -> tuple[float, float]:
    here, there = PROCESSES.Pipe()
    process = PROCESSES.Process(target=work, args=(str(file), root, there))  # type: ignore[arg-type]
    process.start()
    found: tuple[float, float] = here.recv()
    process.join()
    return found
