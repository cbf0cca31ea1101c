"""The funnel: each step over the visits of the same files, device by device."""

from dataclasses import replace

import pytest

from metrics.errors import NotAllowed
from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.funnel import funnel
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope

WEEK = "2026-11-16 2026-11-22"
FULL = {
    "sessions": 1000,
    "sessions_with_product_view": 800,
    "sessions_with_add_to_cart": 200,
    "sessions_with_checkout": 100,
    "sessions_with_purchase": 50,
}


def visits(device, counted, **more):
    row = {"date": "2026-11-17", "cut": "device,touchpoint", "touchpoint": "web", "device": device}
    return row | counted | more


def seen(rows, asked=None, viewer=EVERYONE):
    return funnel(TinyEngine({"fact_traffic": rows}), asked or scope(WEEK), viewer, CATALOGUE)


def test_every_device_has_five_steps_and_all_together_come_first():
    half = {name: count // 2 for name, count in FULL.items()}
    found = seen([visits("desktop", half), visits("mobile", FULL)])
    assert found["device"].to_list() == [None] * 5 + ["mobile"] * 5 + ["desktop"] * 5
    assert columns(found, "step", "sessions", "share_of_sessions", "share_of_previous")[:5] == [
        ("sessions", 1500.0, 1.0, None),
        ("product_view", 1200.0, 0.8, 0.8),
        ("add_to_cart", 300.0, 0.2, 0.25),
        ("checkout", 150.0, 0.1, 0.5),
        ("purchase", 75.0, 0.05, 0.5),
    ]


def test_visits_of_the_help_centre_do_not_count():
    found = seen([visits("mobile", FULL), visits("mobile", FULL, touchpoint="help_centre")])
    assert found["sessions"][0] == 1000


def test_a_step_is_compared_with_the_visits_of_the_files_that_carry_it():
    """A shop without a checkout column has as many visits again; its checkout share is unknown, not 0."""
    lacking = {"sessions": 1000, "sessions_with_purchase": 50}
    rows = [visits("mobile", FULL), visits("mobile", lacking, _source="other", _batch=2)]
    found = {row[0]: row[1:] for row in columns(seen(rows), "step", "sessions", "share_of_sessions")[:5]}
    assert found["sessions"] == (2000.0, 1.0)
    assert found["checkout"] == (100.0, 0.1)
    assert found["purchase"] == (100.0, 0.05)


def test_a_step_that_no_file_carries_is_null():
    found = seen([visits("mobile", {"sessions": 1000, "sessions_with_purchase": 0})])
    assert columns(found, "step", "sessions", "share_of_sessions")[2:5] == [
        ("add_to_cart", None, None),
        ("checkout", None, None),
        ("purchase", 0.0, 0.0),
    ]


def test_a_report_that_is_not_split_by_device_still_has_a_funnel():
    whole = {"date": "2026-11-17", "cut": "touchpoint", "touchpoint": "web"} | FULL
    found = seen([whole])
    assert found.height == 5
    assert found["sessions"].to_list() == [1000, 800, 200, 100, 50]


def test_reports_of_the_same_days_that_are_split_differently_are_not_added():
    whole = {"date": "2026-11-17", "cut": "touchpoint", "touchpoint": "web", "_batch": 2} | FULL
    assert seen([whole, visits("mobile", FULL)])["sessions"].to_list() == [1000, 800, 200, 100, 50] * 2


def test_without_traffic_every_step_is_null():
    found = seen([])
    assert found["sessions"].to_list() == [None] * 5
    assert found["device"].to_list() == [None] * 5


def test_filters_narrow_the_visits():
    rows = [visits("mobile", FULL), visits("desktop", FULL)]
    found = seen(rows, scope(WEEK, filters=(Filter("device", ("desktop",)),)))
    assert found["sessions"][0] == 1000
    assert found["device"].to_list() == [None] * 5 + ["desktop"] * 5


def test_a_viewer_without_visits_sees_no_funnel():
    blind = replace(EVERYONE, hidden_columns=frozenset({"fact_traffic.sessions"}))
    with pytest.raises(NotAllowed):
        seen([visits("mobile", FULL)], viewer=blind)
