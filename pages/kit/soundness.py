"""How sound a lake is: what the data side says of its tables, kept as long as those stay as they are."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import polars as pl

from data.checks import CHECKS, Check, Finding, Known, known, run_one
from data.contracts import TABLES
from data.status import status
from metrics.policy import Viewer
from pages.kit.cache import remembered
from pages.kit.visit import Visit

# What the trust strip of a department page may take of it: checks of at most so many rows, for so long.
MOST_ROWS, PATIENCE_SECONDS = 1_000_000, 0.3
KEPT_KEYS = 4096
_asked: dict[object, None] = {}


def today(visit: Visit) -> date:
    """The company's day."""
    return datetime.now(UTC).astimezone(ZoneInfo(visit.store.settings.time_zone)).date()


def table_status(visit: Visit) -> pl.DataFrame:
    """How every table stands; see `data.status.status`."""
    day = today(visit)

    def work() -> pl.DataFrame:
        return status(visit.reader, day)

    return remembered(visit, work, (), "table status", day, visit.reader.version())


def carried(visit: Visit) -> Known:
    """What the files in force carry."""

    def work() -> Known:
        return known(visit.reader)

    return remembered(visit, work, (), "carried", visit.reader.version())


def findings(visit: Visit, checks: Iterable[Check] = tuple(CHECKS.values())) -> tuple[Finding, ...]:
    """What the checks found, each run anew only when one of its tables changed."""
    return tuple(_finding(visit, check) for check in checks)


def findings_at_hand(
    visit: Visit, tables: Sequence[str], patience_seconds: float = PATIENCE_SECONDS
) -> tuple[Finding, ...]:
    """What the checks over these tables found; nothing while that is not all known yet.

    A page must not wait for it: each run of the page asks for as much as the time allows, the next one goes on. A
    check that would read very many rows is left out until the health page asked for it.
    """
    wanted = [check for check in CHECKS.values() if check.needs and set(check.needs) & set(tables)]
    rows = _rows(visit)
    wanted = [
        one for one in wanted if _is_asked(visit, one) or sum(rows.get(name, 0) for name in one.tables) <= MOST_ROWS
    ]
    end = time.monotonic() + patience_seconds
    found: list[Finding] = []
    for check in wanted:
        if not _is_asked(visit, check) and time.monotonic() > end:
            return ()
        found += findings(visit, (check,))
    return tuple(found)


def may_see(viewer: Viewer, check: Check) -> bool:
    """Whether the viewer may see the amounts of a check, not only whether they agree."""
    reads = {f"{table}.{column}" for table, columns in check.needs.items() for column in columns}
    return check.access in viewer.access and not reads & viewer.hidden_columns


def _finding(visit: Visit, check: Check) -> Finding:
    day = today(visit)

    def work() -> Finding:
        return run_one(visit.reader, check, carried(visit), day)

    if len(_asked) > KEPT_KEYS:
        _asked.clear()
    _asked[_key(visit, check)] = None
    return remembered(visit, work, check.tables, "check", check.id, day)


def _is_asked(visit: Visit, check: Check) -> bool:
    return _key(visit, check) in _asked


def _key(visit: Visit, check: Check) -> object:
    return visit.store.identity, check.id, today(visit), visit.versions(check.tables)


def _rows(visit: Visit) -> dict[str, int]:
    """About how many rows each table has, from the batches' records."""
    sql = "select table_name, sum(loaded)::bigint as loaded from lake.main.batch_table group by 1"

    def work() -> dict[str, int]:
        return {row["table_name"]: row["loaded"] for row in visit.reader.query(sql, {}).to_pylist()}

    return remembered(visit, work, tuple(TABLES), "rows of tables")
