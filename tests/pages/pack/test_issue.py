"""An issued pack stays what it was through loads, other formulas and targets and maintenance; tampering shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
import zstandard
from sqlalchemy.orm import Session

from data.ingest.undo import undo
from data.state_packs import IssuedPack
from data.upkeep import maintain
from data.warehouse import Warehouse
from metrics.ask import Query, ask
from metrics.periods import Period
from metrics.policy import EVERYONE
from pages.pack.actions import bring_actions
from pages.pack.canonical import numbers_of, read, sha256, written
from pages.pack.desk import Desk
from pages.pack.effects import catch_up
from pages.pack.issue import AlreadyIssued, issue
from pages.pack.restatements import restated, restatements
from pages.pack.verify import NotIssued, verify
from tests.data.lakes import put
from tests.pages.pack.lakes import WEEK, desk_of, late_orders, sale, target, weeks_of_orders, with_kpi

NOW = datetime(2026, 11, 16, 1)
LATER = NOW + timedelta(days=90)
TUESDAY = date(2026, 11, 10)


@pytest.fixture
def desk(warehouse: Warehouse, tmp_path: Path) -> Iterator[Desk]:
    """Three weeks of orders; nothing is issued yet."""
    weeks_of_orders(warehouse)
    made = desk_of(warehouse, tmp_path)
    yield made
    made.store.state.close()


def test_everything_changes_afterwards_and_the_pack_stands_and_says_what_changed_it(desk: Desk) -> None:
    """GMV 750: +25 by a late file, -60 by a corrected order, then the formula takes half, and the target is moved."""
    issued = issue(desk, WEEK, "mei", NOW)
    first = late_orders(desk.warehouse, [sale("late", TUESDAY, 25)])
    second = late_orders(desk.warehouse, [sale("o15", TUESDAY, 40)], "corrected.csv")
    put(desk.warehouse, "kpi_target", [target(800)], file="targets.csv")
    gmv = desk.catalogue.kpi("gmv")
    assert gmv.numerator is not None
    halved = replace(gmv.numerator, expression="sum(case when is_paid then gmv_amount / 2 end)")
    later = replace(desk, catalogue=with_kpi(desk.catalogue, numerator=halved))

    held = desk.store.held(LATER, 60)
    done = maintain(desk.warehouse, LATER, 30, held.versions, held.since)
    assert done.versions_expired > 0
    assert catch_up(later, LATER) == 5

    kept = desk.store.issued(WEEK)
    assert kept is not None
    assert (kept.content, kept.content_hash) == (issued.content, sha256(written(read(issued.text))))
    assert [one.state for one in verify(later, None, LATER)] == ["equal"]
    found = {one.kpi: one for one in restated(later, WEEK, LATER)}["gmv"]
    assert (found.then, found.now, found.difference) == (750.0, 357.5, Decimal("-392.5"))
    said = [(one.kind, one.amount, [file.batch for file in one.files]) for one in found.causes]
    assert said == [
        ("batch", Decimal(25), [first]),
        ("batch", Decimal(-60), [second]),
        ("formula", Decimal("-357.5"), []),
    ]
    assert [file.file for one in found.causes for file in one.files] == ["late.csv", "corrected.csv"]
    assert (found.target_then.value, found.target_now.value) == (1000.0, 800.0)


def test_issuing_twice_changes_nothing_and_a_pack_follows_the_one_before(desk: Desk) -> None:
    first = issue(desk, "2026-W45", "mei", NOW)
    with pytest.raises(AlreadyIssued, match="mei"):
        issue(desk, "2026-W45", "tom", LATER)
    second = issue(desk, WEEK, "tom", LATER)
    assert (first.previous_hash, second.previous_hash) == ("", first.content_hash)
    assert read(second.text).previous_hash == first.content_hash
    assert [(one.week, one.state) for one in verify(desk, None, LATER)] == [("2026-W45", "equal"), (WEEK, "equal")]
    with pytest.raises(NotIssued, match="2026-W44"):
        verify(desk, "2026-W44", NOW)


def test_one_stored_value_that_was_tampered_with_is_found(desk: Desk) -> None:
    issue(desk, WEEK, "mei", NOW)
    _tamper(desk, is_clever=False)
    (found,) = verify(desk, WEEK, NOW)
    assert found.state == "differs"
    assert len(found.problems) == 2
    assert [(one.kpi, one.what, one.stored, one.found) for one in found.numbers] == [("gmv", "value", 751.0, 750.0)]


def test_even_with_all_hashes_made_anew_the_data_tell_and_so_does_the_next_pack(desk: Desk) -> None:
    issue(desk, "2026-W45", "mei", NOW)
    issue(desk, WEEK, "mei", NOW)
    _tamper(desk, is_clever=True, week="2026-W45")
    first, second = verify(desk, None, NOW)
    assert first.problems == ()
    assert [(one.kpi, one.what) for one in first.numbers] == [("gmv", "value")]
    assert second.state == "differs"
    assert "follow" in second.problems[0].en


def test_after_the_pins_only_hashes_are_checked_and_it_says_so(desk: Desk) -> None:
    issue(desk, WEEK, "mei", NOW)
    years = NOW + timedelta(weeks=61)
    late_orders(desk.warehouse, [sale("late", TUESDAY, 25)])
    held = desk.store.held(years, 60)
    assert (held.versions, held.since) == (frozenset(), None)
    version = issue_version(desk)
    desk.warehouse.connection.cursor().execute(f"call ducklake_expire_snapshots('lake', versions => [{version}])")
    assert [one.state for one in verify(desk, WEEK, years)] == ["hashes_only"]
    _tamper(desk, is_clever=False)
    assert [one.state for one in verify(desk, WEEK, years)] == ["differs"]


def test_taking_a_file_back_is_a_cause_of_its_own_and_leaves_no_difference(desk: Desk) -> None:
    issue(desk, WEEK, "mei", NOW)
    batch = late_orders(desk.warehouse, [sale("late", TUESDAY, 25)])
    assert restated(desk, WEEK, NOW)[0].difference == Decimal(25)
    undo(desk.warehouse, batch, "tom", NOW)
    assert restated(desk, WEEK, NOW) == ()
    assert [(one.batch, one.is_undo, one.after) for one in desk.store.effects(WEEK) if one.kpi == "gmv"] == [
        (batch, False, 775.0),
        (batch, True, 750.0),
    ]


def test_a_load_of_other_days_touches_no_pack(desk: Desk) -> None:
    issue(desk, WEEK, "mei", NOW)
    late_orders(desk.warehouse, [sale("new", date(2026, 11, 17), 25)])
    assert catch_up(desk, NOW) == 0
    assert restatements(desk, NOW) == ()


def test_the_next_draft_opens_with_what_became_of_the_last_weeks_numbers_and_actions(desk: Desk) -> None:
    number = desk.store.promise("2026-W45", "gmv", "Call the carrier", "Li Wei", date(2026, 11, 12), "mei", NOW)
    issue(desk, "2026-W45", "mei", NOW)
    late_orders(desk.warehouse, [sale("late", date(2026, 11, 3), 25)])
    desk.store.settle(number, date(2026, 11, 13))
    draft = desk.draft(WEEK, NOW, restatements(desk, NOW, WEEK))
    assert [(one.week, one.kpi) for one in draft.restatements][:1] == [("2026-W45", "gmv")]
    assert [one.outcome(draft.as_of) for one in draft.earlier_actions] == ["done_late"]
    assert draft.actions == ()


def test_actions_are_counted_among_the_work_items_and_can_be_taken_back(desk: Desk) -> None:
    """One action is done in time, one is open and late: one of two due."""
    done = desk.store.promise(WEEK, "gmv", "Call", "Li Wei", date(2026, 11, 17), "mei", NOW)
    desk.store.promise(WEEK, "gmv", "Write", "Tom", date(2026, 11, 18), "mei", NOW)
    desk.store.settle(done, date(2026, 11, 17))
    later = datetime(2026, 11, 20, 1)
    batch = bring_actions(desk, "mei", later)
    assert batch is not None
    assert bring_actions(desk, "mei", later) is None
    assert _completion(desk) == 50.0
    undo(desk.warehouse, batch, "mei", later)
    assert _completion(desk) is None


def test_beside_the_companys_own_work_items_actions_count_and_leave_no_day_incomplete(desk: Desk) -> None:
    """Two of the company's actions were done in time on the first and the last day; the pack's is open and late."""
    days = (date(2026, 11, 16), date(2026, 11, 19))
    own = [
        {"item_key": f"J-{day.day}", "item_type": "report_action", "created_date": day, "due_date": day}
        | {"resolved_date": day, "status": "done"}
        for day in days
    ]
    put(desk.warehouse, "fact_work_item", own, source="jira_issues")
    desk.store.promise(WEEK, "gmv", "Write", "Tom", date(2026, 11, 18), "mei", NOW)
    assert bring_actions(desk, "mei", datetime(2026, 11, 20, 1)) is not None
    query = Query(("report_action_completion_rate",), Period(*days))
    answer = ask(desk.reader, query, EVERYONE, desk.catalogue)
    assert answer.rows["report_action_completion_rate"].item() == pytest.approx(200 / 3)
    assert answer.availability["report_action_completion_rate"].state == "ok"


def issue_version(desk: Desk) -> int:
    kept = desk.store.issued(WEEK)
    assert kept is not None
    return kept.version


def _completion(desk: Desk) -> float | None:
    query = Query(("report_action_completion_rate",), Period(date(2026, 11, 16), date(2026, 11, 19)))
    value: float | None = ask(desk.reader, query, EVERYONE, desk.catalogue).rows["report_action_completion_rate"].item()
    return value


def _tamper(desk: Desk, *, is_clever: bool, week: str = WEEK) -> None:
    """Add 1 to GMV; a clever hand makes the hashes of this pack anew."""
    kept = desk.store.issued(week)
    assert kept is not None
    content = read(kept.text)
    gmv = content.card("gmv")
    assert gmv.value is not None
    other = replace(content, cards=(replace(gmv, value=gmv.value + 1), *content.cards[1:]))
    facts: dict[str, object] = {}
    if is_clever:
        other = replace(other, numbers_hash=sha256(numbers_of(other)))
        facts = {"numbers_hash": other.numbers_hash, "content_hash": sha256(written(other))}
    with Session(desk.store.state.engine) as session:
        change = sa.update(IssuedPack).where(IssuedPack.week == week)
        session.execute(change.values(content=zstandard.compress(written(other).encode()), **facts))
        session.commit()


def test_where_every_older_version_was_let_go_the_change_after_counts_from_what_was_known(desk: Desk) -> None:
    """Erasing a person does that; the pack then keeps its seals, and what came since is still told."""
    issue(desk, WEEK, "mei", NOW)
    batch = late_orders(desk.warehouse, [sale("late", TUESDAY, 25)])
    cursor = desk.warehouse.connection.cursor()
    older = cursor.execute("select list(snapshot_id order by 1) from ducklake_snapshots('lake')").fetchall()[0][0][:-1]
    cursor.execute(f"call ducklake_expire_snapshots('lake', versions => {older})")
    (found,) = [one for one in restated(desk, WEEK, NOW) if one.kpi == "gmv"]
    assert [(one.amount, one.files[0].batch) for one in found.causes] == [(Decimal("25.0"), batch)]
    assert [one.state for one in verify(desk, WEEK, NOW)] == ["hashes_only"]
