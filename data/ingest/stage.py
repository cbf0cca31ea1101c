"""Where checked rows wait for their transaction: temporary tables of the writer, one for each table of the lake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb
import polars as pl

from data.contracts import TABLES, Table
from data.layout import SYSTEM_COLUMNS, loaded_columns, merge_key

UNKNOWN = "(unknown)"


@dataclass
class Stage:
    """Rows on their way into one batch. Frames are added chunk by chunk; nothing of the lake is touched.

    `carried` are the columns that the file has, by table: they are written. `valued` are those among them that
    hold at least one value: they are known.
    """

    cursor: duckdb.DuckDBPyConnection
    source: str
    account: str
    carried: dict[str, set[str]] = field(default_factory=dict)
    valued: dict[str, set[str]] = field(default_factory=dict)

    def add(self, table: str, frame: pl.DataFrame) -> None:
        """Put typed rows aside. A column that the frame lacks is one the source does not carry: null.

        The frame has `_line` (the file's line) and any columns of the contract; null dimensions become
        `(unknown)`, in reports an unsplit dimension becomes ''.
        """
        contract = TABLES[table]
        if table not in self.carried:
            columns = ", ".join(f"{name} {kind}" for name, kind in loaded_columns(contract).items())
            self.cursor.execute(f"create temp table {staged(table)} ({columns})")
            self.carried[table] = set()
            self.valued[table] = set()
        present = [name for name in frame.columns if name in contract.columns]
        filled = frame.select("_line", *present).with_columns(
            _source=pl.lit(self.source), _account=pl.lit(self.account)
        )
        self.carried[table] |= set(present)
        self.valued[table] |= {name for name in present if _has_value(frame[name], name in contract.cut_columns)}
        names = ", ".join(filled.columns)
        self.cursor.register("incoming", filled.to_arrow())
        self.cursor.execute(f"insert into {staged(table)} ({names}) select {names} from incoming")
        self.cursor.unregister("incoming")

    def settle(self, table: str, collapse: Mapping[str, str], batch: int) -> int:
        """Make one row a key of what was put aside, in the temp table `arriving_<table>`; returns their number.

        Many file rows of one key become one as the contract or the recipe says: summed, or the first.
        """
        contract = TABLES[table]
        columns = [name for name in loaded_columns(contract) if name != "_batch"]
        key = ", ".join(merge_key(contract))
        source = f"select {', '.join(columns)} from {staged(table)}"
        # Most files have each key once, and putting equal keys together costs more than everything else here.
        repeats = f"select count(*) - count(distinct ({key})) from {staged(table)}"
        if contract.duplicates != "replace_group" and self.cursor.execute(repeats).fetchall()[0][0]:
            rules = dict.fromkeys(contract.levels, "first" if self._is_newest_first(contract) else "last")
            picked = ", ".join(_pick(contract, name, merge_key(contract), {**rules, **collapse}) for name in columns)
            source = f"select {picked} from {staged(table)} group by {key}"
        self.cursor.execute(
            f"create temp table {arriving(table)} as select *, cast({batch} as bigint) as _batch from ({source})"
        )
        return int(self.cursor.execute(f"select count(*) from {arriving(table)}").fetchall()[0][0])

    def close_off(self, table: str, *, is_collapsed: bool = False) -> pl.DataFrame:
        """After the last chunk: fill dimensions, number lines, and take out rows that the contract refuses
        because their key stood on an earlier line with other values, unless the recipe says how they collapse.

        Returns shape (rows, [line, first_line]); equal rows are left and count as one.
        """
        contract = TABLES[table]
        self._fill_dimensions(contract)
        self._number_lines(contract)
        if contract.duplicates != "refuse" or is_collapsed:
            return pl.DataFrame(schema={"line": pl.Int64, "first_line": pl.Int64})
        key = ", ".join(merge_key(contract))
        values = ", ".join(name for name in loaded_columns(contract) if name not in SYSTEM_COLUMNS)
        repeats = self.cursor.execute(
            f"""select _line as line, first_line from (
                    select _line, min(_line) over (partition by {key}) as first_line,
                        hash({values}) <> first_value(hash({values}))
                            over (partition by {key} order by _line) as differs
                    from {staged(table)}) where differs"""
        ).pl()
        self.cursor.register("repeats", repeats.to_arrow())
        self.cursor.execute(f"delete from {staged(table)} where _line in (select line from repeats)")
        self.cursor.unregister("repeats")
        return repeats

    def _is_newest_first(self, contract: Table) -> bool:
        """Whether the file's days fall from its first line to its last, as bank statements often do."""
        if not contract.levels:
            return False
        day = contract.time_column
        sql = f"select arg_min({day}, _line) > arg_max({day}, _line) from {staged(contract.name)}"
        return bool(self.cursor.execute(sql).fetchall()[0][0])

    def _fill_dimensions(self, contract: Table) -> None:
        dimensions = [name for name in contract.columns if contract.role(name) == "dimension"]
        fills = [
            f"{name} = coalesce({name}, '{'' if name in contract.cut_columns else UNKNOWN}')" for name in dimensions
        ]
        if fills:
            self.cursor.execute(f"update {staged(contract.name)} set {', '.join(fills)}")

    def _number_lines(self, contract: Table) -> None:
        if "line_no" not in contract.columns or "line_no" in self.carried[contract.name]:
            return
        group = ", ".join(contract.group or contract.key[:1])
        kind = loaded_columns(contract)["line_no"]
        name = staged(contract.name)
        self.cursor.execute(
            f"""create or replace temp table numbered as select * replace (
                    cast(row_number() over (partition by {group} order by _line) as {kind}) as line_no) from {name}"""
        )
        self.cursor.execute(f"drop table {name}")
        self.cursor.execute(f"alter table numbered rename to {name}")
        self.carried[contract.name].add("line_no")


def _has_value(column: pl.Series, is_cut: bool) -> bool:
    """Whether a column says anything; '' in a report's dimension only says that the report does not split by it."""
    return column.null_count() < len(column) and not (is_cut and bool((column.fill_null("") == "").all()))


def staged(table: str) -> str:
    """The temporary table of a table's rows as they stand in the file."""
    return f"staged_{table}"


def arriving(table: str) -> str:
    """The temporary table of a table's rows, one a key, ready to be merged."""
    return f"arriving_{table}"


def _pick(contract: Table, name: str, key: tuple[str, ...], collapse: Mapping[str, str]) -> str:
    if name in key:
        return name
    if name == "_line":
        return "min(_line) as _line"
    is_summed = contract.duplicates == "sum" and name in contract.columns and contract.role(name) == "measure"
    rule = collapse.get(name) or ("sum" if is_summed else "first")
    if rule == "sum":
        return f"sum({name}) as {name}"
    if rule in ("max", "min"):
        return f"{rule}({name}) as {name}"
    return f"{'arg_max' if rule == 'last' else 'arg_min'}({name}, _line) as {name}"
