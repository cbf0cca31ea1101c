"""How what is loaded and taken back moves the numbers of issued packs: looked at change by change, in their order.

The recorder walks the lake's log of changes from where it stopped. For each change it evaluates the KPIs of the packs
it may have touched, as they were defined, at the version before and at the version of the change, and keeps both.
Consecutive values chain, so that the amounts of all changes sum exactly. Versions after its place must be kept until
it has come by; `PackStore.held` says so to maintenance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.contracts import TABLES
from data.layout import derived_name
from data.state_packs import IssuedPack, PackEffect
from metrics.model import Kpi
from metrics.reading import snapshot_window
from pages.pack.content import Content
from pages.pack.definitions import kpi_of
from pages.pack.desk import Desk
from pages.pack.frozen import Values, as_defined, content_of, judged_to, values
from pages.pack.recompute import is_same
from pages.pack.verify import versions

# Every change with the version that made it: DuckLake knows of each row which version brought it.
CHANGES_SQL = """
    select c.change, min(c.snapshot_id) as version, coalesce(min(c.batch), 0) as batch, min(c.kind) as kind,
        min(c.done_by) as done_by, min(c.done_at) as done_at, list(distinct c.table_name) as tables,
        coalesce(min(b.file), min(c.kind)) as file
    from lake.main.change as c left join lake.main.batch as b on b.batch = c.batch
    where c.change > $since group by c.change order by c.change
"""
COVERED_SQL = """
    select table_name, min(first_day) as first_day, max(last_day) as last_day
    from lake.main.batch_table where batch = $batch group by 1
"""
# A card of monthly files may stand for a month well before its week.
LONGEST_BACK = timedelta(days=400)
ALWAYS = (date.min, date.max)
Span = tuple[date, date] | None


@dataclass(frozen=True)
class _Change:
    """One transaction of the log; `spans` says for each table which days it touched (None: no row)."""

    number: int
    version: int
    batch: int
    file: str
    done_by: str
    done_at: datetime
    is_undo: bool
    spans: Mapping[str, Span]

    @property
    def days(self) -> Span:
        """The days touched in any table."""
        known = [span for span in self.spans.values() if span is not None]
        return (min(first for first, _ in known), max(last for _, last in known)) if known else None


def catch_up(desk: Desk, now: datetime) -> int:
    """Record what all changes since the last time did to issued packs. Returns how many effects were found.

    Packs whose pins have ended are left alone. A change whose version was let go counts to the next one. Two
    recorders at once do no harm: one of them counts.
    """
    place = desk.store.recorded()
    if place is None:
        return 0
    since, before = place
    oldest = now - timedelta(weeks=desk.settings.keep_pack_weeks)
    packs, count = [pack for pack in desk.store.listed() if pack.issued_at >= oldest], 0
    kept = versions(desk)
    known: dict[str, Values] = {}
    for change in _changes(desk, since, kept):
        effects: list[PackEffect] = []
        for pack in packs:
            if pack.version < change.version and _may_touch(pack, change):
                base = next((version for version in (before, pack.version) if version in kept), None)
                effects += _effects(desk, pack, change, base, known.setdefault(pack.week, {}))
        if not desk.store.record(effects, since, change.number, change.version):
            break
        since, before, count = change.number, change.version, count + len(effects)
    return count


def _changes(desk: Desk, since: int, kept: frozenset[int]) -> list[_Change]:
    found = desk.reader.query(CHANGES_SQL, {"since": since}).to_pylist()
    return [
        _Change(
            number=row["change"],
            version=row["version"],
            batch=row["batch"],
            file=row["file"],
            done_by=row["done_by"],
            done_at=row["done_at"],
            is_undo=row["kind"] == "undo",
            spans=_spans(desk, row["tables"], row["version"], row["batch"]),
        )
        for row in found
        if row["version"] in kept
    ]


def _spans(desk: Desk, tables: Iterable[str], version: int, batch: int) -> Mapping[str, Span]:
    """The days that a change touched: those of its rows before and after, derived ones too, and those it covers."""
    covered = {
        row["table_name"]: (row["first_day"], row["last_day"])
        for row in desk.reader.query(COVERED_SQL, {"batch": batch}).to_pylist()
        if row["first_day"] is not None
    }
    found: dict[str, Span] = {}
    for table in tables:
        contract = TABLES.get(table)
        if contract is None:
            continue
        if contract.kind != "fact" or contract.time_column is None:
            found[table] = ALWAYS
            continue
        names = [table, *([derived_name(table)] if any(not one.sql for one in contract.derived) else [])]
        days = [covered[table]] if table in covered else []
        for name in names:
            days += _changed_days(desk, name, contract.time_column, version)
        found[table] = (min(first for first, _ in days), max(last for _, last in days)) if days else None
    return found


def _changed_days(desk: Desk, table: str, day: str, version: int) -> list[tuple[date, date]]:
    sql = (
        f"select min({day}) as first, max({day}) as last, count(*) as rows, count({day}) as dated "
        f"from ducklake_table_changes('lake', 'main', '{table}', {version}, {version})"
    )
    row = desk.reader.query(sql, {}).to_pylist()[0]
    if not row["rows"]:
        return []
    # A row without a day may count by another of its days.
    return [(row["first"], row["last"])] if row["rows"] == row["dated"] else [ALWAYS]


def _may_touch(pack: IssuedPack, change: _Change) -> bool:
    """Whether the pack's content is worth opening."""
    if change.days is None:
        return False
    year, week = int(pack.week[:4]), int(pack.week[6:])
    sunday = date.fromisocalendar(year, week, 7)
    first, last = change.days
    return first <= sunday and (last == date.max or last >= sunday - LONGEST_BACK)


