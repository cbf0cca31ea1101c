"""The contact clock: average contacts an hour of the week, and those that nobody answered."""

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.contact_clock import contact_clock
from tests.metrics.engine_for_tests import TinyEngine, cover
from tests.metrics.views.asking import scope

TWO_WEEKS = "2026-11-09 2026-11-22"
COVERED = ["created_at", "domain", "is_missed", "channel"]


def contact(n, at, is_missed=False, kind="pre_sale", domain="customer", channel="chat"):
    row = {"ticket_id": str(n), "created_at": at, "created_date": at[:10], "domain": domain, "channel": channel}
    return row | {"ticket_type": kind, "is_missed": is_missed}


ROWS = [
    contact(1, "2026-11-09 09:00:00"),
    contact(2, "2026-11-16 09:59:59", True),
    contact(3, "2026-11-16 09:30:00", None, channel="email"),
    contact(4, "2026-11-16 09:30:00", kind="proactive_follow_up"),
    contact(5, "2026-11-16 09:30:00", domain="internal_it"),
]


def seen(rows, columns=COVERED, last="2026-11-22", **more):
    engine = TinyEngine({"fact_ticket": rows}, [cover("fact_ticket", "2026-11-09", last, columns)])
    found = contact_clock(engine, scope(TWO_WEEKS, **more), EVERYONE)
    assert found.height == 168
    return {(weekday, hour): rest for weekday, hour, *rest in found.iter_rows()}


def test_contacts_answered_and_missed_ones_on_an_average_monday():
    """Three contacts on two Mondays, one of them missed; what nobody says was answered."""
    assert seen(ROWS)[1, 9] == [1.5, 1.0, 0.5, 2]
    assert seen(ROWS)[1, 10] == [0.0, 0.0, 0.0, 2]


def test_days_without_files_do_not_count():
    assert seen(ROWS, last="2026-11-15")[1, 9][3] == 1


def test_missed_ones_are_unknown_where_no_file_tells():
    assert seen(ROWS, ["created_at", "domain"])[1, 9] == [1.5, None, None, 2]


def test_filters_narrow_the_contacts():
    assert seen(ROWS, filters=(Filter("channel", ("email",)),))[1, 9] == [0.5, 0.5, 0.0, 2]


def test_without_the_time_of_day_every_hour_is_unknown():
    found = contact_clock(TinyEngine({}), scope(TWO_WEEKS), EVERYONE)
    assert (found.height, found["contacts"].null_count(), found["missed"].null_count()) == (168, 168, 168)
