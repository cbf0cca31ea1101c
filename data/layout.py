"""The physical tables of a lake: one for each contract, its derived columns beside it, its pre-images, the records."""

from __future__ import annotations

from data.contracts import TABLES, Table
from data.contracts.base import SQL_TYPES

FORMAT = 1
SYSTEM_COLUMNS = {"_batch": "BIGINT", "_line": "BIGINT", "_source": "VARCHAR", "_account": "VARCHAR"}

RECORDS = {
    # What one file (or one entry of the demo generator) did; never changed afterwards.
    "batch": """batch BIGINT, sha256 VARCHAR, file VARCHAR, bytes BIGINT, source VARCHAR, account VARCHAR,
        recipe VARCHAR, loaded_by VARCHAR, loaded_at TIMESTAMP, rows_read BIGINT,
        loaded BIGINT, changed BIGINT, unchanged BIGINT, rejected BIGINT, skipped BIGINT""",
    "batch_table": """batch BIGINT, table_name VARCHAR, source VARCHAR, account VARCHAR, cut VARCHAR, is_range BOOLEAN,
        first_day DATE, last_day DATE, columns VARCHAR[],
        loaded BIGINT, changed BIGINT, unchanged BIGINT, removed BIGINT""",
    "reject": "batch BIGINT, line BIGINT, column_name VARCHAR, rule VARCHAR, message_key VARCHAR",
    # Rows that a later batch brought again unchanged: undoing the first batch must not take them away.
    "confirmation": "table_name VARCHAR, batch BIGINT, key_hash UBIGINT, line BIGINT",
    # Which tables a transaction changed; the newest change of a table is its version.
    "change": "change BIGINT, table_name VARCHAR, batch BIGINT, kind VARCHAR, done_by VARCHAR, done_at TIMESTAMP",
    "lake": "format INTEGER",
}


def loaded_columns(table: Table) -> dict[str, str]:
    """The stored columns of a contract with their SQL types, system columns last."""
    columns = {
        name: "DECIMAL(18,8)" if (table.name, name) == ("fx_rate", "rate") else SQL_TYPES[type(column)]
        for name, column in table.columns.items()
    }
    return columns if table.generated else columns | SYSTEM_COLUMNS


def merge_key(table: Table) -> tuple[str, ...]:
    """What makes a row the same row: the natural key; for reports also who counted it."""
    return table.key + (("_source", "_account") if table.cut_columns else ())


def derived_name(table: str) -> str:
    """The table that holds the derived columns of a table."""
    return f"{table}__derived"


def before_name(table: str) -> str:
    """The table that holds the pre-images of a table's rows."""
    return f"{table}__before"


def statements() -> dict[str, list[str]]:
    """For each physical table what makes it, in order; a newer program finds out what an older lake still lacks."""
    made = {name: [f"create table {name} ({columns})"] for name, columns in RECORDS.items()}
    made["lake"].append(f"insert into lake values ({FORMAT})")
    for table in TABLES.values():
        made |= _of_contract(table)
    return made


def _of_contract(table: Table) -> dict[str, list[str]]:
    """What makes one contract's tables: its rows, their pre-images, its derived columns."""
    columns = loaded_columns(table)
    made = {table.name: _dated(table.name, columns, table.time_column if table.kind == "fact" else None)}
    if not table.generated:
        before = before_name(table.name)
        made[before] = [f"create table {before} ({_listed(columns | {'_undo_batch': 'BIGINT'})})"]
    stored = {column.name: column.sql_type for column in table.derived if not column.sql}
    if stored:
        keys = {name: columns[name] for name in (*table.key, table.time_column or "")}
        derived = derived_name(table.name)
        made[derived] = _dated(derived, keys | stored, table.time_column)
    return made


def _dated(name: str, columns: dict[str, str], day: str | None) -> list[str]:
    made = [f"create table {name} ({_listed(columns)})"]
    if day:
        made.append(f"alter table {name} set partitioned by (year({day}), month({day}))")
        made.append(f"alter table {name} set sorted by ({day})")
    return made


def _listed(columns: dict[str, str]) -> str:
    return ", ".join(f"{name} {sql_type}" for name, sql_type in columns.items())