def _effects(desk: Desk, pack: IssuedPack, change: _Change, before: int | None, known: Values) -> list[PackEffect]:
    content = content_of(desk.store, pack)
    touched = [one.kpi for one in content.definitions if _touches(content, kpi_of(one), change)]
    if not touched:
        return []
    catalogue, held = as_defined(content, desk.catalogue), judged_to(content)
    unknown = [kpi for kpi in touched if kpi not in known]
    if unknown:
        if before is None:
            # Erasing a person lets all older versions go: what was recorded last is all that is left to start from.
            known |= _recorded(desk, content, unknown)
        else:
            known |= values(desk.reader.at(before), content, unknown, catalogue, held)
    after = values(desk.reader.at(change.version), content, touched, catalogue, held)
    moved = [kpi for kpi in touched if not is_same(known[kpi], after[kpi])]
    effects = [
        PackEffect(
            lake=desk.store.lake,
            week=pack.week,
            kpi=kpi,
            change=change.number,
            batch=change.batch,
            file=change.file,
            done_by=change.done_by,
            done_at=change.done_at,
            is_undo=change.is_undo,
            before=known[kpi],
            after=after[kpi],
        )
        for kpi in moved
    ]
    known.update({kpi: after[kpi] for kpi in moved})
    return effects


def _recorded(desk: Desk, content: Content, kpis: Iterable[str]) -> Values:
    last = {effect.kpi: effect.after for effect in desk.store.effects(content.week)}
    return {kpi: last[kpi] if kpi in last else content.card(kpi).value for kpi in kpis}


def _touches(content: Content, kpi: Kpi, change: _Change) -> bool:
    period = content.card(kpi.id).period
    for fact in kpi.facts:
        for table in (fact.table, *fact.needs):
            span = change.spans.get(table)
            if span is None:
                continue
            window = snapshot_window(fact, period)
            # Spans are told by the table's own day; a fact that counts by another day cannot be left out by them.
            if fact.time_column != TABLES[fact.table].time_column or table != fact.table:
                return True
            if span[0] <= window.last and span[1] >= window.first:
                return True
    return any(column.startswith("product.") for fact in kpi.facts for column in fact.columns) and bool(
        change.spans.get("dim_product")
    )
