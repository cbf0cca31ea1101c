"""A million order lines that are partly known into a lake of many, while somebody reads it."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.home import Home
from data.warehouse import Warehouse
from tests.bench.files import PROCESSES, Brought, bring_timed, seconds_of_reading

LINES_AN_ORDER = 3
DAYS = 730
FIRST_DAY = "date '2024-11-20'"
# One line of the whole two years, by its number `n` of `$lines`; orders come in the order of their days.
LINE = f"""
    'own_site:' || (n // {LINES_AN_ORDER}) as order_id, (n % {LINES_AN_ORDER} + 1)::varchar as line_no,
    'SKU-' || (hash(n) % 5000) as sku, 'own_site' as sales_channel,
    list_extract(['上海', '广东', '北京', '浙江'], (hash(n // {LINES_AN_ORDER}) % 4 + 1)::int) as region,
    {FIRST_DAY} + ((n // {LINES_AN_ORDER}) * {LINES_AN_ORDER} * {DAYS} // $lines)::int as order_date,
    order_date as paid_date, (hash(n + 1) % 3 + 1)::bigint as qty,
    (hash(n + 2) % 90000 / 100)::decimal(18, 4) as net_amount, 0::decimal(18, 4) as discount_amount, true as is_paid
"""
RETURN = f"""
    'R' || n as return_id, 'own_site:' || (n * 17) as order_id, '(unknown)' as sku, 1 as qty,
    9.9::decimal(18, 4) as refund_amount, {FIRST_DAY} + (n * 17 * {LINES_AN_ORDER} * {DAYS} // $lines)::int + 9
        as requested_date, requested_date as completed_date
"""
READ = "select region, sum(net_amount) from lake.main.fact_order_line where paid_date >= date '2026-10-01' group by 1"


@dataclass(frozen=True)
class Upsert:
    """How the file went, and what a reader met meanwhile (seconds)."""

    brought: Brought
    asked: int
    longest: float
    p95: float


def lake_of_lines(root: Path, lines: int) -> float:
    """Fill the lake of a home with order lines of two years and returns of every seventeenth order; the seconds."""
    started = time.perf_counter()
    lake = Warehouse.open(Home(root).company)
    step = lines // 24 + 1

    def work(cursor: duckdb.DuckDBPyConnection) -> None:
        for first in range(0, lines, step):
            bounds = {"first": first, "end": min(first + step, lines), "lines": lines}
            cursor.execute(
                f"""insert into fact_order_line by name select {LINE}, 1 as _batch, n as _line, 'bench' as _source,
                    '' as _account, '(unknown)' as campaign_id, '(unknown)' as entry_source
                    from range($first, $end) as t(n)""",
                bounds,
            )
        cursor.execute(
            f"""insert into fact_return by name select {RETURN}, 1 as _batch, n as _line, 'bench' as _source,
                '' as _account from range({lines // LINES_AN_ORDER // 17}) as t(n)""",
            {"lines": lines},
        )

    lake.write(work)
    lake.close()
    return time.perf_counter() - started


def lines_file(folder: Path, lines: int, rows: int, *, is_spread: bool = False) -> Path:
    """A CSV of order lines: half of them of new orders, a quarter as they are, a quarter with another quantity.

    The known ones are the newest, or with `is_spread` of orders from all days of the two years.
    """
    file = folder / f"lines-{rows}-{is_spread}.csv"
    known = rows // 2 // LINES_AN_ORDER
    every = lines // LINES_AN_ORDER // known if is_spread else 1
    newest = lines // LINES_AN_ORDER - 1
    changed = f"if(n < {lines} and n // {LINES_AN_ORDER * every} % 2 = 0, qty + 5, qty) as qty"
    with duckdb.connect() as connection:
        connection.execute(
            f"""copy (select * exclude (n) replace ({changed}) from (select n, {LINE} from (
                    select ({newest} - i // {LINES_AN_ORDER} * {every}) * {LINES_AN_ORDER} + i % {LINES_AN_ORDER} as n
                    from range({known * LINES_AN_ORDER}) as t(i)
                    union all select {lines} + i from range({rows - known * LINES_AN_ORDER}) as t(i)))) to '{file}'""",
            {"lines": lines},
        )
    return file


def upsert(root: Path, file: Path) -> Upsert:
    """Load the file in a process of its own and ask the lake without pause meanwhile."""
    here, there = PROCESSES.Pipe()
    loader = PROCESSES.Process(target=bring_timed, args=(str(file), str(root), there))
    lake = Warehouse.open(Home(root).company)
    # What opening the lake costs the first question is not the loader's doing.
    with lake.engine().reading() as reading:
        reading.query(READ, {})
    loader.start()
    there.close()
    waits = seconds_of_reading(lake, loader, READ)
    brought = Brought(*here.recv())
    loader.join()
    lake.close()
    return Upsert(brought, len(waits), max(waits), statistics.quantiles(waits, n=20)[-1])
