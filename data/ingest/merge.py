"""Joining arrived rows with what is there: new, changed or unchanged by key; whole groups replaced; nothing lost.

Works inside the writer's transaction on the temp tables of `stage`. Every row that is changed or taken away
leaves its pre-image, every row that came again unchanged is confirmed, so that any batch can be undone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from data.contracts import TABLES, Table
from data.derive import DERIVED_FROM
from data.ingest.stage import arriving
from data.layout import SYSTEM_COLUMNS, before_name, loaded_columns, merge_key
from data.warehouse import unsorted

PORTION = 1_000_000


@dataclass(frozen=True)
class Counts:
    """What a batch did to one table, in rows of that table."""

    loaded: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    @property
    def is_change(self) -> bool:
        """Whether the table is different afterwards."""
        return bool(self.loaded or self.changed or self.removed)


@dataclass(frozen=True)
class Whole:
    """A period, both days included, of one source and account that a file brings whole."""

    first: date
    last: date
    source: str
    account: str

    def holds(self, contract: Table, row: str) -> str:
        """SQL that a row is of this source and lies inside the period; one that stands for several days wholly."""
        first, last = ("from_date", "to_date") if contract.cut_columns else (contract.time_column,) * 2
        source, account = (value.replace("'", "''") for value in (self.source, self.account))
        return (
            f"{row}.{first} >= date '{self.first}' and {row}.{last} <= date '{self.last}'"
            f" and {row}._source = '{source}' and {row}._account = '{account}'"
        )


def merge(
    cursor: duckdb.DuckDBPyConnection, table: str, carried: set[str], batch: int, whole: Whole | None = None
) -> Counts:
    """Merge `arriving_<table>` into the lake; leaves `fate_<table>` (key, fate, `_line`).

    Where columns are derived from the table, its changed rows are left in `touched_<table>` too.

    Only the columns the source carries are written; the others of a known row stay as they are. Rows of the period
    that the file brings `whole` are removed where it does not have them.
    """
    contract = TABLES[table]
    if cursor.execute(f"select 1 from {table} limit 1").fetchall():
        _decide(cursor, contract, carried, whole)
        _keep_before(cursor, contract, batch)
        _write(cursor, contract, carried)
    else:
        _write_first(cursor, contract)
    rows = cursor.execute(f"select fate, count(*) from {fate(table)} group by fate").fetchall()
    # An insert into the lake costs a tenth of a second even when it has no rows.
    if any(fate_of == "unchanged" for fate_of, _ in rows):
        cursor.execute(
            f"""insert into confirmation
                select '{table}', {batch}, {key_hash(contract, "f")}, f._line from {fate(table)} f
                where fate = 'unchanged'"""
        )
    if table in DERIVED_FROM:
        cursor.execute(f"create temp view {touched(table)} as {_touched_sql(contract)}")
    removed = cursor.execute(f"select count(*) from removed_{table}").fetchall()[0][0]
    counted = dict(rows)
    return Counts(counted.get("new", 0), counted.get("changed", 0), counted.get("unchanged", 0), removed)


def fate(table: str) -> str:
    """The temp table that says what became of each arrived row."""
    return f"fate_{table}"


def touched(table: str) -> str:
    """The temp table of rows, old and new, whose derived columns may have to be computed anew."""
    return f"touched_{table}"


def key_hash(contract: Table, alias: str) -> str:
    """SQL for the 64-bit hash of a row's key, as confirmations store it."""
    return f"hash({', '.join(f'{alias}.{name}' for name in merge_key(contract))})"


def matched(contract: Table, left: str, right: str) -> str:
    """SQL that two rows have the same key."""
    return " and ".join(f"{left}.{name} = {right}.{name}" for name in merge_key(contract))


def _write_first(cursor: duckdb.DuckDBPyConnection, contract: Table) -> None:
    """Into an empty table everything is new; views stand for the temp tables that would only be copies."""
    table, names = contract.name, ", ".join(loaded_columns(contract))
    keys = ", ".join(merge_key(contract))
    cursor.execute(f"create temp view {fate(table)} as select {keys}, _line, 'new' as fate from {arriving(table)}")
    cursor.execute(f"create temp table known_{table} as select {names} from {table} limit 0")
    cursor.execute(f"create temp table removed_{table} as select {keys} from {table} limit 0")
    if contract.time_column and _is_in_order(cursor, arriving(table), contract.time_column):
        with unsorted(cursor):
            cursor.execute(f"insert into {table} ({names}) select {names} from {arriving(table)}")
    else:
        _insert(cursor, contract, f"select {names} from {arriving(table)}")


def _is_in_order(cursor: duckdb.DuckDBPyConnection, rows: str, day: str) -> bool:
    falls = f"select 1 from (select {day} < lag({day}) over () as falls from {rows}) where falls limit 1"
    return not cursor.execute(falls).fetchall()


