"""What a person should know before a batch is kept: it overlaps, it is old, its amounts or days look wrong.

Everything is asked inside the batch's transaction, after its rows were merged, of the lake and of the temp views of
`stage`. A caution never stops a load, except one that `asks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import dataframely as dy
import duckdb

from data.contracts import TABLES, Table
from data.errors import Text
from data.ingest import caution_texts as texts
from data.ingest.batch import Caution, Origin, Read
from data.ingest.merge import Counts
from data.ingest.recipe import TEMPLATE
from data.ingest.recipe_yaml import presets
from data.ingest.remembered import OWN
from data.ingest.replay import IN_FORCE
from data.ingest.stage import Stage, arriving, staged
from data.layout import before_name

# Two sources may tell of the same days where these differ: another shop, another platform.
SCOPES = ("sales_channel", "store_name", "touchpoint", "platform", "warehouse", "account_id", "service", "tool")
LOOKED_AT = 100_000
FEWEST = 5
ABOUT_A_HUNDRED = (30, 300)
# More than one in ten within a month is rarer than a file that marks all who ever left.
MOST_LEAVERS, MOST_LEAVERS_SHARE = 10, 0.1
DAY = timedelta(days=1)


def newest_moment(cursor: duckdb.DuckDBPyConnection, tables: list[str], now: datetime) -> datetime | None:
    """How new a file's content is: its newest moment, else its newest day, that is not still to come; None: unknown."""
    found = []
    for contract in (TABLES[name] for name in tables):
        moments = [name for name, column in contract.columns.items() if isinstance(column, dy.Datetime)]
        if not moments and contract.kind == "fact" and not contract.looks_ahead and contract.time_column:
            moments = [contract.time_column]
        for name in moments:
            sql = f"select max(cast({name} as timestamp)) from {arriving(contract.name)} where {name} <= ?"
            found.append(cursor.execute(sql, [now + DAY]).fetchall()[0][0])
    return max((moment for moment in found if moment is not None), default=None)


def cautions(
    cursor: duckdb.DuckDBPyConnection,
    origin: Origin,
    read: Read,
    batch: int,
    counts: Mapping[str, Counts],
    stage: Stage,
) -> tuple[Caution, ...]:
    """What is to be said of a batch whose rows are merged and not yet recorded, the gravest first."""
    carried = stage.carried
    # Looking at a table of the lake takes long beside a small file: only where there is something to compare with.
    by_us, by_others = _brought_before(cursor, origin)
    return (
        *_older(cursor, origin, batch, counts),
        *_amounts(cursor, origin, batch, {table: names for table, names in carried.items() if table in by_us}),
        *_future(cursor, origin, carried),
        *_leavers(cursor, carried),
        *_refused(origin, read),
        *_repeated(cursor, origin, stage),
        *_taken_over(cursor, origin, batch, counts),
        *_overlapping(cursor, origin, batch, {table: names for table, names in carried.items() if table in by_others}),
        *_same_name(cursor, origin),
    )


def _brought_before(cursor: duckdb.DuckDBPyConnection, origin: Origin) -> tuple[set[str], set[str]]:
    """The tables that the same source and account brought before, and those that others did."""
    sql = "select distinct table_name, source = ? and account = ? from batch_table"
    rows = cursor.execute(sql, [origin.source, origin.account]).fetchall()
    return {table for table, is_ours in rows if is_ours}, {table for table, is_ours in rows if not is_ours}


def _older(
    cursor: duckdb.DuckDBPyConnection, origin: Origin, batch: int, counts: Mapping[str, Counts]
) -> Iterator[Caution]:
    """Rows of the same source that a newer export brought, and that this one would turn back."""
    if origin.exported_at is None:
        return
    for table in _changing(counts):
        rows = cursor.execute(
            f"""select max_by(b.batch, b.exported_at), max(b.exported_at), count(*) from {before_name(table)} o
                join batch b on b.batch = o._batch
                where o._undo_batch = {batch} and b.source = ? and b.account = ? and b.exported_at > ?""",
            [origin.source, origin.account, origin.exported_at],
        ).fetchall()
        newer, newest, count = rows[0]
        if count:
            said = texts.OLDER.fill(
                rows=f"{count:,}", batch=newer, newest=_minute(newest), ours=_minute(origin.exported_at)
            )
            yield Caution("older", said, asks=True)
            return


