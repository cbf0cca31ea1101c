"""Running the reconciliations over a lake: what agrees, what differs and in which months, what cannot be known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

import polars as pl
import pyarrow as pa

from data.checks.base import Check
from data.engines.coverage import COVERAGE_SQL

State = Literal["ok", "differs", "unknown"]
ROWS = {
    "period": pl.Date,
    "left": pl.Float64,
    "right": pl.Float64,
    "difference": pl.Float64,
    "tolerance": pl.Float64,
    "off": pl.Int64,
    "state": pl.String,
}
_RELATION, _PARAMETER = re.compile(r"@(\w+)"), re.compile(r"\$(\w+)")


class Reader(Protocol):
    """What a check needs of an engine; `LakeEngine` fulfils it."""

    def query(self, sql: str, parameters: Mapping[str, object]) -> pa.Table:
        """Run one statement; `$name` stands for `parameters[name]`."""
        ...

    def relation(self, table: str, columns: frozenset[str], as_of: date) -> str:
        """SQL to put after FROM."""
        ...


@dataclass(frozen=True)
class Finding:
    """What a check found.

    `state` is `unknown` where `missing` (tables, or columns as `table.column`, that no file in force carries) is not
    empty, or where no month can be compared. `rows` has shape (months, ROWS), oldest first: both sides in the check's
    unit, difference = left - right; a side and the difference are null, and the month is unknown, where a side is.
    """

    check: Check
    state: State
    missing: tuple[str, ...]
    rows: pl.DataFrame

    @property
    def differing(self) -> pl.DataFrame:
        """The months that differ, oldest first."""
        return self.rows.filter(pl.col("state") == "differs")


@dataclass(frozen=True)
class Known:
    """What the files in force carry: columns and first and last day by table; no days where no row has one."""

    columns: Mapping[str, frozenset[str]]
    days: Mapping[str, tuple[date, date]]

    def missing(self, check: Check) -> tuple[str, ...]:
        """The tables, and of known tables the columns, that the check lacks."""
        found = []
        for table, columns in check.needs.items():
            if table not in self.columns:
                found.append(table)
            else:
                found += [f"{table}.{column}" for column in columns if column not in self.columns[table]]
        return tuple(found)


def known(reader: Reader) -> Known:
    """Read from the batches' records what the files in force carry."""
    columns: dict[str, frozenset[str]] = {}
    days: dict[str, tuple[date, date]] = {}
    for row in reader.query(COVERAGE_SQL, {}).to_pylist():
        table = row["table_name"]
        columns[table] = columns.get(table, frozenset()) | set(row["columns"] or ())
        if row["first_day"] is not None:
            first, last = days.get(table, (row["first_day"], row["last_day"]))
            days[table] = (min(first, row["first_day"]), max(last, row["last_day"]))
    return Known(columns, days)


def run(reader: Reader, checks: Iterable[Check], today: date) -> tuple[Finding, ...]:
    """Run checks in their order on what the reader sees. `today` is the company's day."""
    carried = known(reader)
    return tuple(run_one(reader, check, carried, today) for check in checks)


def run_one(reader: Reader, check: Check, carried: Known, today: date) -> Finding:
    """Run one check against what the files carry."""
    missing = carried.missing(check)
    parameters = _parameters(check, carried, today)
    if missing or parameters is None:
        return Finding(check, "unknown", missing, pl.DataFrame(schema=ROWS))
    sql = _RELATION.sub(lambda name: reader.relation(name[1], frozenset(), today), check.sql)
    rows = _judged(pl.DataFrame(reader.query(sql, parameters)))
    states = set(rows["state"])
    state: State = "differs" if "differs" in states else "ok" if "ok" in states else "unknown"
    return Finding(check, state, (), rows)


def _parameters(check: Check, carried: Known, today: date) -> dict[str, object] | None:
    """The values of the parameters that the SQL names; None where a table that it needs covers no day."""
    found: dict[str, object] = {}
    for name in set(_PARAMETER.findall(check.sql)):
        edge, _, table = name.partition("_")
        if name == "today":
            found[name] = today
        elif table in carried.days:
            found[name] = carried.days[table][0 if edge == "first" else 1]
        else:
            return None
    return found


def _judged(found: pl.DataFrame) -> pl.DataFrame:
    """Difference and state of each month."""
    sides = found.select(
        "period",
        *(pl.col(name).cast(pl.Float64) for name in ("left_side", "right_side", "tolerance")),
        pl.col("off").cast(pl.Int64),
    ).rename({"left_side": "left", "right_side": "right"})
    # Sums of money are exact before they become floats; what is left of their difference below this is float noise.
    rows = sides.with_columns(difference=(pl.col("left") - pl.col("right")).round(4))
    is_off = (pl.col("difference").abs() > pl.col("tolerance")) | (pl.col("off").fill_null(0) > 0)
    state = pl.when(pl.col("difference").is_null()).then(pl.lit("unknown"))
    return (
        rows.with_columns(state=state.when(is_off).then(pl.lit("differs")).otherwise(pl.lit("ok")))
        .select(pl.col(name).cast(dtype) for name, dtype in ROWS.items())
        .sort("period")
    )
