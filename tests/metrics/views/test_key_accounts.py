"""Key customers: the last list, when each last bought and was called, and when the next call is due."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.errors import NotAllowed
from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.key_accounts import key_accounts
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import scope

TODAY = date(2026, 11, 20)


def customer(name, recency, is_key=True, taken="2026-10-31", tier="gold"):
    row = {"snapshot_date": taken, "customer_id": name, "recency_days": recency}
    return row | {"is_key_account": is_key, "member_tier": tier}


def call(n, name, due, solved=None, created="2026-10-01", team="east"):
    row = {"ticket_id": str(n), "created_date": created, "due_date": due, "solved_at": solved, "team": team}
    return row | {"customer_id": name, "domain": "customer", "ticket_type": "proactive_follow_up"}


CUSTOMERS = [
    customer("a", 10),
    customer("b", 90),
    customer("c", None, tier=""),
    customer("d", 1, is_key=False),
    customer("e", 5, taken="2026-09-30"),
]
CALLS = [
    call(1, "a", "2026-11-10"),
    call(2, "a", "2026-12-01"),
    call(3, "a", "2026-10-05", "2026-10-04 09:00:00"),
    call(4, "b", "2026-11-20", team="west"),
    call(5, "d", "2026-11-01"),
]


def seen(customers=CUSTOMERS, calls=CALLS, viewer=EVERYONE, **more):
    engine = TinyEngine({"fact_customer_snapshot": customers, "fact_ticket": calls})
    return key_accounts(engine, scope("2026-11-01 2026-11-07", **more), viewer, TODAY).rows()


def test_the_overdue_come_first_then_those_who_have_not_bought_for_long():
    """A call due today is not overdue; ten days before 31 October is the 21st. The list of September is old."""
    assert seen() == [
        ("a", "gold", date(2026, 10, 21), date(2026, 10, 4), date(2026, 11, 10), True),
        ("b", "gold", date(2026, 8, 2), None, date(2026, 11, 20), False),
        ("c", "", None, None, None, False),
    ]


def test_without_planned_calls_the_list_stands_alone():
    assert [row[3:] for row in seen(calls=[])] == [(None, None, False)] * 3


def test_the_last_list_counts_also_where_it_marks_nobody():
    assert seen([customer("a", 10, taken="2026-09-30"), customer("b", 1, is_key=False)]) == []


def test_a_stale_list_says_nothing():
    assert seen([customer("a", 10, taken="2026-10-15")]) == []


def test_a_filter_lists_those_with_such_a_follow_up():
    assert [row[0] for row in seen(filters=(Filter("team", ("west",)),))] == ["b"]


def test_a_hidden_customer_number_is_refused():
    with pytest.raises(NotAllowed):
        seen(viewer=replace(EVERYONE, hidden_columns=frozenset({"fact_ticket.customer_id"})))