def _amounts(
    cursor: duckdb.DuckDBPyConnection, origin: Origin, batch: int, carried: Mapping[str, set[str]]
) -> Iterator[Caution]:
    """Amounts about a hundred times larger or smaller than what the same source brought before."""
    for contract in _facts(carried):
        for column in sorted(carried[contract.name]):
            if contract.unit(column) != "currency":
                continue
            now = _median(cursor, column, f"select {column} from {arriving(contract.name)}", [])
            if now is None:
                continue
            rows = (
                f"select {column} from {contract.name} where _batch < {batch} and _source = $1 and _account = $2 "
                f"union all select {column} from {before_name(contract.name)} where _undo_batch = {batch}"
                " and _source = $1 and _account = $2"
            )
            before = _median(cursor, column, rows, [origin.source, origin.account])
            times = now / before if before else 1
            if not any(ABOUT_A_HUNDRED[0] <= ratio <= ABOUT_A_HUNDRED[1] for ratio in (times, 1 / times)):
                continue
            text = texts.LARGER if times > 1 else texts.SMALLER
            shown = {"times": f"{max(times, 1 / times):.0f}", "now": f"{now:,.2f}", "before": f"{before:,.2f}"}
            yield Caution("amounts", text.fill(column=column, **shown), column=column)
            break


def _future(cursor: duckdb.DuckDBPyConnection, origin: Origin, carried: Mapping[str, set[str]]) -> Iterator[Caution]:
    # The company's day may be ahead of the clock's in UTC.
    tomorrow = origin.loaded_at.date() + DAY
    for contract in _facts(carried):
        if contract.looks_ahead:
            continue
        day = contract.time_column
        sql = f"select count(*), max({day}) from {arriving(contract.name)} where {day} > ?"
        count, last = cursor.execute(sql, [tomorrow]).fetchall()[0]
        # A row that stands for a month may be dated with the month's last day.
        if count and not (contract.cadence == "month" and (last.year, last.month) <= (tomorrow.year, tomorrow.month)):
            yield Caution("future", texts.FUTURE.fill(rows=f"{count:,}", column=day, day=last), column=day or "")


def _leavers(cursor: duckdb.DuckDBPyConnection, carried: Mapping[str, set[str]]) -> Iterator[Caution]:
    """A month in which so many left that the file may mark all who ever did: its turnover would count each of them."""
    table = "fact_employee_snapshot"
    if "is_exit" not in carried.get(table, ()):
        return
    rows = cursor.execute(
        f"""select date_trunc('month', snapshot_date) as month, count(*) filter (is_exit) as leavers, count(*) as people
            from {arriving(table)} group by 1 having leavers > ? and leavers > ? * people order by 2 desc limit 1""",
        [MOST_LEAVERS, MOST_LEAVERS_SHARE],
    ).fetchall()
    for month, leavers, people in rows:
        chinese = f"{month.year} 年 {month.month} 月"
        said = Text(f"{month:%B %Y}", chinese, chinese)
        message = texts.LEAVERS.fill(leavers=f"{leavers:,}", people=f"{people:,}", month=said)
        yield Caution("leavers", message, column="is_exit")


def _refused(origin: Origin, read: Read) -> Iterator[Caution]:
    if origin.replaces and read.refused:
        yield Caution("refused_whole", texts.REFUSED_WHOLE.fill(rows=f"{read.refused:,}"))


def _repeated(cursor: duckdb.DuckDBPyConnection, origin: Origin, stage: Stage) -> Iterator[Caution]:
    """Rows of one key whose amounts differ, where one of them counts: a list of order lines taken for orders."""
    for table in sorted(stage.repeated):
        contract = TABLES[table]
        measures = [name for name in sorted(stage.carried[table]) if contract.role(name) == "measure"]
        if contract.duplicates != "first" or origin.collapse.get(table) or not measures:
            continue
        key = ", ".join(contract.key)
        differ = " or ".join(f"min({name}) <> max({name})" for name in measures)
        sql = f"select count(*) from (select 1 from {staged(table)} group by {key} having count(*) > 1 and ({differ}))"
        (count,) = cursor.execute(sql).fetchall()[0]
        if count:
            yield Caution("repeated", texts.REPEATED.fill(keys=f"{count:,}", column=contract.key[0]))


