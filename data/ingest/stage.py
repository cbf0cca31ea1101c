"""Where checked rows wait for their transaction: temporary tables of the writer, one for each table of the lake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb
import polars as pl

from data.contracts import TABLES, Table
from data.layout import SYSTEM_COLUMNS, loaded_columns

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
    repeated: set[str] = field(default_factory=set)
    _columns: dict[str, list[str]] = field(default_factory=dict, repr=False)
    _last_line: dict[str, int] = field(default_factory=dict, repr=False)

    def add(self, table: str, frame: pl.DataFrame) -> None:
        """Put typed rows aside. A column that the frame lacks is one the source does not carry: null.

        The frame has `_line` (the file's line) and any columns of the contract; null dimensions become
        `(unknown)`, in reports an unsplit dimension becomes ''.
        """
        contract = TABLES[table]
        present = [name for name in frame.columns if name in contract.columns]
        self.carried[table] = self.carried.get(table, set()) | set(present)
        valued = {name for name in present if _has_value(frame[name], name in contract.cut_columns)}
        self.valued[table] = self.valued.get(table, set()) | valued
        self._note_lines(table, frame["_line"])
        fills = {name: filler(contract, name) for name in (*present, *contract.key)}
        given = (name if fills[name] is None else pl.col(name).fill_null(fills[name]) for name in present)
        keys = (pl.lit(fills[name]).alias(name) for name in contract.key if name not in present)
        filled = frame.select("_line", *given, *keys)
        self._make_room(contract, filled.columns)
        names = ", ".join(filled.columns)
        self.cursor.register("incoming", filled.to_arrow(compat_level=pl.CompatLevel.newest()))
        self.cursor.execute(f"insert into {staged(table)} ({names}) select {names} from incoming")
        self.cursor.unregister("incoming")

    def settle(self, table: str, collapse: Mapping[str, str], batch: int) -> None:
        """Make one row a key of what was put aside: the temporary view `arriving_<table>`, all columns of the lake.

        Many file rows of one key become one as the contract or the recipe says: summed, or the first.
        """
        contract = TABLES[table]
        held, source = self._columns[table], staged(table)
        if table in self.repeated and contract.duplicates != "replace_group":
            rules = dict.fromkeys(contract.levels, "first" if self._is_newest_first(contract) else "last")
            picked = ", ".join(_pick(contract, name, {**rules, **collapse}) for name in held)
            source = f"settled_{table}"
            key = ", ".join(contract.key)
            self.cursor.execute(f"create temp table {source} as select {picked} from {staged(table)} group by {key}")
        given = {"_batch": str(batch), "_source": _quoted(self.source), "_account": _quoted(self.account)}
        given |= {name: name for name in held}
        columns = ", ".join(
            f"cast({given.get(name) or _quoted(filler(contract, name))} as {kind}) as {name}"
            for name, kind in loaded_columns(contract).items()
        )
        self.cursor.execute(f"create or replace temp view {arriving(table)} as select {columns} from {source}")

    def close_off(self, table: str, *, is_collapsed: bool = False) -> pl.DataFrame:
        """After the last chunk: number lines, and take out rows that the contract refuses because their key stood
        on an earlier line with other values, unless the recipe says how they collapse.

        Returns shape (rows, [line, first_line]); equal rows are left and count as one.
        """
        contract = TABLES[table]
        self._number_lines(contract)
        key = ", ".join(contract.key)
        # Most files have each key once. Telling so by hashes is quick, and a collision only means looking closer.
        repeats = f"select count(*) - count(distinct hash({key})) from {staged(table)}"
        if self.cursor.execute(repeats).fetchall()[0][0]:
            self.repeated.add(table)
        if contract.duplicates != "refuse" or is_collapsed or table not in self.repeated:
            return pl.DataFrame(schema={"line": pl.Int64, "first_line": pl.Int64})
        values = ", ".join(name for name in self._columns[table] if name not in SYSTEM_COLUMNS)
        refused = self.cursor.execute(
            f"""select _line as line, first_line from (
                    select _line, min(_line) over (partition by {key}) as first_line,
                        hash({values}) <> first_value(hash({values}))
                            over (partition by {key} order by _line) as differs
                    from {staged(table)}) where differs"""
        ).pl()
        self.cursor.register("repeats", refused.to_arrow())
        self.cursor.execute(f"delete from {staged(table)} where _line in (select line from repeats)")
        self.cursor.unregister("repeats")
        return refused

    def is_line_by_line(self, table: str) -> bool:
        """Whether each row that arrives is one line of the file and no other: lines rose, and no key stood twice."""
        return table not in self.repeated and table in self._last_line

    def _note_lines(self, table: str, lines: pl.Series) -> None:
        """Remember whether the lines of a table rise, which proves that none of them made two rows of it."""
        first = table not in self._columns
        if not len(lines):
            return
        last = -1 if first else self._last_line.get(table)
        rises = len(lines) == 1 or bool((lines.diff().slice(1) > 0).all())
        if last is not None and rises and int(lines[0]) > last:
            self._last_line[table] = int(lines[-1])
        else:
            self._last_line.pop(table, None)

    def _make_room(self, contract: Table, names: list[str]) -> None:
        """The temporary table has the columns that some chunk had: the others would only fill memory with nulls."""
        kinds = loaded_columns(contract)
        columns = {name: f"{name} {kinds[name]} default {_quoted(filler(contract, name))}" for name in names}
        known = self._columns.setdefault(contract.name, [])
        if not known:
            self.cursor.execute(f"create temp table {staged(contract.name)} ({', '.join(columns.values())})")
            known += columns
        for name in columns.keys() - set(known):
            self.cursor.execute(f"alter table {staged(contract.name)} add column {columns[name]}")
            known.append(name)

    def _is_newest_first(self, contract: Table) -> bool:
        """Whether the file's days fall from its first line to its last, as bank statements often do."""
        if not contract.levels:
            return False
        day = contract.time_column
        sql = f"select arg_min({day}, _line) > arg_max({day}, _line) from {staged(contract.name)}"
        return bool(self.cursor.execute(sql).fetchall()[0][0])

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


def filler(contract: Table, column: str) -> str | None:
    """What stands in a column where a row has no value: dimensions are never null."""
    if column not in contract.columns or contract.role(column) != "dimension":
        return None
    return "" if column in contract.cut_columns else UNKNOWN


def staged(table: str) -> str:
    """The temporary table of a table's rows as they stand in the file."""
    return f"staged_{table}"


def arriving(table: str) -> str:
    """The temporary view of a table's rows, one a key, ready to be merged."""
    return f"arriving_{table}"


def _quoted(text: str | None) -> str:
    return "null" if text is None else "'" + text.replace("'", "''") + "'"


def _pick(contract: Table, name: str, collapse: Mapping[str, str]) -> str:
    if name in contract.key:
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
