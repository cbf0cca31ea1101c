"""One batch, in one transaction: rows merged, pre-images kept, derived columns recomputed, the record written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import dataframely as dy
import duckdb
import polars as pl

from data.contracts import TABLES, Table
from data.derive import derive
from data.errors import DataError, Text
from data.ingest.merge import Counts, fate, matched, merge
from data.ingest.stage import Stage, arriving, staged
from data.warehouse import Warehouse


@dataclass(frozen=True)
class Origin:
    """Where the rows of a batch come from and who brings them.

    `days` is what the file says about itself (a title line, the user); where it says nothing, the range of the
    data counts. `collapse` says by table how many file rows of one key become one row.
    """

    file: str
    source: str
    account: str
    loaded_by: str
    loaded_at: datetime
    sha256: str = ""
    bytes: int = 0
    recipe: str = ""
    days: tuple[date, date] | None = None
    reject_share_limit: float = 1.0
    collapse: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Chunk:
    """Checked rows of one stretch of a file: typed frames by table, what was refused, what was not data."""

    frames: Mapping[str, pl.DataFrame]
    rows_read: int
    skipped: int = 0
    rejects: pl.DataFrame | None = None


@dataclass(frozen=True)
class Loaded:
    """What one batch did. `loaded`, `changed` and `unchanged` count rows of the file, `tables` rows of each table.

    `days` are the first and last day of its coverage, None where no row has one.
    """

    batch: int
    rows_read: int
    loaded: int
    changed: int
    unchanged: int
    rejected: int
    skipped: int
    tables: Mapping[str, Counts]
    rejects: pl.DataFrame
    days: tuple[date, date] | None = None


@dataclass(frozen=True)
class Read:
    """What reading a file found: rows of the file, non-data rows among them, refusals (shape of `REJECTS`)."""

    rows: int
    skipped: int
    rejects: pl.DataFrame

    @property
    def refused(self) -> int:
        """Rows of the file that were refused, each once."""
        return self.rejects.get_column("line").n_unique()


DAYS_OF_WEEK = 7
ROWS_AT_ONCE = 100_000
REJECTS = {
    "line": pl.Int64,
    "column": pl.String,
    "value": pl.String,
    "rule": pl.String,
    "message_key": pl.String,
}


class AlreadyHere(DataError):
    """The same bytes are in force; `values["batch"]` is the batch that brought them."""

    text = Text(
        en="Nothing was loaded: {file} is already here (batch {batch}). The numbers stand.",
        zh_hans="没有加载任何内容：{file} 已经在库中（批次 {batch}）。现有数字不变。",
        zh_hant="沒有載入任何內容：{file} 已經在庫中（批次 {batch}）。現有數字不變。",
    )


class TooManyRefused(DataError):
    """More rows were refused than the company allows; `rejects` holds them, `rows_read` and `skipped` count."""

    text = Text(
        en="Nothing was loaded: {refused:,} of {rows:,} rows of {file} were refused, most because: {reason}. "
        "Put the rows right and upload the file again, or raise reject_share_limit in the settings.",
        zh_hans="没有加载任何内容：{file} 的 {rows:,} 行中有 {refused:,} 行被拒绝，主要原因：{reason}。"
        "请改正这些行后重新上传，或在设置中调高 reject_share_limit。",
        zh_hant="沒有載入任何內容：{file} 的 {rows:,} 列中有 {refused:,} 列被拒絕，主要原因：{reason}。"
        "請改正這些列後重新上傳，或在設定中調高 reject_share_limit。",
    )

    def __init__(self, read: Read, **values: object) -> None:
        super().__init__(**values)
        self.read = read


class _Trial(Exception):
    """Carries a result out of a transaction that must not be kept."""


def load(warehouse: Warehouse, origin: Origin, chunks: Iterable[Chunk], *, is_trial: bool = False) -> Loaded:
    """Load checked chunks as one batch: all of it or nothing; with `is_trial` only say what would happen.

    Raises:
        AlreadyHere: a batch in force has the same SHA-256; nothing was written.
        TooManyRefused: a larger share of rows than `origin.reject_share_limit` was refused; nothing was written.
        WriterBusy: somebody else is loading and does not finish.
    """

    def work(cursor: duckdb.DuckDBPyConnection) -> Loaded:
        result = _load(cursor, stage, origin, read)
        if is_trial:
            raise _Trial(result)
        return result

    staging = warehouse.connection.cursor()
    staging.execute("use lake")
    try:
        stage = Stage(staging, origin.source, origin.account)
        read = _put_aside(stage, chunks, origin.collapse)
        _stop_if_too_many(origin, read)
        return warehouse.write_on(staging, work)
    except _Trial as trial:
        result: Loaded = trial.args[0]
        return result
    finally:
        staging.close()


def load_frames(warehouse: Warehouse, origin: Origin, pieces: Iterable[tuple[str, pl.DataFrame]]) -> Loaded:
    """Load frames that are already typed as their contracts (the demo company's), as one batch."""

    def chunks() -> Iterator[Chunk]:
        start = 1
        for table, frame in _in_larger(pieces):
            yield Chunk(
                {table: frame.with_row_index("_line", start).with_columns(pl.col("_line").cast(pl.Int64))}, len(frame)
            )
            start += len(frame)

    return load(warehouse, origin, chunks())


def _in_larger(pieces: Iterable[tuple[str, pl.DataFrame]]) -> Iterator[tuple[str, pl.DataFrame]]:
    """The same rows in fewer pieces: handing one over costs as much as thousands of rows."""
    waiting: dict[str, list[pl.DataFrame]] = {}
    for table, frame in pieces:
        held = waiting.setdefault(table, [])
        held.append(frame)
        if sum(map(len, held)) >= ROWS_AT_ONCE:
            yield table, pl.concat(waiting.pop(table), how="diagonal")
    for table, held in waiting.items():
        yield table, pl.concat(held, how="diagonal")


def _put_aside(stage: Stage, chunks: Iterable[Chunk], collapse: Mapping[str, Mapping[str, str]]) -> Read:
    rows, skipped, rejects = 0, 0, [pl.DataFrame(schema=REJECTS)]
    for chunk in chunks:
        rows += chunk.rows_read
        skipped += chunk.skipped
        if chunk.rejects is not None and len(chunk.rejects):
            rejects.append(chunk.rejects.select(REJECTS.keys()))
        for table, frame in chunk.frames.items():
            stage.add(table, frame)
    for table in stage.carried:
        repeats = stage.close_off(table, is_collapsed=bool(collapse.get(table)))
        if len(repeats):
            rejects.append(
                repeats.select(
                    "line",
                    column=pl.lit(TABLES[table].key[0]),
                    value=pl.col("first_line").cast(pl.String),
                    rule=pl.lit("repeated_key"),
                    message_key=pl.lit("repeated_key"),
                )
            )
    return Read(rows, skipped, pl.concat(rejects))


def _stop_if_too_many(origin: Origin, read: Read) -> None:
    if read.rows and read.refused > origin.reject_share_limit * (read.rows - read.skipped):
        commonest = read.rejects.group_by("rule", "column").len().sort("len", "rule", descending=[True, False]).row(0)
        raise TooManyRefused(
            read, refused=read.refused, rows=read.rows, file=origin.file, reason=f"{commonest[1]} {commonest[0]}"
        )


def _load(cursor: duckdb.DuckDBPyConnection, stage: Stage, origin: Origin, read: Read) -> Loaded:
    here = (
        origin.sha256
        and cursor.execute(
            """select b.batch from batch b where b.sha256 = ? and b.source = ? and b.account = ?
           and not exists (select 1 from change u where u.batch = b.batch and u.kind = 'undo')""",
            [origin.sha256, origin.source, origin.account],
        ).fetchone()
    )
    if here:
        raise AlreadyHere(batch=int(here[0]), file=origin.file)
    batch = int(cursor.execute("select coalesce(max(batch), 0) + 1 from batch").fetchall()[0][0])
    counts = {}
    for table, carried in stage.carried.items():
        stage.settle(table, origin.collapse.get(table, {}), batch)
        counts[table] = merge(cursor, table, carried, batch)
    loaded, changed, unchanged = _count_lines(cursor, counts)
    result = Loaded(batch, read.rows, loaded, changed, unchanged, read.refused, read.skipped, counts, read.rejects)
    if read.rows != loaded + changed + unchanged + result.rejected + result.skipped:
        raise AssertionError(f"rows were lost or counted twice: {result}")
    derived = derive(cursor, [table for table, count in counts.items() if count.is_change])
    _record(cursor, stage, origin, result, derived)
    return replace(result, days=_days(cursor, batch))


def _days(cursor: duckdb.DuckDBPyConnection, batch: int) -> tuple[date, date] | None:
    sql = "select min(first_day), max(last_day) from batch_table where batch = ?"
    first, last = cursor.execute(sql, [batch]).fetchall()[0]
    return (first, last) if first is not None else None


def _count_lines(cursor: duckdb.DuckDBPyConnection, counts: Mapping[str, Counts]) -> tuple[int, int, int]:
    """Each line of the file once: new where it made any new row, else changed, else unchanged."""
    if not counts:
        return 0, 0, 0
    parts = " union all ".join(
        f"""select s._line, case f.fate when 'new' then 2 when 'changed' then 1 else 0 end as rank
            from {staged(table)} s join {fate(table)} f on {matched(TABLES[table], "s", "f")}"""
        for table in counts
    )
    rows = cursor.execute(
        f"select rank, count(*) from (select _line, max(rank) as rank from ({parts}) group by _line) group by rank"
    ).fetchall()
    by_rank = dict(rows)
    return by_rank.get(2, 0), by_rank.get(1, 0), by_rank.get(0, 0)


def _record(
    cursor: duckdb.DuckDBPyConnection, stage: Stage, origin: Origin, result: Loaded, derived: tuple[str, ...]
) -> None:
    batch = result.batch
    cursor.execute(
        "insert into batch values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(batch, origin.sha256, origin.file, origin.bytes, origin.source, origin.account, origin.recipe),
            *(origin.loaded_by, origin.loaded_at, result.rows_read, result.loaded, result.changed, result.unchanged),
            *(result.rejected, result.skipped),
        ],
    )
    for table, count in result.tables.items():
        _record_coverage(cursor, stage, origin, batch, table, count)
    if len(result.rejects):
        cursor.register("refused", result.rejects.to_arrow())
        cursor.execute(f'insert into reject select {batch}, line, "column", rule, message_key from refused')
        cursor.unregister("refused")
    note_change(cursor, {*result.tables, *derived}, batch, "load", origin.loaded_by, origin.loaded_at)


