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
from tests.bench.upsert import lake_of_lines, lines_file, upsert

LAST_DAY = date(2026, 11, 21)
LARGE_ROWS = 10_000_000


def main() -> None:
    """Print every figure; nothing passes or fails."""
    # Child processes import this file again, and Streamlit would greet each of them.
    from tests.bench.page import page_reruns

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, nargs="+", default=[200_000, 5_000_000])
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the CSV")
    parser.add_argument("--large", action="store_true", help=f"only {LARGE_ROWS:,} rows, and the upsert")
    parser.add_argument("--lines", type=int, default=30_000_000, help="order lines of the lake of the upsert")
    wanted = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="sevenboard-bench-"))
    try:
        if wanted.large:
            say_way(folder, LARGE_ROWS)
            say_upsert(folder, wanted.lines, 1_000_000)
            return
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
        say_way(folder, wanted.rows)
        waits = readers_while_loading(folder, wanted.rows)
        say(f"A reader while another loads them: {waits.asked} questions, longest {waits.longest * 1000:.0f} ms, "
            f"p95 {waits.p95 * 1000:.0f} ms, {waits.failed} failed")  # fmt: skip
    finally:
        shutil.rmtree(folder)


def say_way(folder: Path, rows: int) -> None:
    """A CSV of so many rows through the whole way of a file."""
    way = file_way(folder, rows)
    say(f"\n{rows:,}-row CSV ({way.megabytes:.0f} MB), the whole way without derived columns: {way.pair.ours:.1f} s, "
        f"Polars' typed read {way.pair.theirs:.2f} s, {way.pair.ratio:.1f}x; derived columns {way.ours.derived:.1f} s; "
        f"processor {way.ours.processor:.1f} s with them; "
        f"peak memory {way.ours.peak_gb:.2f} GB; progress told {way.ours.reports} times")  # fmt: skip


def say_upsert(folder: Path, lines: int, rows: int) -> None:
    """A CSV of half known, half new order lines into a lake of many, and a reader meanwhile."""
    took = lake_of_lines(folder / "upsert", lines)
    say(f"\n{lines:,} order lines (written in {took:.0f} s)")
    for where, is_spread in (("its newest days", False), ("all its days", True)):
        root = folder / where
        shutil.copytree(folder / "upsert", root)
        found = upsert(root, lines_file(folder, lines, rows, is_spread=is_spread))
        shutil.rmtree(root)
        say(f"  {rows:,}-row CSV into {where}: {found.brought.rows:.1f} s, derived columns "
            f"{found.brought.derived:.1f} s; peak memory {found.brought.peak_gb:.2f} GB")  # fmt: skip
        say(f"    a reader meanwhile: {found.asked} questions, longest {found.longest * 1000:.0f} ms, "
            f"p95 {found.p95 * 1000:.0f} ms")  # fmt: skip


def say(line: str) -> None:
    """A line at once, also through a pipe."""
    print(line, flush=True)  # noqa: T201 - this is what the benchmark is for


if __name__ == "__main__":
    main()