def _taken_over(
    cursor: duckdb.DuckDBPyConnection, origin: Origin, batch: int, counts: Mapping[str, Counts]
) -> Iterator[Caution]:
    """Rows with the same keys that another source or account brought."""
    for table in _changing(counts):
        rows = cursor.execute(
            f"""select _source, max(_batch), count(*) from {before_name(table)}
                where _undo_batch = {batch} and (_source <> ? or _account <> ?) group by 1 order by 3 desc limit 1""",
            [origin.source, origin.account],
        ).fetchall()
        for source, other, count in rows:
            said = texts.TAKEN_OVER.fill(rows=f"{count:,}", batch=other, source=_name(source))
            yield Caution("taken_over", said)
            return


def _overlapping(
    cursor: duckdb.DuckDBPyConnection, origin: Origin, batch: int, carried: Mapping[str, set[str]]
) -> Iterator[Caution]:
    """Other sources whose own rows lie on the same days of the same shops: counted twice if they are the same."""
    for contract in _facts(carried):
        if contract.looks_ahead:
            continue
        day, table = contract.time_column, contract.name
        others = cursor.execute(
            f"""with ours as (select min({day}) as first, max({day}) as last from {arriving(table)})
                select t.source, t.account, max(t.batch), greatest(min(t.first_day), any_value(o.first)),
                    least(max(t.last_day), any_value(o.last))
                from batch_table t, ours o
                where t.table_name = ? and (t.source <> ? or t.account <> ?) and {IN_FORCE.format(batch="t.batch")}
                    and t.first_day <= o.last and t.last_day >= o.first
                group by 1, 2 order by 3 desc""",
            [table, origin.source, origin.account],
        ).fetchall()
        for source, account, other, first, last in others:
            if _share_rows(cursor, contract, carried[table], batch, [source, account, first, last]):
                said = texts.OVERLAPS.fill(batch=other, source=_name(source), first=first, last=last)
                yield Caution("overlaps", said)
                return


def _share_rows(
    cursor: duckdb.DuckDBPyConnection, contract: Table, carried: set[str], batch: int, values: list[object]
) -> bool:
    day, table = contract.time_column, contract.name
    scopes = [name for name in SCOPES if name in contract.columns and name in carried]
    where = ""
    if scopes:
        listed = ", ".join(scopes)
        where = f" and ({', '.join(f'o.{name}' for name in scopes)}) in (select ({listed}) from {arriving(table)})"
    sql = f"""select 1 from {table} o where o._batch < {batch} and o._source = ? and o._account = ?
              and o.{day} between ? and ?{where} limit 1"""
    return bool(cursor.execute(sql, values).fetchall())


def _same_name(cursor: duckdb.DuckDBPyConnection, origin: Origin) -> Iterator[Caution]:
    if not origin.sha256:
        return
    rows = cursor.execute(
        f"""select batch, loaded_at from batch b where file = ? and source = ? and account = ? and sha256 <> ?
            and {IN_FORCE.format(batch="b.batch")} order by batch desc limit 1""",
        [origin.file, origin.source, origin.account, origin.sha256],
    ).fetchall()
    for batch, moment in rows:
        yield Caution("same_name", texts.SAME_NAME.fill(file=origin.file, batch=batch, when=_minute(moment)))


def _changing(counts: Mapping[str, Counts]) -> list[str]:
    return [table for table, count in counts.items() if count.changed or count.removed]


def _facts(carried: Mapping[str, set[str]]) -> list[Table]:
    return [TABLES[table] for table in carried if TABLES[table].kind == "fact"]


def _median(cursor: duckdb.DuckDBPyConnection, column: str, rows: str, values: list[object]) -> float | None:
    """The median size of some amounts, of at most so many of them; None where there are too few to tell."""
    sql = f"""select count(*), median(abs(cast({column} as double))) from (
                  select {column} from ({rows}) where {column} <> 0 limit {LOOKED_AT})"""
    count, middle = cursor.execute(sql, values).fetchall()[0]
    return float(middle) if count >= FEWEST else None


def _name(source: str) -> Text:
    """What a source is called; a mapping of the company's own by its id."""
    known = next((recipe.names for recipe in presets() if recipe.id == source), None)
    if known or source.startswith(TEMPLATE):
        return known or texts.A_TEMPLATE
    plain = source.removeprefix(OWN).replace("_", " ")
    return Text(plain, plain, plain)


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def dated(origin: Origin, cursor: duckdb.DuckDBPyConnection, tables: list[str]) -> Origin:
    """The origin with how new its content is, where its title did not say."""
    if origin.exported_at is not None:
        return origin
    return replace(origin, exported_at=newest_moment(cursor, tables, origin.loaded_at))
