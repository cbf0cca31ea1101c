"""The backlog: contacts open at the end of a day, by how long they had waited."""

from datetime import date

import pytest

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.backlog import AGES, backlog
from tests.metrics.engine_for_tests import TinyEngine, cover
from tests.metrics.views.asking import scope

TWO = "2026-11-16 2026-11-17"
COLUMNS = ["domain", "solved_at", "status", "channel"]


def ticket(n, opened, solved=None, status="open", kind="after_sale", **more):
    row = {"ticket_id": str(n), "created_date": opened, "solved_at": solved, "status": status}
    return row | {"ticket_type": kind, "domain": "customer"} | more


ROWS = [
    ticket(1, "2026-11-16"),
    ticket(2, "2026-11-16", "2026-11-17 08:00:00", "solved"),
    ticket(3, "2026-11-09", channel="email"),
    ticket(4, "2026-11-01", "2026-11-16 23:00:00", "solved"),
]


def seen(rows, asked=TWO, first="2026-11-01", last="2026-11-17", **more):
    engine = TinyEngine({"fact_ticket": rows}, [cover("fact_ticket", first, last, COLUMNS)])
    found = backlog(engine, scope(asked, **more), EVERYONE)
    return {
        period: tuple(count for start, _, count in found.iter_rows() if start == period)
        for period in found["period"].unique(maintain_order=True)
    }


def test_what_was_open_at_the_end_of_each_day_by_age():
    """Ticket 3 is seven days old on the 16th, eight on the 17th; ticket 4 was solved within the 16th."""
    found = seen(ROWS)
    assert found[date(2026, 11, 16)] == (2, 0, 1, 0)
    assert found[date(2026, 11, 17)] == (1, 0, 0, 1)


@pytest.mark.parametrize(
    "row",
    [
        ticket(1, "2026-11-16", status="closed"),
        ticket(1, "2026-11-16", kind="proactive_follow_up"),
        ticket(1, "2026-11-16", is_bot_resolved=True),
        ticket(1, "2026-11-16", is_missed=True, status="(unknown)"),
        ticket(1, "2026-11-16", domain="internal_it"),
        ticket(1, "2025-11-01"),
    ],
)
def test_what_is_no_backlog(row):
    assert set(seen([row]).values()) == {(0, 0, 0, 0)}


def test_a_missed_contact_that_is_still_open_waits():
    assert seen([ticket(1, "2026-11-16", is_missed=True)])[date(2026, 11, 16)] == (1, 0, 0, 0)


def test_a_day_that_no_file_covers_is_unknown():
    assert seen(ROWS, last="2026-11-16")[date(2026, 11, 17)] == (None,) * len(AGES)


def test_a_bucket_is_counted_at_its_end():
    """Weeks: open on Sunday the 15th were tickets 3 and 4, and on Tuesday, as far as the period goes, 1 and 3."""
    found = seen(ROWS, "2026-08-01 2026-11-17")
    assert found[date(2026, 11, 9)] == (0, 0, 1, 1)
    assert found[date(2026, 11, 16)] == (1, 0, 0, 1)


def test_filters_narrow_the_contacts():
    assert seen(ROWS, filters=(Filter("channel", ("email",)),))[date(2026, 11, 16)] == (0, 0, 1, 0)


def test_without_moments_of_solution_nothing_can_be_said():
    assert backlog(TinyEngine({}), scope(TWO), EVERYONE).is_empty()
