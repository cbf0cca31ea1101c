"""The views of technology and customer service show a viewer only his rows, and refuse where they cannot."""

from dataclasses import replace

import pytest

from metrics.errors import NotAllowed
from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.backlog import backlog
from metrics.views.complaint_reasons import complaint_reasons
from metrics.views.contact_causes import contact_causes
from metrics.views.contact_clock import contact_clock
from metrics.views.error_budget import error_budget
from metrics.views.presale import presale
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import scope

WEEK = scope("2026-11-16 2026-11-22")
EAST = replace(EVERYONE, name="mei", row_filters=(Filter("team", ("east",)),))


def ticket(team, kind):
    row = {"ticket_id": f"{team} {kind}", "team": team, "ticket_type": kind, "domain": "customer", "customer_id": team}
    flags = {"is_missed": False, "led_to_order": True, "root_cause_department": "operations", "status": "open"}
    days = {"created_at": "2026-11-17 09:00:00", "created_date": "2026-11-17", "contact_reason_l2": team}
    return row | flags | days


@pytest.fixture(scope="module")
def engine():
    tickets = [ticket(team, kind) for team in ("east", "west") for kind in ("pre_sale", "complaint")]
    solved = {"solved_at": "2026-11-18 09:00:00", "status": "solved", "ticket_id": "old"}
    health = {"date": "2026-11-17", "service": "shop", "valid_events": 100, "good_events": 99, "slo_target": 0.9}
    return TinyEngine(
        {"fact_ticket": [*tickets, ticket("east", "complaint") | solved], "fact_service_health": [health]}
    )


def test_tickets_of_other_teams_do_not_count(engine):
    assert complaint_reasons(engine, WEEK, EAST)["reason"].to_list() == ["east"]
    assert contact_clock(engine, WEEK, EAST)["contacts"].sum() == 3
    assert contact_causes(engine, WEEK, EAST)["contacts"].sum() == 3
    assert presale(engine, WEEK, EAST)["customers"].to_list() == [1, 1, 1, 0]
    assert backlog(engine, WEEK, EAST)["open"].max() == 3


def test_service_health_has_no_team_and_is_refused(engine):
    with pytest.raises(NotAllowed):
        error_budget(engine, WEEK, EAST)


def test_a_hidden_column_is_refused(engine):
    with pytest.raises(NotAllowed):
        contact_causes(engine, WEEK, replace(EVERYONE, hidden_columns=frozenset({"fact_ticket.contact_reason_l1"})))
