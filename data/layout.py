"""The physical tables of a lake: one for each contract, its derived columns beside it, its pre-images, the records."""

from __future__ import annotations

from data.contracts import TABLES, Table
from data.contracts.base import SQL_TYPES

# An older program refuses a lake of a newer format. Raise it whenever a table gets another column.
FORMAT = 2
SYSTEM_COLUMNS = {"_batch": "BIGINT", "_line": "BIGINT", "_source": "VARCHAR", "_account": "VARCHAR"}

RECORDS = {
    # What one file (or one entry of the demo generator) did; never changed afterwards. `exported_at` is how new the
    # file's own content is (null: not known), `replaced_*` the period that it replaced whole (null: it replaced none),
    # `version` the snapshot of the lake that has it first.
    "batch": """batch BIGINT, sha256 VARCHAR, file VARCHAR, bytes BIGINT, source VARCHAR, account VARCHAR,
        recipe VARCHAR, loaded_by VARCHAR, loaded_at TIMESTAMP, rows_read BIGINT,
        loaded BIGINT, changed BIGINT, unchanged BIGINT, rejected BIGINT, skipped BIGINT,
        exported_at TIMESTAMP, replaced_first DATE, replaced_last DATE, version BIGINT""",
    # `columns` are known to hold values, `carried` were written: an undo of an earlier batch needs to know which.
    "batch_table": """batch BIGINT, table_name VARCHAR, source VARCHAR, account VARCHAR, cut VARCHAR, is_range BOOLEAN,
        first_day DATE, last_day DATE, columns VARCHAR[],
        loaded BIGINT, changed BIGINT, unchanged BIGINT, removed BIGINT, carried VARCHAR[]""",
    # What loading a batch, or taking it back (`kind`: load, undo), did to a KPI over some days; null is no data.
    "batch_effect": """batch BIGINT, kind VARCHAR, kpi VARCHAR, first_day DATE, last_day DATE,
        before DOUBLE, after DOUBLE""",
    "reject": "batch BIGINT, line BIGINT, column_name VARCHAR, rule VARCHAR, message_key VARCHAR",
    # Rows that a later batch brought again unchanged: undoing the first batch must not take them away.
    "confirmation": "table_name VARCHAR, batch BIGINT, key_hash UBIGINT, line BIGINT",
    # Which tables a transaction changed; the newest change of a table is its version.
    "change": "change BIGINT, table_name VARCHAR, batch BIGINT, kind VARCHAR, done_by VARCHAR, done_at TIMESTAMP",
    "lake": "format INTEGER",
}


def record_columns(name: str) -> str:
    """The columns of a record table for an insert: an older lake has those that were added later in another place."""
    return ", ".join(part.split()[0] for part in RECORDS[name].split(","))


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
    made = {name: [f"create table {name} ({_listed(columns)})"] for name, columns in _records().items()}
    made["lake"].append(f"insert into lake values ({FORMAT})")
    for table in TABLES.values():
        parts = _parts(table)
        made[table.name] = _dated(
            table.name, parts.pop(table.name), table.time_column if table.kind == "fact" else None
        )
        for name, columns in parts.items():
            is_derived = name == derived_name(table.name)
            made[name] = _dated(name, columns, table.time_column if is_derived else None)
    return made


def columns() -> dict[str, dict[str, str]]:
    """For each physical table its columns with their SQL types."""
    found = _records()
    for table in TABLES.values():
        found |= _parts(table)
    return found


def _records() -> dict[str, dict[str, str]]:
    return {
        name: dict(column.split(maxsplit=1) for column in " ".join(listed.split()).split(", "))
        for name, listed in RECORDS.items()
    }


def _parts(table: Table) -> dict[str, dict[str, str]]:
    """The columns of one contract's tables: its rows, their pre-images, its derived columns."""
    columns = loaded_columns(table)
    parts = {table.name: columns}
    if not table.generated:
        parts[before_name(table.name)] = columns | {"_undo_batch": "BIGINT"}
    stored = {column.name: column.sql_type for column in table.derived if not column.sql}
    if stored:
        parts[derived_name(table.name)] = {
            name: columns[name] for name in (*table.key, table.time_column or "")
        } | stored
    return parts


def _dated(name: str, columns: dict[str, str], day: str | None) -> list[str]:
    made = [f"create table {name} ({_listed(columns)})"]
    if day:
        made.append(f"alter table {name} set partitioned by (year({day}), month({day}))")
        made.append(f"alter table {name} set sorted by ({day})")
    return made


def _listed(columns: dict[str, str]) -> str:
    return ", ".join(f"{name} {sql_type}" for name, sql_type in columns.items())
