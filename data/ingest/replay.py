"""What a table would be had one batch never been loaded: later batches are played again on what was there before it.

Only rows that the batch wrote or removed can differ. Their earlier states are the pre-images that each batch left,
and what a later batch brought of a row stands in the state after it, so nothing has to be read from files again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from data.contracts import Table
from data.ingest.merge import Whole, key_hash, matched
from data.ingest.stage import filler
from data.layout import SYSTEM_COLUMNS, before_name, loaded_columns, merge_key

LAST = 2**63 - 1
IN_FORCE = "not exists (select 1 from change u where u.batch = {batch} and u.kind = 'undo')"


@dataclass(frozen=True)
class Later:
    """A later batch in force: the columns it wrote, who it was from, the period it replaced, the splits it brought."""

    batch: int
    carried: frozenset[str]
    source: str
    account: str
    replaced: tuple[date, date] | None
    cuts: tuple[str, ...]

    @property
    def whole(self) -> Whole | None:
        """The period it brought whole."""
        return Whole(*self.replaced, self.source, self.account) if self.replaced else None


def replay(cursor: duckdb.DuckDBPyConnection, contract: Table, batch: int) -> None:
    """Work out the rows without the batch, in temp tables; the lake stays as it is.

    Leaves `undo_keys` (the rows that it wrote or removed), `undo_now` (those that would be there), `undo_before`
    (the pre-images that later batches would have left) and `undo_confirmed` (those they would have confirmed).
    """
    _collect(cursor, contract, batch)
    if contract.group:
        _find_groups(cursor, contract, batch)
    for later in _later(cursor, contract, batch):
        _play(cursor, contract, later)


def _collect(cursor: duckdb.DuckDBPyConnection, contract: Table, batch: int) -> None:
    """The rows in question, the states they had after the batch, and which later batches brought them."""
    table, before = contract.name, before_name(contract.name)
    keys, states, columns = _names(contract, ""), _names(contract, "s."), _columns(contract, "s.")
    for name, sql in (
        (
            "undo_keys",
            f"""select distinct {keys} from (select {keys} from {table} where _batch = {batch} union all
                select {keys} from {before} where _undo_batch = {batch} or _batch = {batch})""",
        ),
        (
            "undo_states",
            f"""select {columns}, {LAST} as _at from {table} s join undo_keys k on {matched(contract, "k", "s")}
                union all select {columns}, s._undo_batch from {before} s
                join undo_keys k on {matched(contract, "k", "s")} where s._undo_batch > {batch}""",
        ),
        ("undo_now", f"select {columns} from {before} s where _undo_batch = {batch}"),
        ("undo_before", f"select {columns}, _undo_batch from {before} s limit 0"),
        (
            "undo_events",
            f"""select distinct {states}, s._batch as event, s._line as line from undo_states s
                where s._batch > {batch} union all {_confirmed(contract, "undo_keys", "s", batch)}""",
        ),
        ("undo_confirmed", f"select {keys}, event, line from undo_events limit 0"),
        (
            "undo_brought",
            f"""select {columns}, v.event, v.line from undo_events v
                asof join undo_states s on {matched(contract, "v", "s")} and v.event < s._at""",
        ),
    ):
        cursor.execute(f"create or replace temp table {name} as {sql}")


def _confirmed(contract: Table, rows: str, alias: str, batch: int) -> str:
    """SQL for the keys among some rows that later batches brought again unchanged, with batch and line."""
    return f"""select {_names(contract, f"{alias}.")}, c.batch as event, min(c.line) as line from {rows} {alias}
        join confirmation c on c.key_hash = {key_hash(contract, alias)}
        where c.table_name = '{contract.name}' and c.batch > {batch} and {IN_FORCE.format(batch="c.batch")}
        group by {_names(contract, f"{alias}.")}, c.batch"""


def _find_groups(cursor: duckdb.DuckDBPyConnection, contract: Table, batch: int) -> None:
    """Which later batches brought any row of the groups in question, and so replaced those groups."""
    group = ", ".join(contract.group)
    same = " and ".join(f"g.{name} = s.{name}" for name in contract.group)
    columns = ", ".join((*merge_key(contract), "_batch"))
    rows = " union all ".join(f"select {columns} from {name}" for name in (contract.name, before_name(contract.name)))
    cursor.execute(
        f"""create or replace temp table undo_members as
            select s.* from ({rows}) s where exists (select 1 from undo_keys g where {same})"""
    )
    cursor.execute(
        f"""create or replace temp table undo_groups as
            select distinct {group}, _batch as event from undo_members where _batch > {batch}
            union select {group}, event from ({_confirmed(contract, "undo_members", "s", batch)})"""
    )


def _later(cursor: duckdb.DuckDBPyConnection, contract: Table, batch: int) -> list[Later]:
    """The later batches that have to be played again, oldest first."""
    groups = " union select event from undo_groups" if contract.group else ""
    rows = cursor.execute(
        f"""select t.batch, any_value(coalesce(t.carried, t.columns)), any_value(t.source), any_value(t.account),
                any_value(b.replaced_first), any_value(b.replaced_last), list(distinct t.cut)
            from batch_table t join batch b on b.batch = t.batch
            where t.table_name = ? and t.batch > ? and {IN_FORCE.format(batch="t.batch")}
                and (b.replaced_first is not null or t.batch in (select event from undo_events{groups}))
            group by t.batch order by t.batch""",
        [contract.name, batch],
    ).fetchall()
    return [
        Later(number, frozenset(carried), source, account, (first, last) if first else None, tuple(cuts))
        for number, carried, source, account, first, last, cuts in rows
    ]


def _play(cursor: duckdb.DuckDBPyConnection, contract: Table, later: Later) -> None:
    """One later batch again: rows it brought are new, changed or confirmed, and rows it replaced go."""
    compared = [name for name in loaded_columns(contract) if name in later.carried and name not in merge_key(contract)]
    differs = " or ".join(("n._line is null", *(f"s.{name} is distinct from n.{name}" for name in compared)))
    cursor.execute(
        f"""create or replace temp table undo_played as
            select {_written(contract, later)}, {differs} as differs, s.line as confirmed_line
            from undo_brought s left join undo_now n on {matched(contract, "s", "n")}
            where s.event = {later.batch}""",
        {"source": later.source, "account": later.account},
    )
    cursor.execute(
        f"""create or replace temp table undo_gone as
            select {_names(contract, "n.")} from undo_now n where
                exists (select 1 from undo_played p where p.differs and {matched(contract, "p", "n")})
                or ({_replaced(contract, later)}
                    and not exists (select 1 from undo_played p where {matched(contract, "p", "n")}))"""
    )
    columns = _columns(contract, "")
    cursor.execute(
        f"""insert into undo_before select {_columns(contract, "n.")}, {later.batch} from undo_now n
            join undo_gone g on {matched(contract, "g", "n")}"""
    )
    cursor.execute(f"delete from undo_now n using undo_gone g where {matched(contract, 'g', 'n')}")
    cursor.execute(f"insert into undo_now select {columns} from undo_played where differs")
    cursor.execute(
        f"""insert into undo_confirmed select {_names(contract, "")}, {later.batch}, confirmed_line from undo_played
            where not differs"""
    )


def _written(contract: Table, later: Later) -> str:
    """SQL for the columns of a row as a batch writes it: what it carried, over what was there."""
    system = {"_batch": f"{later.batch}::bigint", "_line": "s.line", "_source": "$source", "_account": "$account"}

    def column(name: str) -> str:
        if name in SYSTEM_COLUMNS:
            return f"{system[name]} as {name}"
        if name in later.carried or name in merge_key(contract):
            return f"s.{name}"
        empty = filler(contract, name)
        return f"n.{name}" if empty is None else f"coalesce(n.{name}, '{empty}') as {name}"

    return ", ".join(map(column, loaded_columns(contract)))


def _replaced(contract: Table, later: Later) -> str:
    """SQL that a row (n) lies in what a batch replaced whole."""
    parts = ["false"]
    if contract.group:
        same = " and ".join(f"g.{name} = n.{name}" for name in contract.group)
        parts.append(f"exists (select 1 from undo_groups g where g.event = {later.batch} and {same})")
    if later.whole and contract.can_be_replaced:
        cuts = ", ".join("'{}'".format(cut.replace("'", "''")) for cut in later.cuts)
        same_cut = f" and n.cut in ({cuts})" if contract.cut_columns else ""
        parts.append(f"({later.whole.holds(contract, 'n')}{same_cut})")
    return f"({' or '.join(parts)})"


def _names(contract: Table, prefix: str) -> str:
    return ", ".join(f"{prefix}{name}" for name in merge_key(contract))


def _columns(contract: Table, prefix: str) -> str:
    return ", ".join(f"{prefix}{name}" for name in loaded_columns(contract))