def _decide(cursor: duckdb.DuckDBPyConnection, contract: Table, carried: set[str], whole: Whole | None) -> None:
    """The fate of each arrived row; `known_<table>` holds what the lake has of their keys, groups and period."""
    table, key = contract.name, merge_key(contract)
    arrived, met = arriving(table), contract.group or key
    columns = ", ".join(f"o.{name}" for name in loaded_columns(contract))
    is_met = f"({', '.join(f'o.{name}' for name in met)}) in (select ({', '.join(met)}) from {arrived})"
    cursor.execute(f"create temp table known_{table} as select {columns} from {table} o where {is_met}")
    if whole and contract.can_be_replaced:
        # A report's other splits of the same days are other reports.
        same = f" and o.cut in (select cut from {arrived})" if contract.cut_columns else ""
        cursor.execute(
            f"""insert into known_{table} select {columns} from {table} o
                where {whole.holds(contract, "o")}{same} and not {is_met}"""
        )
    compared = [name for name in loaded_columns(contract) if name in carried and name not in key]
    differs = " or ".join(f"a.{name} is distinct from o.{name}" for name in compared) or "false"
    cursor.execute(
        f"""create temp table {fate(table)} as
            select {", ".join(f"a.{name}" for name in key)}, a._line, case when o._batch is null then 'new'
                when {differs} then 'changed' else 'unchanged' end as fate
            from {arriving(table)} a left join known_{table} o on {matched(contract, "a", "o")}"""
    )
    # Rows of a replaced group or period that the new file does not have; by key alone every known row has arrived.
    cursor.execute(
        f"""create temp table removed_{table} as select {", ".join(f"o.{name}" for name in key)} from known_{table} o
            anti join {arriving(table)} a on {matched(contract, "a", "o")}"""
    )


def _keep_before(cursor: duckdb.DuckDBPyConnection, contract: Table, batch: int) -> None:
    columns = ", ".join(f"o.{name}" for name in loaded_columns(contract))
    names = ", ".join(loaded_columns(contract))
    for rows in (f"(select * from {fate(contract.name)} where fate = 'changed')", f"removed_{contract.name}"):
        if not cursor.execute(f"select 1 from {rows} as f limit 1").fetchall():
            continue
        cursor.execute(
            f"""insert into {before_name(contract.name)} ({names}, _undo_batch)
                select {columns}, {batch} from known_{contract.name} o join {rows} f on {matched(contract, "f", "o")}"""
        )


def _write(cursor: duckdb.DuckDBPyConnection, contract: Table, carried: set[str]) -> None:
    table, columns = contract.name, list(loaded_columns(contract))
    keys = ", ".join(merge_key(contract))
    gone = f"select {keys} from {fate(table)} where fate = 'changed' union all select {keys} from removed_{table}"
    if cursor.execute(f"select 1 from ({gone}) limit 1").fetchall():
        cursor.execute(f"delete from {table} o using ({gone}) g where {matched(contract, 'g', 'o')}")
    written = carried | set(SYSTEM_COLUMNS) | set(merge_key(contract))
    joined = ", ".join(
        f"a.{name}" if name in written else f"coalesce(o.{name}, a.{name}) as {name}" for name in columns
    )
    _insert(
        cursor,
        contract,
        f"""select {joined} from {arriving(table)} a
            join {fate(table)} f on {matched(contract, "a", "f")} and f.fate <> 'unchanged'
            left join known_{table} o on {matched(contract, "a", "o")}""",
    )


def _insert(cursor: duckdb.DuckDBPyConnection, contract: Table, rows: str) -> None:
    """Write what a query gives; the lake keeps the order of a fact's day by itself.

    It holds all rows of a statement in memory to bring them in order, so many are written some months at a time.
    """
    names = ", ".join(loaded_columns(contract))
    for portion in _portions(cursor, contract, rows):
        cursor.execute(f"insert into {contract.name} ({names}) select {names} from ({rows}) where {portion}")


def _portions(cursor: duckdb.DuckDBPyConnection, contract: Table, rows: str) -> list[str]:
    """Conditions on the day that part the rows into whole months, about `PORTION` rows together."""
    day = contract.time_column
    count = cursor.execute(f"select count(*) from ({rows})").fetchall()[0][0]
    if day is None or count <= PORTION:
        return ["true"]
    months = cursor.execute(
        f"select cast(date_trunc('month', {day}) as date), count(*) from ({rows}) where {day} is not null group by 1"
    ).fetchall()
    starts, held = [], PORTION
    for month, found in sorted(months):
        if held >= PORTION:
            starts.append(f"date '{month}'")
            held = 0
        held += found
    if not starts:
        return ["true"]
    ends = [f"{day} < {start}" for start in starts[1:]]
    return [
        f"{day} is null",
        *(f"{day} >= {start} and {end}" for start, end in zip(starts, [*ends, "true"], strict=True)),
    ]


def _touched_sql(contract: Table) -> str:
    """Whose derived columns may be different now: of every row the batch changed, as it is and as it was."""
    names = DERIVED_FROM[contract.name]
    table = contract.name
    now, before = (", ".join(f"{alias}.{name}" for name in names) for alias in ("a", "o"))
    return f"""
        select {now} from {arriving(table)} a join {fate(table)} f on {matched(contract, "f", "a")}
        where f.fate <> 'unchanged'
        union all select {before} from known_{table} o anti join
            (select * from {fate(table)} where fate = 'unchanged') f on {matched(contract, "f", "o")}"""
