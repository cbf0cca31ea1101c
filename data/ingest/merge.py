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
    _decide(cursor, contract, carried)
    _find_removed(cursor, contract, whole)
    _keep_before(cursor, contract, batch)
    _write(cursor, contract, carried)
    rows = cursor.execute(f"select fate, count(*) from {fate(table)} group by fate").fetchall()
    # An insert into the lake costs a tenth of a second even when it has no rows.
    if any(fate_of == "unchanged" for fate_of, _ in rows):
        cursor.execute(
            f"""insert into confirmation
                select '{table}', {batch}, {key_hash(contract, "f")}, f._line from {fate(table)} f
                where fate = 'unchanged'"""
        )
    if table in DERIVED_FROM:
        cursor.execute(f"create temp table {touched(table)} as {_touched_sql(contract, batch)}")
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


def _decide(cursor: duckdb.DuckDBPyConnection, contract: Table, carried: set[str]) -> None:
    key = merge_key(contract)
    compared = [name for name in loaded_columns(contract) if name in carried and name not in key]
    differs = " or ".join(f"a.{name} is distinct from o.{name}" for name in compared) or "false"
    keys = ", ".join(f"a.{name}" for name in key)
    cursor.execute(
        f"""create temp table {fate(contract.name)} as
            select {keys}, a._line, case when o._batch is null then 'new' when {differs} then 'changed'
                else 'unchanged' end as fate
            from {arriving(contract.name)} a left join {contract.name} o on {matched(contract, "a", "o")}"""
    )


def _find_removed(cursor: duckdb.DuckDBPyConnection, contract: Table, whole: Whole | None) -> None:
    """Rows of a replaced group, or of a period brought whole, that the new file does not have."""
    keys = ", ".join(f"o.{name}" for name in merge_key(contract))
    arrived = arriving(contract.name)
    gone = []
    if contract.group:
        group = " and ".join(f"g.{name} = o.{name}" for name in contract.group)
        gone.append(f"exists (select 1 from {arrived} g where {group})")
    if whole and contract.can_be_replaced:
        # A report's other splits of the same days are other reports.
        same = f" and o.cut in (select cut from {arrived})" if contract.cut_columns else ""
        gone.append(f"({whole.holds(contract, 'o')}{same})")
    found = f"select {keys} from {contract.name} o"
    if not gone:
        cursor.execute(f"create temp table removed_{contract.name} as {found} limit 0")
        return
    cursor.execute(
        f"""create temp table removed_{contract.name} as {found} where ({" or ".join(gone)})
              and not exists (select 1 from {arrived} a where {matched(contract, "a", "o")})"""
    )


def _keep_before(cursor: duckdb.DuckDBPyConnection, contract: Table, batch: int) -> None:
    columns = ", ".join(f"o.{name}" for name in loaded_columns(contract))
    names = ", ".join(loaded_columns(contract))
    for rows in (f"(select * from {fate(contract.name)} where fate = 'changed')", f"removed_{contract.name}"):
        if not cursor.execute(f"select 1 from {rows} as f limit 1").fetchall():
            continue
        cursor.execute(
            f"""insert into {before_name(contract.name)} ({names}, _undo_batch)
                select {columns}, {batch} from {contract.name} o join {rows} f on {matched(contract, "f", "o")}"""
        )


def _write(cursor: duckdb.DuckDBPyConnection, contract: Table, carried: set[str]) -> None:
    table, columns = contract.name, list(loaded_columns(contract))
    written = carried | set(SYSTEM_COLUMNS) | set(merge_key(contract))
    joined = ", ".join(f"a.{name}" if name in written else f"o.{name}" for name in columns)
    by_fate = f"{arriving(table)} a join {fate(table)} f on {matched(contract, 'a', 'f')}"
    is_all_new = not cursor.execute(f"select 1 from {fate(table)} where fate <> 'new' limit 1").fetchall()
    cursor.execute(
        f"""create temp table rewritten_{table} as
            select {joined} from {by_fate} join {table} o on {matched(contract, "a", "o")} where f.fate = 'changed'"""
    )
    for gone in (f"rewritten_{table}", f"removed_{table}"):
        if cursor.execute(f"select 1 from {gone} limit 1").fetchall():
            cursor.execute(f"delete from {table} o using {gone} g where {matched(contract, 'g', 'o')}")
    order = f" order by {contract.time_column}" if contract.time_column else ""
    fresh = ", ".join(f"a.{name}" for name in columns)
    names = ", ".join(columns)
    # A first load is all new rows: joining them with their own fates would only cost time.
    arrived = f"{arriving(table)} a" if is_all_new else f"{by_fate} where f.fate = 'new'"
    cursor.execute(
        f"""insert into {table} ({names}) select {names} from (
                select {fresh} from {arrived} union all select {names} from rewritten_{table}
            ){order}"""
    )


def _touched_sql(contract: Table, batch: int) -> str:
    """The stored columns of every row the batch changed, as they are and as they were."""
    names = [name for name in loaded_columns(contract) if name not in SYSTEM_COLUMNS]
    now, before = (", ".join(f"{alias}.{name}" for name in names) for alias in ("o", "b"))
    return f"""
        select {now} from {contract.name} o join {fate(contract.name)} f on {matched(contract, "f", "o")}
        where f.fate <> 'unchanged'
        union all select {before} from {before_name(contract.name)} b where b._undo_batch = {batch}"""
