"""Self-service: what bots solve, visits to the help centre per customer served, votes on articles."""

from datetime import date

import pytest

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.self_service import self_service
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, scope

TWO = "2026-11-16 2026-11-17"


def ticket(n, customer, is_bot=False, day=16, channel="chat"):
    row = {"ticket_id": str(n), "created_date": f"2026-11-{day}", "domain": "customer", "channel": channel}
    return row | {"customer_id": customer, "is_bot_resolved": is_bot}


def vote(n, score, day=16, kind="kb_vote"):
    return {"feedback_id": str(n), "submitted_date": f"2026-11-{day}", "feedback_type": kind, "score": score}


TABLES = {
    "fact_ticket": [ticket(1, "a", True), ticket(2, "b"), ticket(3, "b"), ticket(4, "c", channel="email")],
    "fact_traffic": [{"date": "2026-11-16", "touchpoint": "help_centre", "sessions": 6, "cut": "touchpoint"}],
    "fact_feedback": [vote(1, 1), vote(2, 1), vote(3, 0), vote(4, -1), vote(5, 7, kind="ces"), vote(6, None)],
}


def seen(tables, **more):
    found = self_service(TinyEngine(tables), scope(TWO, **more), EVERYONE, CATALOGUE, "day")
    return {day: tuple(rest) for day, *rest in found.iter_rows()}


def test_deflection_visits_and_votes_of_a_day():
    """One of four contacts was the bot's; six visits meet two customers served; two of four votes say helpful."""
    assert seen(TABLES)[date(2026, 11, 16)] == pytest.approx((25, 3, 50, 4))


def test_a_day_without_data_is_null():
    assert seen(TABLES)[date(2026, 11, 17)] == (None, None, None, None)


def test_a_filter_leaves_out_what_does_not_carry_it():
    found = seen(TABLES, filters=(Filter("channel", ("chat",)),))
    assert found[date(2026, 11, 16)] == (pytest.approx(100 / 3), None, None, None)


def test_votes_stand_alone_where_there_is_nothing_else():
    assert seen({"fact_feedback": TABLES["fact_feedback"]})[date(2026, 11, 16)] == (None, None, 50, 4)
