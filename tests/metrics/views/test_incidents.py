"""Incidents: one row each, open ones with the days since, security only for those who may see it."""

from dataclasses import replace

import pytest

from metrics.errors import NotAllowed
from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.incidents import incidents
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope

WEEK = "2026-11-16 2026-11-22"


def incident(n, day, minutes, severity="sev1", kind="availability", service="shop"):
    row = {"incident_id": n, "opened_date": day, "minutes_to_restore": minutes, "severity": severity}
    return row | {"incident_class": kind, "service": service}


ROWS = [
    incident("b", "2026-11-18", 42.5),
    incident("a", "2026-11-17", None, "sev3", "performance", "search"),
    incident("c", "2026-11-22", 300, "sev2", "data_breach"),
    incident("d", "2026-11-23", 5),
]


def seen(rows, viewer=EVERYONE, **more):
    return incidents(TinyEngine({"fact_incident": rows}), scope(WEEK, **more), viewer, CATALOGUE)


def test_incidents_of_the_period_by_day():
    found = columns(seen(ROWS), "incident_id", "severity", "minutes_to_restore", "open_days")
    assert found == [("a", "sev3", None, 5), ("b", "sev1", 42.5, None), ("c", "sev2", 300, None)]


def test_what_files_do_not_carry_is_unknown():
    found = columns(seen(ROWS), "detected_by", "minutes_to_acknowledge", "records_exposed", "has_postmortem")
    assert set(found) == {("(unknown)", None, None, None)}


def test_security_is_for_those_who_may_see_it():
    plain = replace(EVERYONE, access=frozenset({"open"}))
    assert seen(ROWS, plain)["incident_id"].to_list() == ["a", "b"]


def test_filters_narrow_and_hidden_columns_are_refused():
    assert seen(ROWS, filters=(Filter("service", ("search",)),))["incident_id"].to_list() == ["a"]
    with pytest.raises(NotAllowed):
        seen(ROWS, replace(EVERYONE, hidden_columns=frozenset({"fact_incident.severity"})))


def test_without_times_to_restore_there_are_no_rows():
    assert seen([incident("a", "2026-11-17", None)]).is_empty()
    assert seen([]).is_empty()
