"""The draft is opened on its day, once, and caught up after a day that was missed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data.settings import Settings
from data.state_schedule import opened_drafts
from data.warehouse import Warehouse
from pages.pack.delivery.post import Post
from pages.pack.desk import Desk
from pages.pack.issue import issue
from pages.pack.schedule import due_week, tick
from tests.pages.pack.lakes import desk_of, weeks_of_orders

MONDAY_EIGHT = datetime(2026, 11, 16, 8)
# The company's clock is eight hours ahead of UTC.
AHEAD = timedelta(hours=8)


@pytest.fixture
def desk(warehouse: Warehouse, tmp_path: Path) -> Iterator[Desk]:
    weeks_of_orders(warehouse)
    made = desk_of(warehouse, tmp_path)
    yield made
    made.store.state.close()


@pytest.mark.parametrize(
    ("settings", "local", "week"),
    [
        ({}, MONDAY_EIGHT, "2026-W46"),
        ({}, MONDAY_EIGHT - timedelta(minutes=1), "2026-W45"),
        ({}, MONDAY_EIGHT + timedelta(days=6), "2026-W46"),
        ({"pack_weekday": "wednesday", "pack_hour": 17}, MONDAY_EIGHT + timedelta(days=2), "2026-W45"),
        ({"pack_weekday": "wednesday", "pack_hour": 8}, MONDAY_EIGHT + timedelta(days=2), "2026-W46"),
        # On a Sunday the week has not ended, unless weeks begin with it.
        ({"pack_weekday": "sunday"}, MONDAY_EIGHT - timedelta(days=1), "2026-W45"),
        ({"pack_weekday": "sunday", "week_start": "sunday"}, MONDAY_EIGHT - timedelta(days=1), "2026-W46"),
        ({"pack_weekday": "never"}, MONDAY_EIGHT, None),
    ],
)
def test_the_draft_that_should_be_there_is_of_the_last_week_that_ended_before_the_appointment(
    settings: dict[str, object], local: datetime, week: str | None
) -> None:
    assert due_week(Settings(**settings), local) == week  # type: ignore[arg-type]


def test_a_draft_is_opened_once_and_a_missed_day_is_caught_up(desk: Desk) -> None:
    now = MONDAY_EIGHT - AHEAD
    assert tick(desk, Post(), now - timedelta(hours=1)).opened == "2026-W45"
    # The program was off on Monday and Tuesday.
    assert tick(desk, Post(), now + timedelta(days=2)).opened == "2026-W46"
    assert tick(desk, Post(), now + timedelta(days=2, minutes=1)).opened is None
    assert [one.week for one in opened_drafts(desk.store.state, "company")] == ["2026-W46", "2026-W45"]


def test_no_draft_is_opened_of_a_week_that_has_its_pack(desk: Desk) -> None:
    issue(desk, "2026-W46", "mei", MONDAY_EIGHT)
    assert tick(desk, Post(), MONDAY_EIGHT - AHEAD).opened is None
    by_hand = replace(desk, settings=Settings(pack_weekday="never"))
    assert tick(by_hand, Post(), MONDAY_EIGHT + timedelta(days=8)).opened is None