def _record_coverage(
    cursor: duckdb.DuckDBPyConnection, stage: Stage, origin: Origin, batch: int, table: str, count: Counts
) -> None:
    """One row a cut; of rows that stand for several days one row a range."""
    contract = TABLES[table]
    first, last = _span(contract, origin.loaded_at)
    groups = f"'' as cut, false as is_range, {first} as first_day, {last} as last_day"
    if contract.cut_columns:
        groups = "cut, from_date <> to_date as is_range, min(from_date) as first_day, max(to_date) as last_day"
    by = ", case when from_date <> to_date then from_date end, case when from_date <> to_date then to_date end"
    cursor.execute(
        f"""insert into batch_table
            select {batch}, '{table}', ?, ?, cut, is_range, first_day, last_day, ?, ?, ?, ?, ? from (
                select {groups} from {arriving(table)} group by 1, 2{by if contract.cut_columns else ""})""",
        [
            *(origin.source, origin.account, _known_columns(cursor, stage, origin, table)),
            *(count.loaded, count.changed, count.unchanged, count.removed),
        ],
    )
    if origin.days and not contract.cut_columns and contract.kind == "fact":
        cursor.execute(
            f"update batch_table set first_day = ?, last_day = ? where batch = {batch} and table_name = '{table}'",
            list(origin.days),
        )


