"""Packs in the state database: whole or not at all, in one order, and what of the lake they need."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.state import State
from data.state_packs import OutOfTurn, PackEffect, PackStore

NOON = datetime(2026, 11, 16, 12)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PackStore]:
    opened = State.open(f"sqlite:///{tmp_path / 'state.sqlite'}")
    yield PackStore(opened, "company")
    opened.close()


def facts(week: str, version: int = 7, at: datetime = NOON) -> dict[str, Any]:
    hashes = {"numbers_hash": "n", "content_hash": week, "previous_hash": ""}
    return {
        "week": week,
        "version": version,
        "issued_by": "mei",
        "issued_at": at,
        "good": 1,
        "warn": 0,
        "bad": 2,
    } | hashes


def effect(change: int, before: float | None, after: float | None) -> PackEffect:
    return PackEffect(
        lake="company",
        week="2026-W46",
        kpi="gmv",
        change=change,
        batch=change,
        file="late.csv",
        done_by="mei",
        done_at=NOON,
        is_undo=False,
        before=before,
        after=after,
    )


def test_a_week_and_a_number_are_issued_once_and_the_first_pack_starts_the_recorder(store: PackStore) -> None:
    store.issue('{"é": 1}', 1, facts("2026-W46"), (3, 7))
    with pytest.raises(OutOfTurn):
        store.issue("other", 2, facts("2026-W46"), (9, 9))
    with pytest.raises(OutOfTurn):
        store.issue("other", 1, facts("2026-W47"), (9, 9))
    kept = store.issued("2026-W46")
    assert kept is not None
    assert kept.text == '{"é": 1}'
    assert [pack.week for pack in store.listed()] == ["2026-W46"]
    assert store.recorded() == (3, 7)
    assert PackStore(store.state, "demo").last() is None


def test_packs_hold_their_versions_for_so_many_weeks_and_all_since_the_recorder(store: PackStore) -> None:
    assert store.held(NOON, 60).since is None
    store.issue("a", 1, facts("2026-W45", 5, NOON - timedelta(weeks=61)), (3, 5))
    assert (store.held(NOON, 60).versions, store.held(NOON, 60).since) == (frozenset(), None)
    store.issue("b", 2, facts("2026-W46", 7), (4, 7))
    assert (store.held(NOON, 60).versions, store.held(NOON, 60).since) == (frozenset({7}), 5)


def test_effects_and_the_recorders_place_move_together_and_only_from_where_it_stands(store: PackStore) -> None:
    store.issue("a", 1, facts("2026-W46"), (3, 7))
    assert store.record([effect(4, 10.1, 12.5)], since=3, change=4, version=8)
    assert not store.record([effect(5, 12.5, None)], since=3, change=5, version=9)
    assert [(one.change, one.before, one.after) for one in store.effects("2026-W46")] == [(4, 10.1, 12.5)]
    assert store.recorded() == (4, 8)


def test_what_people_write_belongs_to_a_week_and_actions_are_settled(store: PackStore) -> None:
    store.comment("2026-W46", "gmv", "双十一", "mei", NOON)
    number = store.promise("2026-W46", "gmv", "Call", "Li Wei", date(2026, 11, 20), "mei", NOON)
    store.summarise("2026-W46", ("a", "b", "c"), "tom", NOON)
    store.summarise("2026-W46", ("d", "e", "f"), "tom", NOON)
    assert store.settle(number, date(2026, 11, 19)) is not None
    assert store.settle(99, None) is None
    assert [one.text for one in store.comments("2026-W46")] == ["双十一"]
    assert store.comments("2026-W45") == []
    assert [(one.person, one.done_on) for one in store.actions()] == [("Li Wei", date(2026, 11, 19))]
    summary = store.summary("2026-W46")
    assert summary is not None
    assert (summary.en, summary.zh_hant) == ("d", "f")


def test_packs_of_a_lake_that_was_made_anew_are_forgotten_and_those_of_the_other_stay(store: PackStore) -> None:
    demo = PackStore(store.state, "demo")
    for each in (store, demo):
        each.issue("a", 1, facts("2026-W46"), (3, 7))
        each.comment("2026-W46", "gmv", "late", "mei", NOON)
    demo.forget()
    assert (demo.last(), demo.comments(), demo.recorded()) == (None, [], None)
    assert (len(store.listed()), len(store.comments()), store.recorded()) == (1, 1, (3, 7))
