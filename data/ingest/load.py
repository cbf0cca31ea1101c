"""One batch, in one transaction: rows merged, pre-images kept, derived columns recomputed, the record written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from threading import Event

import duckdb
import polars as pl

from data.contracts import TABLES
from data.derive import derive
from data.engines.lake import LakeEngine
from data.errors import DataError, Text
from data.ingest.batch import REJECTS, Caution, Chunk, Loaded, Look, Origin, Read
from data.ingest.cautions import cautions, dated
from data.ingest.merge import Counts, Whole, fate, merge
from data.ingest.messages import LOAD_RATES, NO_RATE, OR_LOAD_OTHERS, PUT_RIGHT
from data.ingest.record import record, record_effects, touched_by
from data.ingest.refusals import NothingInstead
from data.ingest.stage import Stage, staged
from data.ingest.stop import go_on, stoppable
from data.warehouse import Warehouse, WriterBusy

ROWS_AT_ONCE = 100_000


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
        en="Nothing was loaded: {refused:,} of {rows:,} rows of {file} were refused, most because: {reason}. {advice}.",
        zh_hans="没有加载任何内容：{file} 的 {rows:,} 行中有 {refused:,} 行被拒绝，主要原因：{reason}。{advice}。",
        zh_hant="沒有載入任何內容：{file} 的 {rows:,} 列中有 {refused:,} 列被拒絕，主要原因：{reason}。{advice}。",
    )

    def __init__(self, read: Read, **values: object) -> None:
        super().__init__(**values)
        self.read = read


class OlderFile(DataError):
    """The file would turn newer rows of its own source back; `caution` says which."""

    text = Text("Nothing was loaded. {caution}", "没有加载任何内容。{caution}", "沒有載入任何內容。{caution}")

    def __init__(self, caution: Caution) -> None:
        super().__init__(caution=caution.message)
        self.caution = caution


class _Trial(Exception):
    """Carries a result out of a transaction that must not be kept."""


def load(
    warehouse: Warehouse,
    origin: Origin,
    chunks: Iterable[Chunk],
    *,
    is_trial: bool = False,
    look: Look | None = None,
    stop: Event | None = None,
) -> Loaded:
    """Load checked chunks as one batch: all of it or nothing; with `is_trial` only say what would happen.

    `look` says what the batch does to KPIs; setting `stop` ends the work at any moment before the commit.

    Raises:
        AlreadyHere: a batch in force has the same SHA-256; nothing was written.
        TooManyRefused: a larger share of rows than `origin.reject_share_limit` was refused; nothing was written.
        OlderFile: newer rows of the same source would be turned back, and nobody said that this is fine; no trial
            raises it, nothing was written.
        Stopped: somebody set `stop`; nothing was written.
        WriterBusy: somebody else is loading and does not finish.
    """

    def work(cursor: duckdb.DuckDBPyConnection) -> Loaded:
        with stoppable(cursor, stop):
            result = _load(cursor, stage, origin, read)
            asking = [caution for caution in result.cautions if caution.asks]
            if asking and not (is_trial or origin.is_older_fine):
                raise OlderFile(asking[0])
            if look:
                result = _with_effects(warehouse, cursor, result, origin, look)
        if is_trial:
            raise _Trial(result)
        return result

    staging = warehouse.connection.cursor()
    staging.execute("use lake")
    try:
        stage = Stage(staging, origin.source, origin.account)
        with stoppable(staging, stop):
            read = _put_aside(stage, chunks, origin.collapse, stop)
        _stop_if_too_many(origin, read)
        return warehouse.write_on(staging, work, stop=stop)
    except _Trial as trial:
        result: Loaded = trial.args[0]
        return result
    except WriterBusy:
        go_on(stop)
        raise
    finally:
        staging.close()


def _with_effects(
    warehouse: Warehouse, cursor: duckdb.DuckDBPyConnection, result: Loaded, origin: Origin, look: Look
) -> Loaded:
    touched = touched_by(cursor, result.batch, result.tables, origin.loaded_at.date())
    # The lake as everybody else still sees it is the lake without this batch.
    effects = tuple(look(LakeEngine(warehouse.connection), LakeEngine.inside(cursor), touched))
    record_effects(cursor, result.batch, "load", effects)
    return replace(result, effects=effects)


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


def _put_aside(
    stage: Stage, chunks: Iterable[Chunk], collapse: Mapping[str, Mapping[str, str]], stop: Event | None
) -> Read:
    rows, skipped, rejects = 0, 0, [pl.DataFrame(schema=REJECTS)]
    for chunk in chunks:
        go_on(stop)
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
    of_data = read.rows - read.skipped
    # Where nothing is left there is nothing to load, whatever share of refusals is fine.
    if read.refused and (read.refused > origin.reject_share_limit * of_data or read.refused >= of_data):
        commonest = read.rejects.group_by("rule", "column").len().sort("len", "rule", descending=[True, False]).row(0)
        advice = LOAD_RATES if commonest[0] == NO_RATE else PUT_RIGHT
        raise TooManyRefused(
            read,
            refused=read.refused,
            rows=read.rows,
            file=origin.file,
            reason=f"{commonest[1]} {commonest[0]}",
            advice=OR_LOAD_OTHERS.fill(advice=advice) if read.refused < of_data else advice,
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
    if origin.replaces and read.rows == read.skipped:
        raise NothingInstead(file=origin.file)
    whole = Whole(*origin.replaces, origin.source, origin.account) if origin.replaces else None
    counts = {}
    for table, carried in stage.carried.items():
        stage.settle(table, origin.collapse.get(table, {}), batch)
        counts[table] = merge(cursor, table, carried, batch, whole)
    loaded, changed, unchanged = _count_lines(cursor, stage, counts)
    origin = dated(origin, cursor, list(counts))
    result = Loaded(batch, read.rows, loaded, changed, unchanged, read.refused, read.skipped, counts, read.rejects)
    # There is one writer, so the snapshot that this transaction makes is the next one.
    version = int(cursor.execute("select id + 1 from lake.current_snapshot()").fetchall()[0][0])
    result = replace(result, version=version, cautions=cautions(cursor, origin, read, batch, counts, stage))
    if read.rows != loaded + changed + unchanged + result.rejected + result.skipped:
        # Counts only: a log must not hold the values that were refused.
        raise AssertionError(f"rows were lost or counted twice: {replace(result, rejects=pl.DataFrame())}")
    derived = derive(cursor, [table for table, count in counts.items() if count.is_change])
    record(cursor, stage, origin, result, derived)
    return replace(result, days=_days(cursor, batch))


def _days(cursor: duckdb.DuckDBPyConnection, batch: int) -> tuple[date, date] | None:
    sql = "select min(first_day), max(last_day) from batch_table where batch = ?"
    first, last = cursor.execute(sql, [batch]).fetchall()[0]
    return (first, last) if first is not None else None


def _count_lines(cursor: duckdb.DuckDBPyConnection, stage: Stage, counts: Mapping[str, Counts]) -> tuple[int, int, int]:
    """Each line of the file once: new where it made any new row, else changed, else unchanged."""
    if not counts:
        return 0, 0, 0
    if len(counts) == 1 and stage.is_line_by_line(*counts):
        (count,) = counts.values()
        return count.loaded, count.changed, count.unchanged
    parts = " union all ".join(
        f"""select s._line, case f.fate when 'new' then 2 when 'changed' then 1 else 0 end as rank
            from {staged(table)} s join {fate(table)} f on {_same_key(table)}"""
        for table in counts
    )
    rows = cursor.execute(
        f"select rank, count(*) from (select _line, max(rank) as rank from ({parts}) group by _line) group by rank"
    ).fetchall()
    by_rank = dict(rows)
    return by_rank.get(2, 0), by_rank.get(1, 0), by_rank.get(0, 0)


def _same_key(table: str) -> str:
    return " and ".join(f"s.{name} = f.{name}" for name in TABLES[table].key)