def _span(contract: Table, loaded_at: datetime) -> tuple[str, str]:
    """SQL for the first and the last day that arrived rows speak of.

    Of what is due later nothing is known beyond the day it was loaded; rows without a due day count by their others.
    """
    day = contract.time_column
    if contract.cadence == "month" and not contract.looks_ahead:
        # A row of a monthly table stands for its month, whichever of its days it is dated with.
        return f"cast(date_trunc('month', min({day})) as date)", f"max({day})"
    if contract.is_snapshot and contract.cadence == "week":
        # The state seen on a day stands for the week that ends on it, else six days of seven would be missing.
        return f"min({day}) - {DAYS_OF_WEEK - 1}", f"max({day})"
    if not contract.looks_ahead:
        return f"min({day})", f"max({day})"
    others = [name for name, column in contract.columns.items() if isinstance(column, dy.Date) and name != day]
    other = f"coalesce({', '.join([*others, 'null'])})"
    today = f"date '{loaded_at.date()}'"
    first, last = (f"coalesce({edge}({day}), {edge}({other}))" for edge in ("min", "max"))
    return f"if({first} is null, null, least({first}, {today}))", f"if({last} is null, null, least({last}, {today}))"


def _known_columns(cursor: duckdb.DuckDBPyConnection, stage: Stage, origin: Origin, table: str) -> list[str]:
    """The columns that hold a value, and empty ones that the same source has filled before.

    A template's column that nobody fills is unknown; the signing time of a day on which nothing was signed is not.
    """
    rows = cursor.execute(
        """select distinct unnest(columns) from batch_table where table_name = ? and source = ? and account = ?""",
        [table, origin.source, origin.account],
    ).fetchall()
    known = stage.valued[table] | ({row[0] for row in rows} & stage.carried[table])
    return sorted(known - {"cut", "from_date", "to_date"})


def note_change(
    cursor: duckdb.DuckDBPyConnection, tables: set[str], batch: int, kind: str, done_by: str, done_at: datetime
) -> None:
    """Give the changed tables a new version, which is what caches and packs hang on."""
    number = int(cursor.execute("select coalesce(max(change), 0) + 1 from change").fetchall()[0][0])
    for table in sorted(tables) or [""]:
        cursor.execute("insert into change values (?, ?, ?, ?, ?, ?)", [number, table, batch, kind, done_by, done_at])
