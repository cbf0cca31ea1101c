"""Response times: interpolated percentiles of the minutes to the first reply, by channel and day."""

from datetime import date

import pytest

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.response_times import response_times
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, scope

TWO = "2026-11-16 2026-11-17"


def ticket(n, channel, minutes, day=16, in_sla=True, domain="customer", team="east"):
    row = {"ticket_id": str(n), "created_date": f"2026-11-{day}", "domain": domain, "channel": channel, "team": team}
    return row | {"first_response_minutes": minutes, "is_first_response_in_sla": in_sla}


CHAT = [ticket(n, "chat", minutes) for n, minutes in enumerate([1, 2, 3, 4, 5])]
OTHERS = [
    ticket(10, "email", 60, in_sla=False),
    ticket(11, "email", None, in_sla=False),
    ticket(12, "chat", 99, domain="internal_it"),
    ticket(13, "phone", 2, day=17, team="west"),
]


def seen(rows, grain="day", most=4, **more):
    engine = TinyEngine({"fact_ticket": rows})
    found = response_times(engine, scope(TWO, **more), EVERYONE, CATALOGUE, grain, most)
    return {(channel, day.day): rest for channel, day, *rest in found.iter_rows()}


def test_half_three_in_four_and_nine_in_ten():
    """Of 1, 2, 3, 4, 5 minutes p90 lies six tenths of the way from 4 to 5."""
    assert seen(CHAT + OTHERS)["chat", 16] == pytest.approx([3, 4, 4.6, 5, 100])


def test_unanswered_ones_have_no_time_but_miss_the_limit():
    assert seen(CHAT + OTHERS)["email", 16] == [60, 60, 60, 1, 0]


def test_a_day_without_answers_is_null():
    assert seen(CHAT + OTHERS)["chat", 17] == [None, None, None, 0, 100]


def test_the_busiest_channels_come_first_and_are_kept():
    assert list(dict.fromkeys(channel for channel, _ in seen(CHAT + OTHERS, most=2))) == ["chat", "email"]


def test_weeks_begin_on_monday():
    engine = TinyEngine({"fact_ticket": CHAT})
    found = response_times(engine, scope("2026-11-18 2026-11-22"), EVERYONE, CATALOGUE, "week")
    assert found.is_empty()
    found = response_times(engine, scope(TWO), EVERYONE, CATALOGUE, "week")
    assert found["period"].to_list() == [date(2026, 11, 16)]


def test_filters_narrow_the_contacts():
    assert {channel for channel, _ in seen(CHAT + OTHERS, filters=(Filter("team", ("west",)),))} == {"phone"}


def test_without_times_there_are_no_rows():
    assert seen([]) == {}
