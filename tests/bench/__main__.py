"""`make bench`: the figures of design.md section 8 that this version can be held to."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

from tests.bench.company import demo_home
from tests.bench.files import file_way, readers_while_loading
from tests.bench.kpis import kpi_block

LAST_DAY = date(2026, 11, 21)


def main() -> None:
    """Print every figure; nothing passes or fails."""
    # Child processes import this file again, and Streamlit would greet each of them.
    from tests.bench.page import page_reruns

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, nargs="+", default=[200_000, 5_000_000])
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the CSV")
    wanted = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="sevenboard-bench-"))
    try:
        for orders in wanted.orders:
            home, lake, took = demo_home(folder / str(orders), orders, LAST_DAY)
            say(f"\n{orders:,} orders (made and loaded in {took:.0f} s)")
            for name, days in (("28 days", 28), ("two years", 730)):
                pair = kpi_block(lake, LAST_DAY - timedelta(days=days - 1), LAST_DAY)
                say(f"  KPI block, {name}: {pair.ours * 1000:.0f} ms, by hand {pair.theirs * 1000:.0f} ms, "
                    f"{pair.ratio:.2f}x")  # fmt: skip
            lake.close()
            for name, milliseconds in page_reruns(home).items():
                say(f"  Operations page, {name}: {milliseconds:.0f} ms")
        way = file_way(folder, wanted.rows)
        say(f"\n{wanted.rows:,}-row CSV ({way.megabytes:.0f} MB), the whole way: {way.pair.ours:.1f} s, Polars' typed "
            f"read {way.pair.theirs:.2f} s, {way.pair.ratio:.1f}x; peak memory {way.peak_gb:.2f} GB")  # fmt: skip
        waits = readers_while_loading(folder, wanted.rows)
        say(f"A reader while another loads them: {waits.asked} questions, longest {waits.longest * 1000:.0f} ms, "
            f"p95 {waits.p95 * 1000:.0f} ms, {waits.failed} failed")  # fmt: skip
    finally:
        shutil.rmtree(folder)


def say(line: str) -> None:
    """A line at once, also through a pipe."""
    print(line, flush=True)  # noqa: T201 - this is what the benchmark is for


if __name__ == "__main__":
    main()
