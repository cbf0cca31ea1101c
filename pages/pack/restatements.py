"""What issued numbers are now, and why: files in the order they came, then the formula, then time; and the target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal, localcontext

from data.contracts import TABLES
from data.state_packs import PackEffect
from metrics.engine import Engine
from metrics.fingerprint import fingerprint
from metrics.model import Kpi
from metrics.periods import Period
from metrics.targets import targets_for
from pages.pack.content import Cause, CauseKind, Content, FileOf, PackCard, PackTarget, Restatement
from pages.pack.definitions import kpi_of
from pages.pack.desk import Desk
from pages.pack.effects import catch_up
from pages.pack.frozen import Values, as_defined, content_of, judged_to, values
from pages.pack.measure import pack_target
from pages.pack.recompute import is_same

# The packs that a later one still speaks of: a quarter.
LOOKED_BACK = 13
_DIGITS = 60
Step = tuple[CauseKind, tuple[FileOf, ...], float | None]


def restatements(desk: Desk, now: datetime, before: str | None = None) -> tuple[Restatement, ...]:
    """What became of the numbers of the last thirteen packs (of those before a week), the newest pack first."""
    weeks = [pack.week for pack in desk.store.listed() if before is None or pack.week < before]
    catch_up(desk, now)
    return tuple(one for week in weeks[:LOOKED_BACK] for one in _of_week(desk, week))


def restated(desk: Desk, week: str, now: datetime) -> tuple[Restatement, ...]:
    """What became of the numbers of one issued pack, in the order of its cards; nothing for those that stand."""
    catch_up(desk, now)
    return _of_week(desk, week)


def _of_week(desk: Desk, week: str) -> tuple[Restatement, ...]:
    pack = desk.store.issued(week)
    if pack is None:
        return ()
    content = content_of(desk.store, pack)
    effects: dict[str, list[PackEffect]] = {}
    for effect in desk.store.effects(week):
        effects.setdefault(effect.kpi, []).append(effect)
    with desk.reader.reading() as reader:
        by_formula = _by_formula(desk, reader, content)
        by_time = _by_time(desk, reader, content)
        targets = _targets(desk, reader, content)
    found = []
    for card in content.cards:
        steps = _steps(card, effects.get(card.kpi, ()), by_formula, by_time)
        made = _restatement(week, card, steps, targets.get(card.kpi, card.target))
        if made.difference != 0 or made.is_target_changed:
            found.append(made)
    return tuple(found)


def _by_formula(desk: Desk, reader: Engine, content: Content) -> Values:
    """The values by today's formulas of the KPIs whose formula is another now, judged on the days of the pack."""
    known = desk.catalogue.kpis
    changed = [
        one.kpi for one in content.definitions if one.kpi in known and fingerprint(known[one.kpi]) != one.fingerprint
    ]
    return values(reader, content, changed, desk.catalogue, judged_to(content))


def _by_time(desk: Desk, reader: Engine, content: Content) -> Values:
    """The values, judged on the days that files reach to now, of the KPIs that time alone can move."""
    catalogue = as_defined(content, desk.catalogue)
    known = desk.catalogue.kpis
    moving = [one.kpi for one in content.definitions if _turns(known.get(one.kpi, kpi_of(one)))]
    held = [kpi for kpi in moving if kpi in known]
    gone = [kpi for kpi in moving if kpi not in known]
    return {**values(reader, content, held, desk.catalogue), **values(reader, content, gone, catalogue)}


def _turns(kpi: Kpi) -> bool:
    """Whether it reads a flag that turns with time (late, overdue)."""
    turning = ((fact, {one.name for one in TABLES[fact.table].virtual}) for fact in kpi.facts)
    return any(turning_columns.intersection(fact.columns) for fact, turning_columns in turning)


def _targets(desk: Desk, reader: Engine, content: Content) -> Mapping[str, PackTarget]:
    groups: dict[Period, list[str]] = {}
    for card in content.cards:
        if card.kpi in desk.catalogue.kpis:
            groups.setdefault(card.period, []).append(card.kpi)
    found: dict[str, PackTarget] = {}
    for period, together in groups.items():
        targets = targets_for(reader, tuple(together), period, desk.catalogue)
        found |= {kpi: pack_target(target) for kpi, target in targets.items()}
    return found


def _steps(card: PackCard, effects: Iterable[PackEffect], by_formula: Values, by_time: Values) -> list[Step]:
    """Each cause with the value after it."""
    steps: list[Step] = []
    reached = card.value
    for effect in effects:
        if not steps and not is_same(reached, effect.before):
            # This program computes the old formula otherwise than the one that issued the pack.
            steps.append(("formula", (), effect.before))
        file = FileOf(effect.batch, effect.file, effect.done_by, effect.done_at, effect.is_undo)
        steps.append(("batch", (file,), effect.after))
        reached = effect.after
    kinds: tuple[tuple[CauseKind, Values], ...] = (("formula", by_formula), ("time", by_time))
    for kind, found in kinds:
        if card.kpi in found and not is_same(found[card.kpi], reached):
            reached = found[card.kpi]
            steps.append((kind, (), reached))
    return steps


def _restatement(week: str, card: PackCard, steps: list[Step], target: PackTarget) -> Restatement:
    now = steps[-1][2] if steps else card.value
    return Restatement(
        week=week,
        kpi=card.kpi,
        name=card.name,
        access=card.access,
        unit=card.unit,
        shown_in=card.shown_in,
        direction=card.direction,
        then=card.value,
        now=now,
        difference=amount(card.value, now) if (card.value is None) == (now is None) else None,
        causes=causes(card.value, steps),
        target_then=card.target,
        target_now=target,
    )


def causes(then: float | None, steps: Iterable[Step]) -> tuple[Cause, ...]:
    """The causes with their amounts, which sum exactly to the last value less the first.

    Where the number did not exist for a while, the files of that time stand together with one amount.
    """
    found: list[Cause] = []
    before = then
    waiting: list[tuple[CauseKind, tuple[FileOf, ...]]] = []
    for kind, files, after in steps:
        if before is not None and after is not None and not waiting:
            found.append(Cause(kind, amount(before, after), files))
            before = after
            continue
        waiting.append((kind, files))
        if after is not None:
            kinds = {each for each, _ in waiting}
            together = tuple(file for _, each in waiting for file in each)
            whole = amount(before, after) if before is not None else None
            found.append(Cause("batch" if "batch" in kinds else kind, whole, together))
            before, waiting = after, []
    found += [Cause(kind, None, files) for kind, files in waiting]
    return tuple(found)


def amount(before: float | None, after: float | None) -> Decimal | None:
    """The exact difference of two values as they are written out; None where one is missing, 0 where both are."""
    if before is None or after is None:
        return Decimal(0) if before is after else None
    with localcontext(prec=_DIGITS):
        return Decimal(repr(after)) - Decimal(repr(before))
